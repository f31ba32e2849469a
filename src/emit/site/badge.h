// badge/<track>/<runtime>.svg and .json: what a track builds of a runtime, for a README.
#pragma once

#include <string>

#include "emit/site/site_input.h"

namespace buildable::emit {

struct Badge {
  std::string label;    // "Python on default"
  std::string message;  // "3.14.4", "ended", "none"
  std::string color;    // a name of shields.io's: "brightgreen"
};

// Green where the track builds upstream's newest series, orange where it is behind, red where it
// builds nothing, grey where nothing is known or the track has ended.
Badge badge_of(const SiteInput& input, const TrackPolicy& track, const RuntimeRules& runtime);

// A picture of its own; nothing is loaded.
std::string badge_svg(const Badge& badge);
// https://shields.io/badges/endpoint-badge
std::string badge_json(const Badge& badge);

}  // namespace buildable::emit
