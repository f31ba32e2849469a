#include "base/printable.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "base/utf8.h"

using namespace buildable;

namespace {

std::string filtered(std::string_view text, OutputTraits traits = {}) {
  std::string shown;
  OutputFilter(traits).append(shown, text);
  return shown;
}

std::string utf8(char32_t c) {
  std::string text;
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12));
    tail(6);
  } else {
    text += static_cast<char>(0xF0 | (c >> 18));
    tail(12);
    tail(6);
  }
  tail(0);
  return text;
}

}  // namespace

TEST_CASE("printable spells out what is not to be seen, and nothing else") {
  struct Row {
    std::string_view text;
    const char* shown;
  };
  for (const Row& row :
       {Row{"plain é € 😀 日本", "plain é € 😀 日本"}, Row{"\x1b[31m", "\\x1b[31m"},
        Row{"a\nb\tc\rd\x7f", "a\\x0ab\\x09c\\x0dd\\x7f"}, Row{std::string_view("\0", 1), "\\x00"},
        Row{"\xC2\x9B"
            "31m",
            "\\u009b31m"},
        Row{"a\u202Eb", "a\\u202eb"},
        Row{"\u2066\u2069\u200E\u200F\u061C", "\\u2066\\u2069\\u200e\\u200f\\u061c"},
        Row{"\u200B\uFEFF\u2060", "\\u200b\\ufeff\\u2060"}, Row{"\u2028\u2029", "\\u2028\\u2029"},
        Row{"\U000E0041", "\\udb40\\udc41"}, Row{"\xFF\xC3(", "\\xff\\xc3("},
        Row{"\xED\xA0\x80", "\\xed\\xa0\\x80"}, Row{"\\x1b", "\\x1b"}}) {
    CAPTURE(row.shown);
    CHECK(printable(row.text) == row.shown);
    CHECK(printable(printable(row.text)) == row.shown);
  }
}

TEST_CASE("of every character either it or its spelling is shown, and the spelling is plain") {
  int hidden = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string text = utf8(c);
    if (utf8_length(text) != text.size() || utf8_character(text) != c) {
      CAPTURE(static_cast<unsigned>(c));
      FAIL("not decoded");
    }
    const std::string shown = printable(text);
    if (shown == text) continue;
    ++hidden;
    if (!is_hidden(c) || shown.front() != '\\') {
      CAPTURE(shown);
      FAIL("neither shown nor spelled out");
    }
  }
  CHECK(hidden > 100);
  CHECK(hidden < 6000);
}

TEST_CASE("output keeps its layout; what a runner of a CI would obey is broken") {
  struct Row {
    std::string_view text;
    const char* shown;
  };
  for (const Row& row :
       {Row{"a\n\tb\r\nc\rd", "a\n\tb\r\nc\\x0dd"}, Row{"::error ::x\n", "\\u003a:error ::x\n"},
        Row{"a\n  \t::add-mask::x", "a\n  \t\\u003a:add-mask::x"},
        Row{"a ::error::x", "a ::error::x"}, Row{"##[error]x", "##\\u005berror]x"},
        Row{"a ###[x] # [y]", "a ###\\u005bx] # [y]"}, Row{"##vso[task]", "##\\u0076so[task]"},
        Row{"## vso", "## vso"}, Row{"\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"},
        Row{"\u202E", "\\u202e"}, Row{"", ""}}) {
    CAPTURE(row.shown);
    CHECK(filtered(row.text) == row.shown);
  }
}

TEST_CASE("our colours and our commands pass where they are meant, and only those") {
  CHECK(filtered("\x1b[31mred\x1b[0m", {.colors = true}) == "\x1b[31mred\x1b[0m");
  for (const char* other :
       {"\x1b[2J", "\x1b]0;t\x07", "\x1b[1;31m", "\x1b[", "\x1b", "\x1b[131m"}) {
    CAPTURE(printable(other));
    CHECK(filtered(other, {.colors = true}).find('\x1b') == std::string::npos);
  }
  CHECK(filtered("::error::x\n", {.workflow_commands = true}) == "::error::x\n");
  CHECK(filtered("\x1b::", {.workflow_commands = true}) == "\\x1b::");
}

TEST_CASE("a line is a line however it comes") {
  for (const std::string_view text : {"a\n ::b", "##[x", "::", "x::"}) {
    const std::string whole = filtered(text);
    std::string pieces;
    OutputFilter filter({});
    for (const char c : text) filter.append(pieces, std::string_view(&c, 1));
    CHECK(pieces == whole);
  }
}
