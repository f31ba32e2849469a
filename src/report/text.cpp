#include <algorithm>
#include <span>

#include "base/text.h"
#include "policy/describe.h"

#include "report/parts.h"

namespace buildable::report {
namespace {

struct Painter {
  bool colored;
  std::string operator()(std::string_view text, std::string_view code) const {
    if (!colored || code.empty()) return std::string(text);
    return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
  }
};

std::string_view color_of(const pins::PinFinding& finding) {
  if (finding.pin.ignored) return {};
  switch (finding.level) {
    case Level::error:
      return "31";
    case Level::warning:
      return "33";
    case Level::note:
      break;
  }
  return finding.verdict == Verdict::buildable ? "32" : "";
}

void add_line(std::string& text, std::string_view line) { text += "    " + shown(line) + '\n'; }

void add_finding(std::string& text, const Rules& rules, const RepositoryReport& repository,
                 const pins::PinFinding& finding, const Painter& paint, bool verbose) {
  const std::string& reason = verbose || finding.brief.empty() ? finding.reason : finding.brief;
  const pins::Pin& pin = finding.pin;
  const std::string_view level = pin.ignored ? "ignored" : pins::name_of(finding.level);
  text += shown_file(repository, finding) + ':' + std::to_string(pin.line) + ':' +
          std::to_string(pin.column) + ": " + paint(level, color_of(finding)) + ": " +
          subject_of(rules, finding) + ": " + shown(reason) + " [" + finding.rule + "]\n";
  if (finding.suggestion) add_line(text, "write " + finding.suggestion->value + " instead");
  for (const std::string& each : finding.ahead) add_line(text, each);
  if (pin.ignored) add_line(text, "ignored: " + pin.ignored_reason);
}

// "Python 3.13.2 or 3.13.3"; a package manager without a known version is not worth a word.
std::string built(const Rules& rules, const build::Forecast& forecast) {
  std::string text = runtime_name(rules, forecast.runtime);
  if (!forecast.versions.empty()) text += ' ' + join(forecast.versions, " or ");
  return forecast.awaited ? text + " (once it is released)" : text;
}

bool is_shown(const Rules& rules, const build::Forecast& forecast) {
  if (forecast.outcome != build::Outcome::builds) return false;
  const RuntimeRules* runtime = rules.find(forecast.runtime);
  return !forecast.versions.empty() || !runtime || !runtime->build_tool;
}

void add_build(std::string& text, const RepositoryReport& repository, const ForetoldBuild& build,
               const Painter& paint) {
  const build::Forecast& forecast = build.forecast;
  const bool failing = forecast.outcome == build::Outcome::fails;
  const bool good = forecast.outcome == build::Outcome::builds;  // but not as its author thinks
  const bool lowered = build.level && !(failing && build.fails());
  const std::string_view word = build.ignored ? "ignored"
                                : lowered     ? pins::name_of(*build.level)
                                : good        ? "warning"
                                              : build::name_of(forecast.outcome);
  const bool quiet = failing || build.level == Level::note;
  text += paint(word, build.fails() ? "31" : quiet ? "" : "33") + ": " + shown(forecast.reason);
  if (!forecast.file.empty()) {
    text += " (" + shown_path(repository.prefix + forecast.file);
    if (forecast.line > 0) text += ':' + std::to_string(forecast.line);
    text += ')';
  }
  text += '\n';
  if (!forecast.help.empty()) text += "help: " + shown(forecast.help) + '\n';
  if (build.ignored) add_line(text, "ignored: " + build.ignored_reason);
}

using Builds = std::span<const ForetoldBuild>;

// Those that begin at `at` and are on one track.
Builds on_one_track(Builds builds, std::size_t at) {
  std::size_t end = at;
  while (end < builds.size() && builds[end].track == builds[at].track) ++end;
  return builds.subspan(at, end - at);
}

// "tool: component web on latest: "; most often nothing.
std::string whose(const RepositoryReport& repository, const ForetoldBuild& build, bool several) {
  std::string text = several ? repository.name + ": " : std::string();
  const bool alone = repository.builds.back().track.empty();
  if (!alone && !build.components.empty())
    text += (build.components.size() == 1 ? "component " : "components ") +
            joined(build.components) + " on " +
            (build.track.empty() ? repository.judgement.track : build.track) + ": ";
  return shown(text);
}

// What the deployment does, in one line where it is good and two where it is not.
void add_builds(std::string& text, const Rules& rules, const RepositoryReport& repository,
                Builds builds, bool several, const TextChoice& choice) {
  const Painter paint{choice.colored};
  const std::string name = whose(repository, builds.front(), several);
  for (const ForetoldBuild& build : builds) {
    if (build.forecast.outcome == build::Outcome::builds) continue;
    text += name;
    add_build(text, repository, build, paint);
  }
  std::vector<std::string> good;
  for (const ForetoldBuild& build : builds)
    if (is_shown(rules, build.forecast)) good.push_back(built(rules, build.forecast));
  if (!good.empty()) text += name + paint("builds", "32") + ": " + shown(join(good, ", ")) + '\n';
  for (const ForetoldBuild& build : builds) {
    if (build.forecast.outcome != build::Outcome::builds || build.forecast.help.empty()) continue;
    text += name;
    add_build(text, repository, build, paint);
  }
  for (const ForetoldBuild& build : builds)
    if (build.ending && !build.ignored)
      text += name + "note: " + shown(ending_text(rules, *build.ending)) + '\n';
  if (!choice.verbose) return;
  for (const ForetoldBuild& build : builds)
    if (build.forecast.outcome == build::Outcome::builds)
      add_line(text, runtime_name(rules, build.forecast.runtime) + ": " + build.forecast.reason);
}

void add_problem(std::string& text, const Diagnostic& problem, const Painter& paint) {
  const auto lines = buildable::to_text(problem);
  const auto parts = split_lines(lines);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == 0)
      text += paint("not judged", "31") + ": " + shown(parts[i]) + '\n';
    else
      add_line(text, trim(parts[i]));
  }
}

