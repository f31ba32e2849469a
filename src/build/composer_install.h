// What "composer install --no-dev" says to a lock once PHP, its extensions and Composer are there.
// Source: https://github.com/composer/composer at 2.9, src/Composer.
#pragma once

#include <optional>
#include <string>

#include "build/composer_files.h"
#include "build/model.h"
#include "build/php_platform.h"
#include "version/set.h"

namespace buildable::build {

struct ComposerInstall {
  const Context& context;
  const ComposerJson& json;
  const ComposerLock& lock;
  const PlatformDemands& demands;  // what has been installed for the lock
  VersionSet php;                  // one of these has been installed
  std::string php_version;         // where it is known which
};

// Why it fails. Nothing where the lock is installed, or where that cannot be told.
std::optional<Answer> composer_refusal(const ComposerInstall& install);

}  // namespace buildable::build
