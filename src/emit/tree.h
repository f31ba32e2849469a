// The tree of files: one value, delivered as a directory, a git commit or over HTTP.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/policy.h"

namespace buildable {

// Relative path with "/" -> content. Ordered, so that everything made from it is.
using Tree = std::map<std::string, std::string>;

struct TreeOptions {
  std::string base_url;  // where the tree will be reachable; empty: not known
};

// Everything of design.md's "The tree" except manifest.json. `history` are the older snapshots with
// their policies, oldest first, for history.json and feed.atom.
struct TreeInput {
  const Rules& rules;
  const Policy& policy;
  std::string snapshot_json;
  std::vector<Policy> history;  // oldest first, the current one last
};
Result<Tree> emit_tree(const TreeInput& input, const TreeOptions& options);

}  // namespace buildable
