#include "cli/chosen_state.h"

#include "base/text.h"
#include "rules/embedded.h"

namespace buildable::cli {

Result<StateInForce> state_in_force(const Context& context) {
  const auto times = context.times();
  if (!times) return fail(times.error());
  auto state = app::known_state_at(context.settings.state_directory, *times);
  if (!state) return fail(std::move(state.error()));
  if (state->observed) context.say("From " + printable(state->origin) + ".");
  return StateInForce{std::move(*state), times->at};
}

Result<app::TrackView> chosen_track(const Context& context) {
  auto in_force = state_in_force(context);
  if (!in_force) return fail(std::move(in_force.error()));
  const std::string track = context.track(embedded_rules().platform.default_track);
  return app::view_of_track(std::move(in_force->state), track, in_force->at);
}

}  // namespace buildable::cli
