// Private to base: the reader behind parse_json for what JSON5 has and JSON has not.
#pragma once

#include <string_view>

#include "base/document.h"

namespace buildable {

// Precondition: the text is UTF-8.
Result<Node> parse_json5(std::string_view text, std::string_view file, bool repeated_keys);

// Of members with one key the last stays.
void keep_last_of_repeated(Node& object);

// Whether a number's text is a whole number of 64 bits, which then stands in `integer`.
Node::Kind number_kind(Node& number);

}  // namespace buildable
