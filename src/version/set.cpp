#include "version/set.h"

#include <algorithm>

#include "version/cuts.h"
#include "version/scheme.h"

namespace buildable {
namespace {

using Side = Cut::Side;
using Intervals = std::vector<Interval>;

bool below(const Cut& a, const Cut& b) {
  if (a.side == Side::before && b.side == Side::before) return a.at.key() < b.at.key();
  return a.key() < b.key();
}

// Bounds of intervals compare as places; no low bound is the lowest, no high bound the highest.
bool low_below(const Interval& a, const Interval& b) {
  if (!b.low) return false;
  return !a.low || below(*a.low, *b.low);
}
bool high_below(const Interval& a, const Interval& b) {
  if (!a.high) return false;
  return !b.high || below(*a.high, *b.high);
}
bool holds_members(const Interval& interval) {
  return !interval.low || !interval.high || below(*interval.low, *interval.high);
}
// Precondition: a's low bound is not above b's.
bool touches(const Interval& a, const Interval& b) {
  return !a.high || !b.low || !below(*a.high, *b.low);
}

// Bounds in their canonical places, nothing where no member lies between them.
std::optional<Interval> canonical_interval(Scheme scheme, std::optional<Cut> low,
                                           std::optional<Cut> high, World world) {
  Interval interval{std::move(low), std::move(high)};
  if (interval.low && interval.high && !below(*interval.low, *interval.high)) return {};
  if (interval.low) interval.low = canonical(*std::move(interval.low), world);
  if (interval.high) interval.high = canonical(*std::move(interval.high), world);
  const Cut& lowest = bottom(scheme, world);
  if (interval.high && !below(lowest, *interval.high)) return {};
  if (interval.low && !below(lowest, *interval.low)) interval.low.reset();
  if (!holds_members(interval)) return {};
  return interval;
}

// Appends, or lengthens the last interval where they touch. Precondition: its low bound is not
// below that of the last.
void append(Intervals& sorted, Interval next) {
  if (sorted.empty() || !touches(sorted.back(), next))
    sorted.push_back(std::move(next));
  else if (high_below(sorted.back(), next))
    sorted.back().high = std::move(next.high);
}

Intervals united(const Intervals& a, const Intervals& b) {
  Intervals all;
  all.reserve(a.size() + b.size());
  auto i = a.begin(), j = b.begin();
  while (i != a.end() || j != b.end()) {
    const bool from_a = j == b.end() || (i != a.end() && !low_below(*j, *i));
    append(all, from_a ? *i++ : *j++);
  }
  return all;
}

Intervals intersected(const Intervals& a, const Intervals& b) {
  Intervals result;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    Interval common{low_below(*i, *j) ? j->low : i->low, high_below(*i, *j) ? i->high : j->high};
    if (holds_members(common)) result.push_back(std::move(common));
    high_below(*i, *j) ? ++i : ++j;
  }
  return result;
}

Intervals complemented(const Intervals& intervals) {
  Intervals gaps;
  std::optional<Cut> low;
  for (const Interval& interval : intervals) {
    if (interval.low) gaps.push_back({low, interval.low});
    low = interval.high;
    if (!low) return gaps;
  }
  gaps.push_back({low, std::nullopt});
  return gaps;
}

bool holds(const Intervals& intervals, std::string_view key) {
  const auto above_low = [&](const Interval& i) { return !i.low || lies_above(key, *i.low); };
  const auto after = std::partition_point(intervals.begin(), intervals.end(), above_low);
  if (after == intervals.begin()) return false;
  const Interval& candidate = *std::prev(after);
  return !candidate.high || !lies_above(key, *candidate.high);
}

World world_of(const Version& version) {
  return version.is_prerelease() ? World::prereleases : World::finals;
}

std::optional<Interval> only(const Version& version) {
  return canonical_interval(version.scheme(), Cut{version, Side::before}, Cut{version, Side::after},
                            world_of(version));
}

}  // namespace

std::string Cut::key() const {
  switch (side) {
    case Side::floor:
      return floor_key(at);
    case Side::after:
      return at.key() + after_tag;
    case Side::before:
      break;
  }
  return at.key();
}

