#include "apply/json_splice.h"

#include <algorithm>

namespace buildable::apply {
namespace {

bool comment_begins(std::string_view text, std::size_t offset) {
  return text.substr(offset).starts_with("//") || text.substr(offset).starts_with("/*");
}

// Precondition: a comment begins there. A line comment ends before its newline.
std::size_t end_of_comment(std::string_view text, std::size_t offset) {
  const std::string_view end = text[offset + 1] == '/' ? "\n" : "*/";
  const std::size_t found = text.find(end, offset + 2);
  if (found == text.npos) return text.size();
  return end == "*/" ? found + 2 : found;
}

// What begins a byte sequence that only white space of JSON5 has: Unicode's spaces are all wide.
bool is_json_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || static_cast<unsigned char>(c) >= 0x80;
}

// After the comma behind an item; npos where there is none.
std::size_t after_comma(std::string_view text, const Node& item) {
  const std::size_t found = skip_json_space(text, item.span.end);
  return found < text.size() && text[found] == ',' ? found + 1 : text.npos;
}

// Whether nothing but white space and comments is before the offset on its line.
bool leads_its_line(std::string_view text, std::size_t offset) {
  const std::size_t begin = line_begin(text, offset);
  return skip_json_space(text.substr(0, offset), begin) == offset;
}

// Between items of one line: what is between its first two, else a space where one is after the
// colon or the bracket.
std::string separator(std::string_view text, const Node& container) {
  if (container.children.size() > 1) {
    const std::size_t comma = after_comma(text, container.children[0]);
    const std::string_view between = text_at(text, {comma, item_span(container.children[1]).begin});
    if (is_blank(between) && between.find('\n') == between.npos) return std::string(between);
  }
  const Node& value = container.is(Node::Kind::object) ? container.children[0] : container;
  return text.substr(0, value.span.begin).ends_with(':') ? "" : " ";
}

std::size_t begin_of_next(const Node& container, std::size_t index) {
  return index + 1 < container.children.size() ? item_span(container.children[index + 1]).begin
                                               : container.span.end - 1;
}

// The lines of an item that has them for itself; empty where it has not.
TextSpan whole_lines(std::string_view text, const Node& container, std::size_t index) {
  const TextSpan item = item_span(container.children[index]);
  const std::size_t comma = after_comma(text, container.children[index]);
  const std::size_t end = comma == text.npos ? item.end : comma;
  const std::size_t next = next_line(text, end);
  const bool alone = begins_its_line(text, item.begin) &&
                     text_at(text, {item.end, next}).find_first_not_of(", \t\r\n") == text.npos;
  const bool inside =
      line_begin(text, item.begin) > container.span.begin && next < container.span.end;
  return alone && inside ? TextSpan{line_begin(text, item.begin), next} : TextSpan{};
}

Edit cut(std::size_t begin, std::size_t end) { return {{begin, end}, {}}; }

std::vector<Edit> take_out_first_of_line(std::string_view text, const Node& container,
                                         std::size_t index) {
  const TextSpan item = item_span(container.children[index]);
  const std::size_t comma = after_comma(text, container.children[index]);
  if (comma == text.npos) return {cut(item.begin, item.end)};
  const std::size_t next = begin_of_next(container, index);
  const std::string_view after = text_at(text, {comma, next});
  const bool to_next = is_blank(after) && after.find('\n') == after.npos;
  const std::size_t end = to_next ? next : comma;
  // A comment before the comma stays.
  if (!is_blank(text_at(text, {item.end, comma - 1})))
    return {cut(item.begin, item.end), cut(comma - 1, end)};
  return {cut(item.begin, end)};
}

}  // namespace

TextSpan item_span(const Node& item) {
  return {item.key_span.end > 0 ? item.key_span.begin : item.span.begin, item.span.end};
}

std::size_t skip_json_space(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    if (comment_begins(text, offset)) {
      offset = end_of_comment(text, offset);
    } else if (is_json_space(text[offset])) {
      ++offset;
    } else {
      break;
    }
  }
  return offset;
}

std::size_t after_first_newline(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end) {
    if (text[begin] == '\n') return begin + 1;
    begin = comment_begins(text, begin) ? end_of_comment(text, begin) : begin + 1;
  }
  return text.npos;
}

std::vector<Edit> put_in_after(std::string_view text, const Node& container, std::size_t index,
                               const std::string& item) {
  const Node& before = container.children[index];
  const TextSpan span = item_span(before);
  const std::size_t comma = after_comma(text, before);
  const bool has_comma = comma != text.npos;
  const std::size_t from = has_comma ? comma : span.end;
  const std::size_t next = after_first_newline(text, from, begin_of_next(container, index));
  if (next == text.npos || !leads_its_line(text, span.begin))
    return {{{span.end, span.end}, "," + separator(text, container) + item}};
  std::vector<Edit> edits;
  if (!has_comma) edits.push_back({{span.end, span.end}, ","});
  const std::string line = std::string(indentation_at(text, span.begin)) + item;
  const std::string newline(newline_of(text));
  edits.push_back({{next, next}, line + (has_comma ? "," : "") + newline});
  return edits;
}

std::vector<Edit> put_in_first(std::string_view text, const Node& container,
                               const std::string& item) {
  const std::size_t first = item_span(container.children[0]).begin;
  const std::size_t line = after_first_newline(text, container.span.begin + 1, first);
  if (line == text.npos || !leads_its_line(text, first))
    return {{{first, first}, item + "," + separator(text, container)}};
  const std::string indentation(indentation_at(text, first));
  return {{{line, line}, indentation + item + "," + std::string(newline_of(text))}};
}

std::vector<Edit> take_out(std::string_view text, const Node& container, std::size_t index) {
  const Node& gone = container.children[index];
  const TextSpan item = item_span(gone);
  const bool is_last = after_comma(text, gone) == text.npos;
  const TextSpan lines = whole_lines(text, container, index);
  const bool has_lines = lines.end > 0;
  if (index == 0 || (has_lines && !is_last))
    return has_lines ? std::vector<Edit>{cut(lines.begin, lines.end)}
                     : take_out_first_of_line(text, container, index);
  const Node& before = container.children[index - 1];
  const std::size_t comma = after_comma(text, before);
  if (has_lines) return {cut(comma - 1, comma), cut(lines.begin, lines.end)};
  const bool nothing_between = is_blank(text_at(text, {before.span.end, comma - 1})) &&
                               is_blank(text_at(text, {comma, item.begin}));
  if (nothing_between) return {cut(before.span.end, item.end)};
  if (!is_last) return take_out_first_of_line(text, container, index);
  return {cut(comma - 1, comma), cut(item.begin, item.end)};
}

}  // namespace buildable::apply
