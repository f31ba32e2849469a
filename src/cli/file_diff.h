// A change of a file, as people and `patch` read it.
#pragma once

#include "cli/context.h"
#include "pins/fix_repository.h"

namespace buildable::cli {

// A unified diff to standard output. The path is as seen from the working directory.
void print_diff(const Context& context, const pins::FileChange& change);

}  // namespace buildable::cli
