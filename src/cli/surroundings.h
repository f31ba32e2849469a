// What both programs do alike: take the clock, the environment, the settings file and the standard
// streams, and leave with an exit code.
#pragma once

#include <functional>

#include "cli/context.h"

namespace buildable {

// Words -> arguments -> `command`. The exit code of the process.
int run_program(int count, const char* const* words,
                const std::function<int(const Context&)>& command);

}  // namespace buildable
