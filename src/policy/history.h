// The history of a platform's states. The build makes that of the states that are compiled in,
// once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/history.h"
#include "model/policy.h"

namespace buildable {

// `before`: the policy of the state before, each compiled for the instant at which its state began;
// null for the first. Where no builder was replaced and `now` has heard witnesses that `before` had
// not, the entry tells what became known (HistoryState::known_by).
HistoryState history_state(const Policy* before, const Policy& now);

// A state among those of a history.
struct RecordedState {
  const Snapshot& snapshot;
  std::string digest;
  const Snapshot* before = nullptr;  // of the state before; null: none is known
  std::optional<Instant> until;      // when the next began
};
// What a reader learned of the state, oldest first: when it began, what was known of it then; later
// one entry for each day on which a witness was seen. A witness that is seen when the next state
// has begun has no entry: its builders are not those of today. Fails as `compile`.
Result<std::vector<HistoryState>> history_of(const RecordedState& state, const Rules& rules);

}  // namespace buildable
