// project.toml as heroku/nodejs reads it, before anything else of a build. Source:
// heroku/buildpacks-nodejs at v5.7.1, src/buildpack_config.rs: what stands under
// com.heroku.buildpacks.nodejs is passed over where it has another type.
#pragma once

#include <optional>

#include "build/answer.h"
#include "build/files.h"

namespace buildable::build {

// Why the build ends at the file, or why that is not known; nothing where it goes on.
std::optional<Answer> unread_project_toml(const Files& files);

}  // namespace buildable::build
