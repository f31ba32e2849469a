// Rewriting the pins of a repository that cannot be built: from its directory to files that are
// changed, or would be.
#pragma once

#include <string>
#include <vector>

#include "app/repository_check.h"
#include "pins/fix_repository.h"

namespace buildable::app {

struct FixRequest {
  std::string root;
  pins::FixAim aim = pins::FixAim::nearest;
  bool dry_run = false;  // nothing is written
};

// Files are named as seen from the working directory.
struct RepositoryFix {
  std::string track;
  std::string track_reason;
  std::vector<Diagnostic> failures;       // what could not be read or written
  std::vector<pins::FileChange> changes;  // those that were made; of a dry run all
  std::vector<Diagnostic> done;           // what these did
  std::vector<pins::PinFinding>
      remaining;                     // what the build would still fail on, with why it was left
  std::vector<Diagnostic> left;      // what builds and was not moved up, with why
  std::vector<Diagnostic> problems;  // what could not be judged or edited
  // Why the build still fails, other than on a pin that remains.
  std::vector<Diagnostic> build_failures;
  bool is_good = false;  // there was nothing to change
};

RepositoryFix fix_repository(const RepositoryChecker& checker, const FixRequest& request);

}  // namespace buildable::app
