// How an observation went, for people and programs.
#pragma once

#include <string>
#include <vector>

#include "app/network/observation.h"
#include "base/json_codec.h"
#include "model/snapshot_fields.h"

namespace buildable::cli {

// "values                 read           12 ms    1.3 kB  default heroku-builder:24_0.21.8, …"
std::string source_line(const observe::SourceReport& report);
// "warning: image_differs_from_git: …" and, where there is one, the place on a second line.
std::string remark_lines(const observe::Remark& remark);
std::string finding_line(const Finding& finding);

struct SourceRow {
  std::string source;
  observe::SourceOutcome outcome = observe::SourceOutcome::read;
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

ObserveReport report_of(const app::ObservedState& observed);

}  // namespace buildable::cli

namespace buildable {

template <>
struct Fields<cli::SourceRow> {
  static constexpr auto list() {
    return std::tuple{required("source", &cli::SourceRow::source),
                      required("outcome", &cli::SourceRow::outcome),
                      optional("detail", &cli::SourceRow::detail),
                      required("requests", &cli::SourceRow::requests),
                      required("bytes", &cli::SourceRow::bytes),
                      required("milliseconds", &cli::SourceRow::milliseconds)};
  }
};
template <>
struct Fields<cli::RemarkRow> {
  static constexpr auto list() {
    return std::tuple{required("code", &cli::RemarkRow::code),
                      required("text", &cli::RemarkRow::text),
                      optional("evidence", &cli::RemarkRow::evidence)};
  }
};
template <>
struct Fields<cli::FindingRow> {
  static constexpr auto list() {
    return std::tuple{required("code", &cli::FindingRow::code),
                      required("severity", &cli::FindingRow::severity),
                      required("text", &cli::FindingRow::text)};
  }
};
template <>
struct Fields<cli::ObserveReport> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &cli::ObserveReport::schema_version),
                      required("outcome", &cli::ObserveReport::outcome),
                      optional("digest", &cli::ObserveReport::digest),
                      optional("effective", &cli::ObserveReport::effective),
                      optional("observed", &cli::ObserveReport::observed),
                      required("sources", &cli::ObserveReport::sources),
                      required("remarks", &cli::ObserveReport::remarks),
                      required("findings", &cli::ObserveReport::findings),
                      required("errors", &cli::ObserveReport::errors)};
  }
};

}  // namespace buildable
