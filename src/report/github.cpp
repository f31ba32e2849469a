// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
#include "base/text.h"
#include "report/parts.h"

namespace buildable::report {
namespace {

std::string escaped_data(std::string_view text) {
  return replace_all(replace_all(replace_all(text, "%", "%25"), "\r", "%0D"), "\n", "%0A");
}

std::string escaped_property(std::string_view text) {
  return replace_all(replace_all(escaped_data(text), ":", "%3A"), ",", "%2C");
}

std::string_view command_of(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::note:
      break;
  }
  return "notice";
}

std::string command(Level level, const std::string& file, int line, int column,
                    std::string_view title, std::string_view message) {
  std::string text = "::" + std::string(command_of(level));
  text += " file=" + escaped_property(file);
  if (line > 0) text += ",line=" + std::to_string(line);
  if (column > 0) text += ",col=" + std::to_string(column);
  return text + ",title=" + escaped_property(title) + "::" + escaped_data(message) + '\n';
}

}  // namespace

std::string report_github(const Report& given) {
  const Report report = with_builds(given);
  std::string text;
  for_each_finding(report, [&](const PrintedFinding& printed) {
    const pins::PinFinding& finding = printed.finding;
    if (!is_remarkable(finding) || finding.pin.ignored) return;
    text += command(finding.level, shown_file(printed.repository, finding), finding.pin.line,
                    finding.pin.column, subject_of(report.rules, finding), message_of(finding));
  });
  for (const RepositoryReport& repository : report.repositories)
    for (const Diagnostic& problem : repository.judgement.problems)
      text += command(Level::error, shown_path(problem.file), problem.line, problem.column,
                      "Not judged", problem_text(problem, "\nhelp: "));
  return text;
}

}  // namespace buildable::report
