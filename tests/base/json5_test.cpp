#include <doctest/doctest.h>

#include <random>

#include "base/document.h"
#include "document_support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

std::string read(const std::string& text) {
  const auto node = parse_json(text, "f.json", json5);
  return node ? shown(*node) : node.error().to_text();
}

}  // namespace

TEST_CASE("JSON5: every kind of value, written in every way") {
  struct Case {
    const char* name;
    std::string text;
    std::string shows;
  };
  const Case cases[] = {
      {"null", "null", "null"},
      {"booleans", "[true, false]", "[true, false]"},
      {"numbers stay as written", "[0, -1, 3.10, 1e9, 1.5E-3, +1, .5, 5., 0xDEADbeef, -0x1]",
       "[#0, #-1, #3.10, #1e9, #1.5E-3, #+1, #.5, #5., #0xDEADbeef, #-0x1]"},
      {"numbers without end", "[Infinity, -Infinity, +NaN]", "[#Infinity, #-Infinity, #+NaN]"},
      {"strings", R"(["a", 'b', "it's", '"'])", R"(["a", "b", "it's", """])"},
      {"escapes", R"(["\"\\\/\b\f\n\r\t", '\'\v\0\x41\a'])",
       "[\"\"\\/\b\f\n\r\t\", \"'\v" + std::string(1, '\0') + "Aa\"]"},
      {"unicode escapes", R"(["\u00e9\u20AC\ud83d\ude00"])", "[\"é€😀\"]"},
      {"a string over several lines", "'a\\\nb\\\r\nc\\\u2028d'", "\"abcd\""},
      {"line separators in a string", "'a\u2028b'", "\"a\u2028b\""},
      {"keys in quotes, in others, in none", R"({"a": 1, 'b': 2, c$_1: 3, é: 4, \u0061b: 5})",
       "{a: #1, b: #2, c$_1: #3, é: #4, ab: #5}"},
      {"words as keys", "{null: 1, true: 2, Infinity: 3}", "{null: #1, true: #2, Infinity: #3}"},
      {"trailing commas", "[1, [2,], {a: 3,},]", "[#1, [#2], {a: #3}]"},
      {"nothing inside", "[[], {}, '', { /* */ }, [ // \n]]", "[[], {}, \"\", {}, []]"},
      {"comments everywhere", "// a\n/* b */ { /**/ a /* c */ : // d\r\n1 /* e */ , } // f",
       "{a: #1}"},
      {"a comment ends at a line separator", "// a\u2028[1]", "[#1]"},
      {"white space of every kind", "\t\v\f \u00A0\uFEFF\n\r\u2028\u2029\u3000[\u20031\u205F]",
       "[#1]"},
      {"a byte order mark", "\xEF\xBB\xBF{a: 1}", "{a: #1}"},
      {"carriage returns", "{\r\n  a: 1,\r\n  b: 2\r\n}\r\n", "{a: #1, b: #2}"},
      {"control characters", "'\x01'", "\"\x01\""},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(read(it.text) == it.shows);
  }
}

