#include "app/program_version.h"

#include "rules/embedded.h"

namespace buildable::app {

std::string version_text() {
  std::string commit = BUILDABLE_COMMIT;
  const std::string facts = facts_date();
  if (!commit.empty()) commit = "commit " + commit.substr(0, 12) + (facts.empty() ? "" : ", ");
  const std::string known = commit + (facts.empty() ? "" : "facts of " + facts);
  return "buildable " + program_version() + (known.empty() ? "" : " (" + known + ")");
}

std::string program_version() { return BUILDABLE_VERSION; }

std::string facts_date() {
  return embedded_snapshots().empty() ? std::string() : embedded_snapshots().back().name;
}

std::string user_agent() { return "buildable/" + program_version(); }

}  // namespace buildable::app
