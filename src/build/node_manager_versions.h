// Which versions npm, pnpm and Yarn may have in a build, as far as that is certain without asking
// the registry.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "build/answer.h"
#include "version/set.h"

namespace buildable::build {

// The package manager that the build uses.
struct UsedManager {
  std::string name;     // "npm"
  VersionSet versions;  // those that it may have
  Place place;          // what chose it
};

// A range as npm itself reads it: "latest" is a tag. Nothing where it is no range.
std::optional<VersionSet> range_of_npm(std::string_view text);

// Finals from one on and below another: "10.9.0", "11.0.0"; up to any where that is empty.
VersionSet releases_from(std::string_view low, std::string_view below = {});

// The npm that comes with this version of Node.js; empty: which Node.js is not known.
VersionSet versions_of_bundled_npm(std::string_view node);
// What is installed from the registry for a range: the newest that it takes.
VersionSet versions_for_range(std::string_view manager, const std::string& range);
VersionSet versions_of_version(std::string_view version);
// The Yarn that is installed for a yarn.lock alone.
VersionSet versions_of_default_yarn();
// By the name of the file that yarnPath names: ".yarn/releases/yarn-4.9.1.cjs".
VersionSet versions_of_vendored_yarn(std::string_view path);

}  // namespace buildable::build
