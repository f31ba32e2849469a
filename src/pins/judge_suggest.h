// Private to src/pins/judge*.cpp: what to write instead.
#pragma once

#include <vector>

#include "pins/judge.h"

namespace buildable::pins {

// Whether it came to the end; it asks before each finding whether to stop.
bool add_suggestions(const TrackPolicy& track, std::vector<PinFinding>& findings,
                     const StopAsked& stop_asked);

}  // namespace buildable::pins
