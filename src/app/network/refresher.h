// Makes the next generation at an interval, completely, before anybody sees it. Failure keeps the
// old one and says so.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include "app/network/state_provider.h"
#include "cli/network/log.h"

namespace buildable {

struct RefreshPlan {
  std::shared_ptr<FeedSource> source;
  std::chrono::seconds interval{900};  // 0: never
};

class Refresher {
 public:
  using Show = std::function<void(http::GenerationPtr)>;

  // The first generation, of what is known without asking.
  static Result<http::GenerationPtr> first(FeedSource& source, Instant now);

  // Begins with a refresh. `show` is called from its thread; the log outlives it.
  Refresher(RefreshPlan plan, http::GenerationPtr first, Show show, Log& log);
  ~Refresher();
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

  // From the next refresh on, which begins now.
  void replace(RefreshPlan plan);
  // No further refresh; true when none is under way any more within that time.
  bool stop(std::chrono::milliseconds at_most);

 private:
  void run();
  void refresh(FeedSource& source);
  void succeed(Feed feed, http::RefreshStatus status);
  void fail_with(FeedSource& source, const Error& error, http::RefreshStatus status);
  std::chrono::milliseconds next_wait(std::chrono::seconds interval);

  http::GenerationPtr shown_;
  Show show_;
  Log& log_;
  int failures_ = 0;  // in a row
  std::mt19937 random_{std::random_device{}()};

  std::mutex mutex_;  // of the following
  std::condition_variable changed_;
  RefreshPlan plan_;
  bool asked_ = true;
  bool stopping_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace buildable
