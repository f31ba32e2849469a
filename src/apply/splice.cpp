#include "apply/splice.h"

#include "base/text_index.h"

#include <algorithm>

namespace buildable::apply {

std::string_view text_at(std::string_view text, TextSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::string_view newline_of(std::string_view text) {
  const std::size_t newline = text.find('\n');
  return newline != text.npos && newline > 0 && text[newline - 1] == '\r' ? "\r\n" : "\n";
}

std::size_t line_begin(std::string_view text, std::size_t offset) {
  const std::size_t newline = text.substr(0, offset).rfind('\n');
  if (newline != text.npos) return newline + 1;
  return text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

std::size_t line_end(std::string_view text, std::size_t offset) {
  const std::size_t newline = text.find('\n', offset);
  if (newline == text.npos) return text.size();
  return newline > offset && text[newline - 1] == '\r' ? newline - 1 : newline;
}

std::size_t next_line(std::string_view text, std::size_t offset) {
  const std::size_t newline = text.find('\n', offset);
  return newline == text.npos ? text.size() : newline + 1;
}

std::string_view indentation_at(std::string_view text, std::size_t offset) {
  const std::string_view line = text.substr(line_begin(text, offset));
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

bool begins_its_line(std::string_view text, std::size_t offset) {
  return is_blank(text_at(text, {line_begin(text, offset), offset}));
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

}  // namespace buildable::apply
