// composer.json and composer.lock as heroku/php reads them: typed, with serde. Sources:
// heroku/buildpacks-php, composer/src/lib.rs and buildpacks/php/src/php_project.rs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "build/serde_fields.h"

namespace buildable::build {

// Names and constraints in the order of the file; of two with one name the last.
using ComposerLinks = std::vector<std::pair<std::string, std::string>>;
const std::string* link_named(const ComposerLinks& links, std::string_view name);

struct ComposerPackage {
  std::string name;
  std::string version;
  std::string type;                 // in lower case; empty: a library
  bool plugin_is_optional = false;  // extra.plugin-optional
  ComposerLinks require;
  ComposerLinks provide;
  ComposerLinks replace;
  ComposerLinks conflict;
};

struct ComposerJson {
  bool has_require = false;  // an empty one, too
  ComposerLinks require;
  ComposerLinks provide;
  ComposerLinks replace;
  ComposerLinks conflict;
  bool allows_missing_requirements = false;  // config.allow-missing-requirements
  // The names and patterns in config.allow-plugins; nothing: it says the same of all plugins.
  std::optional<std::vector<std::string>> named_plugins;
};

struct ComposerLock {
  std::vector<ComposerPackage> packages;
  std::vector<ComposerPackage> packages_dev;
  ComposerLinks platform;
  // What Composer is to take for installed in place of what is: config.platform of composer.json.
  ComposerLinks platform_overrides;
  std::vector<std::string> aliased;  // packages that count as another version, too
  std::optional<std::string> plugin_api_version;
};

SerdeResult<ComposerJson> read_composer_json(const SourceFile& file);
// What Composer always writes and the build does not need (content-hash, stability-flags, …) may be
// absent here, though the buildpack wants it: a lock without it is not Composer's. Without
// packages, packages-dev and platform it says nothing.
SerdeResult<ComposerLock> read_composer_lock(const SourceFile& file);

}  // namespace buildable::build
