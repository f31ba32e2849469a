// The state, and the track of it, that the command line and the settings name.
#pragma once

#include <optional>

#include "app/state.h"
#include "cli/context.h"

namespace buildable::cli {

struct StateInForce {
  app::State state;
  Instant at;
};
// People are told where an observed state comes from.
Result<StateInForce> state_in_force(const Context& context);

// Says how old the state is, where that is more than the settings allow. Where it is more than
// --max-age allows it is an error, and this the exit code.
std::optional<int> refuse_old(const Context& context, const app::State& state);

// A line on standard output: as of when what it says is known.
void say_last_seen(const Context& context, const app::State& state);

// The track that builder speaks of.
Result<app::TrackView> chosen_track(const Context& context);

// `--track all`: every track that has not ended.
inline constexpr std::string_view every_track = "all";

struct ChosenTracks {
  app::State state;
  Policy policy;  // of these tracks alone, at least one
};
// The tracks that explain and versions speak of: the chosen one, or all.
Result<ChosenTracks> chosen_tracks(const Context& context);

}  // namespace buildable::cli
