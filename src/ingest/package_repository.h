// A Composer repository, from which a buildpack installs, and the state of it that a buildpack is
// bound to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "version/version.h"

namespace buildable::ingest {

// The frozen state's hash, 64 hex digits, from the constant `name` of a source text.
Result<std::string> parse_repository_snapshot(std::string_view source, std::string_view name);

// The versions of one package in a packages.json (https://getcomposer.org/doc/05-repositories.md),
// ascending. `packages` may be {name: {version: package}}, {name: [package]} or [[package]]; a
// repository that keeps its packages elsewhere (metadata-url, providers, includes) is an error, as
// is one that does not have the package.
Result<std::vector<std::string>> parse_package_versions(std::string_view json,
                                                        std::string_view package, Scheme scheme);

}  // namespace buildable::ingest
