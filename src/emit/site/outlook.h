// What is said of a series beside the verdict: since when a track builds it, what upstream does
// with it, when it may come. Sentences for people.
#pragma once

#include <string>
#include <string_view>

#include "emit/site/series_days.h"
#include "emit/site/site_input.h"

namespace buildable::emit {

// A runtime on a track, with all days.
struct SeriesHistory {
  const RuntimePolicy& runtime;
  const RuntimeReleases* releases;  // null: not known
  std::vector<Released> upstream;   // oldest first
  std::vector<Arrival> arrivals;
  std::vector<Wait> waits;
  Day today;  // up to when the state is known

  const Arrival* arrival(std::string_view series) const;  // null: it cannot be built
};
SeriesHistory series_history(const SiteInput& input, const TrackPolicy& track,
                             const RuntimePolicy& runtime);

// "2026-04-01", "2023-06-06 or before"; empty where it cannot be built.
std::string since_text(const SeriesHistory& history, std::string_view series);

// "Upstream released 3.14 on 2025-10-07, and keeps it up until 2030-10-31."; of the next one when
// it may come; empty: nothing is known.
std::string upstream_text(const SeriesHistory& history, std::string_view series);
// "ended 2024-10-07", "ends 2030-10-31"; empty: no day is known.
std::string end_of_life_text(const SeriesHistory& history, std::string_view series);
bool has_ended(const SeriesHistory& history, std::string_view series);

// When a series that the track cannot build may come to it: at the pace of the last one.
std::string outlook_text(const SeriesHistory& history, std::string_view track,
                         std::string_view series);

}  // namespace buildable::emit
