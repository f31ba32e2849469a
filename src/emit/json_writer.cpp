#include "emit/json_writer.h"

#include <array>
#include <charconv>

namespace buildable {

namespace {

// Most of what is emitted passes here byte by byte: a table instead of three comparisons.
constexpr std::array<bool, 256> escaped_bytes = [] {
  std::array<bool, 256> table{};
  for (int byte = 0; byte < 0x20; ++byte) table[static_cast<std::size_t>(byte)] = true;
  table['"'] = table['\\'] = true;
  return table;
}();

bool needs_escape(char c) { return escaped_bytes[static_cast<unsigned char>(c)]; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    default: {
      const auto byte = static_cast<unsigned char>(c);
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
}

}  // namespace

JsonWriter& JsonWriter::open(char opening, Layout layout) {
  before_item();
  text_ += opening;
  // Inside a line everything stays on it.
  if (!levels_.empty() && levels_.back().layout == Layout::line) layout = Layout::line;
  levels_.push_back({opening == '{' ? '}' : ']', layout});
  return *this;
}

JsonWriter& JsonWriter::close() {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.layout == Layout::block && !level.empty) break_line();
  text_ += level.closing;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  before_item();
  append_quoted(name);
  text_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  before_item();
  append_quoted(text);
  return *this;
}

JsonWriter& JsonWriter::json(std::string_view text) {
  before_item();
  text_ += text;
  return *this;
}

JsonWriter& JsonWriter::null() {
  before_item();
  text_ += "null";
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  before_item();
  text_ += flag ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  before_item();
  std::array<char, 24> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  text_.append(digits.data(), end);
  return *this;
}

JsonWriter& JsonWriter::value(std::span<const std::string> texts) {
  open_array(Layout::line);
  for (const std::string& text : texts) value(std::string_view(text));
  return close();
}

std::string JsonWriter::take() && {
  text_ += '\n';
  return std::move(text_);
}

void JsonWriter::before_item() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) text_ += level.layout == Layout::line ? ", " : ",";
  if (level.layout == Layout::block) break_line();
  level.empty = false;
}

void JsonWriter::break_line() {
  text_ += '\n';
  text_.append(2 * levels_.size(), ' ');
}

void JsonWriter::append_quoted(std::string_view text) {
  text_ += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    text_.append(text, done, i - done);
    append_escaped(text_, text[i]);
    done = i + 1;
  }
  text_.append(text, done);
  text_ += '"';
}

}  // namespace buildable
