// The command line as a table: completion scripts and manual pages are made from it, and `--help`
// from what it is made from.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace buildable::cli {

// An option, or an operand such as VERSION.
struct OptionRow {
  std::string name;        // "--quiet"; "VERSION" of an operand
  std::string short_name;  // "-q", or empty
  std::string argument;    // "FILE"; empty: it takes none
  std::string description;
  bool required = false;
  bool repeatable = false;
  std::vector<std::string> values;  // that it takes, for completion; empty: any
};
struct CommandRow {
  std::string name;
  std::string description;
  std::vector<OptionRow> operands;
  std::vector<OptionRow> options;
};
using CommandTable = std::vector<CommandRow>;

struct ExitCodeRow {
  int code;
  std::string meaning;
};

CommandTable command_table();
std::vector<OptionRow> program_options();  // before a command
CommandTable table_of(const CLI::App& app);
std::vector<OptionRow> options_of(const CLI::App& app);
const std::vector<ExitCodeRow>& exit_code_table();
std::string exit_code_lines();  // as --help prints them

}  // namespace buildable::cli
