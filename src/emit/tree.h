// The tree of files: one value, delivered as a directory, a git commit or over HTTP.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"
#include "model/policy.h"

namespace buildable::emit {

// Relative path with "/" -> content. Ordered, so that everything made from it is.
using Tree = std::map<std::string, std::string>;

struct TreeOptions {
  std::string base_url;  // where the tree will be reachable; empty: not known
};

// What follows from a state: its tree of files, and what that was made from.
struct GeneratedTree {
  Policy policy;
  Instant effective;                           // when the state began
  std::vector<HistoryState> history;           // of the states up to this one
  Tree tree;                                   // without the manifest
  std::vector<RuntimeReleases> releases = {};  // upstream's, of the snapshot
};

struct TreeInput {
  const Rules& rules;
  const Policy& policy;
  std::string snapshot_json;              // snapshot.json as it is
  std::vector<HistoryState> history;      // oldest first, the policy's state last
  std::vector<RuntimeReleases> releases;  // upstream's, where known: of the snapshot
};

// All files but manifest.json. The same input gives the same bytes everywhere.
//
// Every track and runtime of the rules has its presets, whether the policy knows it or not: where
// there is no builder nothing is allowed, where there is no bound nothing is limited. So no address
// that a repository extends ceases to answer. Fails where the rules name a Dependabot ecosystem
// whose grammar is not known.
Result<Tree> emit_tree(const TreeInput& input, const TreeOptions& options);

// openapi.json: the service described for programs (OpenAPI 3.1), written by hand. tests/serve
// holds it against the routes and their answers.
std::string_view openapi_text();

}  // namespace buildable::emit
