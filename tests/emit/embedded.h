// The tree of the newest state that is compiled in, with all states before it as history.
#pragma once

#include <doctest/doctest.h>

#include "emit/tree.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable::testing {

inline Tree embedded_tree(const std::string& base_url = {}) {
  std::vector<Policy> history;
  std::string snapshot_json;
  for (const EmbeddedSnapshot& which : embedded_snapshots()) {
    const Snapshot snapshot = embedded_snapshot(which);
    auto policy = compile(snapshot, embedded_rules(), which.effective, which.digest);
    REQUIRE_MESSAGE(policy.has_value(), (policy ? "" : policy.error().to_text()));
    history.push_back(std::move(*policy));
    snapshot_json = write_snapshot(snapshot);
  }
  REQUIRE(!history.empty());
  const Policy newest = history.back();
  auto tree = emit_tree({embedded_rules(), newest, snapshot_json, std::move(history)}, {base_url});
  REQUIRE_MESSAGE(tree.has_value(), (tree ? "" : tree.error().to_text()));
  return std::move(*tree);
}

}  // namespace buildable::testing
