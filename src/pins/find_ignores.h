// Private to src/pins/find*.cpp: "buildable: ignore <reason>" in the comments of a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pins/pin.h"

namespace buildable::pins {

// Marks the pins, whose lines are set, that a comment on their line or alone on the line above
// names. The pins ascend by line. An ignore of a pin without a reason ignores nothing and is a
// problem.
void apply_ignores(std::string_view file, std::string_view text, std::vector<Pin>& pins,
                   std::vector<Diagnostic>& problems);

}  // namespace buildable::pins
