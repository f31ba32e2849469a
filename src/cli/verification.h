// `verify`, of a directory and of a URL: the answer for people.
#pragma once

#include "app/verify_tree.h"
#include "cli/context.h"

namespace buildable::cli {

bool is_url(const std::string& place);

// The exit code.
int verify_and_print(const Context& context, const VerifyArguments& arguments,
                     const app::TreeAccess& access);

}  // namespace buildable::cli
