// What composer.json requires of packages, held against those of composer.lock. Source:
// https://github.com/composer/composer, src/Composer/Package/Locker.php, getMissingRequirementInfo.
#pragma once

#include <optional>
#include <string>

#include "build/composer_files.h"

namespace buildable::build {

struct WrongRequirement {
  std::string name;
  std::string constraint;
  std::string locked;  // the version that the constraint does not take; empty: it is not locked
};

// The first requirement of a package that the lock certainly does not meet. Packages for
// development do not count.
std::optional<WrongRequirement> wrong_requirement(const ComposerJson& json,
                                                  const ComposerLock& lock);

}  // namespace buildable::build
