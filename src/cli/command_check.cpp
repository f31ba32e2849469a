#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <ostream>
#include <thread>

#include "app/program_version.h"
#include "app/repository_check.h"
#include "base/text.h"
#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "report/settings.h"
#include "store/file_reader.h"

namespace buildable::cli {
namespace {

// The arguments, then the lines of the file; without both, the working directory.
Result<std::vector<std::string>> paths_of(const CheckArguments& arguments) {
  std::vector<std::string> paths = arguments.paths;
  if (!arguments.paths_from.empty()) {
    const auto list = store::read_argument(arguments.paths_from);
    if (!list) return fail(list.error());
    for (const std::string_view line : split_lines(*list))
      if (!trim(line).empty()) paths.emplace_back(line);
  } else if (paths.empty()) {
    paths.emplace_back(".");
  }
  return paths;
}

// The names of changed files; nothing where all files count. git ends names with NUL if asked, and
// else puts quotes around what it escapes.
Result<std::optional<std::vector<std::string>>> changed_files(const CheckArguments& arguments) {
  if (arguments.changed_from.empty()) return std::nullopt;
  if (arguments.changed_from == "-" && arguments.paths_from == "-")
    return fail("--paths-from and --changed-from cannot both read standard input");
  const auto list = store::read_argument(arguments.changed_from);
  if (!list) return fail(list.error());
  const bool with_nul = list->find('\0') != std::string::npos;
  std::vector<std::string> names;
  for (const std::string_view name : with_nul ? split(*list, '\0') : split_lines(*list)) {
    if (!with_nul && name.starts_with('"'))
      return fail(Diagnostic{.message = "git quoted the name " + std::string(name),
                             .file = arguments.changed_from,
                             .hint = "use `git diff --name-only -z`"});
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

// In the order of the paths, whichever thread was first.
std::vector<report::RepositoryReport> check_all(
    const std::vector<std::string>& paths,
    const std::function<report::RepositoryReport(const std::string& path)>& check) {
  std::vector<report::RepositoryReport> reports(paths.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < paths.size(); i = next++) reports[i] = check(paths[i]);
  };
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < std::min(cores, paths.size()); ++i) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  return reports;
}

std::string printed(const Context& context, const report::Report& report,
                    const std::string& format) {
  if (format == "json") return report::report_json(report);
  if (format == "sarif") return report::report_sarif(report);
  if (format == "codequality") return report::report_code_quality(report);
  if (format == "github") return report::report_github(report);
  if (format == "junit") return report::report_junit(report);
  return report::report_text(report,
                             {.colored = context.colored(), .verbose = context.arguments.verbose});
}

// 1 is kept for a deployment that fails, so that a pipeline can go by it.
int code_of(const report::ReportSummary& summary, bool strict) {
  if (summary.problems > 0) return exit_failed;
  const bool failing = summary.failing || (strict && summary.warnings > 0);
  return failing ? exit_unbuildable : exit_good;
}

}  // namespace

int command_check(const Context& context, const CheckArguments& arguments) {
  if (auto good = report::check_settings(context.settings.check, embedded_rules().platform); !good)
    return context.failed(good.error());
  const auto in_force = state_in_force(context);
  if (!in_force) return context.failed(in_force.error());
  if (const auto refused = refuse_old(context, in_force->state)) return *refused;
  const auto paths = paths_of(arguments);
  if (!paths) return context.failed(paths.error());
  const auto changed = changed_files(arguments);
  if (!changed) return context.failed(changed.error());
  const app::RepositoryChecker checker(context.settings.check, context.chosen_track(),
                                       in_force->state, in_force->at);
  if (const auto chosen = context.chosen_track())
    if (auto known = checker.policy(chosen->track); !known) return context.failed(known.error());
  const auto check = [&](const std::string& path) {
    if (!arguments.since.empty()) return checker.check_since(path, arguments.since);
    return *changed ? checker.check_changed(path, **changed) : checker.check(path);
  };
  report::Report report{embedded_rules(), in_force->state.digest,
                        format_instant(in_force->state.last_seen), app::program_version(),
                        check_all(*paths, check)};
  if (arguments.only == "errors") report::keep_errors(report);
  context.out << printed(context, report, arguments.format);
  return code_of(report::summary_of(report), arguments.strict);
}

}  // namespace buildable::cli
