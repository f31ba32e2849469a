// From a state to the tree of files: what generate writes and publish commits.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/state.h"
#include "emit/tree.h"
#include "model/history.h"

namespace buildable::app {

// A consumer that verifies a tree refuses it after this long without a new one.
inline constexpr std::chrono::days shelf_life{30};

// What is known of states that are not compiled in.
struct KnownHistory {
  std::vector<HistoryState> states;  // oldest first
  std::optional<State> last;         // the state that its last entry tells of
};

// `at`: the instant that the policy is about.
Result<emit::GeneratedTree> generate_tree(const State& state, Instant at,
                                          const emit::TreeOptions& options,
                                          const KnownHistory& known = {});

// The revision of the first publication of a state: "2026.05.14".
std::string revision_of(Instant effective);

}  // namespace buildable::app
