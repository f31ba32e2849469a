// What changes between two texts, as `diff -u` and `patch` write it.
#pragma once

#include <string>
#include <string_view>

namespace buildable {

// Empty where the texts are equal. The names stand in the header as they are: "a/x.json", or
// "/dev/null" for a file that is not there. Texts that differ in more than some hundred lines are
// shown as one replacement of all that lies between their equal begin and end.
std::string unified_diff(std::string_view old_text, std::string_view new_text,
                         std::string_view old_name, std::string_view new_name);

}  // namespace buildable
