// Private to src/pins/fix*.cpp: which versions a pin is moved to, in which order.
#pragma once

#include <vector>

#include "pins/fix.h"
#include "pins/fix_targets.h"

namespace buildable::pins {

struct FixChoice {
  const FixTarget* target;
  // Only where the newest version that the pin then takes is one of a long-term release.
  bool long_term = false;
};

// Every state that the builder may be in builds something of it, though perhaps not the same.
bool builds(const RuntimePolicy& runtime, const VersionSet& accepted);
// Whether the set has some version of the target's series.
bool is_of_accepted_series(const FixTarget& target, const VersionSet& accepted,
                           const RuntimePolicy& runtime);
// Whether it is higher than the lowest of the set.
bool is_above(const FixTarget& target, const VersionSet& accepted);
// Whether the newest of the targets that the set admits is one of a long-term release; where it
// admits none of them, whether it has versions of one.
bool takes_long_term(const VersionSet& set, const std::vector<FixTarget>& targets,
                     const RuntimePolicy& runtime);

// The first that can be written is taken. `targets` must outlive the answer.
std::vector<FixChoice> choices_of(const std::vector<FixTarget>& targets, const Pin& pin,
                                  const RuntimePolicy& runtime, FixAim aim);

}  // namespace buildable::pins
