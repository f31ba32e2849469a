// A report does not grow with the texts that it quotes, in any of its forms.
#include <functional>

#include "report/report.h"
#include "sample.h"

using namespace buildable;
using namespace buildable::report;
using namespace buildable::test;

namespace {

const Rules& rules() {
  static const Rules rules = sample_rules();
  return rules;
}

void fill(pins::PinFinding& finding, const std::string& text) {
  finding.reason = finding.resolved = finding.pin.value = finding.pin.key = text;
  finding.pin.file = "a/" + text;
  finding.ahead = {text};
  if (finding.pin.ignored) finding.pin.ignored_reason = text;
  if (finding.suggestion) finding.suggestion = pins::Fixed{{{10, 13}, text}, text, text, {}};
}

ForetoldBuild build_of(build::Outcome outcome, const std::string& text) {
  ForetoldBuild build;
  build.forecast.runtime = "snake";
  build.forecast.outcome = outcome;
  build.forecast.rule = "snake-rule";
  build.forecast.error = build.forecast.reason = build.forecast.help = build.forecast.file = text;
  build.forecast.versions = {text};
  build.ignored = outcome == build::Outcome::unknown;
  build.ignored_reason = text;
  build.components = {text, text};
  return build;
}

Report report_of(const std::string& text) {
  Report report = sample_report(rules());
  for (RepositoryReport& repository : report.repositories) {
    repository.track_reason = text;
    repository.remarks = {text};
    for (pins::PinFinding& each : repository.judgement.findings) fill(each, text);
    for (Diagnostic& each : repository.judgement.problems)
      each = {.message = text, .file = text, .line = 1, .path = text, .hint = text};
    for (const auto outcome :
         {build::Outcome::builds, build::Outcome::fails, build::Outcome::unknown})
      repository.builds.push_back(build_of(outcome, text));
  }
  return report;
}

}  // namespace

TEST_CASE("a report is as long for a text of a megabyte as for one of ten kilobytes") {
  const std::function<std::string(const Report&)> forms[] = {
      report_json,
      report_sarif,
      report_code_quality,
      report_github,
      report_junit,
      [](const Report& report) {
        return report_text(report, {.colored = false, .verbose = true});
      }};
  for (const char* piece : {"8", "\x1b[31m", "\xe2\x80\xae", "\x9b"}) {
    std::string some, many;
    while (some.size() < 10'000) some += piece;
    while (many.size() < 1'000'000) many += piece;
    const Report shorter = report_of(some), longer = report_of(many);
    int form = 0;
    for (const auto& print : forms) {
      CAPTURE(form++);
      CHECK(print(longer).size() == print(shorter).size());
    }
  }
}
