#include <nlohmann/json.hpp>
#include <ostream>

#include "app/state.h"
#include "base/text.h"
#include "cli/commands.h"
#include "policy/diff.h"

namespace buildable::cli {
namespace {

// A state is judged as it was when it began, so that a track's end belongs to the state it ended
// in.
Result<Policy> policy_named(const std::string& name, const Context& context) {
  const auto state = app::state_named(name);
  if (!state) return fail(state.error());
  const auto at = context.arguments.at.empty() ? state->snapshot.effective : context.at();
  if (!at) return fail(at.error());
  return app::policy_of(*state, *at);
}

void print_runtime(std::ostream& out, const RuntimeChange& change) {
  out << "  " << change.name << ":";
  if (!change.gained_series.empty()) out << " gained " << join(change.gained_series, ", ") << ";";
  if (!change.lost_series.empty()) out << " lost " << join(change.lost_series, ", ") << ";";
  if (change.old_default != change.new_default) {
    out << " default " << (change.old_default.empty() ? "none" : change.old_default) << " -> "
        << (change.new_default.empty() ? "none" : change.new_default) << ";";
  }
  out << '\n';
}

void print_text(std::ostream& out, const PolicyChange& change) {
  if (change.empty()) out << "no change\n";
  for (const TrackChange& track : change.tracks) {
    out << track.track << ": " << (track.old_builder.empty() ? "none" : track.old_builder);
    if (track.old_builder != track.new_builder) {
      out << " -> " << (track.new_builder.empty() ? "none" : track.new_builder);
    }
    out << (track.expired_now ? " (ended)" : "") << '\n';
    for (const RuntimeChange& runtime : track.runtimes) print_runtime(out, runtime);
  }
}

nlohmann::ordered_json runtime_json(const RuntimeChange& change) {
  return {{"runtime", change.runtime},         {"gained", to_string(change.gained)},
          {"lost", to_string(change.lost)},    {"gained_series", change.gained_series},
          {"lost_series", change.lost_series}, {"old_default", change.old_default},
          {"new_default", change.new_default}};
}

void print_json(std::ostream& out, const PolicyChange& change) {
  nlohmann::ordered_json json{{"tracks", nlohmann::ordered_json::array()}};
  for (const TrackChange& track : change.tracks) {
    nlohmann::ordered_json row{{"track", track.track},
                               {"old_builder", track.old_builder},
                               {"new_builder", track.new_builder},
                               {"ended", track.expired_now},
                               {"runtimes", nlohmann::ordered_json::array()}};
    for (const RuntimeChange& runtime : track.runtimes)
      row["runtimes"].push_back(runtime_json(runtime));
    json["tracks"].push_back(std::move(row));
  }
  out << json.dump(2) << '\n';
}

}  // namespace

int command_diff(const Context& context, const DiffArguments& arguments) {
  const auto older = policy_named(arguments.older, context);
  if (!older) return context.failed(older.error());
  const auto newer = policy_named(arguments.newer, context);
  if (!newer) return context.failed(newer.error());
  const PolicyChange change = diff(*older, *newer);
  if (arguments.format == "json") {
    print_json(context.out, change);
  } else {
    print_text(context.out, change);
  }
  return exit_good;
}

}  // namespace buildable::cli
