#include "base/text.h"

#include "report/parts.h"

namespace buildable {
namespace {

struct Painter {
  bool colored;
  std::string operator()(std::string_view text, std::string_view code) const {
    if (!colored || code.empty()) return std::string(text);
    return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
  }
};

std::string_view color_of(const PinFinding& finding) {
  if (finding.pin.ignored) return {};
  switch (finding.level) {
    case Level::error:
      return "31";
    case Level::warning:
      return "33";
    case Level::note:
      break;
  }
  return finding.verdict == Verdict::buildable ? "32" : "";
}

void add_line(std::string& text, std::string_view line) { text += "    " + printable(line) + '\n'; }

void add_finding(std::string& text, const Rules& rules, const RepositoryReport& repository,
                 const PinFinding& finding, const Painter& paint) {
  const Pin& pin = finding.pin;
  const std::string_view level = pin.ignored ? "ignored" : name_of(finding.level);
  text += shown_file(repository, finding) + ':' + std::to_string(pin.line) + ':' +
          std::to_string(pin.column) + ": " + paint(level, color_of(finding)) + ": " +
          subject_of(rules, finding) + ": " + printable(finding.reason) + " [" + finding.rule +
          "]\n";
  if (finding.suggestion) add_line(text, "write " + finding.suggestion->value + " instead");
  for (const std::string& each : finding.ahead) add_line(text, each);
  if (pin.ignored) add_line(text, "ignored: " + pin.ignored_reason);
}

void add_problem(std::string& text, const Diagnostic& problem, const Painter& paint) {
  const auto lines = buildable::to_text(problem);
  const auto parts = split_lines(lines);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == 0)
      text += paint("not judged", "31") + ": " + printable(parts[i]) + '\n';
    else
      add_line(text, trim(parts[i]));
  }
}

void add_repository(std::string& text, const Report& report, const RepositoryReport& repository,
                    const Painter& paint) {
  if (!repository.judgement.track.empty()) {
    text += printable(repository.name) + ": track " + repository.judgement.track + " (" +
            printable(repository.track_reason) + ")\n";
  }
  for (const std::string& remark : repository.remarks) add_line(text, remark);
  for (const PinFinding& finding : repository.judgement.findings)
    add_finding(text, report.rules, repository, finding, paint);
  for (const Diagnostic& problem : repository.judgement.problems) add_problem(text, problem, paint);
}

std::string counted(int count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::string report_text(const Report& report, bool colored) {
  std::string text;
  for (const RepositoryReport& repository : report.repositories)
    add_repository(text, report, repository, Painter{colored});
  const ReportSummary sum = summary_of(report);
  if (report.repositories.size() != 1)
    text += std::to_string(report.repositories.size()) + " repositories, ";
  text += counted(sum.buildable + sum.unbuildable + sum.unknown, "pin") + ": " +
          std::to_string(sum.buildable) + " buildable, " + std::to_string(sum.unbuildable) +
          " unbuildable, " + std::to_string(sum.unknown) + " unknown";
  if (sum.ignored > 0) text += ", " + std::to_string(sum.ignored) + " ignored";
  if (sum.problems > 0) text += "; " + counted(sum.problems, "thing") + " could not be judged";
  return text + '\n';
}

}  // namespace buildable
