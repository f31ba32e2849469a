// How an observation went, for people and programs.
#pragma once

#include <string>
#include <vector>

#include "app/network/observation.h"
#include "base/json_codec.h"
#include "model/snapshot_fields.h"

namespace buildable {

// "values                 read           12 ms    1.3 kB  default heroku-builder:24_0.21.8, …"
std::string source_line(const SourceReport& report);
// "warning: image_differs_from_git: …" and, where there is one, the place on a second line.
std::string remark_lines(const Remark& remark);
std::string finding_line(const Finding& finding);

struct SourceRow {
  std::string source;
  SourceOutcome outcome = SourceOutcome::read;
  std::string detail;
  int requests = 0;
  int bytes = 0;
  int milliseconds = 0;
  friend bool operator==(const SourceRow&, const SourceRow&) = default;
};
struct RemarkRow {
  std::string code;
  std::string text;
  Evidence evidence;
  friend bool operator==(const RemarkRow&, const RemarkRow&) = default;
};
struct FindingRow {
  std::string code;
  Severity severity = Severity::accept;
  std::string text;
  friend bool operator==(const FindingRow&, const FindingRow&) = default;
};

// --format json.
struct ObserveReport {
  int schema_version = 1;
  std::string outcome;  // "new", "unchanged", "refused"
  std::string digest;   // of the snapshot
  std::string effective;
  std::string observed;
  std::vector<SourceRow> sources;
  std::vector<RemarkRow> remarks;
  std::vector<FindingRow> findings;
  std::vector<std::string> errors;  // why it was refused
  friend bool operator==(const ObserveReport&, const ObserveReport&) = default;
};

ObserveReport report_of(const ObservedState& observed);

template <>
struct Fields<SourceRow> {
  static constexpr auto list() {
    return std::tuple{
        required("source", &SourceRow::source), required("outcome", &SourceRow::outcome),
        optional("detail", &SourceRow::detail), required("requests", &SourceRow::requests),
        required("bytes", &SourceRow::bytes),   required("milliseconds", &SourceRow::milliseconds)};
  }
};
template <>
struct Fields<RemarkRow> {
  static constexpr auto list() {
    return std::tuple{required("code", &RemarkRow::code), required("text", &RemarkRow::text),
                      optional("evidence", &RemarkRow::evidence)};
  }
};
template <>
struct Fields<FindingRow> {
  static constexpr auto list() {
    return std::tuple{required("code", &FindingRow::code),
                      required("severity", &FindingRow::severity),
                      required("text", &FindingRow::text)};
  }
};
template <>
struct Fields<ObserveReport> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &ObserveReport::schema_version),
                      required("outcome", &ObserveReport::outcome),
                      optional("digest", &ObserveReport::digest),
                      optional("effective", &ObserveReport::effective),
                      optional("observed", &ObserveReport::observed),
                      required("sources", &ObserveReport::sources),
                      required("remarks", &ObserveReport::remarks),
                      required("findings", &ObserveReport::findings),
                      required("errors", &ObserveReport::errors)};
  }
};

}  // namespace buildable
