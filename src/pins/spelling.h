// The style in which a version is written already.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "version/version.h"

namespace buildable::pins {

// A version text in parts: "v", {"22"}, ".x", "".
struct VersionText {
  std::string prefix;                // letters before the first digit
  std::vector<std::string> numbers;  // those before the first wildcard
  std::string wildcards;             // ".x", ".*.*"
  std::string suffix;                // "-rc.1", "-0", ".a"
};
// Nothing where the text names no number: "latest", "*".
std::optional<VersionText> version_text_of(std::string_view text);
std::string to_string(const VersionText& text);

// How many of the numbers mean something: the zeros at the end of "22.0.0" only fill up. At least
// `series_components`, as far as there are so many.
std::size_t significant_numbers(const std::vector<std::string>& numbers, int series_components);

}  // namespace buildable::pins
