// Which SDK heroku/dotnet asks for: a requirement of Rust's semver crate, made from global.json or
// from TargetFrameworks. Sources: heroku/buildpacks-dotnet, buildpacks/dotnet/src/dotnet/
// global_json.rs and target_framework_moniker.rs.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "build/dotnet_project.h"

namespace buildable::build {

struct SdkRequirement {
  std::string text;  // "^9.0", ">=9.0.100, <9.0.200"
  std::string file;  // that asks for it
  int line = 0;
  std::string asked;  // what is written there: "net9.0", "9.0.100"
  // The oldest SDK that the `dotnet` command itself takes by global.json; empty: not known, or any.
  std::string least = {};
};

// What global.json of the root asks for; nothing where there is none, or none with an `sdk`.
DotnetResult<std::optional<SdkRequirement>> requirement_of_global_json(const Context& context);

// The greatest of the frameworks by the order of their texts: "9.0" is greater than "10.0".
DotnetResult<SdkRequirement> requirement_of(std::span<const TargetFramework> frameworks,
                                            std::string_view source);

}  // namespace buildable::build
