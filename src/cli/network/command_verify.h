// buildable verify URL: as verify of a directory, for what a server gives.
#pragma once

#include "cli/context.h"

namespace buildable::cli {

int command_verify_url(const Context& context, const VerifyArguments& arguments);

}  // namespace buildable::cli
