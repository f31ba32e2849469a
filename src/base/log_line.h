// The lines of a command that runs unattended.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace buildable {

enum class LogFormat : std::uint8_t { text, json };

// One event. As text a line for each line of it: "2026-05-14T19:06:38Z warning The state stays …";
// as JSON one line: {"time": …, "level": …, "message": …}. The text may come from outside: what a
// terminal or a reader of lines would take for more than text is escaped.
std::string log_line(LogFormat format, Instant time, std::string_view level, std::string_view text);

}  // namespace buildable
