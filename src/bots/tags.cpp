#include "bots/tags.h"

#include <algorithm>

#include "base/text.h"

namespace buildable::bots {
namespace {

// Of "3.14.4" those of "3.14", where the tag has two.
std::vector<std::string> numbers_of_tag(const Version& version, int parts) {
  auto numbers = version.release();
  numbers.resize(static_cast<std::size_t>(parts), "0");
  return numbers;
}

// "3.14" of "3.14.4", which Dependabot compares as 3.14.0.
std::optional<Version> tag_of(const Version& version, int parts) {
  auto numbers = numbers_of_tag(version, parts);
  constexpr std::size_t whole_release = 3;
  numbers.resize(whole_release, "0");
  const auto tag = Version::parse(version.scheme(), join(numbers, "."));
  return tag ? std::optional(*tag) : std::nullopt;
}

// The first series whose tag lies above the cut.
std::optional<Version> first_tag_from(const Cut& cut, int parts) {
  auto tag = tag_of(cut.at, parts);
  if (!tag || Cut{*tag, Cut::Side::before}.key() >= cut.key()) return tag;
  auto numbers = numbers_of_tag(cut.at, parts);
  // More digits are no release's.
  constexpr std::size_t digits = 9;
  if (numbers.back().size() > digits) return std::nullopt;
  numbers.back() = std::to_string(std::stoul(numbers.back()) + 1);
  const auto next = Version::parse(cut.at.scheme(), join(numbers, "."));
  return next ? tag_of(*next, parts) : std::nullopt;
}

bool is_reached_from(const std::optional<Cut>& lowest, const Version& version) {
  return !lowest || lowest->at.scheme() != version.scheme() ||
         Cut{version, Cut::Side::before}.key() >= lowest->key();
}

}  // namespace

std::string newest_blocked(const VersionSet& set, const RuntimePolicy& runtime,
                           const UpdatedDependency& dependency) {
  const int parts = dependency.tag_parts;
  for (auto known = runtime.known.rbegin(); known != runtime.known.rend(); ++known) {
    if (known->is_prerelease() || !runtime.buildable.contains(*known)) continue;
    const auto candidate = parts > 0 ? tag_of(*known, parts) : std::optional(*known);
    if (!candidate || !set.contains(*candidate)) continue;
    if (!is_reached_from(dependency.lowest, *candidate)) continue;
    return parts > 0 ? join(numbers_of_tag(*known, parts), ".") : known->text();
  }
  return {};
}

bool holds_reachable(const VersionSet& set, const UpdatedDependency& dependency) {
  const auto finals = set.finals();
  if (dependency.tag_parts == 0) return !finals.empty();
  return std::any_of(finals.begin(), finals.end(), [&](const Interval& interval) {
    if (!interval.low) return true;
    const auto tag = first_tag_from(*interval.low, dependency.tag_parts);
    return !tag || set.contains(*tag);
  });
}

}  // namespace buildable::bots
