#include <doctest/doctest.h>

#include "base/json_codec.h"
#include "base/sample.h"
#include "base/text.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

struct Row {
  std::string name;
  std::string json;
  std::string error;
};

std::string error_of(const std::string& json) {
  Result<Sample> sample = from_json<Sample>(json, "s.json");
  return sample ? "no error" : sample.error().to_text();
}

}  // namespace

TEST_CASE("a document of the right shape is read") {
  Result<Sample> sample = from_json<Sample>(
      R"({"title": "t", "number": -7, "flag": true, "colour": "green", "words": ["a", "é"],
          "leaves": [{"name": "x"}], "table": [[1], []], "extra": {"name": "e", "count": 0},
          "aliases": {"3": "3.14"}})",
      "s.json");
  REQUIRE(sample.has_value());
  Sample wanted{"t",        true,      -7,           Colour::green,  {"a", "é"},
                {{"x", 3}}, {{1}, {}}, Leaf{"e", 0}, {{"3", "3.14"}}};
  CHECK(*sample == wanted);
}

TEST_CASE("what is wrong is told with its place and what to do") {
  const Row rows[] = {
      {"unknown key", R"({"title": "t", "numbr": 1})",
       "s.json: numbr: unknown key\n  did you mean \"number\"?"},
      {"unknown key, nothing near", R"({"title": "t", "leaves": [{"name": "n", "weight": 1}]})",
       "s.json: leaves[0].weight: unknown key\n  known are: name, count"},
      {"missing key", R"({"leaves": [{}]})",
       "s.json: title: the required key is missing\n"
       "s.json: leaves[0].name: the required key is missing"},
      {"number in place of a version", R"({"title": 3.10})",
       "s.json: title: expected a string, found the number 3.10\n  put it in quotes: \"3.10\""},
      {"wrong types, all of them",
       R"({"title": null, "flag": 1, "number": "1", "words": "a", "leaves": [[]], "extra": 2})",
       "s.json: title: expected a string, found null\n"
       "s.json: flag: expected true or false, found the number 1\n"
       "s.json: number: expected a whole number, found the string \"1\"\n"
       "s.json: words: expected an array, found the string \"a\"\n"
       "s.json: leaves[0]: expected an object, found an array\n"
       "s.json: extra: expected an object, found the number 2"},
      {"fraction", R"({"title": "t", "number": 1.5})",
       "s.json: number: expected a whole number, found the number 1.5"},
      {"too large", R"({"title": "t", "number": 3000000000})",
       "s.json: number: the number 3000000000 is too large"},
      {"far too large", R"({"title": "t", "number": 30000000000000000000})",
       "s.json: number: expected a whole number, found the number 30000000000000000000"},
      {"name of an enum", R"({"title": "t", "colour": "gren"})",
       "s.json: colour: \"gren\" is not known here\n  did you mean \"green\"?"},
      {"number for an enum", R"({"title": "t", "colour": 1})",
       "s.json: colour: expected a string, found the number 1\n  put it in quotes: \"1\""},
      {"item of an inner array", R"({"title": "t", "table": [[1, 2], [3, true]]})",
       "s.json: table[1][1]: expected a whole number, found true"},
      {"value of a map", R"({"title": "t", "aliases": {"3": 3}})",
       "s.json: aliases.3: expected a string, found the number 3\n  put it in quotes: \"3\""},
      {"repeated key", R"({"title": "t", "leaves": [{"name": "a"}, {"name": "b", "name": "c"}]})",
       "s.json:1:56: leaves[1].name: the key is there twice\n  keep one of the two"},
      {"not an object", "[]", "s.json: expected an object, found an array"},
      {"not UTF-8", "{\"title\":\n \"\xFF\"}",
       "s.json:2:3: the text is not UTF-8\n  save the file as UTF-8"},
      {"too deep", R"({"title": )" + std::string(64, '[') + std::string(64, ']') + "}",
       "s.json:1:74: title" +
           [] {
             std::string path;
             for (int i = 0; i < 63; ++i) path += "[0]";
             return path;
           }() +
           ": nested deeper than 64 levels\n  " + std::string(excess_hint)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(error_of(row.json) == row.error);
  }
}

TEST_CASE("text that is not JSON is told with line and column") {
  const Row rows[] = {
      {"empty", "",
       "s.json:1:1: not JSON: syntax error while parsing value - unexpected end of input"},
      {"truncated", "{\"title\":\n  \"t\"",
       "s.json:2:6: not JSON: syntax error while parsing object"},
      {"trailing comma", "{\"title\": \"t\",}", "s.json:1:15: not JSON: syntax error"},
      {"two documents", "{\"title\": \"t\"} {}", "s.json:1:16: not JSON: syntax error"},
      {"number beyond all bounds", "{\"title\": 1e999}",
       "s.json:1:15: not JSON: number overflow parsing '1e999'"},
      {"comment", "// no\n{}", "s.json:1:1: not JSON: syntax error"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(error_of(row.json).substr(0, row.error.size()) == row.error);
  }
}

TEST_CASE("a flood of values is refused") {
  std::string flood = "[";
  for (std::size_t i = 0; i < max_document_nodes; ++i) flood += "0,";
  Result<Node> root = parse_json(flood + "0]", "s.json");
  REQUIRE_FALSE(root.has_value());
  CHECK(root.error().message() == "more than 1000000 values");
}

TEST_CASE("nesting of any depth neither crashes nor passes") {
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']'), "").has_value());
  CHECK_FALSE(parse_json(std::string(65, '[') + std::string(65, ']'), "").has_value());
  CHECK_FALSE(parse_json(std::string(1000000, '['), "").has_value());
}

