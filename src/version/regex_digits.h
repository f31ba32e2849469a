// Ranges of numbers as digit patterns.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "version/release_spans.h"

namespace buildable {

// Both ends included; no `last`: no end.
struct NumberRange {
  Number first;
  std::optional<Number> last;
};

// Alternatives of a regular expression, joined with "|": how many decides whether a group is
// needed.
struct Alternatives {
  std::string text;
  int count = 0;
  void add(std::string_view alternative) {
    if (count++) text += '|';
    text += alternative;
  }
  // As one piece of a sequence.
  std::string grouped() const { return count > 1 ? "(?:" + text + ")" : text; }
};

// Exactly the numbers of the ranges (disjoint, ascending), canonical: the same numbers give the
// same text however they are cut into ranges. {0..15} gives "\d|1[0-5]".
Alternatives digit_pattern(std::span<const NumberRange> ranges);

}  // namespace buildable
