#include "policy/history.h"

#include <algorithm>
#include <set>

#include "policy/compile.h"
#include "policy/describe.h"
#include "policy/diff.h"
#include "policy/witness.h"

namespace buildable {
namespace {

std::string text_of(const VersionSet& set) { return set.empty() ? std::string() : to_string(set); }

RuntimeNews news_of(const RuntimeChange& change) {
  return {change.runtime,       change.name,        text_of(change.gained), text_of(change.lost),
          change.gained_series, change.lost_series, change.old_default,     change.new_default};
}

TrackNews news_of(const TrackChange& change) {
  TrackNews news{change.track, change.old_builder, change.new_builder, change.expired_now, {}};
  for (const RuntimeChange& runtime : change.runtimes) news.runtimes.push_back(news_of(runtime));
  return news;
}

bool has_heard(const TrackPolicy* track, const std::string& text) {
  if (track == nullptr) return false;
  return std::any_of(track->witnesses.begin(), track->witnesses.end(),
                     [&](const Reason& witness) { return with_source(witness) == text; });
}

// Nothing where a builder was replaced, came or went: then that is the news.
std::vector<std::string> newly_heard(const Policy& before, const Policy& now,
                                     const std::vector<TrackNews>& changes) {
  for (const TrackNews& change : changes)
    if (change.old_builder != change.new_builder || change.expired_now) return {};
  std::vector<std::string> heard;
  for (const TrackPolicy& track : now.tracks)
    for (const Reason& witness : track.witnesses) {
      std::string text = with_source(witness);
      if (has_heard(before.find(track.track), text)) continue;
      if (std::find(heard.begin(), heard.end(), text) == heard.end())
        heard.push_back(std::move(text));
    }
  return heard;
}

// The instants within a state's time at which a witness of its builders was seen.
std::set<Instant> hearings_of(const RecordedState& state, Instant began) {
  std::set<Instant> instants;
  for (const Builder& builder : state.snapshot.builders)
    for (const Witness& witness : builder.witnesses)
      if (const auto seen = parse_instant_or_day(witness.evidence.seen);
          seen && *seen > began && (!state.until || *seen < *state.until))
        instants.insert(*seen);
  return instants;
}

// One state at one instant, by what was known at another.
Result<Policy> policy_at(const RecordedState& state, const Rules& rules, Instant at,
                         Instant known) {
  return compile(as_known_at(state.snapshot, known), rules, at, state.digest);
}

Result<HistoryState> beginning_of(const RecordedState& state, const Rules& rules, Instant began) {
  const auto now = policy_at(state, rules, began, began);
  if (!now) return fail(now.error());
  if (state.before == nullptr) return history_state(nullptr, *now);
  const auto before =
      compile(as_known_at(*state.before, began), rules, state.before->effective, {});
  if (!before) return fail(before.error());
  return history_state(&*before, *now);
}

// Both sides are of the same instant: what else the time brings is no news of the witness.
Result<HistoryState> heard_at(const RecordedState& state, const Rules& rules, Instant seen) {
  const auto before = policy_at(state, rules, seen, seen - std::chrono::seconds(1));
  if (!before) return fail(before.error());
  const auto now = policy_at(state, rules, seen, seen);
  if (!now) return fail(now.error());
  HistoryState entry = history_state(&*before, *now);
  entry.effective = seen;
  return entry;
}

}  // namespace

HistoryState history_state(const Policy* before, const Policy& now) {
  HistoryState state{now.platform, now.effective, now.snapshot_digest, {}, {}, {}};
  for (const TrackPolicy& track : now.tracks) {
    state.builders.push_back({track.track, track.builder});
  }
  if (before == nullptr) return state;
  for (const TrackChange& track : diff(*before, now).tracks) {
    state.changes.push_back(news_of(track));
  }
  state.known_by = newly_heard(*before, now, state.changes);
  return state;
}

Result<std::vector<HistoryState>> history_of(const RecordedState& state, const Rules& rules) {
  const Instant began = state.snapshot.effective;
  auto first = beginning_of(state, rules, began);
  if (!first) return fail(std::move(first.error()));
  std::vector<HistoryState> entries{*std::move(first)};
  for (const Instant seen : hearings_of(state, began)) {
    auto entry = heard_at(state, rules, seen);
    if (!entry) return fail(std::move(entry.error()));
    entries.push_back(*std::move(entry));
  }
  return entries;
}

}  // namespace buildable
