#include "report/parts.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "build/rule_ids.h"
#include "pins/judge_rules.h"

namespace buildable::report {

std::string runtime_name(const Rules& rules, const std::string& id) {
  const RuntimeRules* runtime = rules.find(id);
  return runtime ? runtime->name : id;
}

std::string shown_file(const RepositoryReport& repository, const pins::PinFinding& finding) {
  return shown_path(repository.prefix + finding.pin.file);
}

std::string subject_of(const Rules& rules, const pins::PinFinding& finding) {
  const pins::Pin& pin = finding.pin;
  if (!finding.is_of_pin()) return pin.value.empty() ? shown_path(pin.file) : shown(pin.value);
  std::string subject = shown(runtime_name(rules, pin.runtime));
  if (!pin.value.empty()) subject += " " + shown(pin.value);
  if (!pin.key.empty()) subject += " (" + shown(pin.key) + ")";
  return subject;
}

std::string message_of(const pins::PinFinding& finding) {
  std::string message = shown(finding.reason);
  if (finding.suggestion) message += " Write " + shown(finding.suggestion->value) + " instead.";
  for (const std::string& each : finding.ahead) message += " " + shown(each);
  return message;
}

std::string title_of(const Rules& rules, std::string_view rule) {
  for (const pins::JudgeRule& each : pins::judge_rules)
    if (each.id == rule) return std::string(each.title);
  for (const FileNotice& notice : rules.platform.notices)
    if (notice.rule == rule) return notice.title;
  for (const build::BuildRule& each : build::build_rules)
    if (each.id == rule) return std::string(each.title);
  return std::string(rule);
}

Level level_of(const Rules& rules, std::string_view rule) {
  for (const pins::JudgeRule& each : pins::judge_rules)
    if (each.id == rule) return each.level;
  for (const FileNotice& notice : rules.platform.notices)
    if (notice.rule == rule) return notice.level;
  return Level::error;  // what the build of a whole repository says
}

bool is_remarkable(const pins::PinFinding& finding) {
  if (finding.level != Level::note) return true;
  return finding.rule != pins::judge_rule::buildable && finding.rule != pins::judge_rule::unknown &&
         finding.rule != pins::judge_rule::unreadable_mirror;
}

bool tells(const pins::PinFinding& finding, const build::Forecast& forecast) {
  return finding.level == Level::error && finding.pin.file == forecast.file &&
         (finding.pin.runtime == forecast.runtime || finding.pin.runtime.empty());
}

namespace {

bool told_by_pin(const std::vector<pins::PinFinding>& findings, const build::Forecast& forecast) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const pins::PinFinding& each) { return tells(each, forecast); });
}

pins::PinFinding finding_of(const Rules& rules, const ForetoldBuild& build) {
  const build::Forecast& forecast = build.forecast;
  const bool failure = forecast.outcome == build::Outcome::fails;
  pins::PinFinding finding;
  finding.rule = failure || build.level ? forecast.rule : std::string(pins::judge_rule::buildable);
  finding.level = build.level.value_or(failure ? Level::error : Level::note);
  finding.pin.file = forecast.file.empty() ? std::string(".") : forecast.file;
  finding.pin.line = std::max(forecast.line, 1);
  finding.pin.column = 1;
  finding.pin.ignored = build.ignored;
  finding.pin.ignored_reason = build.ignored_reason;
  const std::string subject =
      (forecast.runtime.empty() ? "the build" : runtime_name(rules, forecast.runtime)) +
      (build.track.empty() ? "" : " on " + build.track);
  finding.pin.value = subject + ' ' + std::string(build::name_of(forecast.outcome));
  finding.reason = forecast.reason + '.';
  if (!forecast.help.empty()) finding.reason += " Help: " + forecast.help + '.';
  return finding;
}

}  // namespace

Report with_builds(const Report& report, bool good_too) {
  Report whole = report;
  for (RepositoryReport& repository : whole.repositories) {
    std::vector<pins::PinFinding> findings;
    for (const ForetoldBuild& build : repository.builds) {
      const bool failure = build.forecast.outcome == build::Outcome::fails;
      const bool good = build.forecast.outcome == build::Outcome::builds;
      const bool told =
          build.track.empty() && told_by_pin(repository.judgement.findings, build.forecast);
      if (failure ? told : !(good && good_too) && !build.level) continue;
      findings.push_back(finding_of(report.rules, build));
    }
    auto& all = repository.judgement.findings;
    all.insert(all.begin(), std::make_move_iterator(findings.begin()),
               std::make_move_iterator(findings.end()));
  }
  return whole;
}

void for_each_finding(const Report& report, const std::function<void(const PrintedFinding&)>& use) {
  std::map<std::string, int> seen;
  const bool several = report.repositories.size() > 1;
  for (const RepositoryReport& repository : report.repositories) {
    for (const pins::PinFinding& finding : repository.judgement.findings) {
      std::string identity = finding.rule + '\0' + (several ? repository.prefix : std::string()) +
                             finding.pin.file + '\0' + finding.pin.runtime + '\0' + finding.pin.key;
      const int count = ++seen[identity];
      if (count > 1) identity += '\0' + std::to_string(count);
      use({repository, finding, sha256_hex(identity)});
    }
  }
}

std::string problem_text(const Diagnostic& problem, std::string_view between) {
  std::string text = problem.path.empty() ? "" : shown(problem.path) + ": ";
  text += shown(problem.message);
  if (!problem.hint.empty()) text.append(between).append(shown(problem.hint));
  return text;
}

bool is_failing(const pins::PinFinding& finding) {
  return !finding.pin.ignored && finding.level == Level::error;
}

void keep_errors(Report& report) {
  for (RepositoryReport& repository : report.repositories)
    std::erase_if(repository.judgement.findings,
                  [](const pins::PinFinding& finding) { return finding.level != Level::error; });
}

ReportSummary summary_of(const RepositoryReport& repository) {
  ReportSummary summary;
  summary.problems = static_cast<int>(repository.judgement.problems.size());
  for (const ForetoldBuild& build : repository.builds)
    summary.failing = summary.failing || build.fails();
  summary.warnings +=
      static_cast<int>(std::count_if(repository.builds.begin(), repository.builds.end(),
                                     [](const ForetoldBuild& build) { return build.warns(); }));
  for (const pins::PinFinding& finding : repository.judgement.findings) {
    summary.failing = summary.failing || is_failing(finding);
    if (!finding.pin.ignored && finding.level == Level::warning) ++summary.warnings;
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
    total.warnings += one.warnings;
    total.failing = total.failing || one.failing;
  }
  return total;
}

}  // namespace buildable::report
