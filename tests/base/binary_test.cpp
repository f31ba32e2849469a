#include <doctest/doctest.h>

#include "base/binary_codec.h"
#include "base/sample.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::testing;
using namespace std::literals;

TEST_CASE("what is encoded is decoded") {
  Generator generator(3);
  for (int i = 0; i < 3000; ++i) {
    Sample sample = generator.make<Sample>();
    Result<Sample> again = decode<Sample>(encode(sample));
    REQUIRE(again.has_value());
    REQUIRE(*again == sample);
  }
}

TEST_CASE("the bytes are compact") {
  CHECK(encode(Leaf{"abc", -2}) == std::string("\x03"
                                               "abc\x03"));
  CHECK(encode(Leaf{"", 64}) == "\x00\x80\x01"s);
}

TEST_CASE("bytes that end early, go on, or say what cannot be are refused") {
  const std::string good = encode(Leaf{"abc", 300});
  for (std::size_t length = 0; length < good.size(); ++length) {
    CHECK_FALSE(decode<Leaf>(std::string_view(good).substr(0, length)).has_value());
  }
  CHECK_FALSE(decode<Leaf>(good + "x").has_value());
  CHECK_FALSE(decode<Leaf>("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01").has_value());
  CHECK_FALSE(decode<Leaf>("\0\xFF\xFF\xFF\xFF\x7F"s).has_value());  // no int
}

TEST_CASE("10,000 damaged texts decode to an error or a value, never to a crash") {
  Generator generator(4);
  int refused = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string bytes = generator.mutated(encode(generator.make<Sample>()));
    Result<Sample> sample = decode<Sample>(bytes);
    if (!sample) ++refused;
  }
  CHECK(refused > 1000);
}

TEST_CASE("keys of a map that are out of order or repeated are refused") {
  Sample sample;
  sample.aliases = {{"a", "1"}, {"b", "2"}};
  std::string bytes = encode(sample);
  std::string repeated = bytes;
  repeated[bytes.rfind('b')] = 'a';
  CHECK(decode<Sample>(bytes).has_value());
  CHECK_FALSE(decode<Sample>(repeated).has_value());
}
