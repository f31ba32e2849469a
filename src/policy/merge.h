// What is certain whatever state the builder is in.
#pragma once

#include <span>

#include "policy/bounds.h"

namespace buildable {

// `states` are the distinct bounds of the builder's candidates, oldest first; none: nothing is
// known of the builder. Of a track that has ended nothing builds, whatever the states could do.
// Everything but the summary and what the track adds to the reasons is filled.
RuntimePolicy merge_bounds(const RuntimeRules& runtime, std::span<const Bounds* const> states,
                           bool ended);

}  // namespace buildable
