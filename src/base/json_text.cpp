#include "base/json_text.h"

#include <array>

namespace buildable {
namespace {

// Most of what is emitted passes here byte by byte: a table instead of comparisons.
constexpr std::array<bool, 256> escaped_bytes = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) table[byte] = true;
  table['"'] = table['\\'] = table[0x7F] = true;
  return table;
}();

bool needs_escape(char c) { return escaped_bytes[static_cast<unsigned char>(c)]; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view plain = "\"\\\n\t\r", letters = "\"\\ntr";
  out += '\\';
  if (const std::size_t known = plain.find(c); known != std::string_view::npos) {
    out += letters[known];
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  ((out += "u00") += digits[byte >> 4]) += digits[byte & 15];
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out.append(text, done, i - done);
    append_escaped(out, text[i]);
    done = i + 1;
  }
  out.append(text, done);
  out += '"';
}

}  // namespace buildable