TEST_CASE("the layout: one line where it fits, words filled, the rest a line each") {
  Sample sample{
      "t", false, 0, Colour::red, {}, {{"x", 3}, {"y", 4}}, {}, Leaf{"e", 3}, {{"3", "3.14.2"}}};
  for (int i = 0; i < 40; ++i) sample.words.push_back("3.14." + std::to_string(i));
  CHECK(to_json(sample) ==
        R"({
  "title": "t",
  "words": [
    "3.14.0", "3.14.1", "3.14.2", "3.14.3", "3.14.4", "3.14.5", "3.14.6", "3.14.7", "3.14.8",
    "3.14.9", "3.14.10", "3.14.11", "3.14.12", "3.14.13", "3.14.14", "3.14.15", "3.14.16",
    "3.14.17", "3.14.18", "3.14.19", "3.14.20", "3.14.21", "3.14.22", "3.14.23", "3.14.24",
    "3.14.25", "3.14.26", "3.14.27", "3.14.28", "3.14.29", "3.14.30", "3.14.31", "3.14.32",
    "3.14.33", "3.14.34", "3.14.35", "3.14.36", "3.14.37", "3.14.38", "3.14.39"
  ],
  "leaves": [
    {"name": "x"},
    {"name": "y", "count": 4}
  ],
  "extra": {"name": "e"},
  "aliases": {"3": "3.14.2"}
}
)");
}

TEST_CASE("no line is longer than 100 bytes while a value is not") {
  Generator generator(7);
  for (int i = 0; i < 500; ++i) {
    Sample sample = generator.make<Sample>();
    for (std::string& word : sample.words) word = "3.14." + std::to_string(i);
    sample.leaves.clear();
    sample.extra.reset();
    sample.aliases.clear();
    sample.title = "t";
    std::string json = to_json(sample);
    for (std::size_t begin = 0; begin < json.size(); begin = json.find('\n', begin) + 1) {
      REQUIRE(json.find('\n', begin) - begin <= 100);
    }
  }
}

TEST_CASE("what is written is read back, and written the same again") {
  Generator generator(1);
  for (int i = 0; i < 3000; ++i) {
    Sample sample = generator.make<Sample>();
    std::string json = to_json(sample);
    Result<Sample> again = from_json<Sample>(json, "s.json");
    REQUIRE_MESSAGE(again.has_value(), json);
    REQUIRE(*again == sample);
    REQUIRE(to_json(*again) == json);
  }
}

TEST_CASE("damaged text is an error or a value, never a crash") {
  Generator generator(2);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string json = generator.mutated(to_json(generator.make<Sample>()));
    if (!from_json<Sample>(json, "s.json")) ++refused;
  }
  CHECK(refused > 2000);
}

TEST_CASE("a path leads to its node, or to the last that exists") {
  Node root = *parse_json(R"({"tracks": [{"name": "a"}, {"name": "b"}]})", "");
  CHECK(locate(root, "tracks[1].name").text == "b");
  CHECK(locate(root, "tracks[1].nothing").find("name")->text == "b");
  CHECK(locate(root, "tracks[9]").is(Node::Kind::array));
  CHECK(locate(root, "tracks[x").is(Node::Kind::array));
  CHECK(&locate(root, "") == &root);
}

