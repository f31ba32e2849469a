#include <map>

#include "app/generated_tree.h"
#include "app/network/fetching.h"
#include "app/network/state_provider.h"
#include "app/sealing.h"
#include "app/state.h"
#include "app/state_change.h"
#include "base/digest.h"
#include "cli/network/observe_report.h"
#include "observe/observe.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/snapshots.h"

namespace buildable {
namespace {

class ObservingFeed : public FeedSource {
 public:
  explicit ObservingFeed(const Context& context)
      : context_(context), rules_(embedded_rules()), memory_(stored_memory()) {}

  Result<Feed> known(Instant now) override;
  Result<Feed> refresh(Instant now, std::vector<FeedReport>& reports) override;

 private:
  // The state directory's states, as far as they are not compiled in.
  Memory stored_memory() const;
  Result<State> known_state(Instant now);
  Result<Observation> observe_now(Instant now, const Snapshot& last,
                                  std::vector<FeedReport>& reports) const;
  Result<Feed> feed_of(const State& state, Instant now);

  Context context_;
  const Rules& rules_;
  Memory memory_;
  std::optional<State> current_;
  std::string seen_;
};

Memory ObservingFeed::stored_memory() const {
  Memory memory;
  if (context_.config.state_directory.empty()) return memory;
  for (const StoredSnapshot& stored : SnapshotStore(context_.config.state_directory).history()) {
    auto snapshot = parse_snapshot(stored.text, stored.digest);
    if (!snapshot) continue;
    State state{std::move(*snapshot), stored.digest, {}, true};
    const auto effective = parse_instant(state.snapshot.effective);
    const auto made = effective ? generation_of(state, *effective, {}, memory)
                                : Result<Generation>(fail("no instant"));
    if (!made) continue;
    memory.history = made->history;
    memory.last = std::move(state);
  }
  return memory;
}

Result<State> ObservingFeed::known_state(Instant now) {
  if (current_) return *current_;
  const std::string& directory = context_.config.state_directory;
  auto state = known_state_at(now, directory, now);
  if (!state) return state;
  seen_ = state->snapshot.observed;
  if (state->observed)
    if (const auto newest = SnapshotStore(directory).newest();
        newest && newest->digest == state->digest)
      seen_ = format_instant(newest->seen);
  current_ = *state;
  return state;
}

Result<Observation> ObservingFeed::observe_now(Instant now, const Snapshot& last,
                                               std::vector<FeedReport>& reports) const {
  const auto urls = configured_urls(context_, rules_.platform);
  if (!urls) return fail(urls.error());
  const auto fetcher = make_fetcher(context_, ObserveArguments{}, rules_, *urls);
  if (!fetcher) return fail(fetcher.error());
  std::map<std::string, FeedReport> latest;
  ObserveOptions options{.now = now, .urls = *urls};
  options.last_good = &last;
  options.progress = [&latest](const SourceReport& source) {
    latest[source.source] = {source.source, outcome_name(source.outcome), source.detail};
  };
  auto observation = observe(rules_, **fetcher, options);
  for (auto& [name, report] : latest) reports.push_back(std::move(report));
  return observation;
}

Result<Feed> ObservingFeed::feed_of(const State& state, Instant now) {
  auto feed = feed_of_state(context_, state, now, memory_);
  if (!feed) return feed;
  feed->seen = seen_;
  const auto sealed = seal_tree(feed->material.tree, feed->material.revision, state.digest, now,
                                context_.config.publish.signing_key);
  if (!sealed) return fail(sealed.error());
  return feed;
}

Result<Feed> ObservingFeed::known(Instant now) {
  auto state = known_state(now);
  if (!state) return fail(std::move(state.error()));
  return feed_of(*state, now);
}

std::vector<Diagnostic> refusals(const Judgement& judgement) {
  std::vector<Diagnostic> refused;
  for (const Finding& finding : judgement.findings)
    if (finding.severity == Severity::refuse)
      refused.push_back({.message = finding.text, .path = finding.code});
  return refused;
}

Result<Feed> ObservingFeed::refresh(Instant now, std::vector<FeedReport>& reports) {
  const auto last = known_state(now);
  if (!last) return fail(last.error());
  auto observation = observe_now(now, last->snapshot, reports);
  if (!observation) return fail(std::move(observation.error()));
  const Snapshot& fresh = observation->snapshot;
  const auto judgement = judge_observed(rules_, &last->snapshot, fresh, now);
  if (!judgement) return fail(judgement.error());
  if (!judgement->acceptable()) return fail(Error(refusals(*judgement)));

  const std::string text = write_snapshot(fresh);
  State state{fresh, sha256_digest(text),
              "the state of " + fresh.effective.substr(0, fresh.effective.find('T')) + ", observed",
              true};
  // Kept before it is shown: what was served must be known after a restart.
  if (!context_.config.state_directory.empty())
    if (auto kept = SnapshotStore(context_.config.state_directory).put(text, now); !kept)
      return fail(std::move(kept.error()));
  const bool changed = state.digest != last->digest;
  seen_ = format_instant(now);
  current_ = std::move(state);
  auto feed = feed_of(*current_, now);
  if (feed) feed->changed = changed;
  return feed;
}

}  // namespace

std::unique_ptr<FeedSource> observing_feed(const Context& context) {
  return std::make_unique<ObservingFeed>(context);
}

}  // namespace buildable
