// Inside the judge: what changes when a track gets the next one's builder, or ends.
#pragma once

#include <cstddef>
#include <vector>

#include "pins/judge.h"

namespace buildable::pins {

// Tracks whose builders may be in the same states judge alike.
bool builds_the_same(const TrackPolicy& a, const TrackPolicy& b);

// Adds to the findings on the track what those on the next one differ in. The first `pins` of both
// are of the same pins; behind them stand files that a track refuses.
void look_ahead(const TrackPolicy& track, const TrackPolicy& next, std::vector<PinFinding> then,
                std::size_t pins, std::vector<PinFinding>& now);

}  // namespace buildable::pins
