#include "base/text_index.h"

#include <doctest/doctest.h>

#include "support/generated.h"

using namespace buildable;
using namespace buildable::testing;

TEST_CASE("a looked-up place is the counted one") {
  for (const std::string text : {"", "a", "\n", "a\nbc\n\nd", "a\r\nb", "\n\n\n", "é\nüü\n"}) {
    CAPTURE(text);
    const LineIndex lines(text);
    for (std::size_t offset = 0; offset <= text.size() + 2; ++offset) {
      CAPTURE(offset);
      const TextPosition counted = position_at(text, offset), found = lines.position(offset);
      CHECK(found.line == counted.line);
      CHECK(found.column == counted.column);
    }
  }
}

TEST_CASE("lines begin where the one before ends") {
  const LineIndex lines("ab\n\ncd");
  CHECK(lines.begin_of(1) == 0);
  CHECK(lines.begin_of(2) == 3);
  CHECK(lines.begin_of(3) == 4);
  CHECK(lines.begin_of(4) == 6);
}

TEST_CASE("characters are found by their number, and numbered by their place") {
  std::string mixed;
  for (int i = 0; i < 300; ++i) mixed += i % 3 == 0 ? "é" : i % 7 == 0 ? "\U0001F600" : "x";
  for (const std::string& text :
       {std::string(), std::string(500, 'a'), mixed, std::string(byte_order_mark),
        std::string(byte_order_mark) + mixed}) {
    const CharacterIndex characters(text);
    std::size_t byte = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    for (std::size_t number = 0; byte < text.size(); ++number) {
      CHECK(characters.byte(number) == byte);
      CHECK(characters.character(byte) == number);
      do ++byte;
      while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80);
    }
    CHECK(characters.byte(text.size() + 1) == text.size());
  }
}
