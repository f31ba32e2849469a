// Ranges as the crate node-semver reads them, not as npm does.
#include "build/node_semver.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace buildable::build;

namespace {

// Of these the newest that the range takes; "-": none, "error": not read, "panic": it crashes.
std::string newest(const std::string& text) {
  const std::vector<std::string> known{"18.20.8", "20.9.0",  "20.10.0",     "21.7.3",  "22.0.0",
                                       "22.13.1", "22.14.0", "23.0.0-rc.1", "23.11.1", "24.4.0"};
  const auto read = node_semver::parse_requirement(text);
  if (read.panics) return "panic";
  if (!read.range) return "error";
  for (auto version = known.rbegin(); version != known.rend(); ++version)
    if (read.range->satisfied_by(*node_semver::parse_version(*version))) return *version;
  return "-";
}

}  // namespace

TEST_CASE("node-semver: what the crate takes") {
  struct Row {
    const char* range;
    const char* takes;
  };
  const Row rows[] = {
      {"22", "22.14.0"},
      {"v22.x", "22.14.0"},
      {"^22.1", "22.14.0"},
      {"~22.13.0", "22.13.1"},
      {"~>22", "22.14.0"},
      {"~=22.13.0", "22.13.1"},
      {"*", "24.4.0"},
      {"latest", "24.4.0"},
      {"22 - 23", "23.11.1"},
      {"- 20", "20.10.0"},
      {"20 || 22", "22.14.0"},
      {"20||22", "22.14.0"},
      {">22 <24", "23.11.1"},
      {">=20.0.0", "24.4.0"},
      // Up to 22.0.0-0 only.
      {"<=22", "21.7.3"},
      {"<=22.14", "22.13.1"},
      {"<=22.14.0", "22.14.0"},
      // Pieces that do not overlap stand beside each other.
      {">=22.14 <=22", "24.4.0"},
      {">=24 <22", "24.4.0"},
      // What is not read is dropped.
      {">=20, <23", "22.14.0"},
      {"22 (LTS)", "22.14.0"},
      {">= 18 && < 23", "22.14.0"},
      {"22 || lts/*", "22.14.0"},
      {"20 | 22", "22.14.0"},
      {"=> 22", "22.14.0"},
      {"22.14.0+build", "22.14.0"},
      {"23.0.0-rc.1", "23.0.0-rc.1"},
      {"^99", "-"},
      {"lts/jod", "error"},
      {"==22", "error"},
      {"", "error"},
      {"22.", "error"},
      {"22.11.0.1", "error"},
      {"V22", "error"},
      {"~*", "panic"},
      {"=x", "panic"},
      {"~20.x.1", "panic"},
      {"^20.x.1", "error"},
      {"20.x.1", "20.10.0"},
      {"900719925474100", "error"},
  };
  for (const Row& row : rows) CHECK_MESSAGE(newest(row.range) == row.takes, row.range);
}

TEST_CASE("node-semver: full versions") {
  for (const char* text : {"1.2.3", "v1.2.3", "V 1.2.3", "1.2.3-rc.1", "1.2.3rc1", "1.2.3+b.1",
                           "01.02.03", "9.15.9+sha512.abc"})
    CHECK_MESSAGE(node_semver::parse_version(text), text);
  for (const char* text :
       {"", "1.2", "1", "1.2.x", "^1.2.3", "1.2.3.4", "1.2.3 ", "1.2.3-", "900719925474100.0.0"})
    CHECK_MESSAGE(!node_semver::parse_version(text), text);
}

TEST_CASE("node-semver: whatever the text is, reading it ends") {
  // Every text of up to three pieces out of those that the grammar knows.
  const std::vector<std::string> pieces{"1", ".", "x", "*", " ", "||", "-",        "~",
                                        "^", ">", "=", "<", "v", "+",  "\xC3\xA9", "a"};
  int read = 0;
  for (const auto& a : pieces)
    for (const auto& b : pieces)
      for (const auto& c : pieces)
        for (const auto& d : pieces) {
          const auto reading = node_semver::parse_range(a + b + c + d);
          CHECK_FALSE((reading.panics && reading.range));
          read += reading.range ? 1 : 0;
        }
  CHECK(read > 4000);
}
