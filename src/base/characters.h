// Kinds of ASCII characters. They do not ask the locale, as those of <cctype> do, and take any
// char.
#pragma once

#include <string_view>

namespace buildable {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
// What names are made of in most languages.
constexpr bool is_word_character(char c) { return is_letter_or_digit(c) || c == '_'; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Digits, at least one, and nothing else.
constexpr bool is_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

}  // namespace buildable
