#include <ostream>

#include "app/repository_fix.h"
#include "base/text.h"
#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "cli/file_diff.h"
#include "report/settings.h"
#include "rules/embedded.h"

namespace buildable::cli {
namespace {

void print_remaining(const Context& context, const pins::PinFinding& finding) {
  const pins::Pin& pin = finding.pin;
  const std::string what =
      pin.value.empty() ? pin.place : pin.place + " says " + in_quotes(pin.value);
  context.err << to_text({.message = "left as it is: " + what + ": " + finding.reason,
                          .file = pin.file,
                          .line = pin.line,
                          .column = pin.column,
                          .path = {},
                          .hint = {}})
              << '\n';
}

void print(const Context& context, const app::FixRequest& request, const app::RepositoryFix& fix) {
  const auto report = [&context](const Diagnostic& diagnostic) {
    context.err << "buildable: " << to_text(diagnostic) << '\n';
  };
  for (const Diagnostic& failure : fix.failures) report(failure);
  for (const pins::FileChange& change : fix.changes) print_diff(context, change);
  for (Diagnostic done : fix.done) {
    if (request.dry_run) done.message += " (not written: --dry-run)";
    context.say(to_text(done));
  }
  for (const Diagnostic& left : fix.left) context.say(to_text(left));
  for (const pins::PinFinding& finding : fix.remaining) print_remaining(context, finding);
  for (const Diagnostic& problem : fix.problems) report(problem);
  for (const Diagnostic& failure : fix.build_failures) context.err << to_text(failure) << '\n';
  if (fix.is_good)
    context.say(printable(request.root) + ": nothing to change on the " + fix.track + " track (" +
                printable(fix.track_reason) + ")");
}

}  // namespace

namespace {

pins::FixAim aim_of(const FixArguments& arguments) {
  if (arguments.newest) return pins::FixAim::newest;
  return arguments.upgrade ? pins::FixAim::upgrade : pins::FixAim::nearest;
}

}  // namespace

int command_fix(const Context& context, const FixArguments& arguments) {
  if (auto good = report::check_settings(context.settings.check, embedded_rules().platform); !good)
    return context.failed(good.error());
  const auto in_force = state_in_force(context);
  if (!in_force) return context.failed(in_force.error());
  if (const auto refused = refuse_old(context, in_force->state)) return *refused;
  const app::RepositoryChecker checker(context.settings.check, context.chosen_track(),
                                       in_force->state, in_force->at);
  bool failed = false;
  bool remains = false;
  for (const std::string& path :
       arguments.paths.empty() ? std::vector<std::string>{"."} : arguments.paths) {
    const app::FixRequest request{path, aim_of(arguments), arguments.dry_run};
    const app::RepositoryFix fix = app::fix_repository(checker, request);
    print(context, request, fix);
    failed = failed || !fix.failures.empty() || !fix.problems.empty();
    remains = remains || !fix.remaining.empty() || !fix.build_failures.empty();
  }
  if (failed) return exit_failed;
  return remains ? exit_unbuildable : exit_good;
}

}  // namespace buildable::cli
