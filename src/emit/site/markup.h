// Well-formed markup for HTML and Atom. Text and attribute values can only get in escaped; names of
// elements are the code's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace buildable::emit {

class MarkupWriter {
 public:
  // What stands before the first element: a doctype or an XML declaration.
  explicit MarkupWriter(std::string_view prologue) : text_(prologue) {}

  // Elements that hold elements; each on a line of its own.
  MarkupWriter& open(std::string_view name);
  MarkupWriter& close();
  // Valid directly after open(), leaf() or another attribute.
  MarkupWriter& attribute(std::string_view name, std::string_view value);
  // An element that holds text, or nothing: <name …>text</name>.
  MarkupWriter& element(std::string_view name, std::string_view text);
  // An element without content: <name …/>, ended by the next call of anything but attribute().
  MarkupWriter& leaf(std::string_view name);
  // Inside an open element, on its line: for running text with elements in it.
  MarkupWriter& text(std::string_view content);
  MarkupWriter& open_inline(std::string_view name);
  MarkupWriter& inline_element(std::string_view name, std::string_view content);

  // The text with a final newline; everything must be closed.
  std::string take() &&;

 private:
  enum class Pending : char { nothing, start, leaf };

  void finish_tag();
  void break_line();

  struct Level {
    std::string_view name;
    bool running_text = false;  // no line breaks inside: they would be white space in the text
  };

  std::string text_;
  std::vector<Level> levels_;
  Pending pending_ = Pending::nothing;
};

}  // namespace buildable::emit
