// Inside emit: the buildpacks that the platform adds to a track's builds.
#pragma once

#include <vector>

#include "model/policy.h"

namespace buildable::report {

// In the order of the rules; only those for the distribution of the track's builder.
std::vector<const InjectedBuildpack*> injected_on(const PlatformRules& platform,
                                                  const TrackPolicy& track);

}  // namespace buildable::report
