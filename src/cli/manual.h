// Manual pages, in the language of man(7), made from the table of commands.
#pragma once

#include <map>
#include <string>

#include "cli/command_table.h"

namespace buildable::cli {

struct ManualFacts {
  std::string version;  // "0.1.0"
  std::string date;     // "2026-05-14"
};

// File name ("buildable-check.1") to text: one page of the program and one of each command.
std::map<std::string, std::string> manual_pages(const CommandTable& table,
                                                const std::vector<ExitCodeRow>& codes,
                                                const ManualFacts& facts);

}  // namespace buildable::cli
