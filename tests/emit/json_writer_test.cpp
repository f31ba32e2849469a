#include "emit/json_writer.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>

using namespace buildable;
using namespace buildable::emit;
using Layout = JsonWriter::Layout;

TEST_CASE("blocks take a line a member, lines take one") {
  JsonWriter json;
  json.open_object().member("a", 1).member("b", true).key("c").open_array();
  json.open_object(Layout::line).member("d", "e").key("f").open_array().value(1).value(2).close();
  json.close().close().key("g").open_object().close().key("h").open_array().close();
  json.member("i", std::vector<std::string>{"x", "y"}).close();
  CHECK(std::move(json).take() ==
        "{\n  \"a\": 1,\n  \"b\": true,\n  \"c\": [\n    {\"d\": \"e\", \"f\": [1, 2]}\n  ],\n"
        "  \"g\": {},\n  \"h\": [],\n  \"i\": [\"x\", \"y\"]\n}\n");
}

TEST_CASE("what is not known is left out") {
  JsonWriter json;
  json.open_object().member_if_known("a", "").member_if_known("b", "c").close();
  CHECK(std::move(json).take() == "{\n  \"b\": \"c\"\n}\n");
}

TEST_CASE("every text reads back as it was written") {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {
      "\"", "\\", "/", "\n", "\t", "\r", std::string(1, '\0'), "\x1f", "é", "→", "a", " ", "\x7f"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto length = random() % 12; length > 0; --length)
      text += pieces[random() % pieces.size()];
    JsonWriter json;
    json.open_object().member(text, text).close();
    const auto parsed = nlohmann::json::parse(std::move(json).take(), nullptr, false);
    REQUIRE(parsed.is_object());
    CHECK(parsed.value(text, std::string("absent")) == text);
  }
}
