// Commands that need the network are run by a second program, so that this one stays small.
#pragma once

#include "cli/context.h"

namespace buildable::cli {

// Becomes buildable-network with the same words; returns only where that fails, with the exit code.
int run_network_program(const Context& context, char** words);

// Where it is installed; fails where it is not, and says where it should be.
Result<std::string> network_program_path();

}  // namespace buildable::cli
