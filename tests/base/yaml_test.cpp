#include <doctest/doctest.h>

#include <random>

#include "base/document.h"
#include "base/text_index.h"
#include "document_support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

std::string read(const std::string& text, YamlAliases aliases = YamlAliases::refuse) {
  const auto node = parse_yaml(text, "f.yml", aliases);
  return node ? shown(*node) : node.error().to_text();
}

std::string part(const std::string& text, TextSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace

TEST_CASE("YAML: every kind of value, written in every way") {
  struct Case {
    const char* name;
    std::string text;
    std::string shows;
  };
  const Case cases[] = {
      {"empty", "", "null"},
      {"only a comment", "# x\n", "null"},
      {"an empty document", "---\n", "null"},
      {"nulls", "[~, null, Null, NULL, ]", "[null, null, null, null]"},
      {"no value", "a:\nb: # x\nc:", "{a: null, b: null, c: null}"},
      {"booleans", "[true, True, TRUE, false]", "[true, true, true, false]"},
      {"words of YAML 1.1 are strings", "[yes, no, on, off, y]",
       R"(["yes", "no", "on", "off", "y"])"},
      {"numbers stay as written", "[3.10, 22, -1, +.5, 5., 1e3, 0o17, 0x1F, .inf, -.INF, .nan]",
       "[#3.10, #22, #-1, #+.5, #5., #1e3, #0o17, #0x1F, #.inf, #-.INF, #.nan]"},
      {"what only looks like numbers", "[3.10.1, 1_000, 0x, 0o8, ., -, 1e, v22, 2026-05-14, 12:30]",
       R"(["3.10.1", "1_000", "0x", "0o8", ".", "-", "1e", "v22", "2026-05-14", "12:30"])"},
      {"quotes make strings", R"(['3.10', "true", "", 'it''s', "\x41\u00e9\n"])",
       "[\"3.10\", \"true\", \"\", \"it's\", \"Aé\n\"]"},
      {"blocks", "a:\n  - x\n  - b: 1\n    c:\n    - y\n", "{a: [\"x\", {b: #1, c: [\"y\"]}]}"},
      {"a list no deeper than its key", "a:\n- x\n- y\nb: z\n", "{a: [\"x\", \"y\"], b: \"z\"}"},
      {"flow in block", "a: {b: [1, 2], c: }\nd: [p: q]\n",
       "{a: {b: [#1, #2], c: null}, d: [{p: \"q\"}]}"},
      {"a scalar on several lines", "a: x\n  y\n\n  z\n", "{a: \"x y\nz\"}"},
      {"literal and folded", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{a: \"x\ny\n\", b: \"x y\"}"},
      {"all newlines kept", "a: |+\n  x\n\nb: 1\n", "{a: \"x\n\n\", b: #1}"},
      {"carriage returns", "a: x\r\nb:\r\n  - |\r\n    y\r\n", "{a: \"x\", b: [\"y\n\"]}"},
      {"a byte order mark", "\xEF\xBB\xBF# c\na: x\nb: y\n", "{a: \"x\", b: \"y\"}"},
      {"a directive, and ends", "%YAML 1.1\n---\na: x\n...\n", "{a: \"x\"}"},
      {"an explicit key", "? a\n: b\n? c\n", "{a: \"b\", c: null}"},
      {"an anchor that nobody uses", "a: &x 1\nb: &y\n  c: 2\nd: &z\n",
       "{a: #1, b: {c: #2}, d: null}"},
      {"keys of all kinds are texts", "3.10: a\ntrue: b\n? null\n: c\n\"q\": d\n",
       "{3.10: \"a\", true: \"b\", null: \"c\", q: \"d\"}"},
      {"lone carriage returns, and line ends beyond ASCII", "a: &x #\r- b\u2028- c\u0085- d\n",
       "{a: [\"b\", \"c\", \"d\"]}"},
      {"a tab between", "a:\tx\t# c\n", "{a: \"x\"}"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(read(it.text) == it.shows);
  }
}

TEST_CASE("YAML: what is wrong is told with line and column") {
  struct Case {
    const char* name;
    std::string text;
    std::string error;
  };
  const Case cases[] = {
      {"a tab", "a:\n\t- x\n",
       "f.yml:2:1: not YAML: found character that cannot start any token\n"
       "  YAML takes no tabs for indentation: use spaces"},
      {"brackets without end", "a: [x\n", "f.yml:2:1: not YAML: did not find expected ',' or ']'"},
      {"a string without end", "é: \"x\n", "f.yml:2:1: not YAML: found unexpected end of stream"},
      {"a wrong indentation", "a:\n  b: 1\n c: 2\n",
       "f.yml:3:2: not YAML: did not find expected key"},
      {"an alias", "é: &x 1\nb: *x\n",
       "f.yml:2:4: a YAML alias, which GitHub refuses in this file\n  write out what *x stands "
       "for"},
      {"a tag", "a: !!str 1\n",
       "f.yml:1:4: a YAML tag, which is not taken here\n  write it without the tag"},
      {"a tagged list", "a: !reference [b]\n",
       "f.yml:1:4: a YAML tag, which is not taken here\n  write it without the tag"},
      {"two documents", "a: 1\n---\nb: 2\n",
       "f.yml:3:1: a second document, where one was expected"},
      {"a repeated key", "a: 1\nb: 2\n\"a\": 3\n",
       "f.yml:3:1: the key \"a\" is there twice\n  keep one of the two"},
      {"a list as key", "? [a]\n: b\n", "f.yml:1:3: a key that is not a scalar"},
      {"a control character", "a: \x01\n",
       "f.yml:1:4: not YAML: control characters are not allowed"},
      {"no UTF-8", "a: \xFF\n", "f.yml:1:4: the text is not UTF-8\n  save the file as UTF-8"},
      {"a mark of UTF-16", "\xFE\xFF",
       "f.yml:1:1: the text is not UTF-8\n  save the file as UTF-8"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(read(it.text) == it.error);
  }
}

TEST_CASE("YAML with aliases: what compose and CI files hold is read") {
  struct Case {
    const char* name;
    std::string text;
    std::string shows;
  };
  const Case cases[] = {
      {"an alias is null", "a: &x {image: y}\nb: *x\n", "{a: {image: \"y\"}, b: null}"},
      {"merge keys are keys", "a: &x {}\nb:\n  <<: *x\n  <<: *x\n  c: 1\n",
       "{a: {}, b: {<<: null, <<: null, c: #1}}"},
      {"custom tags say nothing", "a: !reference [b, c]\nd: !vault |\n  x\ne: !x\n  f: 1\n",
       "{a: [\"b\", \"c\"], d: \"x\n\", e: {f: #1}}"},
      {"the tag of strings", "[!!str 3.10, ! 3.10, !!float 3.10]", "[\"3.10\", \"3.10\", #3.10]"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(read(it.text, YamlAliases::keep) == it.shows);
  }
  CHECK(read("a: 1\na: 2\n", YamlAliases::keep) ==
        "f.yml:2:1: the key \"a\" is there twice\n  keep one of the two");
  CHECK(read("a: &x b\n*x : c\n", YamlAliases::keep) == "f.yml:2:1: a key that is not a scalar");
}

TEST_CASE("YAML: several documents") {
  const auto documents = parse_yaml_documents("a: 1\n---\n- é\n---\n", "f");
  REQUIRE(documents.has_value());
  REQUIRE(documents->size() == 3);
  CHECK(shown((*documents)[1]) == "[\"é\"]");
  CHECK((*documents)[1].span == TextSpan{9, 13});
  CHECK(shown((*documents)[2]) == "null");
  CHECK(parse_yaml_documents("# nothing\n", "f")->empty());
  CHECK(parse_yaml_documents({}, "f")->empty());
}

TEST_CASE("YAML: depth and count have limits, size has none") {
  const std::size_t deep = max_document_depth;
  CHECK(parse_yaml(std::string(deep, '[') + std::string(deep, ']'), "f").has_value());
  CHECK(read(std::string(deep + 1, '[') + std::string(deep + 1, ']')) ==
        "f.yml:1:65: nested deeper than 64 levels\n  " + std::string(excess_hint));
  CHECK(read(std::string(100'000, '[')) ==
        "f.yml:1:65: nested deeper than 64 levels\n  " + std::string(excess_hint));
  std::string dashes;
  for (std::size_t i = 0; i <= deep; ++i) dashes += "- ";
  CHECK(read(dashes + "x") ==
        "f.yml:1:129: nested deeper than 64 levels\n  " + std::string(excess_hint));
  std::string many;
  for (std::size_t i = 0; i < max_document_nodes; ++i) many += "- 0\n";
  CHECK(read(many) == "f.yml:1000000:3: more than 1000000 values\n  " + std::string(excess_hint));
  CHECK(parse_yaml("a: " + std::string(10'000'000, 'x'), "f").has_value());
}

TEST_CASE("YAML: spans are bytes, without anchor and tag") {
  const std::string text =
      "\xEF\xBB\xBF"
      "é: &x €uro # ä\n"
      "'ü' : !t &y # c\n"
      "  - 'ß'\n"
      "  - \"€\"  # d\n"
      "\n"
      "  # e\n"
      "b: |\n"
      "  x\n"
      "\n"
      "c:\n"
      "d: [ö , {e: } ]\n";
  const auto root = parse_yaml(text, "f", YamlAliases::keep);
  REQUIRE_MESSAGE(root.has_value(), root.error().to_text());
  CHECK(part(root->span.begin == 3 ? text : "", {3, 5}) == "é");
  CHECK(part(text, root->find("é")->span) == "€uro");
  CHECK(part(text, root->find("ü")->key_span) == "'ü'");
  CHECK(part(text, root->find("ü")->span) == "- 'ß'\n  - \"€\"");
  CHECK(root->find("ü")->block);
  CHECK(part(text, root->find("ü")->children[1].span) == "\"€\"");
  CHECK(root->find("ü")->children[1].quoted);
  CHECK(part(text, root->find("b")->span) == "|\n  x\n");
  CHECK(root->find("b")->block);
  const Node* nothing = root->find("c");
  CHECK(nothing->span == TextSpan{nothing->key_span.end + 1, nothing->key_span.end + 1});
  CHECK(part(text, root->find("d")->span) == "[ö , {e: } ]");
  CHECK_FALSE(root->find("d")->block);
  CHECK(root->span.end == root->find("d")->span.end);
}

TEST_CASE("YAML: every part of a document, read alone, says the same") {
  for (unsigned seed = 0; seed < 4000; ++seed) {
    const std::string text = YamlWriting(seed).document();
    CAPTURE(text);
    const auto root = parse_yaml(text, "f");
    REQUIRE_MESSAGE(root.has_value(), root.error().to_text());
    each_node(*root, [&text](const Node& node) {
      const std::size_t line = text.substr(0, node.span.begin).rfind('\n') + 1;
      const bool after_mark = line == 0 && text.starts_with(byte_order_mark);
      const std::size_t column = node.span.begin - line - (after_mark ? 3 : 0);
      // The first line of a block gets the indentation that its other lines have.
      const std::string alone =
          (node.block ? std::string(column, ' ') : "") + part(text, node.span);
      const auto again = parse_yaml(alone, "f");
      REQUIRE_MESSAGE(again.has_value(), again.error().to_text());
      Node unnamed = node;
      unnamed.key.clear();
      CHECK(again->same_content(unnamed));
    });
  }
}

TEST_CASE("YAML: of a damaged text every prefix and every changed byte gives a value or an error") {
  std::mt19937 random(7);
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::string text = YamlWriting(seed).document();
    for (std::size_t length = 0; length <= text.size(); ++length)
      (void)parse_yaml(std::string_view(text).substr(0, length), "f", YamlAliases::keep);
    for (int i = 0; i < 20; ++i) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
      const auto node = parse_yaml(text, "f", YamlAliases::keep);
      if (!node) continue;
      each_node(*node, [&text](const Node& it) {
        CHECK(it.span.begin <= it.span.end);
        CHECK(it.span.end <= text.size());
      });
    }
  }
}
