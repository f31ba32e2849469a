// Patterns of .gitignore. tests/store/repository_walk_test.cpp holds the same code against git.
#include "base/ignore.h"

#include <doctest/doctest.h>

using namespace buildable;

TEST_CASE("globs: stars stop at slashes, two of them span segments") {
  struct Case {
    const char* pattern;
    const char* path;
    bool matches;
  };
  const Case cases[] = {
      {"a", "a", true},
      {"a", "b", false},
      {"a*", "abc", true},
      {"a*", "a/b", false},
      {"*", "", true},
      {"a?c", "abc", true},
      {"a?c", "a/c", false},
      {"**/a", "a", true},
      {"**/a", "x/y/a", true},
      {"**/a", "xa", false},
      {"a/**", "a/b/c", true},
      {"a/**", "a", false},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "a/xb", false},
      {"a**b", "axxb", true},
      {"a**b", "a/b", false},
      {"**/x*/y", "q/xz/y", true},
      {"**/x*/**/y", "x1/a/x2/y", true},
      {"[ab]c", "bc", true},
      {"[!ab]c", "bc", false},
      {"[^ab]c", "dc", true},
      {"[a-c]", "b", true},
      {"[]-]", "]", true},
      {"[]-]", "-", true},
      {"[\\]]", "]", true},
      {"[a-", "a", false},
      {"a[/]b", "a/b", false},
      {"[[:digit:]]", "7", true},
      {"[[:digit:]x]", "x", true},
      {"[[:nothing:]]", "a", false},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"\\", "\\", false},
  };
  for (const Case& it : cases) {
    CAPTURE(it.pattern);
    CAPTURE(it.path);
    CHECK(glob_matches(it.pattern, it.path) == it.matches);
  }
}

TEST_CASE("a pattern made to be slow is as fast as any") {
  std::string pattern, path(4000, 'a');
  for (int i = 0; i < 60; ++i) pattern += "*a";
  CHECK_FALSE(glob_matches(pattern + "b", path));
  std::string deep, folders;
  for (int i = 0; i < 30; ++i) deep += "**/a/";
  for (int i = 0; i < 500; ++i) folders += "a/";
  CHECK_FALSE(glob_matches(deep + "b", folders + "c"));
}

TEST_CASE("lines of an ignore file") {
  using Decision = IgnorePatterns::Decision;
  struct Case {
    const char* name;
    const char* text;
    const char* path;
    bool directory;
    Decision decision;
  };
  const Case cases[] = {
      {"a name anywhere", "x\n", "a/b/x", false, Decision::ignored},
      {"anchored by its first slash", "/x\n", "a/x", false, Decision::none},
      {"anchored by a slash inside", "a/x\n", "b/a/x", false, Decision::none},
      {"a directory only", "x/\n", "x", false, Decision::none},
      {"a directory", "x/\n", "a/x", true, Decision::ignored},
      {"the last one decides", "*.py\n!a.py\n", "a.py", false, Decision::kept},
      {"and again", "!a.py\n*.py\n", "a.py", false, Decision::ignored},
      {"a comment", "#x\n", "#x", false, Decision::none},
      {"no comment", "\\#x\n", "#x", false, Decision::ignored},
      {"no negation", "\\!x\n", "!x", false, Decision::ignored},
      {"spaces at the end", "x  \n", "x", false, Decision::ignored},
      {"an escaped space", "x\\ \n", "x ", false, Decision::ignored},
      {"Windows' lines", "x\r\n", "x", false, Decision::ignored},
      {"a byte order mark", "\xEF\xBB\xBFx\n", "x", false, Decision::ignored},
      {"an ending", "*.log\n", "a/b.log", false, Decision::ignored},
      {"everything below", "a/**\n", "a/b/c", false, Decision::ignored},
      {"no final newline", "x", "x", false, Decision::ignored},
      {"a slash alone", "/\n", "x", true, Decision::none},
      {"nothing", "\n\n", "x", false, Decision::none},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(IgnorePatterns(std::string_view(it.text)).decide(it.path, it.directory) == it.decision);
  }
}

TEST_CASE("a file is matched through the directories that it lies in") {
  const IgnorePatterns patterns(std::string_view("docs/\n/a/b\n"));
  CHECK(patterns.matches_within("x/docs/y/z"));
  CHECK(patterns.matches_within("a/b/c"));
  CHECK_FALSE(patterns.matches_within("a/c"));
}
