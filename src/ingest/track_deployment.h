// What both sources of deployments check of one track.
#pragma once

#include <optional>
#include <string>

#include "ingest/deployment.h"

namespace buildable::ingest {

// What the source calls the three, for errors. An empty `valid_until`: the track does not end.
struct TrackKeys {
  std::string builder;
  std::string runner;
  std::string valid_until;
};

// Nothing where the track is not configured. Checks the references and makes `valid_until`, a day
// or an instant, an instant.
Result<std::optional<TrackDeployment>> checked_track(TrackDeployment track, const TrackKeys& keys,
                                                     bool required);

}  // namespace buildable::ingest
