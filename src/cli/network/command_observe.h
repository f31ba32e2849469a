// buildable observe: read every source, judge what was read, and write it or say why not.
#pragma once

#include "cli/context.h"

namespace buildable::cli {

int command_observe(const Context& context, const ObserveArguments& arguments);

}  // namespace buildable::cli
