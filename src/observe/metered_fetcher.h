// A Fetcher that keeps account: what each source cost and how it went.
#pragma once

#include <map>

#include "observe/observe.h"

namespace buildable::observe {

class MeteredFetcher final : public net::Fetcher {
 public:
  MeteredFetcher(net::Fetcher& real, std::function<void(const SourceReport&)> progress)
      : real_(real), progress_(std::move(progress)) {}

  void get(net::Request request, Done done) override;
  void run() override { real_.run(); }

  // While it is held a source has not ended, though none of its requests is under way: others will
  // follow from what is read elsewhere.
  void hold(const std::string& source);
  void let_go(const std::string& source);

  void failed(const std::string& source, const std::string& why);
  void absent(const std::string& source, const std::string& what);
  // What was found, for people; several are joined.
  void found(const std::string& source, const std::string& what);

  // Of every source that was asked, by name.
  std::map<std::string, SourceReport> reports() const;

 private:
  struct Account {
    SourceReport report;
    int open = 0;        // holds and requests under way
    bool fresh = false;  // something came that was not in the cache
    std::chrono::steady_clock::time_point began;
  };

  Account& account(const std::string& source);
  void take(Account& account, const Result<net::Response>& response);
  void close(const std::string& source);
  void add_detail(const std::string& source, const std::string& detail);

  net::Fetcher& real_;
  std::function<void(const SourceReport&)> progress_;
  std::map<std::string, Account> accounts_;
};

}  // namespace buildable::observe
