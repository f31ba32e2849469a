// Characters of UTF-8, one at a time. RFC 3629: no overlong forms, no surrogates.
#pragma once

#include <string_view>

namespace buildable {

// The bytes of the character that the text begins with; 0 where it is ill-formed, or is empty.
std::size_t utf8_length(std::string_view text);
// Of exactly one well-formed character.
char32_t utf8_character(std::string_view character);

}  // namespace buildable
