// What both programs take from around them: the clock and the settings file.
#pragma once

#include "base/time.h"
#include "cli/config.h"

namespace buildable {

Instant now();

// --config, else buildable.toml of the current directory if there is one.
Result<Config> read_config(const std::string& named);

}  // namespace buildable
