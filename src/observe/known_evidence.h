// An unchanged platform gives an unchanged snapshot.
#pragma once

#include "model/snapshot.h"

namespace buildable::observe {

// The fresh snapshot, in which every fact that stands in the last one in the same words, read at
// the same place, keeps the evidence that it has there, a deployment that is the same keeps its
// beginning, and a snapshot in which nothing else changed is the last one.
Snapshot keep_known_evidence(const Snapshot& last, Snapshot fresh);

}  // namespace buildable::observe
