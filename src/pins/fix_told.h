// Private to src/pins/fix*.cpp: what was done to a pin, and what could not be, for people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pins/fix_locks.h"
#include "pins/fix_repository.h"
#include "pins/fix_targets.h"

namespace buildable::pins {

// One pin may be changed in several passes: it is one entry, from the first to the last.
void add_moved(const Pin& pin, const Fixed& fixed, std::vector<MovedPin>& moved);

// Null: the pin is as it was found.
const MovedPin* find_moved(const std::vector<MovedPin>& moved, const Pin& pin);

// `lock` is the lock file that repeats the pin; null: none does.
FixedThing told(const MovedPin& moved, const LockFile* lock);

// Why `fixed` is not what would be written if the build took all of the targets; nothing: it is.
std::optional<std::string> tried_in_vain(const FixLimits& limits, const Pin& pin,
                                         const RuntimePolicy& runtime,
                                         const std::vector<FixTarget>& targets, FixAim aim,
                                         const Pin* decides, const std::optional<Fixed>& fixed);

}  // namespace buildable::pins
