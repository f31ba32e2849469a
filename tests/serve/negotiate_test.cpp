#include "serve/negotiate.h"

#include <doctest/doctest.h>

#include <string>

using namespace buildable::http;

TEST_CASE("the coding that the client prefers is chosen, brotli before gzip") {
  struct Row {
    const char* header;
    Coding chosen;
  };
  const Row rows[] = {
      {"", Coding::identity},
      {"gzip", Coding::gzip},
      {"x-gzip", Coding::gzip},
      {"br", Coding::brotli},
      {"gzip, deflate, br", Coding::brotli},
      {"gzip, deflate, br, zstd", Coding::brotli},
      {"GZIP", Coding::gzip},
      {"br;q=0.5, gzip;q=0.8", Coding::gzip},
      {"br;q=0, gzip", Coding::gzip},
      {"gzip;q=0", Coding::identity},
      {"*", Coding::brotli},
      {"*;q=0", Coding::identity},
      {"*;q=0, gzip", Coding::gzip},
      {"identity", Coding::identity},
      {"identity;q=1, gzip;q=0.5", Coding::identity},
      {"identity;q=0.5, gzip;q=0.5", Coding::gzip},
      {"identity;q=0, zstd", Coding::identity},
      {"deflate", Coding::identity},
      {"gzip ; q=0.001", Coding::gzip},
      {"gzip;q=0.0001", Coding::identity},
      {"gzip;q=nonsense", Coding::identity},
      {",,;;q=", Coding::identity},
      {"brotli, gzippy", Coding::identity},
  };
  for (const Row& row : rows) {
    CAPTURE(row.header);
    CHECK(choose(row.header, {true, true}) == row.chosen);
  }
}

TEST_CASE("what there is not is not chosen") {
  CHECK(choose("br, gzip", {true, false}) == Coding::gzip);
  CHECK(choose("br, gzip", {false, true}) == Coding::brotli);
  CHECK(choose("br, gzip", {false, false}) == Coding::identity);
}

TEST_CASE("tags are compared weakly, in lists, and by star") {
  const std::string tag = "\"abc\"";
  for (const char* header :
       {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"abc\" ", "*", " * "})
    CHECK_MESSAGE(matches(header, tag), header);
  for (const char* header : {"", "abc", "\"abcd\"", "w/\"abc\"", "\"ABC\"", "\"x\"", "**", "\"abc"})
    CHECK_MESSAGE(!matches(header, tag), header);
}
