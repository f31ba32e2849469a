// What a command line that makes no sense, or asks for help, is answered with.
#pragma once

#include <optional>

#include "cli/arguments.h"

namespace CLI {
class App;
class Error;
}  // namespace CLI

namespace buildable::cli {

// A first word that is neither a command nor an option. CLI11 would only say that a command is
// missing.
std::optional<EarlyExit> unknown_command(const CLI::App& app, int count, const char* const* words);
// Help, or an error with the option that was meant.
EarlyExit early_exit(const CLI::App& app, const CLI::Error& error);

}  // namespace buildable::cli
