// What changed from state to state, for programs, feed readers and the page.
#pragma once

#include <string>
#include <vector>

#include "emit/json_writer.h"
#include "emit/tree.h"
#include "model/history.h"

namespace buildable::emit {

std::string emit_history(const std::vector<HistoryState>& states);
// One state, as it stands there.
void write_history_state(JsonWriter& json, const HistoryState& state);
// Atom (RFC 4287), newest first. No time but those of the states, and the day on which the last was
// seen.
std::string emit_feed(const std::vector<HistoryState>& states, const Rules& rules,
                      Instant last_seen, const TreeOptions& options);

// What changed on one track, for people.
struct TrackChanges {
  std::string headline;              // "latest: builder:24_0.20.7 → builder:24_0.21.5"
  std::vector<std::string> changes;  // one a runtime: "Snake: 3.14 can be built"
};
std::vector<TrackChanges> changes_by_track(const HistoryState& state);
// One line: "latest: builder:24_0.21.5 → builder:24_0.21.7"; of the first state its builders.
std::string title_of(const HistoryState& state);

}  // namespace buildable::emit
