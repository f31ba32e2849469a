// Which PHP and which extensions heroku/php asks Composer to install: what the lock's platform and
// each locked package demand together. Sources: heroku/buildpacks-php, buildpacks/php/src/
// package_manager/composer.rs and platform/generator.rs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "build/composer_files.h"
#include "version/set.h"

namespace buildable::build {

// One constraint, and who wrote it.
struct PlatformDemand {
  std::string name;        // "php", "ext-redis", "composer-plugin-api"
  std::string constraint;  // "^8.2"
  std::string by;          // "composer.json", or a locked package
  bool conflict = false;   // must not be there in such a version
};

struct PlatformDemands {
  std::vector<PlatformDemand> all;
  // Extensions that a locked package stands in for.
  std::vector<std::string> provided;
  // Of the constraints on PHP each is there once; this many different ones nobody has.
  bool too_many = false;
  // PHP is named by the root's platform or by a locked package.
  bool names_php = false;
  // PHP is named by locked development packages, which the build does not install.
  bool names_php_for_development = false;
};

PlatformDemands demands_of(const ComposerLock& lock);

// "php", or what PHP stands for with its own version: "php-64bit", "php-ipv6".
bool is_php(std::string_view name);

// The versions of PHP that all demands allow. An error is the constraint that Composer cannot read.
tl::expected<VersionSet, PlatformDemand> accepted_php(const PlatformDemands& demands);

}  // namespace buildable::build
