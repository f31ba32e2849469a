// Whether the facts of a snapshot agree with one another, under the rules that say what they mean.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable {

// One text for each contradiction, naming the buildpack and its version; empty: there is none.
//   default   what a project without a pin gets cannot be built
//   aliases   a series' alias is a version of another series, or lies outside of the span
//   series    a listed version belongs to none of the listed series; a bound has too few numbers
//   store     the archives are another runtime's, or there since a day after the observation
// Facts that make no sense at all are left to `compile`, which fails on them.
std::vector<std::string> contradictions(const Snapshot& snapshot, const Rules& rules);

}  // namespace buildable
