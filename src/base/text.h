// Small questions about text that several folders ask.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace buildable {

// The pieces between separators, empty ones included: "a,,b" gives 3, "" gives 1.
std::vector<std::string_view> split(std::string_view text, char separator);
// The lines without their "\n" or "\r\n"; a final newline begins no further line.
std::vector<std::string_view> split_lines(std::string_view text);
std::string join(std::span<const std::string> pieces, std::string_view separator);
// Without spaces, tabs, carriage returns and newlines at both ends.
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);
// The number of bytes before the first ill-formed sequence; the whole size when there is none.
std::size_t valid_utf8_prefix(std::string_view text);

// For an error message: control characters and ill-formed bytes as \xNN.
std::string printable(std::string_view text);
// The same, shortened to about `longest` bytes: what comes from outside may be of any length.
inline constexpr std::size_t shown_length = 60;
std::string shortened(std::string_view text, std::size_t longest = 200);
// The same in double quotes, shortened to about 60 bytes.
std::string in_quotes(std::string_view text);

// 1-based; columns count bytes.
struct TextPosition {
  int line = 0;
  int column = 0;
};
TextPosition position_at(std::string_view text, std::size_t offset);

// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
std::size_t edit_distance(std::string_view a, std::string_view b);
// What was probably meant: the candidate with the smallest distance, the first of equals, if at
// most a third of the letters (at least one) differ.
std::optional<std::string> nearest(std::string_view name,
                                   std::span<const std::string_view> candidates);

}  // namespace buildable
