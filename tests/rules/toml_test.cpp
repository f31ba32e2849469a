#include <doctest/doctest.h>

#include "documents.h"
#include "model/rules_fields.h"
#include "rules/load.h"
#include "rules/toml_codec.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

std::string error_of(const std::string& text) {
  Result<Node> root = parse_toml(text, "f.toml");
  return root ? "no error" : root.error().to_text();
}

}  // namespace

TEST_CASE("numbers and dates keep the text they were written as") {
  Result<Node> root = parse_toml(
      "a = [\"é\", 3.10] # note\nb = [1_000, 0x1F,2.0]\nc = {d = 1979-05-27T07:32:00Z, e = "
      "07:32:00}\n",
      "f.toml");
  REQUIRE(root.has_value());
  CHECK(root->find("a")->children[1].text == "3.10");
  CHECK(root->find("a")->children[1].column == 12);
  CHECK(root->find("b")->children[0].text == "1_000");
  CHECK(root->find("b")->children[0].integer == 1000);
  CHECK(root->find("b")->children[1].text == "0x1F");
  CHECK(root->find("b")->children[2].text == "2.0");
  CHECK(root->find("c")->find("d")->text == "1979-05-27T07:32:00Z");
  CHECK(root->find("c")->find("e")->is(Node::Kind::date));
}

TEST_CASE("keys stay in the order of the document") {
  Result<Node> root = parse_toml("z = 1\na = 2\n[m]\n[b]\n", "f.toml");
  REQUIRE(root.has_value());
  std::string keys;
  for (const Node& child : root->children) keys += child.key;
  CHECK(keys == "zamb");
}

TEST_CASE("text that the library must not see is refused before it") {
  CHECK(error_of("a = \"\xFF\"") == "f.toml:1:6: the text is not UTF-8\n  save the file as UTF-8");
  CHECK(error_of("\n\xEF\xBB\xBE") ==
        "f.toml:2:1: U+FEFE is not a character\n  remove the bytes EF BB BE");
  CHECK(error_of("a = 1\n" + std::string(max_toml_size, '#')) ==
        "f.toml: the file is larger than 1048576 bytes");
}

TEST_CASE("texts that ended other programs are errors here") {
  for (std::string_view text : {"[/]",
                                "[",
                                "[[",
                                "[a",
                                "a",
                                "a =",
                                "a = [",
                                "a = \"",
                                "'''",
                                "a = {",
                                "[a.]",
                                "=",
                                ".",
                                "a = 1979-13-01",
                                "a = 0x",
                                "a = 1__0",
                                "\\",
                                "\r",
                                "a = \"\\u{D800}\"",
                                "a = '''\n"}) {
    CAPTURE(text);
    CHECK(error_of(std::string(text)).find("f.toml:") == 0);
  }
  CHECK_FALSE(parse_toml("a = " + std::string(100000, '['), "f.toml").has_value());
}

TEST_CASE("deep nesting is refused with its place") {
  std::string deep = "a = " + std::string(70, '[') + std::string(70, ']');
  CHECK(error_of(deep) ==
        "f.toml:1:68: nested deeper than 64 levels\n  " + std::string(excess_hint));
  std::string shallow = "a = " + std::string(60, '[') + std::string(60, ']');
  CHECK(parse_toml(shallow, "f.toml").has_value());
}

TEST_CASE("damaged rules are an error or a value, never a crash") {
  Generator generator(5);
  const std::string good = good_document("runtime.toml");
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    if (!parse_runtime(generator.mutated(good), "python.toml")) ++refused;
  }
  CHECK(refused > 2000);
}
