// Which versions a dependency can become: all, or only those that its tag's form can say.
#pragma once

#include <string>

#include "bots/dependencies.h"
#include "model/policy.h"

namespace buildable::bots {

// The newest that can be built, lies above the lowest place and is in the set; a tag of one or two
// numbers as it is written ("3.14"). Empty where there is none that is known by name.
std::string newest_blocked(const VersionSet& set, const RuntimePolicy& runtime,
                           const UpdatedDependency& dependency);

// Whether the set has a final that such a dependency can become.
bool holds_reachable(const VersionSet& set, const UpdatedDependency& dependency);

}  // namespace buildable::bots
