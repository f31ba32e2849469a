#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/state.h"
#include "emit/manifest.h"
#include "emit/tree.h"
#include "emit/versions_text.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/directory.h"

namespace buildable {
namespace {

// A consumer that verifies a tree refuses it after this long without a new one.
constexpr std::chrono::days shelf_life{30};

Result<State> chosen_state(const GenerateArguments& arguments, Instant at) {
  return arguments.snapshot.empty() ? state_at(at) : state_named(arguments.snapshot);
}

// The states before this one, each as it was when it began.
Result<std::vector<Policy>> earlier_policies(Instant effective) {
  std::vector<Policy> policies;
  for (const EmbeddedSnapshot& which : embedded_snapshots()) {
    if (which.effective >= effective) break;
    auto policy =
        compile(embedded_snapshot(which), embedded_rules(), which.effective, which.digest);
    if (!policy) return fail(std::move(policy.error()));
    policies.push_back(std::move(*policy));
  }
  return policies;
}

std::string revision_of(Instant effective) { return replace_all(format_day(effective), "-", "."); }

Result<Tree> tree_of(const State& state, const Policy& policy, Instant effective,
                     const TreeOptions& options) {
  auto history = earlier_policies(effective);
  if (!history) return fail(std::move(history.error()));
  history->push_back(policy);
  return emit_tree({embedded_rules(), policy, write_snapshot(state.snapshot), std::move(*history)},
                   options);
}

}  // namespace

int command_generate(const Context& context, const GenerateArguments& arguments) {
  const auto at = context.at();
  if (!at) return context.failed(at.error());
  const auto state = chosen_state(arguments, *at);
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
