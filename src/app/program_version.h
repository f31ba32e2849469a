// Which program this is.
#pragma once

#include <string>

namespace buildable::app {

// "buildable 0.1.0 (newest state compiled in: 2026-05-14)"
std::string version_text();

std::string program_version();  // "0.1.0"

// How the program names itself to servers: "buildable/0.1.0".
std::string user_agent();

}  // namespace buildable::app
