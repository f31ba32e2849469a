// Private to src/pins/fix*.cpp: where in a range expression its comparators stand. The reading of
// a range is version/range.h's; this only finds what may be replaced.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "pins/spelling.h"
#include "version/range.h"

namespace buildable::pins {

enum class ComparatorRole : std::uint8_t {
  around,    // exact, caret, tilde, wildcard: it names the versions that it means
  from,      // ">="
  above,     // ">"
  below,     // "<"
  up_to,     // "<=", the end of a hyphen range
  excluded,  // "!="
};

struct Comparator {
  ComparatorRole role = ComparatorRole::around;
  std::size_t alternative = 0;  // of those that bars (in Maven: brackets) part
  TextSpan whole;               // with its operator; in Maven without the brackets
  TextSpan op;                  // the operator, or Maven's opening bracket; may be empty
  TextSpan version;
  VersionText parts;
};

// In the order of the text. Words that name no number ("*", "latest") are left out.
std::vector<Comparator> comparators_of(Grammar grammar, std::string_view range);

// A range of this comparator alone, with another operator and version in their places.
std::string alone(Grammar grammar, const Comparator& comparator, std::string_view op,
                  std::string_view version);

// What says ">=" where the comparator says ">".
std::string_view inclusive_low(Grammar grammar);

}  // namespace buildable::pins
