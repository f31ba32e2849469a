#include <ostream>

#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "report/builder_text.h"
#include "rules/embedded.h"

namespace buildable::cli {
namespace {

const Builder* described(const Snapshot& snapshot, const std::string& reference) {
  for (const Builder& builder : snapshot.builders) {
    if (builder.reference == reference) return &builder;
  }
  return nullptr;
}

}  // namespace

int command_builder(const Context& context, const BuilderArguments& arguments) {
  const auto state = chosen_track(context);
  if (!state) return context.failed(state.error());
  if (const auto refused = refuse_old(context, state->state)) return *refused;
  const TrackPolicy& track = state->track_policy();
  const report::BuilderView view{embedded_rules().platform, track,
                                 described(state->state.snapshot, track.builder),
                                 state->state.last_seen};
  if (arguments.format == "json") {
    context.out << report::builder_json(view);
  } else if (arguments.format == "shell") {
    context.out << report::builder_shell(view);
  } else if (arguments.format == "github") {
    context.out << report::builder_outputs(view);
  } else if (arguments.format == "gitlab") {
    context.out << report::builder_variables(view);
  } else {
    context.out << report::builder_text(view);
  }
  return exit_good;
}

}  // namespace buildable::cli
