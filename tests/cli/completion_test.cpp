// Completion scripts: what bash offers, and that every value that the program checks by is offered.
#include "cli/completion.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <regex>

#include "base/text.h"
#include "cli/support.h"

using namespace buildable;
using namespace buildable::test;

namespace {

// What bash offers for the last word of these, in a folder that holds a file.
std::string offered_by_bash(const std::string& words) {
  const Scratch scratch;
  std::ofstream(scratch.path / "script")
      << cli::completion_script("bash", cli::command_table()) << "COMP_WORDS=(" << words
      << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]}-1))\n_buildable\necho \"${COMPREPLY[@]}\"\n";
  return run_shell_in(scratch.path, "bash script").out;
}

}  // namespace

TEST_CASE("bash offers commands, options and their values, operands that can be listed") {
  struct Row {
    const char* words;
    const char* offered;
  };
  const Row rows[] = {
      {"buildable -", "--help --version\n"},
      {"buildable exp", "explain\n"},
      {"buildable check --str", "--strict\n"},
      {"buildable check --format ''", "text json sarif codequality github junit\n"},
      {"buildable check --only ''", "errors\n"},
      {"buildable check --track ''", "default latest deprecated\n"},
      {"buildable check --track = la", "latest\n"},
      {"buildable explain --track ''", "default latest deprecated all\n"},
      {"buildable versions --track ''", "default latest deprecated all\n"},
      {"buildable observe --log-format ''", "text json\n"},
      {"buildable publish --log-format ''", "text json\n"},
      {"buildable completion ''", "bash zsh fish\n"},
      {"buildable explain pyt", "python\n"},
      // Files, which bash adds where nothing is offered.
      {"buildable explain --config ''", "\n"},
      {"buildable check ''", "\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(offered_by_bash(row.words) == row.offered);
  }
}

TEST_CASE("every value that an option is checked by is offered, by every shell") {
  const std::regex checked("\n  (--[a-z-]+) [^\\s:]*:\\{([^}]*)\\}");
  const std::string zsh = cli::completion_script("zsh", cli::command_table());
  const std::string fish = cli::completion_script("fish", cli::command_table());
  int found = 0;
  for (const cli::CommandRow& command : cli::command_table()) {
    const std::string help = run(command.name + " --help").out;
    for (std::sregex_iterator it(help.begin(), help.end(), checked), end; it != end; ++it) {
      const std::string option = (*it)[1];
      const std::string values = replace_all((*it)[2].str(), ",", " ");
      CAPTURE(command.name);
      CAPTURE(option);
      ++found;
      CHECK(offered_by_bash("buildable " + command.name + " " + option + " ''") == values + "\n");
      CHECK(has(zsh, "'" + command.name + " " + option + "') compadd -- " + values + ";"));
      CHECK(std::regex_search(fish, std::regex("from " + command.name + "' -l " + option.substr(2) +
                                               " [^\n]*-xa '" + values + "'\n")));
    }
  }
  CHECK(found >= 20);
}

TEST_CASE("fish offers files only where there may be one") {
  const std::string fish = cli::completion_script("fish", cli::command_table());
  CHECK(has(fish, "-n __fish_use_subcommand -f\n"));
  CHECK(has(fish, "'__fish_seen_subcommand_from explain' -fa 'dotnet "));
  CHECK(has(fish, "'__fish_seen_subcommand_from builder' -fa ''\n"));
  CHECK_FALSE(has(fish, "'__fish_seen_subcommand_from check' -f"));
  CHECK(std::regex_search(fish, std::regex("from explain' -l config [^\n]*-rF\n")));
}
