// The history of a platform's states. The build makes that of the states that are compiled in,
// once.
#pragma once

#include "model/history.h"
#include "model/policy.h"

namespace buildable {

// `before`: the policy of the state before, each compiled for the instant at which its state began;
// null for the first.
HistoryState history_state(const Policy* before, const Policy& now);

}  // namespace buildable
