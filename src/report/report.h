// What `check` found in one repository or many, in the forms that people, CI systems and editors
// read. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/json_writer.h"
#include "pins/judge.h"
#include "report/builds.h"

namespace buildable::report {

struct RepositoryReport {
  std::string name;          // as it was given: "."
  std::string prefix;        // before its files' paths, as seen from the working directory: "tool/"
  std::string track_reason;  // why this track: "the platform's default"
  std::vector<std::string> remarks;     // of the track as a whole
  pins::RepositoryJudgement judgement;  // without a track where nothing could be judged
  std::vector<ForetoldBuild> builds;    // by runtime and package manager, as the build goes
};

struct Report {
  const Rules& rules;
  std::string snapshot;         // digest
  std::string last_seen;        // when what is deployed was last looked up: an instant
  std::string program_version;  // "0.1.0"
  std::vector<RepositoryReport> repositories;
};

// Of pins that are not ignored.
struct ReportSummary {
  int buildable = 0;
  int unbuildable = 0;
  int unknown = 0;
  int ignored = 0;
  int problems = 0;      // things that could not be judged
  int warnings = 0;      // findings that are not good, but do not fail the deployment
  bool failing = false;  // the deployment fails
};
ReportSummary summary_of(const Report& report);
ReportSummary summary_of(const RepositoryReport& repository);

// Whether the finding says that the deployment fails: it is an error that is not ignored.
bool is_failing(const pins::PinFinding& finding);
// Leaves nothing but what fails the deployment.
void keep_errors(Report& report);

struct TextChoice {
  bool colored = false;
  bool verbose = false;  // good pins and the reasons of what builds, too
};
// First "builds: …" or "fails: …" with what to do, then "file:line:column: level: …", the lines of
// one finding indented under its first.
std::string report_text(const Report& report, TextChoice choice);
// schemas/check.schema.json
std::string report_json(const Report& report);
// Its members but the version, into an object that is open: for an envelope with a version of its
// own.
void write_report(emit::JsonWriter& json, const Report& report);

// The following leave out pins that are good or of which nothing is known; ignored ones are in
// SARIF only, as suppressed. Fingerprints are made of rule, path and key, not of the line: a
// finding stays the same one when lines move.
std::string report_sarif(const Report& report);         // SARIF 2.1.0
std::string report_code_quality(const Report& report);  // GitLab's code quality report
std::string report_github(const Report& report);        // workflow commands
// A test case for each pin, good ones included; unknown and ignored ones count as skipped.
std::string report_junit(const Report& report);

}  // namespace buildable::report
