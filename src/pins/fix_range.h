// Private to src/pins/fix*.cpp: a range expression rewritten so that it takes a version in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pins/fix_targets.h"
#include "version/range.h"

namespace buildable::pins {

struct RangeText {
  Grammar grammar = Grammar::npm;
  Scheme scheme = Scheme::semver;
  int series_components = 1;
  std::string_view text;
  bool cuts_ends = false;  // as parse_range_of_build (pins/fix_reading.h)
};

// What may become of a list of alternatives ("20 || 22").
enum class RangeAlternatives : std::uint8_t {
  keep,     // they build: one more is added, or the last one's upper bound raised
  replace,  // none builds: the one nearest to the target gives way
};

// Texts that differ from the range as little as its grammar allows, likely ones first. Bounds and
// versions that already let the target in stay as they are; a lower bound is lowered, an upper one
// raised, anything else is replaced at its own precision. Whether a text really takes the target in
// is for the caller to verify.
std::vector<std::string> ranges_taking_in(const RangeText& range, const FixTarget& target,
                                          RangeAlternatives alternatives);

}  // namespace buildable::pins