// The line of the build that fails says it all, with what to write.
bool is_told_above(const RepositoryReport& repository, const pins::PinFinding& finding) {
  if (!finding.ahead.empty()) return false;
  return std::any_of(
      repository.builds.begin(), repository.builds.end(), [&](const ForetoldBuild& build) {
        return build.fails() && build.track.empty() && !build.forecast.help.empty() &&
               build.forecast.line == finding.pin.line && tells(finding, build.forecast);
      });
}

void add_repository(std::string& text, const Report& report, const RepositoryReport& repository,
                    const TextChoice& choice) {
  const Painter paint{choice.colored};
  const bool several = report.repositories.size() > 1;
  for (std::size_t at = 0; at < repository.builds.size();) {
    const Builds builds = on_one_track(repository.builds, at);
    add_builds(text, report.rules, repository, builds, several, choice);
    at += builds.size();
  }
  if (!repository.judgement.track.empty()) {
    text += shown_path(repository.name) + ": track " + repository.judgement.track + " (" +
            shown(repository.track_reason) + ")";
    if (!report.last_seen.empty()) text += ", as last seen on " + day_of(report.last_seen);
    text += '\n';
  }
  for (const std::string& remark : repository.remarks) add_line(text, remark);
  for (const pins::PinFinding& finding : repository.judgement.findings)
    if (choice.verbose || finding.pin.ignored ||
        (is_remarkable(finding) && !is_told_above(repository, finding)))
      add_finding(text, report.rules, repository, finding, paint, choice.verbose);
  for (const Diagnostic& problem : repository.judgement.problems) add_problem(text, problem, paint);
}

std::string counted(int count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::string report_text(const Report& report, TextChoice choice) {
  std::string text;
  for (const RepositoryReport& repository : report.repositories)
    add_repository(text, report, repository, choice);
  const ReportSummary sum = summary_of(report);
  if (report.repositories.size() != 1)
    text += std::to_string(report.repositories.size()) + " repositories, ";
  text += counted(sum.buildable + sum.unbuildable + sum.unknown, "pin") + ": " +
          std::to_string(sum.buildable) + " buildable, " + std::to_string(sum.unbuildable) +
          " unbuildable, " + std::to_string(sum.unknown) + " unknown";
  if (sum.ignored > 0) text += ", " + std::to_string(sum.ignored) + " ignored";
  if (sum.problems > 0) text += "; " + counted(sum.problems, "thing") + " could not be judged";
  return text + '\n';
}

}  // namespace buildable::report
