// What both programs do alike: take the clock, the environment, the settings file and the standard
// streams, and leave with an exit code.
#pragma once

#include <cstdint>
#include <functional>

#include "cli/context.h"

namespace buildable::cli {

// Words -> arguments -> `command`. The exit code of the process.
int run_program(int count, const char* const* words,
                const std::function<int(const Context&)>& command);

// Whether the file that is named may be a stream of the shell, which can be read only once.
enum class SettingsStream : std::uint8_t { taken, refused };

// The settings: the file named, else buildable.toml of the current directory if there is one.
Result<app::Settings> read_settings(const std::string& named, SettingsStream stream);

}  // namespace buildable::cli
