// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
#include "base/digest.h"
#include "emit/json_writer.h"
#include "report/parts.h"

namespace buildable::report {
namespace {

std::string_view severity_of(Level level) {
  switch (level) {
    case Level::error:
      return "critical";
    case Level::warning:
      return "minor";
    case Level::note:
      break;
  }
  return "info";
}

struct Issue {
  std::string description;
  std::string_view check;
  std::string fingerprint;
  std::string_view severity;
  std::string path;
  int line;
};

void add_issue(emit::JsonWriter& json, const Issue& issue) {
  json.open_object().member("description", issue.description).member("check_name", issue.check);
  json.member("fingerprint", issue.fingerprint).member("severity", issue.severity);
  json.key("location").open_object().member("path", issue.path);
  json.key("lines").open_object().member("begin", issue.line > 0 ? issue.line : 1);
  json.close().close().close();
}

}  // namespace

std::string report_code_quality(const Report& given) {
  const Report report = with_builds(given);
  emit::JsonWriter json;
  json.open_array();
  for_each_finding(report, [&](const PrintedFinding& printed) {
    const pins::PinFinding& finding = printed.finding;
    if (!is_remarkable(finding) || finding.pin.ignored) return;
    add_issue(json, {subject_of(report.rules, finding) + ": " + message_of(finding), finding.rule,
                     printed.fingerprint, severity_of(finding.level),
                     shown_file(printed.repository, finding), finding.pin.line});
  });
  for (const RepositoryReport& repository : report.repositories)
    for (const Diagnostic& problem : repository.judgement.problems)
      add_issue(json,
                {problem_text(problem), "not-judged",
                 sha256_hex("not-judged" + problem.file + problem.message), "major",
                 shown_path(problem.file.empty() ? repository.name : problem.file), problem.line});
  json.close();
  return std::move(json).take();
}

}  // namespace buildable::report
