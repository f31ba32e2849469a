// What could not be judged, in every form of a report.
#include <doctest/doctest.h>

#include "report/report.h"
#include "sample.h"

using namespace buildable;
using namespace buildable::report;
using namespace buildable::test;

TEST_CASE("every form says what could not be judged, and what to do") {
  const Rules rules = sample_rules();
  const Report report = sample_report(rules);
  struct Row {
    const char* form;
    std::string text;
    const char* says;
  };
  const Row rows[] = {
      {"text", report_text(report, {}), "cannot be read\n    do it"},
      {"json", report_json(report), "do it"},
      {"sarif", report_sarif(report), ":2: cannot be read; help: do it"},
      {"code quality", report_code_quality(report), "cannot be read; help: do it"},
      {"github", report_github(report), "::cannot be read%0Ahelp: do it\n"},
      {"junit", report_junit(report), "cannot be read; help: do it"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.form);
    CAPTURE(row.text);
    CHECK(row.text.find(row.says) != std::string::npos);
  }
}
