#include "emit/site/lag.h"

#include <algorithm>
#include <set>

namespace buildable::emit {
namespace {

// The oldest series out by that day that is newer than all that can be built; null: none.
const Released* waited_for(const std::vector<Released>& upstream,
                           const std::set<std::string>& buildable, Day day) {
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

const std::set<std::string>& able_on(const std::vector<Ability>& abilities, Day day) {
  const std::set<std::string>* series = &abilities.front().series;
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
                          Instant observed) {
  const Day end = day_at(observed);
  const std::vector<Ability> abilities = abilities_of(runtime, track, states);
  if (releases == nullptr || abilities.empty()) return std::nullopt;
  const std::vector<Released> upstream = released_series(*releases);
  Lag lag;
  for (const Released& released : upstream)
    if (released.day <= end) lag.newest_series = released.series;
  if (lag.newest_series.empty()) return std::nullopt;
  for (const ReleaseCycle& cycle : releases->cycles)
    if (cycle.series == lag.newest_series) lag.newest = cycle.latest;

  const std::set<Day> days = turning_days(upstream, abilities, end);
  for (auto day = days.begin(); std::next(day) != days.end(); ++day) {
    const Released* waited = waited_for(upstream, able_on(abilities, *day), *day);
    add_stretch(lag.stretches, {*day, *std::next(day),
                                waited == nullptr ? std::nullopt : std::optional(waited->day)});
  }
  if (const Released* waited = waited_for(upstream, able_on(abilities, end), end)) {
    lag.waiting_for = waited->series;
    lag.days = static_cast<int>((end - waited->day).count());
  }
  return lag;
}

}  // namespace buildable::emit
