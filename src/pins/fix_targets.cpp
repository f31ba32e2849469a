#include "pins/fix_targets.h"

#include <algorithm>

#include "base/text.h"

namespace buildable::pins {
namespace {

// Where a set ends; nothing where it has no end. Of a set with finals, where these end: what a
// range says of prereleases reaches further.
std::optional<std::string> end_of(const VersionSet& set) {
  const auto intervals = set.finals().empty() ? set.prereleases() : set.finals();
  if (intervals.empty() || !intervals.back().high) return std::nullopt;
  return intervals.back().high->key();
}

std::optional<FixTarget> target_of(const RuntimePolicy& runtime, const SeriesRow& row) {
  std::vector<std::string> numbers;
  for (const std::string_view number : split(row.series, '.')) numbers.emplace_back(number);
  VersionSet members = VersionSet::series(runtime.scheme, numbers)
                           .finals_only()
                           .intersect(runtime.buildable.finals_only());
  if (members.empty()) return std::nullopt;
  const std::optional<Cut>& low = members.finals().front().low;
  return FixTarget{std::move(numbers), nullptr, std::move(members),
                   low ? low->key() : std::string()};
}

}  // namespace

bool is_open_above(const VersionSet& set) {
  return !set.finals().empty() && !set.finals().back().high;
}

bool FixTarget::is_in(const VersionSet& set) const {
  return version ? set.contains(*version) : set.intersects(*series);
}

std::vector<std::string> FixTarget::series_numbers(const RuntimePolicy& runtime) const {
  const auto most = static_cast<std::size_t>(std::max(runtime.series_components, 1));
  const auto count = static_cast<std::ptrdiff_t>(std::min(numbers.size(), most));
  return {numbers.begin(), numbers.begin() + count};
}

std::string FixTarget::series_of(const RuntimePolicy& runtime) const {
  return join(series_numbers(runtime), ".");
}

std::vector<FixTarget> targets_of(const RuntimePolicy& runtime) {
  std::vector<FixTarget> targets;
  for (const Version& version : runtime.known)
    if (!version.is_prerelease())
      targets.push_back({version.release(), &version, std::nullopt, version.key()});
  for (const SeriesRow& row : runtime.series) {
    if (!row.newest.empty()) continue;
    if (auto target = target_of(runtime, row)) targets.push_back(*std::move(target));
  }
  std::stable_sort(targets.begin(), targets.end(),
                   [](const FixTarget& a, const FixTarget& b) { return a.low < b.low; });
  return targets;
}

std::vector<FixTarget> agreeing_targets(std::vector<FixTarget> targets, const std::string& runtime,
                                        const std::vector<const Pin*>& pins) {
  for (const Pin* pin : pins) {
    const bool in_root = pin->file.find('/') == std::string::npos;
    if (!in_root || pin->runtime != runtime || !pin->accepts || pin->list > 0 ||
        (pin->form != PinForm::range && !is_open_above(*pin->accepts)))
      continue;
    std::vector<FixTarget> left;
    for (const FixTarget& each : targets)
      if (each.is_in(*pin->accepts)) left.push_back(each);
    if (!left.empty()) targets = std::move(left);
  }
  return targets;
}

std::vector<const FixTarget*> by_nearness(const std::vector<FixTarget>& targets,
                                          const VersionSet& accepted) {
  const std::optional<std::string> end = end_of(accepted);
  std::vector<const FixTarget*> inside, below, beyond;
  for (const FixTarget& target : targets) {
    if (target.is_in(accepted))
      inside.push_back(&target);
    else
      (!end || target.low < *end ? below : beyond).push_back(&target);
  }
  std::reverse(inside.begin(), inside.end());
  inside.insert(inside.end(), below.rbegin(), below.rend());
  inside.insert(inside.end(), beyond.begin(), beyond.end());
  return inside;
}

std::vector<const FixTarget*> above(const std::vector<FixTarget>& targets,
                                    const VersionSet& admitted) {
  const std::optional<std::string> end = end_of(admitted);
  std::vector<const FixTarget*> found;
  if (!admitted.empty() && !end) return found;
  for (auto target = targets.rbegin(); target != targets.rend(); ++target)
    if (admitted.empty() || target->low >= *end) found.push_back(&*target);
  return found;
}

}  // namespace buildable::pins
