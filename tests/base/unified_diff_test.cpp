#include "base/unified_diff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "base/text.h"

using namespace buildable;

namespace {

std::string diff(std::string_view from, std::string_view to) {
  return unified_diff(from, to, "a/f", "b/f");
}

// What `patch` does, with every line of context checked; empty and false where it does not fit.
std::string patched(std::string_view from, std::string_view diff_text) {
  std::vector<std::string> old_lines;
  for (std::size_t at = 0; at < from.size();) {
    const std::size_t end = std::min(from.find('\n', at), from.size() - 1) + 1;
    old_lines.emplace_back(from.substr(at, end - at));
    at = end;
  }
  std::string out;
  std::size_t next = 0;
  auto lines = split(diff_text, '\n');
  for (std::size_t i = 2; i + 1 < lines.size(); ++i) {
    const std::string line(lines[i]);
    if (line.starts_with("@@")) {
      const auto begin = static_cast<std::size_t>(std::stoul(line.substr(4)));
      const bool inserts_only = line.substr(4, line.find(' ', 4) - 4).ends_with(",0");
      while (next + (inserts_only ? 0 : 1) < begin) out += old_lines.at(next++);
      continue;
    }
    if (line.starts_with('\\')) continue;
    const bool no_newline = lines[i + 1].starts_with('\\');
    const std::string body = line.substr(1) + (no_newline ? "" : "\n");
    if (line[0] != '+') {
      REQUIRE(old_lines.at(next) == body);
      ++next;
    }
    if (line[0] != '-') out += body;
  }
  while (next < old_lines.size()) out += old_lines[next++];
  return out;
}

}  // namespace

TEST_CASE("a diff reads as diff -u writes it") {
  struct Case {
    const char* name;
    std::string from;
    std::string to;
    std::string hunks;
  };
  const Case cases[] = {
      {"one line of one", "a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"},
      {"a new file", "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"},
      {"an emptied file", "a\n", "", "@@ -1 +0,0 @@\n-a\n"},
      {"a line put in, with three lines around", "1\n2\n3\n4\n5\n6\n7\n8\n",
       "1\n2\n3\n4\nx\n5\n6\n7\n8\n", "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n"},
      {"a final newline put in", "a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
      {"carriage returns stay", "a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"},
      {"six equal lines between: one hunk", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
       "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
      {"seven: two hunks", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
       "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(diff(it.from, it.to) == "--- a/f\n+++ b/f\n" + it.hunks);
  }
  CHECK(diff("a\nb", "a\nb") == "");
}

TEST_CASE("a diff applied to the old text gives the new one") {
  std::mt19937 random(5);
  const auto text = [&random](int lines, int letters) {
    std::string made;
    for (int i = static_cast<int>(random() % static_cast<unsigned>(lines)); i > 0; --i)
      made += std::string(1, static_cast<char>('a' + random() % static_cast<unsigned>(letters))) +
              (i > 1 || random() % 3 > 0 ? "\n" : "");
    return made;
  };
  for (int round = 0; round < 4000; ++round) {
    const int letters = 1 + round % 20;
    const std::string from = text(30, letters);
    const std::string to = text(30, letters);
    CAPTURE(from);
    CAPTURE(to);
    CHECK(patched(from, diff(from, to)) == to);
  }
  const std::string from = text(20000, 26);
  const std::string to = text(20000, 26);
  CHECK(patched(from, diff(from, to)) == to);
}

TEST_CASE("as few lines are changed as can be") {
  const std::string changed = diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n");
  // 7 + 6 lines, 4 of them common to both: 5 changes.
  CHECK(std::count(changed.begin(), changed.end(), '\n') - 3 == 9);
}
