// What project.toml says of .NET, below com.heroku.buildpacks.dotnet. Sources:
// heroku/buildpacks-dotnet, buildpacks/dotnet/src/project_toml.rs and
// dotnet_buildpack_configuration.rs.
#pragma once

#include "build/dotnet_project.h"

namespace buildable::build {

// The solution that project.toml names; null where it names none.
DotnetResult<const SourceFile*> configured_solution(const Context& context);

}  // namespace buildable::build
