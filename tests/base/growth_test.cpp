// The readers of documents: the cost of a hostile text is proportional to its length.
#include "support/growth.h"

#include "base/decode.h"
#include "base/document.h"

using namespace buildable;
using namespace buildable::testing;

TEST_CASE("JSON on one line or on many is read in linear time") {
  constexpr Repetition table[] = {
      {"numbers on one line", "[", "#,", "1]"},
      {"numbers on lines", "[", "#,\n", "1]"},
      {"keys", "{", "\"k#\": 1,", "\"k\": 1}"},
      {"keys that begin alike", "{", "\"the same beginning of all of them #\": 1,", "\"k\": 1}"},
      {"objects", "[", "{\"a\": {\"b\": [#]}},", "1]"},
      {"one long string", "\"", "éa\\n\\u00e9", "\""},
      {"one long number", "", "1234567890", ""},
      {"white space", "[1", " \n\t", "]"},
      {"a text without an end", "[\"", "abc\\n", ""},
      {"repeated keys", "{", "\"k\": 1,", "\"k\": 1}"},
  };
  check_linear(table, [](const std::string& text) { (void)parse_json(text, "f.json"); });
  check_linear(table, [](const std::string& text) { (void)parse_json(text, "f.json", json5); });
}

TEST_CASE("comments and odd spaces of JSON5 are read in linear time") {
  constexpr Repetition table[] = {
      {"comments on one line", "[", "/* # */1,", "]"},
      {"comments on lines", "[", "// #\n1,", "]"},
      {"openings of comments", "[", "/* # ", "]"},
      {"wide spaces", "[1", "\u00A0\u2003", "]"},
      {"bare keys", "{", "key_#: 1,", "}"},
      {"one bare key", "{", "\\u0061", ": 1}"},
  };
  check_linear(table, [](const std::string& text) { (void)parse_json(text, "f.json", json5); });
}

TEST_CASE("YAML is read in linear time") {
  constexpr Repetition table[] = {
      {"a sequence on one line", "[", "#, ", "1]"},
      {"a mapping on one line", "{", "k#: 1, ", "k: 1}"},
      {"sequences on one line", "[", "[#], ", "1]"},
      {"lines", "", "- #\n", ""},
      {"keys", "", "k#: 1\n", ""},
      {"beyond ASCII on one line", "[", "é#, ", "1]"},
      {"one long scalar", "a: ", "bcd ", "\n"},
      {"one long key", "", "abc", ": 1\n"},
      {"a quoted text on lines", "\"", "a\n\n", "\""},
      {"a block of lines", "a: |\n", "  b\n\n", ""},
      {"blank lines at the end of a block", "a: |\n  b\n", "\n", ""},
      {"anchors", "", "- &a# b\n", ""},
      {"anchors without a value", "", "- &a#\n", ""},
      {"aliases", "- &a b\n", "- *a\n", ""},
      {"tags", "", "- !!str #\n", ""},
      {"tag directives", "", "%TAG !t#! tag:example.org,2000:\n", "--- a\n"},
      {"comments", "a: 1", " # b\n", ""},
      {"documents", "", "--- #\n", ""},
      {"merge keys", "a: &a {b: 1}\nc:\n", "  <<: *a\n", ""},
      {"braces that do not close", "", "{a: ", ""},
      {"brackets that do not close", "", "[", ""},
      {"question marks", "", "? ", ""},
      {"dashes", "", "- ", ""},
      {"colons", "", "a#: {b: [c, d]}\n", ""},
  };
  check_linear(table, [](const std::string& text) {
    (void)parse_yaml_documents(text, "f.yml", YamlAliases::keep);
    (void)parse_yaml_documents(text, "f.yml", YamlAliases::refuse);
  });
}
