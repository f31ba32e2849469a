// What TOML may cost: bounded before the library sees it, and linear in the text.
#include "base/toml_bounds.h"

#include "rules/toml_codec.h"
#include "support/growth.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

std::string error_of(const std::string& text) {
  const Result<Node> root = parse_toml(text, "f.toml");
  return root ? "no error" : root.error().diagnostics().front().message;
}

std::string place_of(const std::string& text) {
  const Result<Node> root = parse_toml(text, "f.toml");
  if (root) return "no error";
  const Diagnostic problem = root.error().diagnostics().front();
  return std::to_string(problem.line) + ":" + std::to_string(problem.column);
}

constexpr std::size_t many = 300'000;
const std::string deeper = "nested deeper than 64 levels";

}  // namespace

TEST_CASE("what is nested hundreds of thousands of levels is an error, in each way to nest") {
  const std::pair<const char*, std::string> table[] = {
      {"a dotted key", repeated("a", ".a", many, " = 1")},
      {"a dotted key without a value", repeated("a", ".a", many)},
      {"a dotted key with spaces", repeated("a", " . a", many, " = 1")},
      {"a dotted key in quotes", repeated("\"a.b\"", ".'c.d'", many, " = 1")},
      {"a header", repeated("[a", ".a", many, "]")},
      {"a header of a list of tables", repeated("[[a", ".a", many, "]]")},
      {"a header with spaces", repeated("[ a", " .\ta", many, " ]")},
      {"lists", repeated("a = ", "[", many)},
      {"lists on lines", repeated("a = ", "[ # [\n", many)},
      {"tables", repeated("a = ", "{a = ", many)},
      {"tables of lists", repeated("a = ", "[{a = ", many)},
      {"a dotted key in a table", repeated("a = {b", ".b", many, " = 1}")},
      {"a dotted key behind others", repeated("a = {c = 1, b", ".b", many, " = 1}")},
      {"a dotted key in a table in a list", repeated("a = [1, {b", ".b", many, " = 1}]")},
      {"a dotted key after strings", repeated("x = '''\n''\n'''''\ny = \"\\\"\"\na", ".a", many)},
      {"a dotted key after a comment", repeated("# it's\na", ".a", many, " = 1")},
      {"a dotted key after carriage returns", repeated("b = 1\r\na", ".a", many, " = 1")},
  };
  for (const auto& row : table) {
    const std::string& text = row.second;
    CAPTURE(row.first);
    CHECK(excess_of_toml(text).has_value());
    if (text.size() <= max_toml_size) CHECK(error_of(text) == deeper);
  }
}

TEST_CASE("the parts of headers, keys and brackets count together") {
  const std::string half = repeated("a", ".a", 31);
  CHECK(error_of(half + " = 1") == "no error");
  CHECK(error_of("[" + half + "]\nb.c = 1") == "no error");
  CHECK(error_of("[" + half + "]\n" + half + " = 1") == deeper);
  CHECK(error_of("[" + half + "]\nb = {" + half + " = 1}") == deeper);
  CHECK(error_of("[" + half + "]\nb = {c = 1}\n[c]\n" + half + " = 1") == "no error");
  CHECK(error_of("[" + half + "]\nb = " + std::string(32, '[')) == deeper);
  CHECK(error_of("[[" + half + "]]\n[[" + half + ".b]]\n") == "no error");
  // Each list of tables on the way is a level of its own; only the reader of the tree sees that.
  std::string name = "a", lists;
  for (int i = 0; i < 40; ++i, name += ".a") lists += "[[" + name + "]]\n";
  CHECK(error_of(lists) == deeper);
}

TEST_CASE("the error tells the place, the bound and what to do") {
  const Result<Node> root = parse_toml("b = 1\n" + repeated("a", ".a", 100, " = 1"), "f.toml");
  REQUIRE(!root);
  CHECK(root.error().to_text() ==
        "f.toml:2:126: nested deeper than 64 levels\n"
        "  people write smaller files: check that this is the file its name says");
  CHECK(place_of(repeated("", "[t#]\n", 5001)) == "5001:7");
}

TEST_CASE("dots that part nothing are no depth") {
  const std::string dots = repeated("", ".", 1000);
  for (const std::string& text :
       {"a = \"" + dots + "\"", "a = '" + dots + "'", "a = '''" + dots + "'''", "# " + dots,
        "a = \"\\\"" + dots + "\"", "a = \"\"\"\n" + dots + "\"\"\"\"\"", "\"" + dots + "\" = 1",
        repeated("a = [", "1.5, ", 1000, "]"), repeated("", "k# = 1.5\n", 1000),
        repeated("", "a.k# = 1.5\n", 1000), repeated("a = [", "{b.c = 1},", 1000, "]"),
        repeated("a = [", "[[1.5], {b = 1}],", 1000, "]")}) {
    CAPTURE(text.substr(0, 30));
    CHECK(error_of(text) == "no error");
  }
}

TEST_CASE("more tables than the library can look through are refused") {
  const std::string refusal = "more than 5000 tables";
  CHECK(error_of(repeated("", "[t#]\n", 5000)) == "no error");
  CHECK(error_of(repeated("", "[t#]\n", 5001)) == refusal);
  CHECK(error_of(repeated("", "[[t]]\n", 5001)) == refusal);
  CHECK(error_of(repeated("", "t#.a = 1\n", 5001)) == refusal);
  CHECK(error_of(repeated("", "[a#.b.c]\n", 1700)) == refusal);
  CHECK(error_of(repeated("a = [", "{b.c = 1},", 5001, "]")) == refusal);
  CHECK(error_of(repeated("", "k# = 1\n", 20'000)) == "no error");
}

TEST_CASE("TOML is read in linear time, whatever its lines are") {
  constexpr Repetition table[] = {
      {"numbers on one line", "a = [", "#,", "]"},
      {"numbers on lines", "a = [", "#,\n", "]"},
      {"texts on one line", "a = [", "'#',", "]"},
      {"texts beyond ASCII on one line", "a = [", "'é#',", "]"},
      {"dates on one line", "a = [", "1979-05-27,", "]"},
      {"lists on one line", "a = [", "[#],", "]"},
      {"a table on one line", "a = {", "k# = 1,", "k = 1}"},
      {"keys", "", "k# = 1\n", ""},
      {"keys that begin alike", "", "the-same-beginning-of-all-of-them-# = 1\n", ""},
      {"one long text", "a = \"", "bcdé\\n", "\""},
      {"a text of lines", "a = '''\n", "b\n''", "'''"},
      {"one long key", "", "abc", " = 1"},
      {"one long number", "a = ", "1_0", ""},
      {"comments", "", "# it's [a.b]\n", ""},
      {"white space", "a = [", " \n\t", "]"},
      {"a text without an end", "a = \"\"\"", "b\"\"", ""},
      {"strings that end at once", "a = [", "\"\",", "]"},
  };
  check_linear(table, [](const std::string& text) { (void)parse_toml(text, "f.toml"); });
}

TEST_CASE("as many tables as there may be are read in linear time") {
  constexpr Repetition table[] = {
      {"headers", "", "[t#]\n", ""},
      {"lists of tables", "", "[[t]]\na = 1\n", ""},
      {"lists of tables, each its own", "", "[[t#]]\n", ""},
      {"dotted keys that begin alike", "", "a.b.k# = 1\n", ""},
      {"dotted keys, each its own", "", "k#.a = 1\n", ""},
  };
  check_linear(
      table, [](const std::string& text) { (void)parse_toml(text, "f.toml"); }, 200);
}
