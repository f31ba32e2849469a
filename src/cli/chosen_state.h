// The state, and the track of it, that the command line and the settings name.
#pragma once

#include "app/state.h"
#include "cli/context.h"

namespace buildable::cli {

struct StateInForce {
  app::State state;
  Instant at;
};
// People are told where an observed state comes from.
Result<StateInForce> state_in_force(const Context& context);

// The track that explain, versions and builder speak of.
Result<app::TrackView> chosen_track(const Context& context);

}  // namespace buildable::cli
