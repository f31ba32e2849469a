#include <algorithm>

#include "version/cuts.h"
#include "version/release_spans.h"
#include "version/render.h"
#include "version/scheme.h"

namespace buildable {
namespace {

// The floor of a series of so many numbers.
class SeriesBounds {
 public:
  SeriesBounds(Scheme scheme, int components)
      : scheme_(scheme), components_(static_cast<std::size_t>(components)) {}

  // Of the series that the cut lies in.
  std::optional<Cut> floor(const std::optional<Cut>& cut) const {
    if (!cut) return std::nullopt;
    return at(cut_to_series(cut->at));
  }

  // Of the first series that has nothing below the cut.
  std::optional<Cut> ceiling(const std::optional<Cut>& cut, World world) const {
    if (!cut) return std::nullopt;
    Numbers numbers = cut_to_series(cut->at);
    if (!is_at_floor(*cut, world)) numbers.back() = increment(numbers.back());
    return at(numbers);
  }

 private:
  Numbers cut_to_series(const Version& version) const {
    Numbers numbers = version.release();
    numbers.resize(components_, "0");
    return numbers;
  }

  // No member of the cut's series lies below it. Just before a final there is none among finals,
  // but all of its prereleases.
  bool is_at_floor(const Cut& cut, World world) const {
    const bool before_final = cut.side == Cut::Side::before && !cut.at.is_prerelease();
    if (cut.side != Cut::Side::floor && !(before_final && world == World::finals)) return false;
    const Numbers numbers = cut.at.release();
    const auto beyond =
        numbers.begin() + static_cast<std::ptrdiff_t>(std::min(components_, numbers.size()));
    return std::all_of(beyond, numbers.end(), [](const Number& number) { return number == "0"; });
  }

  std::optional<Cut> at(const Numbers& numbers) const {
    std::optional<Version> version = VersionParts::make(scheme_, dotted(numbers));
    if (!version) return std::nullopt;
    return Cut{*std::move(version), Cut::Side::floor};
  }

  Scheme scheme_;
  std::size_t components_;
};

}  // namespace

VersionSet series_hull(const VersionSet& set, int components) {
  const Scheme scheme = set.scheme();
  const SeriesBounds series(scheme, components);
  VersionSet hull = VersionSet::none(scheme);
  for (const Interval& interval : set.finals())
    hull = hull.unite(VersionSet::finals_between(scheme, series.floor(interval.low),
                                                 series.ceiling(interval.high, World::finals)));
  for (const Interval& interval : set.prereleases())
    hull = hull.unite(VersionSet::prereleases_between(
        scheme, series.floor(interval.low), series.ceiling(interval.high, World::prereleases)));
  return hull;
}

}  // namespace buildable
