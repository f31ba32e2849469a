// What many sets of versions have in common, or hold together. One after the other each step would
// look at all that came before; by halves the cost grows with the intervals and hardly faster.
#pragma once

#include <utility>
#include <vector>

#include "version/set.h"

namespace buildable {

// `join` of two neighbours, then of what came of it, until one is left; `none` where there is
// nothing.
template <class Join>
VersionSet joined_by_halves(std::vector<VersionSet> sets, VersionSet none, Join join) {
  while (sets.size() > 1) {
    std::vector<VersionSet> halves;
    halves.reserve(sets.size() / 2 + 1);
    for (std::size_t i = 0; i + 1 < sets.size(); i += 2)
      halves.push_back(join(sets[i], sets[i + 1]));
    if (sets.size() % 2 == 1) halves.push_back(std::move(sets.back()));
    sets = std::move(halves);
  }
  return sets.empty() ? std::move(none) : std::move(sets.front());
}

inline VersionSet common_to_all(Scheme scheme, std::vector<VersionSet> sets) {
  return joined_by_halves(std::move(sets), VersionSet::all(scheme),
                          [](const VersionSet& a, const VersionSet& b) { return a.intersect(b); });
}

inline VersionSet all_together(Scheme scheme, std::vector<VersionSet> sets) {
  return joined_by_halves(std::move(sets), VersionSet::none(scheme),
                          [](const VersionSet& a, const VersionSet& b) { return a.unite(b); });
}

}  // namespace buildable
