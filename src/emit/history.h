// What changed from state to state, for programs, feed readers and the page.
#pragma once

#include <string>
#include <vector>

#include "emit/tree.h"
#include "policy/diff.h"

namespace buildable {

struct HistoryState {
  const Policy* policy;
  PolicyChange change;  // against the state before; empty for the first
};

// Oldest first, as given. The policies must outlive the result.
std::vector<HistoryState> history_states(const std::vector<Policy>& policies);

std::string emit_history(const std::vector<HistoryState>& states);
// Atom (RFC 4287), newest first. No time but those of the states.
std::string emit_feed(const std::vector<HistoryState>& states, const Rules& rules,
                      const TreeOptions& options);

// What changed on one track, for people.
struct TrackNews {
  std::string headline;              // "latest: builder:24_0.20.7 → builder:24_0.21.5"
  std::vector<std::string> changes;  // one a runtime: "Snake: 3.14 can be built"
};
std::vector<TrackNews> news_of(const PolicyChange& change);
// One line: "latest: builder:24_0.21.5 → builder:24_0.21.7"; of the first state its builders.
std::string title_of(const HistoryState& state);

}  // namespace buildable
