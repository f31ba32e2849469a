#include <ostream>

#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "report/versions_text.h"

namespace buildable::cli {
namespace {

void print_text(const Context& context, const Policy& policy, const app::State& state,
                const std::vector<report::ShownTrack>& tracks) {
  for (const report::ShownTrack& each : tracks) {
    if (&each != &tracks.front()) context.out << '\n';
    context.out << (each.only != nullptr ? report::versions_table(each.track, *each.only)
                                         : report::versions_table(each.track));
  }
  context.out << '\n';
  say_last_seen(context, state);
  if (!context.arguments.verbose) return;
  context.out << "Snapshot " << policy.snapshot_digest << ", in force since "
              << format_instant(policy.effective) << "\n";
}

}  // namespace

int command_versions(const Context& context, const VersionsArguments& arguments) {
  const auto view = chosen_tracks(context);
  if (!view) return context.failed(view.error());
  std::vector<report::ShownTrack> tracks;
  for (const TrackPolicy& track : view->policy.tracks) {
    tracks.push_back({track, nullptr});
    if (arguments.runtime.empty()) continue;
    const auto runtime = app::runtime_of(track, arguments.runtime);
    if (!runtime) return context.failed(runtime.error());
    tracks.back().only = *runtime;
  }
  if (const auto refused = refuse_old(context, view->state)) return *refused;
  if (arguments.format == "json") {
    context.out << report::versions_json(tracks, view->state.last_seen,
                                         context.arguments.track == every_track);
  } else {
    print_text(context, view->policy, view->state, tracks);
  }
  return exit_good;
}

}  // namespace buildable::cli
