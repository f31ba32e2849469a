#include "cli/network/command_observe.h"

#include <ostream>

#include "app/network/observation.h"
#include "base/no_answer.h"
#include "cli/network/observe_report.h"
#include "policy/describe.h"
#include "store/file_writer.h"

namespace buildable::cli {
namespace {

// A replay says what was: it does not become the newest state unless that is asked for.
std::string state_directory(const Context& context, const ObserveArguments& arguments) {
  if (!arguments.state.empty() || !arguments.replay.empty()) return arguments.state;
  return context.settings.state_directory;
}

Result<app::RunBasis> basis_of(const Context& context, const ObserveArguments& arguments) {
  if (arguments.replay.empty()) {
    const auto times = context.times();
    if (!times) return fail(times.error());
    return app::known_basis(state_directory(context, arguments), *times);
  }
  auto recorded = app::read_basis(arguments.replay);
  if (!recorded || context.arguments.at.empty()) return recorded;
  const auto at = context.at();
  if (!at) return fail(at.error());
  recorded->now = *at;
  return recorded;
}

// Tells people, or a program, how an observation went.
class Printer {
 public:
  Printer(const Context& context, const ObserveArguments& arguments)
      : context_(context), arguments_(arguments) {}

  void progress(const observe::SourceReport& source) const {
    if (!for_programs()) context_.say(source_line(source));
  }
  void noticed(const app::ObservedState& observed) const;
  int refused(const app::ObservedState& observed) const;
  int good(const app::ObservedState& observed, const app::RunBasis& basis) const;

 private:
  bool for_programs() const { return arguments_.format == "json"; }
  void print_report(const ObserveReport& report) const;

  const Context& context_;
  const ObserveArguments& arguments_;
};

void Printer::noticed(const app::ObservedState& observed) const {
  if (for_programs()) return;
  for (const observe::Remark& remark : observed.remarks) context_.warn(remark_lines(remark));
  for (const Finding& finding : observed.findings)
    if (finding.severity == Severity::warn)
      context_.warn(finding_line(finding));
    else if (finding.severity == Severity::accept)
      context_.say("note: " + finding_line(finding));
}

// Standard output carries the snapshot unless that goes to a file.
void Printer::print_report(const ObserveReport& report) const {
  if (!for_programs()) return;
  const bool out_is_free = !arguments_.out.empty() || report.outcome == "refused";
  (out_is_free ? context_.out : context_.err) << to_json(report);
}

int Printer::refused(const app::ObservedState& observed) const {
  print_report(report_of(observed));
  context_.failed(*observed.refused);
  context_.say("Nothing was written: the last good state stays.");
  return is_no_answer(*observed.refused) ? exit_no_answer : exit_doubt;
}

int Printer::good(const app::ObservedState& observed, const app::RunBasis& basis) const {
  if (!for_programs())
    context_.say(observed.is_new
                     ? "A new state, since " + format_instant(observed.snapshot.effective) + "."
                     : "The state of " + format_day(basis.last_good->effective) + " still stands.");
  if (arguments_.out.empty()) context_.out << observed.text;
  print_report(report_of(observed));
  return exit_good;
}

}  // namespace

int command_observe(const Context& context, const ObserveArguments& arguments) {
  const Printer printer(context, arguments);
  const auto basis = basis_of(context, arguments);
  if (!basis) return context.failed(basis.error());
  const auto observed = app::observe_platform(
      {context.settings,
       *basis,
       {arguments.record, arguments.replay},
       [&printer](const observe::SourceReport& source) { printer.progress(source); }});
  if (!observed) return context.failed(observed.error());
  printer.noticed(*observed);
  if (observed->refused) return printer.refused(*observed);
  // Into the history first: what is published must be known to the next run.
  auto kept = app::keep_observed(*observed, state_directory(context, arguments), basis->now);
  if (kept && !arguments.out.empty()) kept = store::write_file(arguments.out, observed->text);
  if (!kept) return context.failed(kept.error());
  return printer.good(*observed, *basis);
}

}  // namespace buildable::cli
