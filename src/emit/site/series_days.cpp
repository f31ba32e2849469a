#include "emit/site/series_days.h"

#include <algorithm>

#include "base/time.h"
#include "emit/tracks.h"

namespace buildable::emit {
namespace {

const RuntimeNews* news_of(const HistoryState& state, std::string_view track,
                           std::string_view runtime) {
  for (const TrackNews& news : state.changes)
    if (news.track == track)
      for (const RuntimeNews& change : news.runtimes)
        if (change.runtime == runtime) return &change;
  return nullptr;
}

void take_back(const RuntimeNews& news, std::set<std::string>& series) {
  for (const std::string& gained : news.gained_series) series.erase(gained);
  series.insert(news.lost_series.begin(), news.lost_series.end());
}

}  // namespace

std::optional<Day> day_of_text(const std::string& text) {
  const auto instant = parse_instant_or_day(text);
  if (!instant) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*instant);
}

std::string text_of_day(Day day) { return format_day(Instant(day)); }

std::vector<Released> released_series(const RuntimeReleases& releases) {
  std::vector<Released> all;
  for (auto cycle = releases.cycles.rbegin(); cycle != releases.cycles.rend(); ++cycle)
    if (const auto day = day_of_text(cycle->released)) all.push_back({cycle->series, *day});
  return all;
}

const RuntimeReleases* releases_of(const std::vector<RuntimeReleases>& all,
                                   std::string_view runtime) {
  for (const RuntimeReleases& releases : all)
    if (releases.runtime == runtime) return &releases;
  return nullptr;
}

const ReleaseCycle* cycle_of(const RuntimeReleases* releases, std::string_view series) {
  if (releases == nullptr) return nullptr;
  for (const ReleaseCycle& cycle : releases->cycles)
    if (cycle.series == series) return &cycle;
  return nullptr;
}

std::vector<Ability> abilities_of(const RuntimePolicy& runtime, std::string_view track,
                                  const std::vector<HistoryState>& states) {
  std::set<std::string> series;
  for (const SeriesRow& row : runtime.series) series.insert(row.series);
  std::vector<Ability> abilities;
  std::vector<const RuntimeNews*> since_its_beginning;
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    if (const RuntimeNews* news = news_of(*state, track, runtime.runtime))
      since_its_beginning.push_back(news);
    if (!state->known_by.empty()) continue;
    abilities.push_back({day_at(state->effective), series});
    for (const RuntimeNews* news : since_its_beginning) take_back(*news, series);
    since_its_beginning.clear();
  }
  std::reverse(abilities.begin(), abilities.end());
  return abilities;
}

std::vector<Arrival> arrivals_of(const RuntimePolicy& runtime,
                                 const std::vector<Ability>& abilities) {
  std::vector<Arrival> arrivals;
  for (const SeriesRow& row : runtime.series) {
    std::size_t since = abilities.size();
    while (since > 0 && abilities[since - 1].series.contains(row.series)) --since;
    if (since == abilities.size()) continue;
    arrivals.push_back({row.series, abilities[since].day, since == 0,
                        since > 0 && !abilities[since - 1].series.empty()});
  }
  return arrivals;
}

std::vector<Wait> waits_of(const std::vector<Released>& upstream,
                           const std::vector<Arrival>& arrivals) {
  std::vector<Wait> waits;
  for (const Released& released : upstream)
    for (const Arrival& arrival : arrivals)
      if (arrival.series == released.series && arrival.watched && arrival.day >= released.day)
        waits.push_back({released.series, released.day, arrival.day});
  std::stable_sort(waits.begin(), waits.end(),
                   [](const Wait& a, const Wait& b) { return a.released < b.released; });
  return waits;
}

std::optional<UpstreamDay> upstream_day_of(const std::vector<Released>& upstream,
                                           std::string_view series) {
  for (const Released& released : upstream)
    if (released.series == series) return UpstreamDay{released.day, false};
  if (upstream.size() < 2 || !follows(series, upstream.back().series)) return std::nullopt;
  const Day last = upstream.back().day;
  const Day before = upstream[upstream.size() - 2].day;
  if (before >= last) return std::nullopt;
  return UpstreamDay{last + (last - before), true};
}

}  // namespace buildable::emit
