// docs/security.md as a test: each bound of its table stands in the code as the table says.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "support/paths.h"

using buildable::testing::source_dir;

namespace {

const std::filesystem::path root = source_dir();

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("every bound in docs/security.md stands in the code") {
  const std::string page = text_of(root / "docs" / "security.md");
  const std::regex row("\\| `(src/[^`]+)`: `([^`]+)` \\|");
  int rows = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), row), end; it != end; ++it, ++rows) {
    const std::string code = text_of(root / (*it)[1].str());
    const std::regex declared(
        "\\b" + std::regex_replace((*it)[2].str(), std::regex("[{}()|.*+?^$]"), "\\$&") + "[;,]");
    CHECK_MESSAGE(std::regex_search(code, declared), (*it)[1].str() << ": " << (*it)[2].str());
  }
  CHECK(rows > 20);
}
