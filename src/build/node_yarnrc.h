// .yarnrc.yml as heroku/nodejs reads it.
#pragma once

#include <optional>
#include <string>

#include "build/files.h"

namespace buildable::build {

// What yarnPath names, from the application directory.
std::optional<std::string> yarn_path(const Files& files);

}  // namespace buildable::build
