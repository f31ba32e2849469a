// Points in time, always UTC. std::chrono has no parser in g++ 12, so RFC 3339 is read here.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable {

using Instant = std::chrono::sys_seconds;

// RFC 3339 date-time ("2026-05-14T19:06:38Z", "...+01:00", fraction of seconds dropped).
Result<Instant> parse_instant(std::string_view text);
// As above, or a full date: then the last second of that day, since what was deployed on a day is
// what stood at its end.
Result<Instant> parse_instant_or_day(std::string_view text);
// A full date "2026-04-27": its first second.
Result<Instant> parse_day(std::string_view text);

std::string format_instant(Instant instant);  // "2026-05-14T19:06:38Z"
std::string format_day(Instant instant);      // "2026-05-14"

}  // namespace buildable
