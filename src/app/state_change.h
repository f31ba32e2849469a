// Whether a state may take the place of the one that was known.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/policy.h"
#include "model/snapshot.h"
#include "policy/judgement.h"

namespace buildable::app {

struct StateChange {
  std::optional<Policy> before;  // of the state that was known, as it is now
  std::vector<Finding> findings;
};

// Both states as they are at `at`, by the rules compiled in; `policy` is the fresh one's. Null:
// nothing was known. Fails where the known one does not compile.
Result<StateChange> judge_state(const Snapshot* last, const Snapshot& fresh, const Policy& policy,
                                Instant at);

// Why the fresh state is refused; empty: it may take the place.
std::vector<Diagnostic> refusals_in(const std::vector<Finding>& findings);

}  // namespace buildable::app
