#include "report/builds.h"

#include <algorithm>
#include <utility>

#include "base/ignore.h"
#include "pins/judge_rules.h"

namespace buildable {
namespace {

// Nothing is known of the build: then the pins alone speak.
bool says_nothing(const std::vector<ForetoldBuild>& builds) {
  return std::all_of(builds.begin(), builds.end(), [](const ForetoldBuild& each) {
    return each.forecast.runtime.empty() && each.forecast.outcome == build::Outcome::unknown;
  });
}

const ForetoldBuild* build_of(const std::vector<ForetoldBuild>& builds, std::string_view runtime) {
  const auto at = std::find_if(builds.begin(), builds.end(), [&](const ForetoldBuild& each) {
    return each.forecast.runtime == runtime;
  });
  return at == builds.end() ? nullptr : &*at;
}

void take_over(const build::Forecast& forecast, PinFinding& finding) {
  finding.rule = judge_rule::buildable;
  finding.level = Level::note;
  finding.verdict = Verdict::buildable;
  finding.suggestion.reset();
  finding.reason = forecast.reason + ".";
  if (!forecast.versions.empty()) finding.resolved = forecast.versions.front();
}

}  // namespace

std::vector<ForetoldBuild> foretold(std::vector<build::Forecast> forecasts) {
  std::vector<ForetoldBuild> builds;
  builds.reserve(forecasts.size());
  for (build::Forecast& each : forecasts) builds.push_back({std::move(each), false, {}});
  return builds;
}

void follow_the_build(const std::vector<ForetoldBuild>& builds, RepositoryJudgement& judgement) {
  if (says_nothing(builds)) return;
  for (PinFinding& finding : judgement.findings) {
    if (finding.pin.ignored || finding.level != Level::error) continue;
    const ForetoldBuild* build = build_of(builds, finding.pin.runtime);
    if (build && build->forecast.outcome == build::Outcome::fails) continue;
    const bool taken = build && build->forecast.outcome == build::Outcome::builds &&
                       finding.is_of_pin() && finding.role == PinRole::decides;
    if (taken)
      take_over(build->forecast, finding);
    else
      finding.level = Level::warning;
  }
}

void ignore_builds(const CheckSettings& settings, const RepositoryJudgement& judgement,
                   std::vector<ForetoldBuild>& builds) {
  for (ForetoldBuild& build : builds) {
    if (!build.fails() || build.forecast.file.empty()) continue;
    for (const PinFinding& finding : judgement.findings) {
      if (!finding.pin.ignored || finding.pin.file != build.forecast.file) continue;
      build.ignored = true;
      build.ignored_reason = finding.pin.ignored_reason;
    }
    for (const IgnoredPaths& ignored : settings.ignore) {
      if (build.ignored || !IgnorePatterns(ignored.paths).matches_within(build.forecast.file))
        continue;
      build.ignored = true;
      build.ignored_reason = ignored.reason;
    }
  }
}

}  // namespace buildable
