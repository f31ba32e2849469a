#include "app/network/refresher.h"

#include <algorithm>

namespace buildable::app {
namespace {

constexpr std::chrono::seconds first_retry{60};

// With the counts so far.
std::vector<http::SourceStatus> counted(std::vector<http::SourceStatus> sources,
                                        const std::vector<http::SourceStatus>& before) {
  for (http::SourceStatus& source : sources) {
    for (const http::SourceStatus& earlier : before)
      if (earlier.source == source.source) source.counts = earlier.counts;
    ++source.counts[source.outcome];
  }
  return sources;
}

}  // namespace

Result<http::GenerationPtr> Refresher::first(StateProvider& provider, Instant now) {
  auto material = provider.known(now);
  if (!material) return fail(std::move(material.error()));
  return http::Generation::make(std::move(*material), {}, nullptr);
}

Refresher::Refresher(RefreshPlan plan, http::GenerationPtr first, RefreshSinks sinks)
    : shown_(std::move(first)),
      sinks_(std::move(sinks)),
      plan_(std::move(plan)),
      thread_([this] { run(); }) {}

Refresher::~Refresher() {
  stop(std::chrono::milliseconds(0));
  thread_.join();
}

void Refresher::replace(RefreshPlan plan) {
  const std::lock_guard lock(mutex_);
  plan_ = std::move(plan);
  asked_ = true;
  changed_.notify_all();
}

bool Refresher::stop(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  return changed_.wait_for(lock, at_most, [this] { return stopped_; });
}

void Refresher::run() {
  std::unique_lock lock(mutex_);
  auto next = std::chrono::steady_clock::now();
  while (!stopping_) {
    const bool never = plan_.interval.count() == 0;
    if (never)
      changed_.wait(lock, [this] { return stopping_ || asked_; });
    else if (!asked_)
      changed_.wait_until(lock, next, [this] { return stopping_ || asked_; });
    if (stopping_) break;
    asked_ = false;
    const RefreshPlan plan = plan_;
    if (plan.interval.count() == 0) continue;
    lock.unlock();
    refresh(*plan.provider);
    next = std::chrono::steady_clock::now() + next_wait(plan.interval);
    lock.lock();
  }
  stopped_ = true;
  changed_.notify_all();
}

// A tenth more or less, so that replicas spread; after failures sooner, ever less often.
std::chrono::milliseconds Refresher::next_wait(std::chrono::seconds interval) {
  std::chrono::milliseconds wait = interval;
  if (failures_ > 0)
    wait =
        std::min<std::chrono::milliseconds>(wait, first_retry * (1 << std::min(failures_ - 1, 16)));
  std::uniform_int_distribution<std::int64_t> jitter(-wait.count() / 10, wait.count() / 10);
  return wait + std::chrono::milliseconds(jitter(random_));
}

void Refresher::refresh(StateProvider& provider) {
  const Instant now = sinks_.now();
  RefreshNews news;
  auto material = provider.refresh(now, news);
  http::RefreshStatus status = shown_->status();
  status.attempted = now;
  status.sources = counted(std::move(news.sources), status.sources);
  if (material)
    succeed(std::move(*material), news.changed, std::move(status));
  else
    fail_with(provider, material.error(), std::move(status));
}

void Refresher::succeed(http::Material material, bool changed, http::RefreshStatus status) {
  status.succeeded = status.attempted;
  status.stale = false;
  status.problem.clear();
  ++status.counts[changed ? "new" : "unchanged"];
  const http::RefreshStatus before = shown_->status();
  auto made = http::Generation::make(std::move(material), std::move(status), shown_.get());
  if (!made) {
    http::RefreshStatus failed = before;
    failed.stale = true;
    failed.problem = made.error().to_text();
    ++failed.counts["failed"];
    ++failures_;
    sinks_.warn("The new state is not served: " + failed.problem);
    shown_ = shown_->with(std::move(failed));
    return sinks_.show(shown_);
  }
  if (changed || before.stale || !before.succeeded)
    sinks_.inform("Serves " + (*made)->origin() + ".");
  failures_ = 0;
  shown_ = std::move(*made);
  sinks_.show(shown_);
}

// What is known goes on being served, as it is now: a track may have ended meanwhile.
void Refresher::fail_with(StateProvider& provider, const Error& error, http::RefreshStatus status) {
  ++failures_;
  status.stale = true;
  status.problem = error.to_text();
  ++status.counts["failed"];
  sinks_.warn("Stays with " + shown_->origin() + ": " + status.problem);
  auto material = provider.known(sinks_.now());
  auto made = material ? http::Generation::make(std::move(*material), status, shown_.get())
                       : Result<http::GenerationPtr>(fail(material.error()));
  shown_ = made ? std::move(*made) : shown_->with(std::move(status));
  sinks_.show(shown_);
}

}  // namespace buildable::app
