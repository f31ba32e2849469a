// What was learnt from edits that were tried: what cannot be edited, and what a build does not
// take.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pins/pin.h"

namespace buildable::pins {

// A pin that is not to be edited.
struct HeldPin {
  Pin pin;
  std::string why;  // for people
};

struct FixLimits {
  std::vector<HeldPin> held;
  // By runtime: the series that no pin is moved to, and why the build would fail with each.
  std::map<std::string, std::map<std::string, std::string>> failing;

  // Null: pins may be moved to the series.
  const std::string* why_not(const std::string& runtime, const std::string& series) const;
};

}  // namespace buildable::pins
