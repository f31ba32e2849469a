// The tree of release numbers, written as a regular expression.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "version/regex_digits.h"
#include "version/release_spans.h"

namespace buildable {

// A span below a prefix of numbers: the bounds without that prefix. An empty low is the beginning
// of what is below the prefix, no high its end.
struct Slice {
  std::span<const Number> low;
  std::optional<std::span<const Number>> high;
  bool whole() const { return low.empty() && !high; }
};
std::vector<Slice> slices_of(std::span<const ReleaseSpan> spans);

// The numbers that may come next, where one range has one continuation.
struct Child {
  NumberRange range;
  std::vector<Slice> below;  // what is admitted below each number of the range
};
std::vector<Child> children_of(std::span<const Slice> slices);

// The prefix itself, followed by zeros only, is a member.
inline bool holds_prefix(std::span<const Slice> slices) { return slices.front().low.empty(); }

enum class Partial : std::uint8_t {
  admitted,  // "3" and "3.14" pass where a release below them does
  exact,     // "3.14" is 3.14.0 and nothing else
};

// Patterns of the releases in the spans, `depth` numbers at most, as few alternatives as there are
// numbers with different continuations, ascending: {"3(?:\.1[0-4](?:\.\d+)*)?"}.
Alternatives tree_pattern(std::span<const Slice> slices, int depth, Partial partial);

}  // namespace buildable
