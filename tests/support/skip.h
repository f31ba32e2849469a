// For tests that need what a machine may lack.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

namespace buildable::testing {

// Says that a test is skipped, and why; a failure where BUILDABLE_REQUIRE_ORACLES is set, as in CI.
inline void skip(const std::string& why) {
  if (std::getenv("BUILDABLE_REQUIRE_ORACLES") != nullptr) FAIL(why);
  MESSAGE("skipped: " << why);
}

}  // namespace buildable::testing
