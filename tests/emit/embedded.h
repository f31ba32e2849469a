// Trees of states that are compiled in, with all states before them as history.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>

#include "emit/tree.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable::testing {

using namespace emit;

inline Policy embedded_policy() {
  REQUIRE(!embedded_snapshots().empty());
  const auto& state = embedded_snapshots().back();
  auto policy = compile(embedded_snapshot(state), embedded_rules(), state.effective, state.digest);
  REQUIRE(policy);
  return std::move(*policy);
}

inline Tree embedded_tree_of(std::string_view name, const std::string& base_url = {}) {
  const auto& all = embedded_snapshots();
  const auto state =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  REQUIRE_MESSAGE(state != all.end(), "no state " << std::string(name));
  const Snapshot snapshot = embedded_snapshot(*state);
  const auto policy = compile(snapshot, embedded_rules(), state->effective, state->digest);
  REQUIRE_MESSAGE(policy.has_value(), (policy ? "" : policy.error().to_text()));
  std::vector<HistoryState> history = embedded_history().states;
  history.resize(static_cast<std::size_t>(state - all.begin()) + 1);
  auto tree = emit_tree(
      {embedded_rules(), *policy, write_snapshot(snapshot), std::move(history), snapshot.releases},
      {base_url});
  REQUIRE_MESSAGE(tree.has_value(), (tree ? "" : tree.error().to_text()));
  return std::move(*tree);
}

// Of the newest state.
inline Tree embedded_tree(const std::string& base_url = {}) {
  REQUIRE(!embedded_snapshots().empty());
  return embedded_tree_of(embedded_snapshots().back().name, base_url);
}

}  // namespace buildable::testing
