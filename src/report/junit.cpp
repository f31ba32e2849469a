// The form that Jenkins, GitLab and others read: testsuites, testsuite, testcase with failure,
// error or skipped.
#include "emit/site/markup.h"
#include "report/parts.h"

namespace buildable::report {
namespace {

struct Counts {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;
};

enum class Outcome { passed, failed, skipped };

Outcome outcome_of(const pins::PinFinding& finding) {
  if (finding.pin.ignored) return Outcome::skipped;
  if (is_failing(finding)) return Outcome::failed;
  if (finding.is_of_pin() && finding.verdict == Verdict::unknown) return Outcome::skipped;
  return Outcome::passed;
}

Counts counts_of(const RepositoryReport& repository) {
  Counts counts;
  for (const pins::PinFinding& finding : repository.judgement.findings) {
    ++counts.tests;
    counts.failures += outcome_of(finding) == Outcome::failed ? 1 : 0;
    counts.skipped += outcome_of(finding) == Outcome::skipped ? 1 : 0;
  }
  counts.errors = static_cast<int>(repository.judgement.problems.size());
  counts.tests += counts.errors;
  return counts;
}

void add_counts(emit::MarkupWriter& xml, const Counts& counts) {
  xml.attribute("tests", std::to_string(counts.tests));
  xml.attribute("failures", std::to_string(counts.failures));
  xml.attribute("errors", std::to_string(counts.errors));
  xml.attribute("skipped", std::to_string(counts.skipped));
}

void add_finding(emit::MarkupWriter& xml, const Rules& rules, const RepositoryReport& repository,
                 const pins::PinFinding& finding) {
  const std::string file = shown_file(repository, finding);
  const std::string place = file + ":" + std::to_string(finding.pin.line);
  xml.open("testcase").attribute("classname", file);
  xml.attribute("name", subject_of(rules, finding) + " at " + place).attribute("file", file);
  switch (outcome_of(finding)) {
    case Outcome::failed:
      xml.open("failure").attribute("type", finding.rule);
      xml.attribute("message", shown(finding.reason));
      xml.text(place + ": " + message_of(finding)).close();
      break;
    case Outcome::skipped:
      xml.leaf("skipped").attribute(
          "message", shown(finding.pin.ignored ? finding.pin.ignored_reason : finding.reason));
      break;
    case Outcome::passed:
      xml.element("system-out", message_of(finding));
      break;
  }
  xml.close();
}

void add_problem(emit::MarkupWriter& xml, const Diagnostic& problem) {
  xml.open("testcase")
      .attribute("classname", shown_path(problem.file))
      .attribute("name", "not judged");
  xml.leaf("error").attribute("type", "not-judged").attribute("message", problem_text(problem));
  xml.close();
}

}  // namespace

std::string report_junit(const Report& given) {
  const Report report = with_builds(given, true);
  emit::MarkupWriter xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  Counts total;
  for (const RepositoryReport& repository : report.repositories) {
    const Counts counts = counts_of(repository);
    total = {total.tests + counts.tests, total.failures + counts.failures,
             total.errors + counts.errors, total.skipped + counts.skipped};
  }
  xml.open("testsuites").attribute("name", "buildable");
  add_counts(xml, total);
  for (const RepositoryReport& repository : report.repositories) {
    xml.open("testsuite").attribute("name", shown_path(repository.name));
    add_counts(xml, counts_of(repository));
    for (const pins::PinFinding& finding : repository.judgement.findings)
      add_finding(xml, report.rules, repository, finding);
    for (const Diagnostic& problem : repository.judgement.problems) add_problem(xml, problem);
    xml.close();
  }
  xml.close();
  return std::move(xml).take();
}

}  // namespace buildable::report
