#include <ostream>

#include "app/generated_tree.h"
#include "base/text.h"
#include "cli/commands.h"
#include "emit/manifest.h"
#include "publish/directory.h"
#include "report/versions_text.h"

namespace buildable::cli {
namespace {

Result<app::State> chosen_state(const Context& context, const GenerateArguments& arguments,
                                Instant at) {
  return arguments.snapshot.empty()
             ? app::known_state_at(context.settings.state_directory, {.at = at, .now = context.now})
             : app::state_named(arguments.snapshot);
}

}  // namespace

int command_generate(const Context& context, const GenerateArguments& arguments) {
  const auto at = context.at();
  if (!at) return context.failed(at.error());
  const auto state = chosen_state(context, arguments, *at);
  if (!state) return context.failed(state.error());
  const emit::TreeOptions options{arguments.base_url.empty() ? context.settings.base_url
                                                             : arguments.base_url};
  auto made = app::generate_tree(*state, *at, options);
  if (!made) return context.failed(made.error());
  emit::Tree& tree = made->tree;
  tree["manifest.json"] =
      emit::emit_manifest(tree, app::revision_of(made->effective), state->digest,
                          {*at, *at + app::shelf_life, app::seen_by(*state, *at)});
  const auto written = publish::write_tree(arguments.out, tree);
  if (!written) return context.failed(written.error());
  for (const Diagnostic& warning : written->warnings) context.warn(to_text(warning));
  context.say("From " + printable(state->origin) + ": " + std::to_string(tree.size()) +
              " files in " + printable(arguments.out));
  if (!context.arguments.quiet) context.out << report::summary_table(made->policy);
  return exit_good;
}

}  // namespace buildable::cli
