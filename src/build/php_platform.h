// Which PHP and which extensions heroku/php asks Composer to install: what the lock's platform and
// each locked package demand together. Sources: heroku/buildpacks-php, buildpacks/php/src/
// package_manager/composer.rs and platform/generator.rs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "build/answer.h"
#include "build/composer_files.h"
#include "version/set.h"

namespace buildable::build {

// One constraint, and who wrote it.
struct PlatformDemand {
  std::string name;        // "php", "ext-redis", "composer-plugin-api"
  std::string constraint;  // "^8.2"
  std::string by;          // "composer.json", "composer.lock", or a locked package
  bool conflict = false;   // must not be there in such a version
  // What the constraint takes; nothing: Composer cannot read it, or nobody has looked.
  std::optional<VersionSet> takes = std::nullopt;
};

struct PlatformDemands {
  std::vector<PlatformDemand> all;
  // Extensions that a locked package stands in for.
  std::vector<std::string> provided;
  // Each constraint is there once; so many different ones nobody has.
  bool too_many = false;
  // PHP is named by the root's platform or by a locked package.
  bool names_php = false;
  // PHP is named by locked development packages, which the build does not install.
  bool names_php_for_development = false;
  // What the buildpack demands of Composer's plugin API for the lock's plugin-api-version: "^2".
  // Empty where the lock does not say: the buildpack asks for Composer 1 then, but no lock of
  // Composer 2 is without it.
  std::string plugin_api;
};

PlatformDemands demands_of(const ComposerLock& lock);

// The demand for a lock of the first Composers 2, which gets Composer 2.2.
inline constexpr std::string_view plugin_api_of_composer_2_2 = "~2.2.0";

// Beyond these nothing is looked at: each is held against the others, or against each PHP.
inline constexpr std::size_t max_php_constraints = 200;
inline constexpr std::size_t max_platform_demands = 2000;

// "php", or what PHP stands for with its own version: "php-64bit", "php-ipv6".
bool is_php(std::string_view name);

// The versions that a constraint takes, as Composer reads it.
Result<VersionSet> composer_set(std::string_view constraint);

// The versions of PHP that all demands allow. An error is the constraint that Composer cannot read.
tl::expected<VersionSet, PlatformDemand> accepted_php(const PlatformDemands& demands);

// Every Composer that the repositories of packages hold: Composer 1 left them in May 2025.
VersionSet available_composers();

// "acme/lib 1.0.0 requires php "^8.2""
std::string in_words(const PlatformDemand& demand);
Place place_of(const Files& files, const PlatformDemand& demand);
// Where composer.json or composer.lock first has this text.
Place place_of_text(const Files& files, std::string_view path, std::string_view text);

}  // namespace buildable::build
