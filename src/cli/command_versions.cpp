#include <ostream>

#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "report/versions_text.h"

namespace buildable::cli {

int command_versions(const Context& context, const VersionsArguments& arguments) {
  const auto view = chosen_track(context);
  if (!view) return context.failed(view.error());
  const TrackPolicy& track = view->track_policy();
  const RuntimePolicy* only = nullptr;
  if (!arguments.runtime.empty()) {
    const auto runtime = app::runtime_of(track, arguments.runtime);
    if (!runtime) return context.failed(runtime.error());
    only = *runtime;
  }
  if (arguments.format == "json") {
    context.out << report::versions_json(track, only);
  } else {
    context.out << (only != nullptr ? report::versions_table(track, *only)
                                    : report::versions_table(track));
  }
  return exit_good;
}

}  // namespace buildable::cli
