#include "pins/fix_limits.h"

namespace buildable::pins {

const std::string* FixLimits::why_not(const std::string& runtime, const std::string& series) const {
  const auto of_runtime = failing.find(runtime);
  if (of_runtime == failing.end()) return nullptr;
  const auto found = of_runtime->second.find(series);
  return found == of_runtime->second.end() ? nullptr : &found->second;
}

}  // namespace buildable::pins
