// What every writer of JSON shares.
#pragma once

#include <string>
#include <string_view>

namespace buildable {

// In quotes, with what JSON or a terminal would mistake escaped. The text must be UTF-8.
void append_json_string(std::string& out, std::string_view text);

}  // namespace buildable
