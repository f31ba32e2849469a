// Whether a published tree is to be trusted, in whatever way it can be read.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "publish/verification.h"

namespace buildable::app {

// How the files of a tree are come by.
struct TreeAccess {
  // Those of the paths that are there; fails where that cannot be told.
  std::function<Result<std::map<std::string, std::string>>(const std::vector<std::string>& paths)>
      read;
  // The paths of all files that are there; absent where a place cannot be asked for that.
  std::function<Result<std::vector<std::string>>()> list;
};

struct TreeVerification {
  publish::Manifest manifest;                // where it is trusted
  std::map<std::string, std::string> files;  // with the manifest and its signature
  std::optional<Error> refused;              // why the tree is not to be trusted
};

// Signature, expiry and revision first; only then the files. Fails where it cannot be told.
Result<TreeVerification> verify_tree(const publish::Trust& trust,
                                     const std::vector<std::string>& allowed,
                                     const TreeAccess& access);

struct VerifyRequest {
  std::vector<std::string> key_files;  // one of them must have signed
  std::string not_older_than;          // a revision; may be empty
  std::string state_directory;         // the newest verified revision is kept there; may be empty
  std::vector<std::string> allowed;    // files that may be there besides
  Instant at;
};

// The same, with trust from files; nothing older than what was verified before is trusted.
Result<TreeVerification> verify_tree(const VerifyRequest& request, const TreeAccess& access);

}  // namespace buildable::app
