// Whether an observation may take the place of what was known.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "model/rules.h"
#include "model/snapshot.h"
#include "policy/judgement.h"

namespace buildable {

// Both states judged as they are at `now`, by these rules. Null: nothing was known. Fails where the
// fresh one does not read back or does not compile.
Result<Judgement> judge_observed(const Rules& rules, const Snapshot* last_good,
                                 const Snapshot& fresh, Instant now);

}  // namespace buildable
