// How far a track is behind upstream: days since the release of the oldest upstream series that is
// newer than everything the track can build. Zero while it builds the newest one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/site/series_days.h"
#include "model/history.h"
#include "model/policy.h"

namespace buildable::emit {

// A stretch of time in which the answer does not change its beginning.
struct LagStretch {
  Day begin;
  Day end;                   // exclusive; of the last one the day up to which the state is known
  std::optional<Day> since;  // when the series that it waits for was released; absent: no lag
  friend bool operator==(const LagStretch&, const LagStretch&) = default;
};

struct Lag {
  std::string newest_series;  // upstream's, at the end: "3.14"
  std::string newest;         // upstream's newest version, where known: "3.14.7"
  std::string waiting_for;    // the oldest series that the track cannot build yet; empty: none
  int days = 0;               // at the end
  std::vector<LagStretch> stretches;  // without gaps, ascending
};

// Nothing where upstream's releases or the days of the history are not known. `states` are oldest
// first; what a track could build then is what it can build now, with the changes taken back.
std::optional<Lag> lag_of(const RuntimePolicy& runtime, std::string_view track,
                          const RuntimeReleases* releases, const std::vector<HistoryState>& states,
                          Instant observed);

}  // namespace buildable::emit
