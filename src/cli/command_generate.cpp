#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/state.h"
#include "emit/manifest.h"
#include "emit/tree.h"
#include "emit/versions_text.h"
#include "policy/history.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/directory.h"

namespace buildable {
namespace {

// A consumer that verifies a tree refuses it after this long without a new one.
constexpr std::chrono::days shelf_life{30};

Result<State> chosen_state(const Context& context, const GenerateArguments& arguments, Instant at) {
  return arguments.snapshot.empty()
             ? known_state_at(at, context.config.state_directory, context.now)
             : state_named(arguments.snapshot);
}

// The states up to this one; the build made the entries of those that are compiled in.
Result<std::vector<HistoryState>> history_up_to(const State& state, Instant effective) {
  std::vector<HistoryState> states = embedded_history().states;
  const std::vector<EmbeddedSnapshot>& known = embedded_snapshots();
  const auto later = std::ranges::find_if(
      known, [effective](const EmbeddedSnapshot& which) { return which.effective >= effective; });
  const auto earlier = static_cast<std::size_t>(later - known.begin());
  if (later != known.end() && later->digest == state.digest) {
    states.resize(earlier + 1);
    return states;
  }
  states.resize(earlier);
  const auto now = policy_of(state, effective);
  if (!now) return fail(now.error());
  if (earlier == 0) return std::vector<HistoryState>{history_state(nullptr, *now)};
  const auto before = policy_of(embedded_state(known[earlier - 1]), known[earlier - 1].effective);
  if (!before) return fail(before.error());
  states.push_back(history_state(&*before, *now));
  return states;
}

std::string revision_of(Instant effective) { return replace_all(format_day(effective), "-", "."); }

Result<Tree> tree_of(const State& state, const Policy& policy, Instant effective,
                     const TreeOptions& options) {
  auto history = history_up_to(state, effective);
  if (!history) return fail(std::move(history.error()));
  return emit_tree({embedded_rules(), policy, write_snapshot(state.snapshot), std::move(*history)},
                   options);
}

}  // namespace

int command_generate(const Context& context, const GenerateArguments& arguments) {
  const auto at = context.at();
  if (!at) return context.failed(at.error());
  const auto state = chosen_state(context, arguments, *at);
  if (!state) return context.failed(state.error());
  const auto policy = policy_of(*state, *at);
  if (!policy) return context.failed(policy.error());
  const auto effective = parse_instant(state->snapshot.effective);
  if (!effective) return context.failed(effective.error());

  const TreeOptions options{arguments.base_url.empty() ? context.config.base_url
                                                       : arguments.base_url};
  auto tree = tree_of(*state, *policy, *effective, options);
  if (!tree) return context.failed(tree.error());
  (*tree)["manifest.json"] =
      emit_manifest(*tree, revision_of(*effective), state->digest, *at, *at + shelf_life);
  if (const auto written = write_tree(arguments.out, *tree); !written) {
    return context.failed(written.error());
  }
  context.say("From " + state->origin + ": " + std::to_string(tree->size()) + " files in " +
              arguments.out);
  if (!context.arguments.quiet) context.out << summary_table(*policy);
  return exit_good;
}

}  // namespace buildable
