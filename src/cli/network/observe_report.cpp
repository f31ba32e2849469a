#include "cli/network/observe_report.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace buildable::cli {
namespace {

std::string left(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

// "812 B", "1.3 kB", "12.0 MB"
std::string amount(std::size_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  const bool kilo = bytes < 1000000;
  const std::size_t tenths = bytes / (kilo ? 100 : 100000);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + (kilo ? " kB" : " MB");
}

template <class Number>
int clamped(Number number) {
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<int>::max());
  return static_cast<int>(std::min(static_cast<std::uint64_t>(number), most));
}

SourceRow row_of(const observe::SourceReport& report) {
  return {report.source,   report.outcome,        report.detail,
          report.requests, clamped(report.bytes), clamped(report.duration.count())};
}

}  // namespace

std::string source_line(const observe::SourceReport& report) {
  std::string line = left(report.source, 28) + left(app::outcome_name(report.outcome), 10) +
                     right(std::to_string(report.duration.count()) + " ms", 9) +
                     right(amount(report.bytes), 10);
  if (!report.detail.empty()) line += "  " + printable(report.detail);
  return line;
}

std::string remark_lines(const observe::Remark& remark) {
  std::string lines = remark.code + ": " + printable(remark.text);
  if (!remark.evidence.source.empty()) lines += "\n  " + printable(remark.evidence.source);
  return lines;
}

std::string finding_line(const Finding& finding) {
  return finding.code + ": " + printable(finding.text);
}

ObserveReport report_of(const app::ObservedState& observed) {
  ObserveReport report;
  for (const observe::SourceReport& source : observed.sources)
    report.sources.push_back(row_of(source));
  for (const observe::Remark& remark : observed.remarks)
    report.remarks.push_back({remark.code, remark.text, remark.evidence});
  for (const Finding& finding : observed.findings)
    report.findings.push_back({finding.code, finding.severity, finding.text});
  if (observed.refused) {
    report.outcome = "refused";
    for (const Diagnostic& diagnostic : observed.refused->diagnostics())
      report.errors.push_back(to_text(diagnostic));
    return report;
  }
  report.outcome = observed.is_new ? "new" : "unchanged";
  report.digest = observed.digest;
  report.effective = format_instant(observed.snapshot.effective);
  report.observed = format_instant(observed.snapshot.observed);
  return report;
}

}  // namespace buildable::cli
