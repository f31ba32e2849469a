// Private to src/report: what several forms say alike.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "report/report.h"

namespace buildable::report {

// What file names, pins and reasons hold goes to terminals, logs, XML and JSON: made printable, and
// of a longer text than anybody writes its beginning.
inline constexpr std::size_t longest_shown = 2000;
inline constexpr std::size_t longest_shown_path = 4096;
inline std::string shown(std::string_view text) { return shortened(text, longest_shown); }
inline std::string shown_path(std::string_view path) { return shortened(path, longest_shown_path); }

// "Python", or the id where the rules do not know it.
std::string runtime_name(const Rules& rules, const std::string& id);
std::string shown_file(const RepositoryReport& repository, const pins::PinFinding& finding);
// "Python 3.15.0 in .python-version"; of a file's finding its path.
std::string subject_of(const Rules& rules, const pins::PinFinding& finding);
// Reason, suggestion and what lies ahead, in sentences.
std::string message_of(const pins::PinFinding& finding);
// "one word of the rule's table": its title for lists of rules.
std::string title_of(const Rules& rules, std::string_view rule);
Level level_of(const Rules& rules, std::string_view rule);

// "upstream ended Python 3.9 on 2025-10-31; it gets no more fixes"
std::string ending_text(const Rules& rules, const EndingSeries& ending);

// What could not be judged, and after `between` what to do: for forms that have one text for both.
std::string problem_text(const Diagnostic& problem, std::string_view between = "; help: ");

// Whether the finding is worth a line where only problems are listed.
bool is_remarkable(const pins::PinFinding& finding);

// Whether the finding tells why the build fails.
bool tells(const pins::PinFinding& finding, const build::Forecast& forecast);

// The report with a finding for each foretold failure that no finding of a pin tells already; with
// `good_too` one for each runtime that builds as well. For forms that know findings alone.
Report with_builds(const Report& report, bool good_too = false);

// Findings with a fingerprint each, unique in the report: equal rule, path and key are counted.
struct PrintedFinding {
  const RepositoryReport& repository;
  const pins::PinFinding& finding;
  std::string fingerprint;
};
void for_each_finding(const Report& report, const std::function<void(const PrintedFinding&)>& use);

}  // namespace buildable::report
