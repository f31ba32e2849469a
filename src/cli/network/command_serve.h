// buildable serve: the tree, a page and an API over HTTP.
#pragma once

#include "cli/context.h"

namespace buildable::cli {

// Returns when it was told to end.
int command_serve(const Context& context, const ServeArguments& arguments);

}  // namespace buildable::cli
