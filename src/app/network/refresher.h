// Makes the next generation at an interval, completely, before anybody sees it. Failure keeps the
// old one and says so.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>

#include "app/network/state_provider.h"

namespace buildable::app {

struct RefreshPlan {
  std::shared_ptr<StateProvider> provider;
  std::chrono::seconds interval{900};  // 0: never
};

// What a refresher does to the world. Called from its thread.
struct RefreshSinks {
  std::function<void(http::GenerationPtr)> show;
  std::function<void(std::string_view)> inform;
  std::function<void(std::string_view)> warn;
  std::function<Instant()> now;
};

class Refresher {
 public:
  // The first generation, of what is known without asking.
  static Result<http::GenerationPtr> first(StateProvider& provider, Instant now);

  // Begins with a refresh.
  Refresher(RefreshPlan plan, http::GenerationPtr first, RefreshSinks sinks);
  ~Refresher();
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

  // From the next refresh on, which begins now.
  void replace(RefreshPlan plan);
  // No further refresh; true when none is under way any more within that time.
  bool stop(std::chrono::milliseconds at_most);

 private:
  void run();
  void refresh(StateProvider& provider);
  void succeed(http::Material material, bool changed, http::RefreshStatus status);
  void fail_with(StateProvider& provider, const Error& error, http::RefreshStatus status);
  std::chrono::milliseconds next_wait(std::chrono::seconds interval);

  http::GenerationPtr shown_;
  RefreshSinks sinks_;
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

}  // namespace buildable::app
