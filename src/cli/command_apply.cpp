#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>

#include "app/bot_configuration.h"
#include "app/bot_limits.h"
#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "cli/file_diff.h"

namespace buildable::cli {
namespace {

int print(const Context& context, const ApplyArguments& arguments,
          const app::BotConfiguration& made) {
  for (const auto& message : made.messages) {
    if (const auto* error = std::get_if<Error>(&message))
      context.failed(*error);
    else
      context.say(std::get<std::string>(message));
  }
  for (const pins::FileChange& change : made.changes) print_diff(context, change);
  if (made.failed) return exit_failed;
  if (made.changes.empty()) context.say("nothing to change");
  return !made.changes.empty() && arguments.check ? exit_unbuildable : exit_good;
}

app::BotChoice bots_of(const ApplyArguments& arguments) {
  const auto has = [&](std::string_view bot) {
    return std::find(arguments.bots.begin(), arguments.bots.end(), bot) != arguments.bots.end();
  };
  if (arguments.bots.empty()) return {};
  return {has("renovate"), has("dependabot"), has("renovate")};
}

}  // namespace

int command_apply(const Context& context, const ApplyArguments& arguments) {
  std::error_code error;
  if (!std::filesystem::is_directory(arguments.path, error))
    return context.failed(
        Diagnostic{.message = "is not a directory of a repository", .file = arguments.path});
  const auto in_force = state_in_force(context);
  if (!in_force) return context.failed(in_force.error());
  // The limits are as old as the facts; taking them out asks for none.
  if (const auto refused = arguments.remove ? std::nullopt : refuse_old(context, in_force->state))
    return *refused;
  const app::RepositoryChecker checker(context.settings.check, context.chosen_track(),
                                       in_force->state, in_force->at);
  const auto made = app::configure_bots(
      checker, {.root = arguments.path,
                .preset = app::preset_template(arguments.preset, context.settings),
                .bots = bots_of(arguments),
                .remove = arguments.remove,
                .dry_run = arguments.check});
  return made ? print(context, arguments, *made) : context.failed(made.error());
}

}  // namespace buildable::cli
