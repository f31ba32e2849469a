#include "serve/transport/work.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

namespace buildable::http {
namespace {

// Behind the threads that answer everybody: of this thread only, on Linux.
void yield_to_others() {
  constexpr int niceness = 5;
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
}

}  // namespace

WorkQueue::WorkQueue(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkQueue::~WorkQueue() {
  stop(std::chrono::milliseconds(0));
  for (std::thread& thread : threads_) thread.join();
}

bool WorkQueue::submit(JobPtr job) {
  const std::lock_guard lock(mutex_);
  // What was cancelled takes no place from what was not.
  std::erase_if(waiting_, [](const JobPtr& other) { return other->cancelled.load(); });
  if (ending_ || waiting_.size() >= most_waiting_) return false;
  waiting_.push_back(std::move(job));
  changed_.notify_one();
  return true;
}

bool WorkQueue::stop(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  ending_ = true;
  for (const JobPtr& job : running_) job->cancelled = true;
  waiting_.clear();
  changed_.notify_all();
  return changed_.wait_for(lock, at_most, [this] { return running_.empty(); });
}

std::size_t WorkQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void WorkQueue::run() {
  yield_to_others();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    JobPtr job = std::move(waiting_.front());
    waiting_.pop_front();
    if (job->cancelled) continue;
    running_.push_back(job);
    lock.unlock();
    job->handled = job->work([&job] { return job->cancelled.load(std::memory_order_relaxed); });
    job->done(job);
    lock.lock();
    std::erase(running_, job);
    changed_.notify_all();
  }
}

}  // namespace buildable::http
