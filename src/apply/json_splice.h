// Members and elements of JSON5 texts put in and taken out, with all comments left where they are.
// Where its neighbour has a line of its own, so has what is put in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "apply/splice.h"
#include "base/document.h"

namespace buildable::apply {

// From the begin of a key or of an element to the end of the value.
TextSpan item_span(const Node& item);

// Past white space and comments.
std::size_t skip_json_space(std::string_view text, std::size_t offset);

// `item` is the text of a member or an element. Preconditions: the container has a child of that
// index; to put in first it has one.
std::vector<Edit> put_in_after(std::string_view text, const Node& container, std::size_t index,
                               const std::string& item);
std::vector<Edit> put_in_first(std::string_view text, const Node& container,
                               const std::string& item);

// With the comma that is no longer needed.
std::vector<Edit> take_out(std::string_view text, const Node& container, std::size_t index);

// The place after the line that `begin` is on: after the first newline that no comment holds;
// npos where there is none before `end`.
std::size_t after_first_newline(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace buildable::apply
