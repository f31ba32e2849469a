// Commands that need the network are run by a second program, so that this one stays small.
#pragma once

#include "cli/context.h"

namespace buildable {

// Becomes buildable-network with the same words; returns only where that fails, with the exit code.
int run_network_program(const Context& context, char** words);

}  // namespace buildable
