#include "cli/early_exit.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"

namespace buildable::cli {
namespace {

// An option that the command does not have, with the one that was meant.
std::optional<EarlyExit> unknown_option(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  for (const std::string& word : app.remaining(true)) {
    if (!word.starts_with("--")) continue;
    const std::string given = word.substr(0, word.find('='));
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const auto near = nearest(given, std::vector<std::string_view>(names.begin(), names.end()));
    const std::string hint = near ? "did you mean " + in_quotes(*near) + "? " : std::string();
    const std::string name = chosen.empty() ? "" : command.get_name() + " ";
    std::string text = "buildable: no option " + in_quotes(given) + "\n  " + hint;
    text.append("`buildable ").append(name).append("--help` lists them\n");
    return EarlyExit{{}, std::move(text), exit_failed};
  }
  return std::nullopt;
}

}  // namespace

std::optional<EarlyExit> unknown_command(const CLI::App& app, int count, const char* const* words) {
  const std::string_view word = count > 1 ? words[1] : "";
  if (word.empty() || word.front() == '-') return std::nullopt;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return std::nullopt;
  const auto near = nearest(word, std::vector<std::string_view>(names.begin(), names.end()));
  const std::string hint = near ? "did you mean " + in_quotes(*near) + "? " : std::string();
  return EarlyExit{{},
                   "buildable: no command " + in_quotes(word) + "\n  " + hint +
                       "commands: " + join(names, ", ") + "\n",
                   exit_failed};
}

EarlyExit early_exit(const CLI::App& app, const CLI::Error& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
    if (auto unknown = unknown_option(app)) return std::move(*unknown);
  std::ostringstream out;
  std::ostringstream err;
  const int code = app.exit(error, out, err);
  return {out.str(), err.str(), code == 0 ? exit_good : exit_failed};
}

}  // namespace buildable::cli
