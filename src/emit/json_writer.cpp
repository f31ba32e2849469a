#include "emit/json_writer.h"

#include <array>
#include <charconv>

#include "base/json_text.h"

namespace buildable::emit {

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
  append_json_string(text_, name);
  text_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  before_item();
  append_json_string(text_, text);
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

}  // namespace buildable::emit
