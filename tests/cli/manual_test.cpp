// The manual pages, held against what `--help` prints and against mandoc.
#include "cli/manual.h"

#include <doctest/doctest.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/support.h"

using namespace buildable;
using namespace buildable::test;

namespace {

std::map<std::string, std::string> pages() {
  return cli::manual_pages(cli::command_table(), cli::exit_code_table(), {"1.2.3", "2026-05-14"});
}

std::string without_escapes(std::string page) {
  for (std::size_t at = 0; (at = page.find("\\-", at)) != std::string::npos;) page.erase(at, 1);
  return page;
}

}  // namespace

TEST_CASE("every command has a page with every option that its help names") {
  const auto all = pages();
  REQUIRE(has(all.at("buildable.1"), "1.2.3"));
  for (const cli::CommandRow& command : cli::command_table()) {
    CAPTURE(command.name);
    const std::string page = without_escapes(all.at("buildable-" + command.name + ".1"));
    CHECK(has(all.at("buildable.1"), "buildable\\-" + command.name + " (1)"));
    const std::string help = run(command.name + " --help").out;
    for (std::size_t at = 0; (at = help.find(" --", at)) != std::string::npos; ++at) {
      std::size_t end = at + 3;
      while (end < help.size() &&
             (std::isalpha(static_cast<unsigned char>(help[end])) != 0 || help[end] == '-'))
        ++end;
      const std::string option = help.substr(at + 1, end - at - 1);
      if (option.size() > 2) CHECK_MESSAGE(has(page, option), option);
    }
    for (const cli::ExitCodeRow& row : cli::exit_code_table())
      CHECK(has(page, without_escapes(row.meaning.substr(0, 10))));
  }
}

TEST_CASE("text cannot become a request of the formatter") {
  const cli::CommandTable table{
      {"odd", ".so /etc/passwd\n.sy 'id'", {}, {{"--x", "", "", "\\fB'q"}}}};
  const std::string page = cli::manual_pages(table, {}, {"1", "2026-01-01"}).at("buildable-odd.1");
  CHECK_FALSE(has(page, "\n.so"));
  CHECK_FALSE(has(page, "\n.sy"));
  CHECK(has(page, "\\efB\\(aqq"));
}

TEST_CASE("mandoc finds nothing wrong with the pages") {
  if (std::system("command -v mandoc >/dev/null") != 0) {
    REQUIRE(std::getenv("BUILDABLE_REQUIRE_ORACLES") == nullptr);
    MESSAGE("skipped: no mandoc");
    return;
  }
  const Scratch scratch;
  std::string files;
  for (const auto& [name, text] : pages()) {
    std::ofstream(scratch.path / name) << text;
    files += " " + (scratch.path / name).string();
  }
  CHECK(std::system(("mandoc -T lint -W warning" + files).c_str()) == 0);
}
