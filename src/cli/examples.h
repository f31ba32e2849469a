// Two examples of each command, for `--help`.
#pragma once

#include <string>
#include <string_view>

namespace buildable::cli {

// Lines that end in a newline; empty for a command that has none.
std::string examples_of(std::string_view command);

}  // namespace buildable::cli
