#include "base/path_name.h"

#include <doctest/doctest.h>

using namespace buildable;

namespace {

std::string message(const Result<PathName>& name) {
  return name ? std::string() : name.error().message();
}

}  // namespace

TEST_CASE("names that may be part of a path") {
  for (const char* text : {"a", "default", "24_0.21.8", "A-1_2.x", "python3", "c++", "7", "_x",
                           "console", "com", "common1"}) {
    const auto name = PathName::parse(text);
    CHECK_MESSAGE(name, text);
    if (name) CHECK(name->text() == text);
  }
  CHECK(PathName::parse(std::string(PathName::longest, 'a')));
}

TEST_CASE("names that lead elsewhere, or mean something else on another system") {
  using std::string;
  for (const string& text : {string(),
                             string("."),
                             string(".."),
                             string("../x"),
                             string("../../../x"),
                             string("/abs"),
                             string("a/b"),
                             string("a\\b"),
                             string(".git"),
                             string(".x"),
                             string("-f"),
                             string("--out"),
                             string("a\nb"),
                             string("a\tb"),
                             string("a b"),
                             string("a\0b", 3),
                             string("\x1b[31m"),
                             string("\x7f"),
                             string("\xc3\xa9"),
                             string("\xe2\x80\xae"),
                             string("\xff"),
                             string("a:b"),
                             string("C:"),
                             string("a*"),
                             string("a?"),
                             string("\"a\""),
                             string("<a>"),
                             string("a|b"),
                             string("a."),
                             string("a%2f"),
                             string("~"),
                             string("$HOME"),
                             string("`a`"),
                             string("CON"),
                             string("nul"),
                             string("Aux.json"),
                             string("com1"),
                             string("LPT9.txt"),
                             string("+a"),
                             string(PathName::longest + 1, 'a'),
                             string(300, 'a')}) {
    CAPTURE(text);
    CHECK_FALSE(PathName::parse(text));
  }
}

TEST_CASE("why a name is refused is told in a form that is safe to print") {
  CHECK(message(PathName::parse("..")) ==
        "\"..\" cannot be part of a path: it does not begin with a letter, a digit or _");
  CHECK(message(PathName::parse("a\x1b[2J\nb")) ==
        "\"a\\x1b[2J\\x0ab\" cannot be part of a path: it holds other characters than letters, "
        "digits and ._+-");
}

TEST_CASE("paths that stay inside") {
  for (const char* path : {"a", "a/b.json", "renovate/default/python.json", "A-1_2.x"})
    CHECK_MESSAGE(InnerPath::parse(path), path);
  for (const char* path :
       {"", "/", "/a", "a/", "a//b", "..", "a/..", "a/../b", "a/./b", ".git/config", "a/.git",
        "a b", "a\nb", "a\\b", "\"a\"", "a/-b", "a/nul/b"})
    CHECK_FALSE_MESSAGE(InnerPath::parse(path), path);
  std::string deep = "a";
  while (deep.size() <= InnerPath::longest) deep += "/a";
  CHECK_FALSE(InnerPath::parse(deep));
}