TEST_CASE("JSON5: what is wrong is told with line and column") {
  struct Case {
    const char* name;
    std::string text;
    std::string error;
  };
  const Case cases[] = {
      {"empty", "", "f.json:1:1: not JSON: expected a value, found the end"},
      {"only a comment", "// x\n", "f.json:2:1: not JSON: expected a value, found the end"},
      {"a comment without end", "{ /* }", "f.json:1:3: not JSON: a comment without its end"},
      {"two values", "1 2", "f.json:1:3: not JSON: expected the end of the text, found \"2\""},
      {"no comma", "[1\n 2]", "f.json:2:2: not JSON: expected a comma or ], found \"2\""},
      {"two commas", "[1,,2]", "f.json:1:4: not JSON: expected a value, found \",\""},
      {"a comma first", "{,}", "f.json:1:2: not JSON: expected a key, found \",\""},
      {"no colon", "{a 1}", "f.json:1:4: not JSON: expected a colon, found \"1\""},
      {"no value", "{a:}", "f.json:1:4: not JSON: expected a value, found \"}\""},
      {"a number as key", "{1: 2}", "f.json:1:2: not JSON: expected a key, found \"1\""},
      {"the wrong bracket", "[1}", "f.json:1:3: not JSON: expected a comma or ], found \"}\""},
      {"no end", "[1, {a: 'x'", "f.json:1:12: not JSON: expected a comma or }, found the end"},
      {"an octal number", "[012]", "f.json:1:2: not JSON: expected a value, found \"0\""},
      {"two points", "1.2.3", "f.json:1:1: not JSON: expected a value, found \"1\""},
      {"a number and letters", "3x", "f.json:1:1: not JSON: expected a value, found \"3\""},
      {"a point alone", ".", "f.json:1:1: not JSON: expected a value, found \".\""},
      {"a sign alone", "[-]", "f.json:1:2: not JSON: expected a value, found \"-\""},
      {"an exponent without digits", "1e", "f.json:1:1: not JSON: expected a value, found \"1\""},
      {"an unknown word", "truth", "f.json:1:1: not JSON: expected a value, found \"t\""},
      {"a longer word", "nullify", "f.json:1:5: not JSON: expected the end of a word, found \"i\""},
      {"a wide character", "[€]", "f.json:1:2: not JSON: expected a value, found \"€\""},
      {"a string without end", "\"ab", "f.json:1:4: not JSON: a string without its end"},
      {"a newline in a string", "\"a\nb\"", "f.json:1:3: not JSON: a string without its end"},
      {"an octal escape", R"('\1')", "f.json:1:3: not JSON: an escape with a digit"},
      {"a short escape", R"("\u12")", "f.json:1:4: not JSON: expected 4 hexadecimal digits"},
      {"a sign in an escape", R"("\x-1")", "f.json:1:4: not JSON: expected 2 hexadecimal digits"},
      {"half a pair", R"("\ud83d")", "f.json:1:8: not JSON: half of a surrogate pair"},
      {"the other half", R"("\ude00")", "f.json:1:8: not JSON: half of a surrogate pair"},
      {"a repeated key", "{a: 1,\n \"a\": 2}",
       "f.json:2:2: the key \"a\" is there twice\n  keep one of the two"},
      {"no UTF-8", "\"\xC3(\"", "f.json:1:2: the text is not UTF-8\n  save the file as UTF-8"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    CHECK(read(it.text) == it.error);
  }
}

TEST_CASE("JSON5: depth and count have limits, size has none") {
  const std::size_t deep = max_document_depth;
  CHECK(parse_json(std::string(deep, '[') + std::string(deep, ']'), "f", json5).has_value());
  CHECK(read(std::string(deep + 1, '[') + std::string(deep + 1, ']')) ==
        "f.json:1:65: nested deeper than 64 levels\n  " + std::string(excess_hint));
  CHECK(read(std::string(1'000'000, '[')) ==
        "f.json:1:65: nested deeper than 64 levels\n  " + std::string(excess_hint));
  std::string many = "[0";
  for (std::size_t i = 1; i < max_document_nodes; ++i) many += ",0";
  CHECK(read(many + "]") ==
        "f.json:1:2000000: more than 1000000 values\n  " + std::string(excess_hint));
  CHECK(parse_json("'" + std::string(10'000'000, 'x') + "'", "f", json5).has_value());
}

TEST_CASE("JSON5: spans are of the value with its quotes or brackets, in bytes") {
  const std::string text = "\xEF\xBB\xBF{ /* é */ 'ä': [1 , \"€\" ],\r\n b : -1.5e3 }";
  const auto root = parse_json(text, "f", json5);
  REQUIRE(root.has_value());
  const auto at = [&text](TextSpan span) { return text.substr(span.begin, span.end - span.begin); };
  CHECK(at(root->span) == text.substr(3));
  const Node* a = root->find("ä");
  REQUIRE(a != nullptr);
  CHECK(at(a->key_span) == "'ä'");
  CHECK(at(a->span) == "[1 , \"€\" ]");
  CHECK(at(a->children[1].span) == "\"€\"");
  CHECK(a->children[1].quoted);
  CHECK_FALSE(a->children[0].quoted);
  CHECK(at(root->find("b")->key_span) == "b");
  CHECK(at(root->find("b")->span) == "-1.5e3");
}

TEST_CASE("JSON5: every part of a document, read alone, says the same") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    JsonWriting writing(seed);
    const std::string text = writing.document();
    CAPTURE(text);
    const auto root = parse_json(text, "f", json5);
    REQUIRE_MESSAGE(root.has_value(), root.error().to_text());
    each_node(*root, [&text](const Node& node) {
      const auto alone =
          parse_json(text.substr(node.span.begin, node.span.end - node.span.begin), "f", json5);
      REQUIRE(alone.has_value());
      Node unnamed = node;
      unnamed.key.clear();
      CHECK(alone->same_content(unnamed));
    });
  }
}

TEST_CASE(
    "JSON5: of a damaged text every prefix and every changed byte gives a value or an error") {
  std::mt19937 random(7);
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::string text = JsonWriting(seed).document();
    for (std::size_t length = 0; length <= text.size(); ++length)
      (void)parse_json(std::string_view(text).substr(0, length), "f", json5);
    for (int i = 0; i < 20; ++i) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
      const auto node = parse_json(text, "f", json5);
      if (node) each_node(*node, [&text](const Node& it) { CHECK(it.span.end <= text.size()); });
    }
  }
}

TEST_CASE("the same content: whatever the writing, but not in another order or of another kind") {
  const auto same = [](const char* a, const char* b) {
    return parse_json(a, "f", json5)->same_content(*parse_json(b, "f", json5));
  };
  CHECK(same("{\"a\": [1, 'x']}", "{ a:[1,/**/\"\\x78\",], }"));
  CHECK_FALSE(same("{a: 1, b: 2}", "{b: 2, a: 1}"));
  CHECK_FALSE(same("[1]", "['1']"));
  CHECK_FALSE(same("[1]", "[1, 1]"));
  CHECK_FALSE(same("{a: 1}", "{b: 1}"));
  CHECK_FALSE(same("[null]", "['']"));
  CHECK_FALSE(same("[]", "{}"));
}
