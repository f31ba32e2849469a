// A Fetcher that answers from a table, in an order that the test chooses.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "net/fetcher.h"

namespace buildable::testing {

struct FakeAnswer {
  int status = 200;
  std::string body;
  std::map<std::string, std::string> headers;
  std::string error;  // instead of an answer
};

using Table = std::map<std::string, FakeAnswer>;  // by URL, "HEAD " before it for that method

class FakeFetcher final : public net::Fetcher {
 public:
  // `seed`: the order in which those under way are answered.
  explicit FakeFetcher(Table table, unsigned seed = 0) : table_(std::move(table)), random_(seed) {}

  void get(net::Request request, Done done) override {
    asked.push_back((request.method == "HEAD" ? "HEAD " : "") + request.url);
    under_way_.emplace_back(std::move(request), std::move(done));
    most_under_way = std::max(most_under_way, under_way_.size());
  }

  void run() override {
    while (!under_way_.empty()) {
      std::swap(under_way_[random_() % under_way_.size()], under_way_.back());
      const auto [request, done] = std::move(under_way_.back());
      under_way_.pop_back();
      done(answer(request));
    }
  }

  std::vector<std::string> asked;
  std::size_t most_under_way = 0;

 private:
  Result<net::Response> answer(const net::Request& request) const {
    const auto found = table_.find((request.method == "HEAD" ? "HEAD " : "") + request.url);
    const FakeAnswer answer = found == table_.end() ? FakeAnswer{.status = 404} : found->second;
    if (!answer.error.empty())
      return fail(Diagnostic{.message = answer.error, .file = request.url});
    const bool good = answer.status < 300;
    if (!good && std::find(request.expected.begin(), request.expected.end(), answer.status) ==
                     request.expected.end())
      return fail(
          Diagnostic{.message = "answered " + std::to_string(answer.status), .file = request.url});
    if (answer.body.size() > request.max_bytes)
      return fail(Diagnostic{.message = "too long", .file = request.url});
    return net::Response{answer.status, request.url, answer.body, answer.headers};
  }

  Table table_;
  std::minstd_rand random_;
  std::vector<std::pair<net::Request, Done>> under_way_;
};

}  // namespace buildable::testing
