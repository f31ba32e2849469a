// What `buildable --version` says.
#pragma once

#include <string>

namespace buildable {

// "buildable 0.1.0 (newest state compiled in: 2026-05-14)"
std::string version_text();

}  // namespace buildable
