#include "app/network/refresher.h"

#include <algorithm>

namespace buildable {
namespace {

constexpr std::chrono::seconds first_retry{60};

Instant clock_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// The new reports, with the counts so far.
std::vector<http::SourceStatus> counted(const std::vector<FeedReport>& reports,
                                        const std::vector<http::SourceStatus>& before) {
  std::vector<http::SourceStatus> sources;
  for (const FeedReport& report : reports) {
    http::SourceStatus source{report.source, report.outcome, report.detail, {}};
    for (const http::SourceStatus& earlier : before)
      if (earlier.source == report.source) source.counts = earlier.counts;
    ++source.counts[report.outcome];
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace

Result<http::GenerationPtr> Refresher::first(FeedSource& source, Instant now) {
  auto feed = source.known(now);
  if (!feed) return fail(std::move(feed.error()));
  http::RefreshStatus status;
  status.origin = feed->origin;
  status.seen = feed->seen;
  return http::Generation::make(std::move(feed->material), std::move(status), nullptr);
}

Refresher::Refresher(RefreshPlan plan, http::GenerationPtr first, Show show, Log& log)
    : shown_(std::move(first)),
      show_(std::move(show)),
      log_(log),
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
    refresh(*plan.source);
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

void Refresher::refresh(FeedSource& source) {
  const Instant now = clock_now();
  std::vector<FeedReport> reports;
  auto feed = source.refresh(now, reports);
  http::RefreshStatus status = shown_->status();
  status.attempted = format_instant(now);
  status.sources = counted(reports, status.sources);
  if (feed)
    succeed(std::move(*feed), std::move(status));
  else
    fail_with(source, feed.error(), std::move(status));
}

void Refresher::succeed(Feed feed, http::RefreshStatus status) {
  const bool changed = feed.changed;
  status.succeeded = status.attempted;
  status.stale = false;
  status.problem.clear();
  status.origin = feed.origin;
  status.seen = feed.seen;
  ++status.counts[changed ? "new" : "unchanged"];
  const http::RefreshStatus before = shown_->status();
  auto made = http::Generation::make(std::move(feed.material), std::move(status), shown_.get());
  if (!made) {
    http::RefreshStatus failed = before;
    failed.stale = true;
    failed.problem = made.error().to_text();
    ++failed.counts["failed"];
    ++failures_;
    log_.warning("The new state is not served: " + failed.problem);
    shown_ = shown_->with(std::move(failed));
    return show_(shown_);
  }
  if (changed || before.stale || before.succeeded.empty()) log_.info("Serves " + feed.origin + ".");
  failures_ = 0;
  shown_ = std::move(*made);
  show_(shown_);
}

// What is known goes on being served, as it is now: a track may have ended meanwhile.
void Refresher::fail_with(FeedSource& source, const Error& error, http::RefreshStatus status) {
  ++failures_;
  status.stale = true;
  status.problem = error.to_text();
  ++status.counts["failed"];
  log_.warning("Stays with " + status.origin + ": " + status.problem);
  auto feed = source.known(clock_now());
  auto made = feed ? http::Generation::make(std::move(feed->material), status, shown_.get())
                   : Result<http::GenerationPtr>(fail(feed.error()));
  shown_ = made ? std::move(*made) : shown_->with(std::move(status));
  show_(shown_);
}

}  // namespace buildable
