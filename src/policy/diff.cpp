#include "policy/diff.h"

#include <algorithm>
#include <utility>

#include "policy/describe.h"

namespace buildable {
namespace {

bool has_series(const RuntimePolicy& policy, const std::string& series) {
  return std::any_of(policy.series.begin(), policy.series.end(),
                     [&](const SeriesRow& row) { return row.series == series; });
}

// "24.14.1 to 24.15.0": the first and the last final release of the series in the difference; empty
// where there is none that is known by name.
std::string releases_in(const RuntimePolicy& policy, const std::string& series,
                        const VersionSet& difference) {
  const Version *first = nullptr, *last = nullptr;
  for (const Version& version : policy.known) {
    if (version.is_prerelease() || !difference.contains(version) ||
        series_of(version, policy.series_components) != series)
      continue;
    if (!first) first = &version;
    last = &version;
  }
  if (!first) return {};
  std::string text = first->text();
  if (first != last) text.append(" to ").append(last->text());
  return text;
}

// What `there` has and `here` has not, in the words of a changelog: "3.14" for a series that is new
// as a whole, "24.14.1 to 24.15.0" or "24.15.0" for releases of one that was there.
std::vector<std::string> only_in(const RuntimePolicy& there, const RuntimePolicy& here,
                                 const VersionSet& difference) {
  std::vector<std::string> names;
  for (const SeriesRow& row : there.series) {
    std::string name =
        has_series(here, row.series) ? releases_in(there, row.series, difference) : row.series;
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

RuntimeChange change_of(const RuntimePolicy& older, const RuntimePolicy& newer) {
  RuntimeChange change;
  change.runtime = newer.runtime;
  change.name = newer.name;
  change.gained = newer.buildable.minus(older.buildable);
  change.lost = older.buildable.minus(newer.buildable);
  change.gained_series = only_in(newer, older, change.gained);
  change.lost_series = only_in(older, newer, change.lost);
  change.old_default = older.default_version;
  change.new_default = newer.default_version;
  return change;
}

bool changed(const RuntimeChange& change) {
  return !change.gained.empty() || !change.lost.empty() || change.old_default != change.new_default;
}

// A runtime or a track that is missing on one side is one that can build nothing there.
RuntimePolicy nothing_of(const RuntimePolicy& other) {
  RuntimePolicy nothing;
  nothing.runtime = other.runtime;
  nothing.name = other.name;
  nothing.scheme = other.scheme;
  nothing.series_components = other.series_components;
  nothing.buildable = nothing.unbuildable = VersionSet::none(other.scheme);
  return nothing;
}

void add_change(TrackChange& track, const RuntimePolicy* older, const RuntimePolicy* newer) {
  RuntimeChange change = older && newer ? change_of(*older, *newer)
                         : newer        ? change_of(nothing_of(*newer), *newer)
                                        : change_of(*older, nothing_of(*older));
  if (changed(change)) track.runtimes.push_back(std::move(change));
}

TrackChange change_of(const TrackPolicy& older, const TrackPolicy& newer) {
  TrackChange change;
  change.track = newer.track;
  change.old_builder = older.builder;
  change.new_builder = newer.builder;
  change.expired_now = newer.expired && !older.expired;
  for (const RuntimePolicy& runtime : newer.runtimes)
    add_change(change, older.find(runtime.runtime), &runtime);
  for (const RuntimePolicy& runtime : older.runtimes)
    if (!newer.find(runtime.runtime)) add_change(change, &runtime, nullptr);
  return change;
}

bool changed(const TrackChange& change) {
  return change.old_builder != change.new_builder || change.expired_now || !change.runtimes.empty();
}

TrackPolicy without_builder(const TrackPolicy& other) {
  TrackPolicy nothing;
  nothing.track = other.track;
  nothing.expired = other.expired;
  return nothing;
}

}  // namespace

PolicyChange diff(const Policy& older, const Policy& newer) {
  PolicyChange change;
  const auto add = [&](const TrackPolicy& before, const TrackPolicy& after) {
    TrackChange track = change_of(before, after);
    if (changed(track)) change.tracks.push_back(std::move(track));
  };
  for (const TrackPolicy& track : newer.tracks) {
    const TrackPolicy* before = older.find(track.track);
    add(before ? *before : without_builder(track), track);
  }
  for (const TrackPolicy& track : older.tracks)
    if (!newer.find(track.track)) add(track, without_builder(track));
  return change;
}

}  // namespace buildable
