#include "pins/judge_resolve.h"

#include <algorithm>

namespace buildable::pins {
namespace {

// Bounds as keys, made once for many comparisons.
struct KeyInterval {
  std::string low;  // empty: no bound; every key is greater
  std::string high;
  bool bounded = false;  // above
};

std::vector<KeyInterval> key_intervals(std::span<const Interval> intervals) {
  std::vector<KeyInterval> keys;
  for (const Interval& each : intervals)
    keys.push_back({each.low ? each.low->key() : std::string(),
                    each.high ? each.high->key() : std::string(), each.high.has_value()});
  return keys;
}

const Version* newest_between(std::span<const Version* const> known,
                              std::span<const KeyInterval> intervals, bool prereleases) {
  for (auto interval = intervals.rbegin(); interval != intervals.rend(); ++interval) {
    auto after = known.end();
    if (interval->bounded)
      after = std::lower_bound(
          known.begin(), known.end(), interval->high,
          [](const Version* version, const std::string& key) { return version->key() < key; });
    while (after != known.begin() && (*std::prev(after))->key() >= interval->low) {
      --after;
      if ((*after)->is_prerelease() == prereleases) return *after;
    }
  }
  return nullptr;
}

// What the pin may become beyond the releases known by name. No buildpack turns a range into a
// prerelease unless it accepts nothing else.
VersionSet reach_of(const VersionSet& accepts) {
  VersionSet finals = accepts.finals_only();
  return finals.empty() ? accepts : finals;
}

Verdict verdict_of_state(const Alternative& state, const Version* newest, const VersionSet& reach) {
  if (newest) return Verdict::buildable;
  if (state.span && state.span->intersects(reach)) return Verdict::buildable;
  if (!state.unable) return Verdict::unbuildable;
  return state.unable->includes(reach) ? Verdict::unbuildable : Verdict::unknown;
}

// The only member of the set; empty where it has several or none.
std::string only_member(const VersionSet& set) {
  const auto intervals = set.finals().empty() ? set.prereleases() : set.finals();
  if (intervals.size() != 1 || !intervals.front().low) return {};
  const Version& version = intervals.front().low->at;
  return VersionSet::of(version) == set ? version.text() : std::string();
}

Verdict merged(std::span<const Verdict> states) {
  if (states.empty()) return Verdict::unknown;
  const auto same = [&](Verdict each) { return each == states.front(); };
  return std::all_of(states.begin(), states.end(), same) ? states.front() : Verdict::unknown;
}

}  // namespace

const Version* newest_in(std::span<const Version* const> known, const VersionSet& set) {
  const Version* newest = newest_between(known, key_intervals(set.finals()), false);
  return newest ? newest : newest_between(known, key_intervals(set.prereleases()), true);
}

Resolution resolve(const TrackPolicy& track, const RuntimePolicy& runtime,
                   const VersionSet& accepts) {
  if (track.expired) return {.verdict = Verdict::unbuildable, .states = {}, .versions = {}};
  Resolution resolution;
  const VersionSet reach = reach_of(accepts);
  for (const auto& state : runtime.alternatives) {
    const Version* newest = newest_in(state->known, accepts);
    resolution.states.push_back(verdict_of_state(*state, newest, reach));
    if (resolution.states.back() != Verdict::buildable) continue;
    std::string version = newest ? newest->text() : only_member(accepts);
    if (version.empty()) continue;
    auto& versions = resolution.versions;
    if (std::find(versions.begin(), versions.end(), version) == versions.end())
      versions.push_back(std::move(version));
  }
  resolution.verdict = merged(resolution.states);
  return resolution;
}

}  // namespace buildable::pins
