// Threads for what takes longer than a request may hold up others, with a bounded queue before
// them.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "serve/routes.h"

namespace buildable::http {

struct Connection;

struct Job {
  // Called by a worker. `stop` is asked now and then; after it has said yes, what is given back
  // does not matter.
  std::function<Handled(const std::function<bool()>& stop)> work;
  // Called by the worker afterwards, also where it was cancelled.
  std::function<void(const std::shared_ptr<Job>&)> done;
  std::atomic<bool> cancelled{false};
  Handled handled;  // null answer: cancelled

  // Of the thread that handed it over.
  Connection* connection = nullptr;  // null: nobody waits any more
  std::chrono::steady_clock::time_point begin;
};
using JobPtr = std::shared_ptr<Job>;

class WorkQueue {
 public:
  WorkQueue(unsigned threads, std::size_t most_waiting);
  // Cancels everything, and returns when no job runs any more.
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  // False: too many wait.
  bool submit(JobPtr job);
  // Cancels everything; whether no job runs any more within that time.
  bool stop(std::chrono::milliseconds at_most);
  std::size_t waiting() const;

 private:
  void run();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;  // of the following
  std::condition_variable changed_;
  std::deque<JobPtr> waiting_;
  std::vector<JobPtr> running_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace buildable::http
