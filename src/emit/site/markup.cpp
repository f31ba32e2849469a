#include "emit/site/markup.h"

namespace buildable::emit {

namespace {

// Characters that XML 1.0 has no form for (controls other than tab and newline) are dropped.
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if ((static_cast<unsigned char>(c) >= 0x20 && c != '\x7f') || c == '\n' || c == '\t')
          out += c;
    }
  }
}

}  // namespace

MarkupWriter& MarkupWriter::open(std::string_view name) {
  break_line();
  text_ += '<';
  text_ += name;
  pending_ = Pending::start;
  levels_.push_back({name});
  return *this;
}

MarkupWriter& MarkupWriter::close() {
  finish_tag();
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.running_text) break_line();
  text_ += "</";
  text_ += level.name;
  text_ += '>';
  return *this;
}

MarkupWriter& MarkupWriter::attribute(std::string_view name, std::string_view value) {
  text_ += ' ';
  text_ += name;
  text_ += "=\"";
  append_escaped(text_, value);
  text_ += '"';
  return *this;
}

MarkupWriter& MarkupWriter::element(std::string_view name, std::string_view content) {
  open(name).text(content);
  return close();
}

MarkupWriter& MarkupWriter::leaf(std::string_view name) {
  break_line();
  text_ += '<';
  text_ += name;
  pending_ = Pending::leaf;
  return *this;
}

MarkupWriter& MarkupWriter::text(std::string_view content) {
  finish_tag();
  if (!levels_.empty()) levels_.back().running_text = true;
  append_escaped(text_, content);
  return *this;
}

MarkupWriter& MarkupWriter::open_inline(std::string_view name) {
  text({});
  text_ += '<';
  text_ += name;
  pending_ = Pending::start;
  levels_.push_back({name, true});
  return *this;
}

MarkupWriter& MarkupWriter::inline_element(std::string_view name, std::string_view content) {
  open_inline(name).text(content);
  return close();
}

std::string MarkupWriter::take() && {
  finish_tag();
  text_ += '\n';
  return std::move(text_);
}

void MarkupWriter::finish_tag() {
  if (pending_ == Pending::start) text_ += '>';
  if (pending_ == Pending::leaf) text_ += "/>";
  pending_ = Pending::nothing;
}

// Inside running text nothing may be moved to another line.
void MarkupWriter::break_line() {
  finish_tag();
  if (!levels_.empty() && levels_.back().running_text) return;
  text_ += '\n';
  text_.append(levels_.size(), ' ');
}

}  // namespace buildable::emit
