// Bodies as they go over the wire. Pure: the same bytes give the same bytes.
#pragma once

#include <string>
#include <string_view>

namespace buildable::http {

// Empty where the library fails or the result would not be smaller.
std::string gzipped(std::string_view bytes);
std::string brotlied(std::string_view bytes);

}  // namespace buildable::http
