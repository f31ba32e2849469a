#include "cli/command_table.h"

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/arguments.h"
#include "rules/embedded.h"

namespace buildable::cli {
namespace {

// What CLI11 checks by: "FORMAT:{text,json}" says that it takes these two.
std::vector<std::string> checked_values(std::string_view type) {
  std::vector<std::string> values;
  const auto begin = type.find(":{");
  if (begin == std::string_view::npos) return values;
  const std::string_view rest = type.substr(begin + 2);
  for (const std::string_view each : split(rest.substr(0, rest.find('}')), ','))
    values.emplace_back(each);
  return values;
}

// What a placeholder stands for, where that can be listed: "TRACK|all".
std::vector<std::string> named_values(std::string_view placeholder) {
  std::vector<std::string> values;
  for (const std::string_view each : split(placeholder, '|')) {
    if (each == "TRACK")
      for (const TrackRules& track : embedded_rules().platform.tracks) values.push_back(track.name);
    else if (each == "RUNTIME")
      for (const RuntimeRules& runtime : embedded_rules().runtimes) values.push_back(runtime.id);
    else if (each != placeholder)
      values.emplace_back(each);
  }
  return values;
}

OptionRow row_of(const CLI::Option& option) {
  OptionRow row{.argument = {}, .description = option.get_description()};
  for (const std::string& name : option.get_snames()) row.short_name = "-" + name;
  for (const std::string& name : option.get_lnames()) row.name = "--" + name;
  row.required = option.get_required();
  row.repeatable = option.get_items_expected_max() > 1;
  const bool is_flag = option.get_items_expected_max() == 0;
  if (option.get_positional()) {
    row.name = option.get_name(true);
  } else if (!is_flag) {
    // What CLI11 appends of its checks is in the name already, where it helps.
    row.argument = option.get_type_name();
    for (const char* check : {":{", ":INT in "})
      row.argument = row.argument.substr(0, row.argument.find(check));
  }
  row.values = checked_values(option.get_type_name());
  if (row.values.empty()) row.values = named_values(row.argument.empty() ? row.name : row.argument);
  return row;
}

}  // namespace

std::vector<OptionRow> options_of(const CLI::App& app) {
  std::vector<OptionRow> rows;
  for (const CLI::Option* option : app.get_options()) rows.push_back(row_of(*option));
  return rows;
}

CommandTable table_of(const CLI::App& app) {
  CommandTable table;
  for (const CLI::App* command : app.get_subcommands({})) {
    CommandRow row{command->get_name(), command->get_description(), {}, {}};
    for (const CLI::Option* option : command->get_options())
      (option->get_positional() ? row.operands : row.options).push_back(row_of(*option));
    table.push_back(std::move(row));
  }
  return table;
}

const std::vector<ExitCodeRow>& exit_code_table() {
  static const std::vector<ExitCodeRow> table{
      {exit_good, "done, or buildable"},
      {exit_unbuildable, "unbuildable"},
      {exit_failed, "could not run (bad arguments or input); nothing was written"},
      {exit_doubt,
       "in doubt: what was read cannot be believed, or is too old; nothing was written"},
      {exit_unknown, "unknown: there is no fact"},
      {exit_no_answer, "no answer: a source could not be reached; nothing was written"}};
  return table;
}

std::string exit_code_lines() {
  std::string lines = "Exit codes:";
  for (const ExitCodeRow& row : exit_code_table())
    lines += "\n  " + std::to_string(row.code) + "  " + row.meaning;
  return lines;
}

}  // namespace buildable::cli
