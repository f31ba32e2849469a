#include "cli/chosen_state.h"

#include <ostream>

#include "app/state_age.h"
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

void say_last_seen(const Context& context, const app::State& state) {
  context.out << "As last seen on " << format_day(state.last_seen) << ".\n";
}

std::optional<int> refuse_old(const Context& context, const app::State& state) {
  const auto times = context.times();
  if (!times) return context.failed(times.error());
  const std::optional<int> limit = context.arguments.max_age;
  const auto age = app::too_old(state, *times, limit.value_or(context.settings.max_age));
  if (!age) return std::nullopt;
  if (!limit) {
    context.warn(age->warning);
    return std::nullopt;
  }
  context.failed(Diagnostic{.message = "the facts are " + std::to_string(age->days) +
                                       " days old; --max-age takes " + std::to_string(*limit),
                            .hint = age->warning});
  return exit_doubt;
}

Result<app::TrackView> chosen_track(const Context& context) {
  auto in_force = state_in_force(context);
  if (!in_force) return fail(std::move(in_force.error()));
  const std::string track = context.track(embedded_rules().platform.default_track);
  return app::view_of_track(std::move(in_force->state), track, in_force->at);
}

Result<ChosenTracks> chosen_tracks(const Context& context) {
  if (context.arguments.track != every_track) {
    auto view = chosen_track(context);
    if (!view) return fail(std::move(view.error()));
    return ChosenTracks{std::move(view->state), std::move(view->policy)};
  }
  auto in_force = state_in_force(context);
  if (!in_force) return fail(std::move(in_force.error()));
  auto policy = app::policy_of(in_force->state, in_force->at);
  if (!policy) return fail(std::move(policy.error()));
  std::erase_if(policy->tracks, [](const TrackPolicy& track) { return track.expired; });
  if (policy->tracks.empty()) return fail("every track has ended");
  return ChosenTracks{std::move(in_force->state), std::move(*policy)};
}

}  // namespace buildable::cli
