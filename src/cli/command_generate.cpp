#include <ostream>

#include "app/generated_tree.h"
#include "base/text.h"
#include "cli/commands.h"
#include "emit/manifest.h"
#include "publish/directory.h"
#include "report/versions_text.h"

namespace buildable {
namespace {

Result<State> chosen_state(const Context& context, const GenerateArguments& arguments, Instant at) {
  return arguments.snapshot.empty()
             ? known_state_at(context.settings.state_directory, {.at = at, .now = context.now})
             : state_named(arguments.snapshot);
}

}  // namespace

int command_generate(const Context& context, const GenerateArguments& arguments) {
  const auto at = context.at();
  if (!at) return context.failed(at.error());
  const auto state = chosen_state(context, arguments, *at);
  if (!state) return context.failed(state.error());
  const TreeOptions options{arguments.base_url.empty() ? context.settings.base_url
                                                       : arguments.base_url};
  auto made = generate_tree(*state, *at, options);
  if (!made) return context.failed(made.error());
  Tree& tree = made->tree;
  tree["manifest.json"] =
      emit_manifest(tree, revision_of(made->effective), state->digest, *at, *at + shelf_life);
  const auto written = write_tree(arguments.out, tree);
  if (!written) return context.failed(written.error());
  for (const Diagnostic& warning : written->warnings) context.warn(to_text(warning));
  context.say("From " + printable(state->origin) + ": " + std::to_string(tree.size()) +
              " files in " + printable(arguments.out));
  if (!context.arguments.quiet) context.out << summary_table(made->policy);
  return exit_good;
}

}  // namespace buildable
