// Private to src/version/range*.cpp: what the parsers of range grammars share, above the tools of
// version/scheme.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "version/scheme.h"
#include "version/set.h"

namespace buildable {

// Release numbers as decimal text of any length: "3.14" is {"3", "14"}.
using Numbers = std::vector<std::string>;

// What parse_range hands to a parser is trimmed and no longer than this.
inline constexpr std::size_t max_range_length = 1000;
inline constexpr std::size_t max_range_alternatives = 100;

inline constexpr std::string_view range_spaces = " \t\r\n";

// The longest run of bytes that are, or that are not, among the given ones.
std::string_view take_any_of(Scanner& scanner, std::string_view bytes);
std::string_view take_none_of(Scanner& scanner, std::string_view bytes);
// True if there was space to skip.
bool skip_spaces(Scanner& scanner);
// Dotted digits; a dot that no digit follows is left. Empty if there are none.
Numbers take_numbers(Scanner& scanner);
// "unexpected ..." at the place where the scanner stands.
tl::unexpected<Error> unexpected(const Scanner& scanner);

// The alternatives that "|" or "||" separates, trimmed.
std::vector<std::string_view> split_at_bars(std::string_view text);

// The number at `index` raised by one and those after it dropped: {1,2,3} at 1 is {1,3}.
Numbers bumped(const Numbers& numbers, std::size_t index);
// Which number a caret range holds fixed last: the first that is not zero, else the last one. Only
// three count.
std::size_t caret_index(const Numbers& numbers);

// The cut on that side of the version that the text names.
Result<Cut> cut_at(Scheme scheme, Cut::Side side, std::string_view version);
// Finals and prereleases between two cuts.
VersionSet between(Scheme scheme, const std::optional<Cut>& low, const std::optional<Cut>& high);
// As above, below the floor of a release.
Result<VersionSet> between(Scheme scheme, const std::optional<Cut>& low, std::string_view high);
// As above, between the floors of two releases: "3.14" and "3.15" are the series 3.14.
Result<VersionSet> between_floors(Scheme scheme, std::string_view low, std::string_view high);

}  // namespace buildable
