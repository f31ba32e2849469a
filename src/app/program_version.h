// Which program this is.
#pragma once

#include <string>

namespace buildable::app {

// "buildable 0.1.0 (commit 0123456789ab, facts of 2026-05-14)"; a build that does not know its
// commit leaves it out.
std::string version_text();

std::string program_version();  // "0.1.0"

std::string facts_date();  // of the newest state that is compiled in: "2026-05-14"; or empty

// How the program names itself to servers: "buildable/0.1.0".
std::string user_agent();

}  // namespace buildable::app
