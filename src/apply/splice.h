// What of a text's layout the edits of it have to follow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/edit.h"

namespace buildable::apply {

// The bytes of a span.
std::string_view text_at(std::string_view text, TextSpan span);

// "\r\n" where the first line ends so, else "\n".
std::string_view newline_of(std::string_view text);
// The begin of the line that holds the offset; a byte order mark is before the first line.
std::size_t line_begin(std::string_view text, std::size_t offset);
// Its end, before its newline.
std::size_t line_end(std::string_view text, std::size_t offset);
// The begin of the next line, or the end of the text.
std::size_t next_line(std::string_view text, std::size_t offset);
// The white space that the line of the offset begins with.
std::string_view indentation_at(std::string_view text, std::size_t offset);
// Whether nothing but white space is before the offset on its line.
bool begins_its_line(std::string_view text, std::size_t offset);
bool is_blank(std::string_view text);

}  // namespace buildable::apply
