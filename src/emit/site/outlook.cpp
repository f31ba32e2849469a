#include "emit/site/outlook.h"

namespace buildable::emit {
namespace {

std::string days_text(int days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

// The newest series that the track can build and upstream has, as a place in upstream's order; -1.
int newest_place(const SeriesHistory& history) {
  int place = -1;
  for (std::size_t i = 0; i < history.upstream.size(); ++i)
    if (history.arrival(history.upstream[i].series) != nullptr) place = static_cast<int>(i);
  return place;
}

int place_of(const SeriesHistory& history, std::string_view series) {
  for (std::size_t i = 0; i < history.upstream.size(); ++i)
    if (history.upstream[i].series == series) return static_cast<int>(i);
  return -1;
}

}  // namespace

const Arrival* SeriesHistory::arrival(std::string_view series) const {
  for (const Arrival& each : arrivals)
    if (each.series == series) return &each;
  return nullptr;
}

SeriesHistory series_history(const SiteInput& input, const TrackPolicy& track,
                             const RuntimePolicy& runtime) {
  SeriesHistory history{runtime, releases_of(input.releases, runtime.runtime),
                        {},      {},
                        {},      day_at(input.policy.observed)};
  if (history.releases != nullptr) history.upstream = released_series(*history.releases);
  history.arrivals = arrivals_of(runtime, abilities_of(runtime, track.track, input.history));
  history.waits = waits_of(history.upstream, history.arrivals);
  return history;
}

std::string since_text(const SeriesHistory& history, std::string_view series) {
  const Arrival* arrival = history.arrival(series);
  if (arrival == nullptr) return {};
  return text_of_day(arrival->day) + (arrival->or_before ? " or before" : "");
}

std::string end_of_life_text(const SeriesHistory& history, std::string_view series) {
  const ReleaseCycle* cycle = cycle_of(history.releases, series);
  if (cycle == nullptr || cycle->end_of_life.empty()) return {};
  return (has_ended(history, series) ? "ended " : "ends ") + cycle->end_of_life;
}

bool has_ended(const SeriesHistory& history, std::string_view series) {
  const ReleaseCycle* cycle = cycle_of(history.releases, series);
  if (cycle == nullptr) return false;
  const auto end = day_of_text(cycle->end_of_life);
  return end && *end <= history.today;
}

std::string upstream_text(const SeriesHistory& history, std::string_view series) {
  const ReleaseCycle* cycle = cycle_of(history.releases, series);
  if (cycle == nullptr || cycle->released.empty()) {
    const auto next = upstream_day_of(history.upstream, series);
    if (!next || !next->estimated) return {};
    return "Upstream has not released " + std::string(series) +
           " yet; at its pace so far that is around " + text_of_day(next->day) + ".";
  }
  std::string text = "Upstream released " + cycle->series + " on " + cycle->released;
  if (!cycle->end_of_life.empty())
    text += std::string(has_ended(history, series) ? ", and ended it on "
                                                   : ", and keeps it up until ") +
            cycle->end_of_life;
  return text + ".";
}

std::string outlook_text(const SeriesHistory& history, std::string_view track,
                         std::string_view series) {
  if (history.releases == nullptr) return {};
  const auto upstream = upstream_day_of(history.upstream, series);
  if (!upstream) return {};
  if (!upstream->estimated && place_of(history, series) < newest_place(history))
    return has_ended(history, series) ? "It is not expected: upstream has ended it."
                                      : "It is not expected: newer series are there already.";
  if (history.waits.empty())
    return "How long a series takes to reach " + std::string(track) + " is not known yet.";
  const Wait& last = history.waits.back();
  const Day expected = upstream->day + (last.built - last.released);
  std::string text = "The last series, " + last.series + ", took " + days_text(last.days()) +
                     " to reach " + std::string(track);
  return text + (expected > history.today ? ": expect it around " + text_of_day(expected) + "."
                                          : "; this one takes longer.");
}

}  // namespace buildable::emit
