#include "cli/network/command_observe.h"

#include <ostream>

#include "app/network/fetching.h"
#include "app/network/recorded_run.h"
#include "app/state.h"
#include "app/state_change.h"
#include "base/digest.h"
#include "cli/network/observe_report.h"
#include "policy/describe.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/file_writer.h"
#include "store/snapshots.h"

namespace buildable {
namespace {

// A replay says what was: it does not become the newest state unless that is asked for.
std::string state_directory(const Context& context, const ObserveArguments& arguments) {
  if (!arguments.state.empty() || !arguments.replay.empty()) return arguments.state;
  return context.config.state_directory;
}

// One run of the command.
class Run {
 public:
  Run(const Context& context, const ObserveArguments& arguments)
      : context_(context),
        arguments_(arguments),
        rules_(embedded_rules()),
        state_directory_(state_directory(context, arguments)) {}

  int run();

 private:
  Result<void> prepare();
  Result<RunBasis> basis() const;
  int refuse(const Error& error);
  int take(const Observation& observation);
  Result<void> keep(const std::string& text) const;
  void print_report();
  bool for_programs() const { return arguments_.format == "json"; }

  const Context& context_;
  const ObserveArguments& arguments_;
  const Rules& rules_;
  std::string state_directory_;
  RunBasis basis_;
  std::map<std::string, std::string> urls_;
  std::unique_ptr<Fetcher> fetcher_;
  std::map<std::string, SourceReport> progress_;
  ObserveReport report_;
};

Result<RunBasis> Run::basis() const {
  if (!arguments_.replay.empty()) {
    auto recorded = read_basis(arguments_.replay);
    if (recorded && !context_.arguments.at.empty()) {
      const auto at = context_.at();
      if (!at) return fail(at.error());
      recorded->now = *at;
    }
    return recorded;
  }
  const auto now = context_.at();
  if (!now) return fail(now.error());
  RunBasis basis{*now, std::nullopt};
  // Before the first state that is compiled in there is none.
  if (auto state = known_state_at(*now, state_directory_, context_.now))
    basis.last_good = std::move(state->snapshot);
  return basis;
}

Result<void> Run::prepare() {
  auto known = basis();
  if (!known) return fail(std::move(known.error()));
  basis_ = std::move(*known);
  auto urls = configured_urls(context_, rules_.platform);
  if (!urls) return fail(std::move(urls.error()));
  urls_ = std::move(*urls);
  auto fetcher = make_fetcher(context_, arguments_, rules_, urls_);
  if (!fetcher) return fail(std::move(fetcher.error()));
  fetcher_ = std::move(*fetcher);
  if (arguments_.record.empty()) return {};
  return write_basis(arguments_.record, basis_);
}

int Run::run() {
  const auto prepared = prepare();
  if (!prepared) return context_.failed(prepared.error());
  ObserveOptions options{.now = basis_.now, .urls = urls_};
  options.last_good = basis_.last_good ? &*basis_.last_good : nullptr;
  options.progress = [this](const SourceReport& source) {
    progress_[source.source] = source;
    if (!for_programs()) context_.say(source_line(source));
  };
  auto observation = observe(rules_, *fetcher_, options);
  for (const auto& [name, source] : progress_) report_.sources.push_back(row_of(source));
  if (!observation) return refuse(observation.error());

  report_.sources.clear();
  for (const SourceReport& source : observation->sources) report_.sources.push_back(row_of(source));
  for (const Remark& remark : observation->remarks) {
    report_.remarks.push_back({remark.code, remark.text, remark.evidence});
    if (!for_programs()) context_.say(remark_lines(remark));
  }
  return take(*observation);
}

int Run::take(const Observation& observation) {
  const auto judgement = judge_observed(rules_, basis_.last_good ? &*basis_.last_good : nullptr,
                                        observation.snapshot, basis_.now);
  if (!judgement) return refuse(judgement.error());
  std::vector<Diagnostic> refused;
  for (const Finding& finding : judgement->findings) {
    report_.findings.push_back({finding.code, finding.severity, finding.text});
    if (finding.severity == Severity::refuse) {
      refused.push_back({.message = finding.text, .path = finding.code});
    } else if (!for_programs()) {
      context_.say(finding_line(finding));
    }
  }
  if (!judgement->acceptable()) return refuse(Error(std::move(refused)));

  const std::string text = write_snapshot(observation.snapshot);
  const bool unchanged = basis_.last_good && *basis_.last_good == observation.snapshot;
  report_.outcome = unchanged ? "unchanged" : "new";
  report_.digest = sha256_digest(text);
  report_.effective = observation.snapshot.effective;
  report_.observed = observation.snapshot.observed;
  const auto kept = keep(text);
  if (!kept) return context_.failed(kept.error());
  if (!for_programs())
    context_.say(unchanged
                     ? "The state of " + day_of(basis_.last_good->effective) + " still stands."
                     : "A new state, since " + observation.snapshot.effective + ".");
  if (arguments_.out.empty()) context_.out << text;
  print_report();
  return exit_good;
}

// Into the history first: what is published must be known to the next run.
Result<void> Run::keep(const std::string& text) const {
  if (!state_directory_.empty()) {
    auto kept = SnapshotStore(state_directory_).put(text, basis_.now);
    if (!kept) return kept;
  }
  return arguments_.out.empty() ? Result<void>{} : write_file(arguments_.out, text);
}

int Run::refuse(const Error& error) {
  report_.outcome = "refused";
  for (const Diagnostic& diagnostic : error.diagnostics())
    report_.errors.push_back(to_text(diagnostic));
  print_report();
  context_.failed(error);
  context_.say("Nothing was written: the last good state stays.");
  return exit_doubt;
}

// Standard output carries the snapshot unless that goes to a file.
void Run::print_report() {
  if (!for_programs()) return;
  const bool out_is_free = !arguments_.out.empty() || report_.outcome == "refused";
  (out_is_free ? context_.out : context_.err) << to_json(report_);
}

}  // namespace

int command_observe(const Context& context, const ObserveArguments& arguments) {
  return Run(context, arguments).run();
}

}  // namespace buildable
