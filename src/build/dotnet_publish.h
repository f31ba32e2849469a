// What `dotnet publish` refuses once the buildpack has installed an SDK. Sources: dotnet/runtime,
// src/native/corehost/fxr/sdk_resolver.cpp; dotnet/sdk,
// Microsoft.NET.TargetFrameworkInference.targets;
// https://learn.microsoft.com/dotnet/core/sdk/file-based-apps.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "build/dotnet_sdk.h"

namespace buildable::build {

struct PublishedApp {
  std::string_view source;                      // the solution, the project or the .cs file
  std::span<const TargetFramework> frameworks;  // of its projects
  const SdkRequirement& requirement;
  std::string_view sdk;  // that is installed: "9.0.313"
};

// Nothing where it may succeed.
std::optional<Answer> refused_by_publish(const Context& context, const PublishedApp& app);

}  // namespace buildable::build
