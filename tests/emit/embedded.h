// The tree of the newest state that is compiled in, with all states before it as history.
#pragma once

#include <doctest/doctest.h>

#include "emit/tree.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable::testing {

inline Tree embedded_tree(const std::string& base_url = {}) {
  REQUIRE(!embedded_snapshots().empty());
  const EmbeddedSnapshot& newest = embedded_snapshots().back();
  const Snapshot snapshot = embedded_snapshot(newest);
  const auto policy = compile(snapshot, embedded_rules(), newest.effective, newest.digest);
  REQUIRE_MESSAGE(policy.has_value(), (policy ? "" : policy.error().to_text()));
  auto tree = emit_tree(
      {embedded_rules(), *policy, write_snapshot(snapshot), embedded_history().states}, {base_url});
  REQUIRE_MESSAGE(tree.has_value(), (tree ? "" : tree.error().to_text()));
  return std::move(*tree);
}

}  // namespace buildable::testing
