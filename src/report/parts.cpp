#include "report/parts.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "pins/judge_rules.h"

namespace buildable {

std::string runtime_name(const Rules& rules, const std::string& id) {
  const RuntimeRules* runtime = rules.find(id);
  return runtime ? runtime->name : id;
}

std::string shown_file(const RepositoryReport& repository, const PinFinding& finding) {
  return printable(repository.prefix + finding.pin.file);
}

std::string subject_of(const Rules& rules, const PinFinding& finding) {
  const Pin& pin = finding.pin;
  if (!finding.is_of_pin()) return printable(pin.value.empty() ? pin.file : pin.value);
  std::string subject = runtime_name(rules, pin.runtime);
  if (!pin.value.empty()) subject += " " + pin.value;
  if (!pin.key.empty()) subject += " (" + pin.key + ")";
  return printable(subject);
}

std::string message_of(const PinFinding& finding) {
  std::string message = finding.reason;
  if (finding.suggestion) message += " Write " + finding.suggestion->value + " instead.";
  for (const std::string& each : finding.ahead) message += " " + each;
  return printable(message);
}

std::string title_of(const Rules& rules, std::string_view rule) {
  for (const JudgeRule& each : judge_rules)
    if (each.id == rule) return std::string(each.title);
  for (const FileNotice& notice : rules.platform.notices)
    if (notice.rule == rule) return notice.title;
  return std::string(rule);
}

Level level_of(const Rules& rules, std::string_view rule) {
  for (const JudgeRule& each : judge_rules)
    if (each.id == rule) return each.level;
  for (const FileNotice& notice : rules.platform.notices)
    if (notice.rule == rule) return notice.level;
  return Level::note;
}

bool is_remarkable(const PinFinding& finding) {
  if (finding.level != Level::note) return true;
  return finding.rule != judge_rule::buildable && finding.rule != judge_rule::unknown &&
         finding.rule != judge_rule::unreadable_mirror;
}

void for_each_finding(const Report& report, const std::function<void(const PrintedFinding&)>& use) {
  std::map<std::string, int> seen;
  const bool several = report.repositories.size() > 1;
  for (const RepositoryReport& repository : report.repositories) {
    for (const PinFinding& finding : repository.judgement.findings) {
      std::string identity = finding.rule + '\0' + (several ? repository.prefix : std::string()) +
                             finding.pin.file + '\0' + finding.pin.runtime + '\0' + finding.pin.key;
      const int count = ++seen[identity];
      if (count > 1) identity += '\0' + std::to_string(count);
      use({repository, finding, sha256_hex(identity)});
    }
  }
}

bool is_failing(const PinFinding& finding) {
  if (finding.pin.ignored) return false;
  return finding.level == Level::error ||
         (finding.level == Level::warning && finding.verdict == Verdict::unbuildable);
}

void keep_errors(Report& report) {
  for (RepositoryReport& repository : report.repositories)
    std::erase_if(repository.judgement.findings,
                  [](const PinFinding& finding) { return finding.level != Level::error; });
}

ReportSummary summary_of(const RepositoryReport& repository) {
  ReportSummary summary;
  summary.problems = static_cast<int>(repository.judgement.problems.size());
  for (const PinFinding& finding : repository.judgement.findings) {
    summary.failing = summary.failing || is_failing(finding);
    if (!finding.is_of_pin()) continue;
    if (finding.pin.ignored)
      ++summary.ignored;
    else if (finding.verdict == Verdict::buildable)
      ++summary.buildable;
    else if (finding.verdict == Verdict::unbuildable)
      ++summary.unbuildable;
    else
      ++summary.unknown;
  }
  return summary;
}

ReportSummary summary_of(const Report& report) {
  ReportSummary total;
  for (const RepositoryReport& repository : report.repositories) {
    const ReportSummary one = summary_of(repository);
    total.buildable += one.buildable;
    total.unbuildable += one.unbuildable;
    total.unknown += one.unknown;
    total.ignored += one.ignored;
    total.problems += one.problems;
    total.failing = total.failing || one.failing;
  }
  return total;
}

}  // namespace buildable
