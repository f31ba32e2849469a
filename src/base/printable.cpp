#include "base/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "base/utf8.h"

namespace buildable {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt (Bidi_Control, Default_Ignorable) and
// the general categories Cc, Cf, Zl and Zp, as far as they draw nothing by themselves. Sorted.
constexpr std::array<Range, 20> hidden_ranges{{
    {0x00, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},
    {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},
    {0xFE00, 0xFE0E},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
    {0x13430, 0x13455}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}};

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_byte(std::string& shown, char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  shown += "\\x";
  shown += hex_digits[byte >> 4U];
  shown += hex_digits[byte & 15U];
}

void append_unit(std::string& shown, unsigned unit) {
  shown += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) shown += hex_digits[(unit >> shift) & 15U];
}

// As JSON does: above U+FFFF two halves.
void append_character(std::string& shown, char32_t c) {
  if (c <= 0xFFFF) return append_unit(shown, c);
  append_unit(shown, 0xD800U + ((c - 0x10000U) >> 10U));
  append_unit(shown, 0xDC00U + ((c - 0x10000U) & 0x3FFU));
}

// Everything but what is plain ASCII. The bytes it took.
std::size_t append_other(std::string& shown, std::string_view rest) {
  const std::size_t length = utf8_length(rest);
  if (length <= 1) {
    append_byte(shown, rest.front());
    return 1;
  }
  const char32_t c = utf8_character(rest.substr(0, length));
  if (is_hidden(c))
    append_character(shown, c);
  else
    shown += rest.substr(0, length);
  return length;
}

bool is_visible_ascii(char c) { return c >= ' ' && c < '\x7f'; }

// The length of a colour of ours at the beginning: ESC [ digits m.
std::size_t color_length(std::string_view text) {
  if (!text.starts_with("\033[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789", 2);
  return end <= 4 && end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

}  // namespace

bool is_hidden(char32_t character) {
  const auto after =
      std::upper_bound(hidden_ranges.begin(), hidden_ranges.end(), character,
                       [](char32_t c, const Range& range) { return c < range.first; });
  return after != hidden_ranges.begin() && character <= std::prev(after)->last;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    if (is_visible_ascii(text.front())) {
      shown += text.front();
      text.remove_prefix(1);
    } else {
      text.remove_prefix(append_other(shown, text));
    }
  }
  return shown;
}

// What passes although it is a control character. The bytes it took; 0 where there is none.
std::size_t OutputFilter::pass_layout(std::string& shown, std::string_view rest) {
  std::size_t length = 0;
  if (rest.front() == '\n' || rest.front() == '\t')
    length = 1;
  else if (rest.starts_with("\r\n"))
    length = 2;
  else if (traits_.colors)
    length = color_length(rest);
  shown += rest.substr(0, length);
  if (rest.substr(0, length).ends_with('\n')) begins_line_ = true;
  return length;
}

// A runner looks for "::" after the blanks at the beginning of a line, and for "##[" anywhere
// (https://github.com/actions/runner, ActionCommand); that of Azure Pipelines for "##vso[".
void OutputFilter::append(std::string& shown, std::string_view piece) {
  shown.reserve(shown.size() + piece.size());
  while (!piece.empty()) {
    const char c = piece.front();
    const int hashes = hashes_;
    hashes_ = c == '#' ? std::min(hashes + 1, 2) : 0;
    if (!is_visible_ascii(c)) {
      if (const std::size_t passed = pass_layout(shown, piece)) {
        piece.remove_prefix(passed);
        continue;
      }
      begins_line_ = false;
      piece.remove_prefix(append_other(shown, piece));
      continue;
    }
    const bool command = (c == ':' && begins_line_ && !traits_.workflow_commands) ||
                         (hashes == 2 && (c == '[' || piece.starts_with("vso[")));
    begins_line_ = begins_line_ && c == ' ';
    if (command)
      append_unit(shown, static_cast<unsigned char>(c));
    else
      shown += c;
    piece.remove_prefix(1);
  }
}

}  // namespace buildable