bool lies_above(std::string_view key, const Cut& cut) {
  const std::string_view at = cut.at.key();
  if (cut.side == Side::before) return key >= at;
  const std::string_view stem = cut.side == Side::floor ? at.substr(0, release_length(cut.at)) : at;
  const bool continues = key.starts_with(stem);
  return continues ? cut.side == Side::floor : key > stem;
}

VersionSet VersionSet::none(Scheme scheme) { return VersionSet(scheme); }

VersionSet VersionSet::all(Scheme scheme) { return none(scheme).complement(); }

VersionSet VersionSet::of(const Version& version) { return of(version.scheme(), {&version, 1}); }

VersionSet VersionSet::of(Scheme scheme, std::span<const Version> releases) {
  std::vector<const Version*> sorted;
  sorted.reserve(releases.size());
  for (const Version& release : releases) sorted.push_back(&release);
  const auto ascending = [](const Version* a, const Version* b) { return a->key() < b->key(); };
  if (!std::is_sorted(sorted.begin(), sorted.end(), ascending))
    std::sort(sorted.begin(), sorted.end(), ascending);
  VersionSet set(scheme);
  set.finals_.reserve(sorted.size());
  for (const Version* release : sorted) {
    Intervals& intervals = release->is_prerelease() ? set.prereleases_ : set.finals_;
    if (std::optional<Interval> interval = only(*release)) append(intervals, *std::move(interval));
  }
  return set;
}

VersionSet VersionSet::finals_between(Scheme scheme, std::optional<Cut> low,
                                      std::optional<Cut> high) {
  VersionSet set(scheme);
  auto interval = canonical_interval(scheme, std::move(low), std::move(high), World::finals);
  if (interval) set.finals_.push_back(*std::move(interval));
  return set;
}

VersionSet VersionSet::prereleases_between(Scheme scheme, std::optional<Cut> low,
                                           std::optional<Cut> high) {
  VersionSet set(scheme);
  auto interval = canonical_interval(scheme, std::move(low), std::move(high), World::prereleases);
  if (interval) set.prereleases_.push_back(*std::move(interval));
  return set;
}

VersionSet VersionSet::series(Scheme scheme, std::span<const std::string> numbers) {
  const auto first =
      VersionParts::make(scheme, join(std::vector<std::string>(numbers.begin(), numbers.end())));
  if (!first) return none(scheme);
  std::vector<std::string> next_numbers = first->release();
  next_numbers.back() = increment(next_numbers.back());
  const auto next = VersionParts::make(scheme, join(next_numbers));
  if (!next) return none(scheme);
  const Cut low{*first, Side::floor};
  const Cut high{*next, Side::floor};
  return between(scheme, low, high);
}

VersionSet VersionSet::between(Scheme scheme, const std::optional<Cut>& low,
                               const std::optional<Cut>& high) {
  return finals_between(scheme, low, high).unite(prereleases_between(scheme, low, high));
}

bool VersionSet::contains(const Version& version) const {
  return holds(version.is_prerelease() ? prereleases_ : finals_, version.key());
}

VersionSet VersionSet::unite(const VersionSet& other) const {
  VersionSet set(scheme_);
  set.finals_ = united(finals_, other.finals_);
  set.prereleases_ = united(prereleases_, other.prereleases_);
  return set;
}

VersionSet VersionSet::intersect(const VersionSet& other) const {
  VersionSet set(scheme_);
  set.finals_ = intersected(finals_, other.finals_);
  set.prereleases_ = intersected(prereleases_, other.prereleases_);
  return set;
}

VersionSet VersionSet::minus(const VersionSet& other) const {
  return intersect(other.complement());
}

VersionSet VersionSet::complement() const {
  VersionSet set(scheme_);
  set.finals_ = complemented(finals_);
  set.prereleases_ = complemented(prereleases_);
  return set;
}

VersionSet VersionSet::finals_only() const {
  VersionSet set(scheme_);
  set.finals_ = finals_;
  return set;
}

}  // namespace buildable
