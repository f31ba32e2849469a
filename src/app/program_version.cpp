#include "app/program_version.h"

#include "rules/embedded.h"

namespace buildable::app {

std::string version_text() {
  std::string text = std::string("buildable ") + BUILDABLE_VERSION;
  if (!embedded_snapshots().empty()) {
    text += " (newest state compiled in: " + embedded_snapshots().back().name + ")";
  }
  return text;
}

std::string program_version() { return BUILDABLE_VERSION; }

std::string user_agent() { return std::string("buildable/") + BUILDABLE_VERSION; }

}  // namespace buildable::app
