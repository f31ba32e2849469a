// Points in time as tests write them.
#pragma once

#include <doctest/doctest.h>

#include <string_view>

#include "base/time.h"

namespace buildable::testing {

// Of an instant, or of a day, which is its last second.
inline Instant instant(std::string_view text) {
  const auto parsed = parse_instant_or_day(text);
  REQUIRE_MESSAGE(parsed, std::string(text));
  return *parsed;
}

}  // namespace buildable::testing