TEST_CASE("what an error shows of a bad document is well-formed text") {
  for (const std::string text : {"\xC4\x99"
                                 "8",
                                 "{\"a\": \xE2\x82\xAC}", "[1, \x01]"}) {
    const auto document = parse_json(text, "s.json");
    REQUIRE_FALSE(document);
    CHECK_MESSAGE(is_valid_utf8(document.error().to_text()), text);
  }
}

TEST_CASE("every part of strict JSON knows its place") {
  const std::string text =
      "\xEF\xBB\xBF { \"a\" : [1, -2.50e1 ,\"x\\\"\\\\\"],\n\"b\":{\"c\":null,\"d\":true , "
      "\"e\":{}}}\n";
  const Result<Node> root = parse_json(text, "f.json");
  REQUIRE(root.has_value());
  const auto slice = [&text](TextSpan span) {
    return text.substr(span.begin, span.end - span.begin);
  };
  const Node *a = root->find("a"), *b = root->find("b");
  CHECK(slice(root->span) == text.substr(4, text.size() - 5));
  CHECK(slice(a->key_span) == "\"a\"");
  CHECK(slice(a->span) == "[1, -2.50e1 ,\"x\\\"\\\\\"]");
  CHECK(slice(a->children[0].span) == "1");
  CHECK(a->children[0].integer == 1);
  CHECK(slice(a->children[1].span) == "-2.50e1");
  CHECK(a->children[1].text == "-2.50e1");
  CHECK(a->children[1].is(Node::Kind::number));
  CHECK(slice(a->children[2].span) == "\"x\\\"\\\\\"");
  CHECK(a->children[2].text == "x\"\\");
  CHECK(slice(b->find("c")->span) == "null");
  CHECK(slice(b->find("d")->span) == "true");
  CHECK(slice(b->find("d")->key_span) == "\"d\"");
  CHECK(slice(b->find("e")->span) == "{}");
}

TEST_CASE("strictness is the caller's choice") {
  struct Row {
    const char* text;
    bool plain;
    bool strict;
    bool lenient;
  };
  const Row rows[] = {
      {"{\"a\": 1}", true, true, true},           {"\xEF\xBB\xBF{\"a\": 1}", true, false, true},
      {"{\"a\": 1} // note", false, false, true}, {"{\"a\": 1,}", false, false, true},
      {"{a: 'b'}", false, false, true},           {"{\"a\": 1, \"a\": 2}", false, false, false},
      {"{\"a\": +1}", false, false, true},        {"{\"a\": 01}", false, false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parse_json(row.text, "f").has_value() == row.plain);
    CHECK(parse_json(row.text, "f", strict_json).has_value() == row.strict);
    CHECK(parse_json(row.text, "f", json5).has_value() == row.lenient);
  }
}

TEST_CASE("of repeated keys the last counts, where they may be") {
  const std::string text =
      "{\"a\": {\"x\": 1, \"y\": 2, \"x\": 3}, \"b\": 4, \"a\": {\"y\": 5, \"y\": 6}}";
  for (const auto syntax : {JsonStrictness::Syntax::json, JsonStrictness::Syntax::json5}) {
    const Result<Node> root =
        parse_json(text, "f", {.syntax = syntax, .byte_order_mark = false, .repeated_keys = true});
    REQUIRE(root.has_value());
    REQUIRE(root->children.size() == 2);
    CHECK(root->children[0].key == "b");
    REQUIRE(root->find("a")->children.size() == 1);
    CHECK(root->find("a")->find("y")->text == "6");
  }
}

TEST_CASE("messages quote a number of a megabyte in part") {
  const std::string number(1'000'000, '7');
  for (const std::string& text : {"{\"title\": " + number + "}", "{\"number\": " + number + "}",
                                  "{\"colour\": " + number + "}", number, "[" + number + "x]",
                                  "{\"" + number + "\": 1}", "{\"title\": tru" + number + "}"}) {
    const auto read = from_json<Sample>(text, "s.json");
    REQUIRE(!read);
    CHECK(read.error().to_text().size() < 2000);
  }
}

TEST_CASE("of very many problems the first are told") {
  std::string text = "{\"title\": \"t\"";
  for (int i = 0; i < 5000; ++i) text += ", \"k" + std::to_string(i) + "\": 1";
  const auto read = from_json<Sample>(text + "}", "s.json");
  REQUIRE(!read);
  CHECK(read.error().diagnostics().size() == 101);
  CHECK(read.error().diagnostics().back().message ==
        "more than 100 problems; the rest is not told");
}
