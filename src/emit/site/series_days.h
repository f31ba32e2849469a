// Which series upstream has released and which a track could build, by the day; how long each took
// from one to the other, and what follows for those that are not there yet.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"
#include "model/policy.h"

namespace buildable::emit {

using Day = std::chrono::sys_days;

std::optional<Day> day_of_text(const std::string& text);  // of a day or an instant
inline Day day_at(Instant instant) { return std::chrono::floor<std::chrono::days>(instant); }
std::string text_of_day(Day day);  // "2026-05-14"

// An upstream series and its first day.
struct Released {
  std::string series;
  Day day;
};
// Oldest first, in upstream's order; those without a day are left out.
std::vector<Released> released_series(const RuntimeReleases& releases);

const RuntimeReleases* releases_of(const std::vector<RuntimeReleases>& all,
                                   std::string_view runtime);
// Null where upstream has no such series, or its releases are not known.
const ReleaseCycle* cycle_of(const RuntimeReleases* releases, std::string_view series);

// From that day on the track could build these series.
struct Ability {
  Day day;
  std::set<std::string> series;
};
// Oldest first. What became known of a state could be built from its beginning on: what the track
// can build now, with the changes of `states` (oldest first) taken back.
std::vector<Ability> abilities_of(const RuntimePolicy& runtime, std::string_view track,
                                  const std::vector<HistoryState>& states);

// Since when a series can be built without a break.
struct Arrival {
  std::string series;
  Day day;
  bool or_before = false;  // it could be built when the history begins
  bool watched = false;    // the track could build other series of the runtime on the day before
};
// Of the series that can be built now, in their order.
std::vector<Arrival> arrivals_of(const RuntimePolicy& runtime,
                                 const std::vector<Ability>& abilities);

// A series that came to a track that could build others before: a new track, or a first buildpack
// for the runtime, brings old series too, and says nothing about how long one takes.
struct Wait {
  std::string series;
  Day released;
  Day built;
  int days() const { return static_cast<int>((built - released).count()); }
};
// By the day of upstream's release, oldest first.
std::vector<Wait> waits_of(const std::vector<Released>& upstream,
                           const std::vector<Arrival>& arrivals);

// When upstream has, or may have, a series.
struct UpstreamDay {
  Day day;
  bool estimated = false;  // not out yet: at the pace of the last two series
};
// Nothing for a series that upstream neither has nor is next to release.
std::optional<UpstreamDay> upstream_day_of(const std::vector<Released>& upstream,
                                           std::string_view series);

}  // namespace buildable::emit
