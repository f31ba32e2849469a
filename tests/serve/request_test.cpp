#include "serve/request.h"

#include <doctest/doctest.h>

#include <string>

#include "support/generated.h"

using namespace buildable;
using namespace buildable::http;

TEST_CASE("a target is a path and a query") {
  struct Row {
    const char* target;
    const char* path;
    const char* query;
  };
  const Row rows[] = {
      {"/", "/", ""},
      {"/a/b.json", "/a/b.json", ""},
      {"/a?b=c&d", "/a", "b=c&d"},
      {"/a?b?c", "/a", "b?c"},
      {"/a#b?c", "/a", "c"},
      {"http://host/a?b", "/a", "b"},
      {"https://host:80", "/", ""},
      {"*", "*", ""},
      {"", "", ""},
  };
  for (const Row& row : rows) {
    CHECK(path_of(row.target) == row.path);
    CHECK(query_of(row.target) == row.query);
  }
}

TEST_CASE("queries are decoded") {
  const auto parsed = parse_query("q=python+3.14&a=%C3%A4%2b&empty=&flag&&x==");
  REQUIRE(parsed.has_value());
  CHECK(*parsed ==
        Parameters{{"q", "python 3.14"}, {"a", "ä+"}, {"empty", ""}, {"flag", ""}, {"x", "="}});
  CHECK(*decode_path("/a+b%20c") == "/a+b c");
}

TEST_CASE("what is not an address is refused: broken escapes, controls, ill-formed bytes") {
  for (const char* text :
       {"%", "%2", "%zz", "a%0d%0aInjected:%201", "%00", "\x01", "%7f", "%ff", "%c3"}) {
    CAPTURE(text);
    CHECK(!decode_path(text).has_value());
    CHECK(!parse_query(std::string("a=") + text).has_value());
    CHECK(!parse_query(std::string(text) + "=a").has_value());
  }
}

TEST_CASE("decoding never fails on what was encoded") {
  testing::Generator generator(7);
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    generator.fill(text);
    bool printable = true;
    std::string encoded;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      printable = printable && byte >= 0x20 && byte != 0x7f;
      constexpr const char* digits = "0123456789ABCDEF";
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    const auto decoded = decode_path(encoded);
    CHECK(decoded.has_value() == printable);
    if (decoded) CHECK(*decoded == text);
    (void)parse_query(generator.mutated(encoded));
  }
}
