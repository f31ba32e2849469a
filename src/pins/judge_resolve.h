// What a track makes of the versions that a pin accepts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/policy.h"
#include "pins/pin.h"

namespace buildable::pins {

struct Resolution {
  Verdict verdict = Verdict::unknown;
  std::vector<Verdict> states;  // of each state of the builder, as RuntimePolicy::alternatives
  std::vector<std::string> versions;  // that the build would install, one for each distinct state
};

// As the buildpacks do it: an exact version is taken as written, of a series or a range the newest
// known release is taken. Buildable where every state of the builder can; unknown where they
// differ.
Resolution resolve(const TrackPolicy& track, const RuntimePolicy& runtime,
                   const VersionSet& accepts);

// The newest of `known` (ascending) in the set: a final release, else a prerelease. Null: none.
const Version* newest_in(std::span<const Version* const> known, const VersionSet& set);

}  // namespace buildable::pins
