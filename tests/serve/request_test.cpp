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

TEST_CASE("the own address is told by a plain host alone, and its scheme by the proxy") {
  struct Row {
    const char* host;
    const char* forwarded_proto;
    const char* address;
  };
  const Row rows[] = {
      {"buildable.toolforge.org", "https", "https://buildable.toolforge.org/"},
      {"Buildable.Toolforge.org:8080", "", "http://buildable.toolforge.org:8080/"},
      {"localhost:8080", "http", "http://localhost:8080/"},
      {"127.0.0.1", "ftp", "http://127.0.0.1/"},
      {"[::1]:8080", "", "http://[::1]:8080/"},
      {"a.b", "https, http", "http://a.b/"},
      // None of these may come into a page.
      {"", "https", ""},
      {"a'onclick=x", "", ""},
      {"a<b", "", ""},
      {"user@host", "", ""},
      {"a/b", "", ""},
      {"a b", "", ""},
      {"a..b", "", ""},
      {"-a", "", ""},
      {"a%2fb", "", ""},
      {"a;b", "", ""},
      {"a:", "", ""},
      {"a:0", "", ""},
      {"a:123456", "", ""},
      {"a:80x", "", ""},
      {"[::1", "", ""},
      {"[g::1]", "", ""},
      {"[::1]x", "", ""},
      {"\xc3\xa4.org", "", ""},
  };
  for (const Row& row : rows) {
    Request request;
    request.host = row.host;
    request.forwarded_proto = row.forwarded_proto;
    CHECK_MESSAGE(own_address(request) == row.address, row.host);
  }
  const std::string longer(254, 'a');
  Request request;
  request.host = longer;
  CHECK(own_address(request).empty());
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
