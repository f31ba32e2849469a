#include "base/yaml_scalar.h"

#include <algorithm>
#include <initializer_list>

namespace buildable {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t take_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count;
}

bool take_any(std::string_view& text, std::string_view characters) {
  const bool there = !text.empty() && characters.find(text.front()) != std::string_view::npos;
  if (there) text.remove_prefix(1);
  return there;
}

// [-+]? ( \.[0-9]+ | [0-9]+ (\.[0-9]*)? ) ([eE][-+]?[0-9]+)?
bool is_decimal(std::string_view text) {
  take_any(text, "-+");
  if (is_one_of(text, {".inf", ".Inf", ".INF"})) return true;
  const std::size_t whole = take_digits(text);
  const std::size_t fraction = take_any(text, ".") ? take_digits(text) : 0;
  if (whole + fraction == 0) return false;
  if (!take_any(text, "eE")) return text.empty();
  take_any(text, "-+");
  return take_digits(text) > 0 && text.empty();
}

bool is_of(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

bool is_number(std::string_view text) {
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return true;
  if (text.starts_with("0o")) return is_of(text.substr(2), "01234567");
  if (text.starts_with("0x")) return is_of(text.substr(2), "0123456789abcdefABCDEF");
  return is_decimal(text);
}

// Of the line break there: YAML 1.1 has some beyond ASCII. 0: there is none.
std::size_t break_length(std::string_view text) {
  for (const std::string_view one : {"\n", "\r", "\u0085", "\u2028", "\u2029"})
    if (text.starts_with(one)) return one.size();
  return 0;
}

// Past white space, line breaks and comments; one of these is before.
std::size_t skip_space(std::string_view text, std::size_t at) {
  bool in_comment = false;
  while (at < text.size()) {
    const std::size_t line_break = break_length(text.substr(at));
    const bool space = text[at] == ' ' || text[at] == '\t';
    in_comment = line_break == 0 && (in_comment || text[at] == '#');
    if (line_break == 0 && !space && !in_comment) break;
    at += std::max<std::size_t>(line_break, 1);
  }
  return at;
}

// The end of an anchor or a tag.
std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != ' ' && text[at] != '\t' &&
         break_length(text.substr(at)) == 0)
    ++at;
  return at;
}

}  // namespace

Node::Kind core_kind(std::string_view plain) {
  if (is_one_of(plain, {"", "~", "null", "Null", "NULL"})) return Node::Kind::null;
  if (is_one_of(plain, {"true", "True", "TRUE", "false", "False", "FALSE"}))
    return Node::Kind::boolean;
  return is_number(plain) ? Node::Kind::number : Node::Kind::string;
}

std::size_t length_of_properties(std::string_view text, int count) {
  std::size_t length = 0;
  for (; count > 0; --count) length = skip_space(text, end_of_word(text, length));
  return length;
}

std::size_t end_of_block_scalar(std::string_view text, TextSpan span) {
  const std::string_view scalar = text.substr(span.begin, span.end - span.begin);
  const std::string_view header = scalar.substr(0, scalar.find('\n'));
  if (header.substr(0, header.find('#')).find('+') != header.npos) return span.end;
  std::size_t end = scalar.size();
  // A line of spaces may be content; an empty one is none.
  while (scalar.substr(0, end).ends_with("\n\n") || scalar.substr(0, end).ends_with("\n\r\n"))
    end = scalar.rfind('\n', end - 2) + 1;
  return span.begin + end;
}

}  // namespace buildable
