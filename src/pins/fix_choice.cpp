#include "pins/fix_choice.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "pins/fix_reading.h"

namespace buildable::pins {
namespace {

// However many versions there are and however they are written, a pin is answered in bounded time.
constexpr std::size_t most_targets_tried = 64;

// The long-term series that the target is of; null: of none.
const std::string* line_of(const FixTarget& target, const RuntimePolicy& runtime) {
  for (const std::string& series : runtime.long_term) {
    const auto numbers = split(series, '.');
    if (numbers.size() <= target.numbers.size() &&
        std::equal(numbers.begin(), numbers.end(), target.numbers.begin()))
      return &series;
  }
  return nullptr;
}

VersionSet series_named(Scheme scheme, std::string_view series) {
  std::vector<std::string> numbers;
  for (const std::string_view number : split(series, '.')) numbers.emplace_back(number);
  return VersionSet::series(scheme, numbers);
}

bool is_of_series(const FixTarget& target, const FixTarget& other, std::size_t components) {
  const std::size_t count = std::min(components, target.numbers.size());
  return count <= other.numbers.size() &&
         std::equal(target.numbers.begin(),
                    target.numbers.begin() + static_cast<std::ptrdiff_t>(count),
                    other.numbers.begin());
}

// How many numbers the longest name of a long-term series has: 2 of "2.1".
std::size_t numbers_of_lines(const RuntimePolicy& runtime) {
  std::size_t most = 1;
  for (const std::string& series : runtime.long_term)
    most = std::max(most, split(series, '.').size());
  return most;
}

// Of each long-term series the first. Neighbours are mostly of one series, which is looked up once.
std::vector<const FixTarget*> first_of_lines(const std::vector<const FixTarget*>& targets,
                                             const RuntimePolicy& runtime) {
  std::set<const std::string*> seen;
  std::vector<const FixTarget*> first;
  const std::size_t components = numbers_of_lines(runtime);
  const FixTarget* last = nullptr;
  for (const FixTarget* target : targets) {
    const bool is_like_last = last && is_of_series(*target, *last, components);
    last = target;
    if (is_like_last) continue;
    if (const std::string* line = line_of(*target, runtime); line && seen.insert(line).second)
      first.push_back(target);
  }
  return first;
}

}  // namespace

bool is_of_accepted_series(const FixTarget& target, const VersionSet& accepted,
                           const RuntimePolicy& runtime) {
  return VersionSet::series(runtime.scheme, target.series_numbers(runtime)).intersects(accepted);
}

bool is_above(const FixTarget& target, const VersionSet& accepted) {
  const auto& intervals = accepted.finals().empty() ? accepted.prereleases() : accepted.finals();
  return !intervals.empty() &&
         (!intervals.front().low || target.low > intervals.front().low->key());
}

bool builds(const RuntimePolicy& runtime, const VersionSet& accepted) {
  if (runtime.buildable.intersects(accepted)) return true;
  return runtime.alternatives.size() > 1 &&
         std::all_of(runtime.alternatives.begin(), runtime.alternatives.end(),
                     [&](const auto& each) { return each->builds_any_of(accepted); });
}

namespace {

std::vector<FixChoice> nearest_choices(const std::vector<FixTarget>& targets,
                                       const VersionSet& accepted, const RuntimePolicy& runtime) {
  const std::vector<const FixTarget*> near = by_nearness(targets, accepted);
  std::vector<FixChoice> choices;
  std::vector<const FixTarget*> others;
  const auto components = static_cast<std::size_t>(std::max(runtime.series_components, 1));
  const FixTarget* last = nullptr;
  bool is_near = false;
  for (const FixTarget* target : near) {
    // Neighbours are mostly of one series, and the answer is the same for all of it.
    if (!runtime.long_term.empty() &&
        !(last && last->numbers.size() >= components && target->numbers.size() >= components &&
          is_of_series(*target, *last, components)))
      is_near = is_of_accepted_series(*target, accepted, runtime);
    last = target;
    if (is_near)
      choices.push_back({target});
    else
      others.push_back(target);
  }
  if (choices.size() > most_targets_tried / 2) choices.resize(most_targets_tried / 2);
  for (const FixTarget* target : first_of_lines(others, runtime)) choices.push_back({target, true});
  for (const FixTarget* target : others) choices.push_back({target});
  return choices;
}

std::vector<FixChoice> plain_choices(const std::vector<const FixTarget*>& targets) {
  std::vector<FixChoice> choices;
  choices.reserve(targets.size());
  for (const FixTarget* target : targets) choices.push_back({target});
  return choices;
}

std::vector<FixChoice> upward_choices(const std::vector<FixTarget>& targets, const Pin& pin,
                                      const VersionSet& accepted, const RuntimePolicy& runtime,
                                      FixAim aim) {
  const VersionSet buildable = runtime.buildable.intersect(accepted);
  const bool none_builds =
      !builds(runtime, accepted) && runtime.unbuildable.includes(accepted.finals_only());
  VersionSet admitted = accepted;
  if (is_fixed(pin, runtime))
    admitted = buildable;
  else if (builds(runtime, accepted) || none_builds)
    admitted = VersionSet::none(runtime.scheme);
  const std::vector<const FixTarget*> found = above(targets, admitted);
  if (aim == FixAim::newest || runtime.long_term.empty()) return plain_choices(found);
  // What is written counts, not only how the build reads it.
  if (!none_builds && !takes_long_term(accepted, targets, runtime) &&
      !takes_long_term(*pin.accepts, targets, runtime))
    return plain_choices(found);
  std::vector<FixChoice> choices;
  for (const FixTarget* target : first_of_lines(found, runtime)) choices.push_back({target, true});
  if (is_fixed(pin, runtime)) return choices;
  for (const FixTarget* target : found) choices.push_back({target});
  return choices;
}

}  // namespace

bool takes_long_term(const VersionSet& set, const std::vector<FixTarget>& targets,
                     const RuntimePolicy& runtime) {
  const auto newest = std::find_if(targets.rbegin(), targets.rend(),
                                   [&set](const FixTarget& target) { return target.is_in(set); });
  if (newest != targets.rend()) return line_of(*newest, runtime) != nullptr;
  return std::any_of(runtime.long_term.begin(), runtime.long_term.end(),
                     [&](const std::string& series) {
                       return series_named(runtime.scheme, series).intersects(set);
                     });
}

std::vector<FixChoice> choices_of(const std::vector<FixTarget>& targets, const Pin& pin,
                                  const RuntimePolicy& runtime, FixAim aim) {
  const VersionSet accepted = *accepted_by(pin, runtime);
  std::vector<FixChoice> choices = aim == FixAim::nearest
                                       ? nearest_choices(targets, accepted, runtime)
                                       : upward_choices(targets, pin, accepted, runtime, aim);
  if (choices.size() > most_targets_tried) choices.resize(most_targets_tried);
  return choices;
}

}  // namespace buildable::pins
