// Completion scripts for shells, made from the table of commands.
#pragma once

#include <string>
#include <string_view>

#include "cli/command_table.h"

namespace buildable::cli {

// `shell`: bash, zsh or fish.
std::string completion_script(std::string_view shell, const CommandTable& table);

}  // namespace buildable::cli
