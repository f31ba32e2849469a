#include "emit/site/lag.h"

#include <algorithm>
#include <set>

#include "base/time.h"

namespace buildable::emit {
namespace {

using Series = std::set<std::string>;

std::optional<Day> day_of_text(const std::string& text) {
  const auto instant = parse_instant_or_day(text);
  if (!instant) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*instant);
}

// An upstream series and its first day.
struct Released {
  std::string series;
  Day day;
};

// Oldest first, in upstream's order; those without a day are left out.
std::vector<Released> released_series(const RuntimeReleases& releases) {
  std::vector<Released> all;
  for (auto cycle = releases.cycles.rbegin(); cycle != releases.cycles.rend(); ++cycle)
    if (const auto day = day_of_text(cycle->released)) all.push_back({cycle->series, *day});
  return all;
}

// From that day on the track could build these series.
struct Ability {
  Day day;
  Series series;
};

const RuntimeNews* news_of(const HistoryState& state, std::string_view track,
                           std::string_view runtime) {
  for (const TrackNews& news : state.changes)
    if (news.track == track)
      for (const RuntimeNews& change : news.runtimes)
        if (change.runtime == runtime) return &change;
  return nullptr;
}

void take_back(const RuntimeNews& news, Series& series) {
  for (const std::string& gained : news.gained_series) series.erase(gained);
  series.insert(news.lost_series.begin(), news.lost_series.end());
}

// Oldest first. What became known of a state could be built from its beginning on.
std::vector<Ability> abilities_of(const RuntimePolicy& runtime, std::string_view track,
                                  const std::vector<HistoryState>& states) {
  Series series;
  for (const SeriesRow& row : runtime.series) series.insert(row.series);
  std::vector<Ability> abilities;
  std::vector<const RuntimeNews*> since_its_beginning;
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    if (const RuntimeNews* news = news_of(*state, track, runtime.runtime))
      since_its_beginning.push_back(news);
    if (!state->known_by.empty()) continue;
    if (const auto day = day_of_text(state->effective)) abilities.push_back({*day, series});
    for (const RuntimeNews* news : since_its_beginning) take_back(*news, series);
    since_its_beginning.clear();
  }
  std::reverse(abilities.begin(), abilities.end());
  return abilities;
}

// The oldest series out by that day that is newer than all that can be built; null: none.
const Released* waited_for(const std::vector<Released>& upstream, const Series& buildable,
                           Day day) {
  const Released* waited = nullptr;
  for (const Released& released : upstream) {
    if (buildable.contains(released.series))
      waited = nullptr;
    else if (waited == nullptr && released.day <= day)
      waited = &released;
  }
  return waited;
}

// The days on which the answer can change.
std::set<Day> turning_days(const std::vector<Released>& upstream,
                           const std::vector<Ability>& abilities, Day end) {
  std::set<Day> days{end};
  for (const Ability& ability : abilities) days.insert(std::min(ability.day, end));
  for (const Released& released : upstream)
    if (released.day > abilities.front().day && released.day < end) days.insert(released.day);
  return days;
}

const Series& able_on(const std::vector<Ability>& abilities, Day day) {
  const Series* series = &abilities.front().series;
  for (const Ability& ability : abilities)
    if (ability.day <= day) series = &ability.series;
  return *series;
}

void add_stretch(std::vector<LagStretch>& stretches, const LagStretch& next) {
  if (!stretches.empty() && stretches.back().since == next.since)
    stretches.back().end = next.end;
  else
    stretches.push_back(next);
}

}  // namespace

std::optional<Lag> lag_of(const RuntimePolicy& runtime, std::string_view track,
                          const RuntimeReleases* releases, const std::vector<HistoryState>& states,
                          std::string_view observed) {
  const auto end = day_of_text(std::string(observed));
  const std::vector<Ability> abilities = abilities_of(runtime, track, states);
  if (releases == nullptr || !end || abilities.empty()) return std::nullopt;
  const std::vector<Released> upstream = released_series(*releases);
  Lag lag;
  for (const Released& released : upstream)
    if (released.day <= *end) lag.newest_series = released.series;
  if (lag.newest_series.empty()) return std::nullopt;
  for (const ReleaseCycle& cycle : releases->cycles)
    if (cycle.series == lag.newest_series) lag.newest = cycle.latest;

  const std::set<Day> days = turning_days(upstream, abilities, *end);
  for (auto day = days.begin(); std::next(day) != days.end(); ++day) {
    const Released* waited = waited_for(upstream, able_on(abilities, *day), *day);
    add_stretch(lag.stretches, {*day, *std::next(day),
                                waited == nullptr ? std::nullopt : std::optional(waited->day)});
  }
  if (const Released* waited = waited_for(upstream, able_on(abilities, *end), *end)) {
    lag.waiting_for = waited->series;
    lag.days = static_cast<int>((*end - waited->day).count());
  }
  return lag;
}

const RuntimeReleases* releases_of(const std::vector<RuntimeReleases>& all,
                                   std::string_view runtime) {
  for (const RuntimeReleases& releases : all)
    if (releases.runtime == runtime) return &releases;
  return nullptr;
}

}  // namespace buildable::emit
