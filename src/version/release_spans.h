// The finals of a set as bots and people see them: spans of release numbers. Every renderer works
// on these, since no grammar but the sets' own knows all that a scheme orders by.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "version/set.h"

namespace buildable {

// Decimal text without leading zeros, of any length.
using Number = std::string;
using Numbers = std::vector<Number>;

bool less(std::string_view a, std::string_view b);
bool less(const Numbers& a, const Numbers& b);
// Precondition: not "0".
Number predecessor(std::string_view number);

// All releases whose numbers lie in [low, high), compared number by number, missing ones being
// zeros. Without trailing zeros: an empty low is the beginning. No high: no end.
struct ReleaseSpan {
  Numbers low;
  std::optional<Numbers> high;
  friend bool operator==(const ReleaseSpan&, const ReleaseSpan&) = default;
};

// The finals of the set, ascending, disjoint and not touching, told apart by their first `numbers`
// numbers. Bounds that lie between two such releases (a post release) are moved so that less is
// admitted.
std::vector<ReleaseSpan> release_spans(const VersionSet& set, int numbers);
std::vector<ReleaseSpan> release_spans(const VersionSet& set);  // by SchemeRow::release_numbers

// "3.14", "3.14.0": the numbers joined with dots, filled up with zeros to `count`.
std::string dotted(std::span<const Number> numbers, int count = 1);

// The release just below: {3,14} is the end of a span whose last release is 3.13.<anything>, and
// then there is none; {3,14,3} gives {3,14,2}.
std::optional<Numbers> last_release(const ReleaseSpan& span, int numbers);

// Exactly one release.
bool is_single(const ReleaseSpan& span, int numbers);

// The members of the prerelease world that are listed one by one, and whether there are others.
struct PrereleaseMembers {
  std::vector<Version> listed;
  bool spans = false;
};
PrereleaseMembers prerelease_members(const VersionSet& set);

}  // namespace buildable
