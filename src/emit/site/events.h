// What happened on a track, as a title.
#pragma once

#include <string>

#include "model/history.h"
#include "model/rules.h"

namespace buildable::emit {

// "Python 3.14 can be built on default": of each runtime the newest series that came, else what
// went, else that there are other releases of known series. `became_known`: it could be built
// before, but that was not known.
std::string event_of(const TrackNews& track, const Rules& rules, bool became_known);

}  // namespace buildable::emit
