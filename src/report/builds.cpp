#include "report/builds.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ignore.h"
#include "pins/judge_rules.h"

namespace buildable::report {
namespace {

// Nothing is known of the build: then the pins alone speak.
bool says_nothing(const std::vector<ForetoldBuild>& builds) {
  return std::all_of(builds.begin(), builds.end(), [](const ForetoldBuild& each) {
    return each.forecast.runtime.empty() && each.forecast.outcome == build::Outcome::unknown;
  });
}

const ForetoldBuild* build_of(const std::vector<ForetoldBuild>& builds, std::string_view runtime) {
  const auto at = std::find_if(builds.begin(), builds.end(), [&](const ForetoldBuild& each) {
    return each.track.empty() && each.forecast.runtime == runtime;
  });
  return at == builds.end() ? nullptr : &*at;
}

// What fails the build is no mirror, wherever it lies: a solution's project is read in its folder.
void blame(const build::Forecast& forecast, pins::PinFinding& finding) {
  finding.rule = pins::judge_rule::unbuildable;
  finding.level = Level::error;
  finding.verdict = Verdict::unbuildable;
  finding.role = pins::PinRole::decides;
  finding.reason = forecast.reason + ".";
}

bool is_blamed(const build::Forecast& forecast, const pins::PinFinding& finding) {
  return finding.is_of_pin() && finding.rule == pins::judge_rule::unbuildable_mirror &&
         forecast.file == finding.pin.file && forecast.line == finding.pin.line;
}

void take_over(const build::Forecast& forecast, pins::PinFinding& finding) {
  finding.rule = pins::judge_rule::buildable;
  finding.level = Level::note;
  finding.verdict = Verdict::buildable;
  finding.suggestion.reset();
  finding.reason = forecast.reason + ".";
  if (!forecast.versions.empty()) finding.resolved = forecast.versions.front();
}

bool is_found_by_pattern(const RuntimePolicy& runtime, std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::any_of(runtime.reads.begin(), runtime.reads.end(), [name](const PinFile& place) {
    return place.file.find('*') != std::string::npos && glob_matches(place.file, name);
  });
}

bool is_before(const VersionSet& accepted, const Version& version) {
  const auto& intervals = accepted.finals();
  return !intervals.empty() && intervals.back().high &&
         intervals.back().high->key() <= version.key();
}

// The version that the build takes of the pin's runtime, if that is newer than the pin.
const std::string* newer_version(const RuntimePolicy& runtime, const ForetoldBuild& build,
                                 const pins::PinFinding& finding) {
  if (finding.rule != pins::judge_rule::unbuildable_mirror || !finding.pin.accepts ||
      build.forecast.versions.empty() || !is_found_by_pattern(runtime, finding.pin.file))
    return nullptr;
  const std::string& text = build.forecast.versions.front();
  const auto version = Version::parse(runtime.scheme, text);
  return version && is_before(*finding.pin.accepts, *version) ? &text : nullptr;
}

}  // namespace

std::vector<ForetoldBuild> foretold(
    const std::string& track, const std::vector<pins::ComponentTrack>& components,
    const std::function<std::vector<build::Forecast>(const std::string& track)>& foretell) {
  std::map<std::string, std::vector<std::string>> by_track;
  for (const pins::ComponentTrack& each : components)
    by_track[each.track].push_back(each.component);
  std::vector<ForetoldBuild> builds;
  const auto add = [&](const std::string& of, const std::vector<std::string>& names) {
    for (build::Forecast& each : foretell(of))
      builds.push_back({.forecast = std::move(each),
                        .ignored = false,
                        .ignored_reason = {},
                        .track = of == track ? std::string() : of,
                        .components = names});
  };
  add(track, by_track[track]);
  for (const auto& [other, names] : by_track)
    if (other != track) add(other, names);
  return builds;
}

void follow_the_build(const std::vector<ForetoldBuild>& builds,
                      pins::RepositoryJudgement& judgement) {
  if (says_nothing(builds)) return;
  for (pins::PinFinding& finding : judgement.findings) {
    if (finding.pin.ignored) continue;
    const ForetoldBuild* build = build_of(builds, finding.pin.runtime);
    const bool fails = build && build->forecast.outcome == build::Outcome::fails;
    if (fails && is_blamed(build->forecast, finding)) blame(build->forecast, finding);
    if (fails || finding.level != Level::error) continue;
    const bool taken = build && build->forecast.outcome == build::Outcome::builds &&
                       finding.is_of_pin() && finding.role == pins::PinRole::decides;
    if (taken)
      take_over(build->forecast, finding);
    else
      finding.level = Level::warning;
  }
}

void take_older_targets(const TrackPolicy& track, const std::vector<ForetoldBuild>& builds,
                        pins::RepositoryJudgement& judgement) {
  for (pins::PinFinding& finding : judgement.findings) {
    const RuntimePolicy* runtime = track.find(finding.pin.runtime);
    const ForetoldBuild* build = runtime ? build_of(builds, finding.pin.runtime) : nullptr;
    if (!build || build->forecast.outcome != build::Outcome::builds) continue;
    const std::string* version = newer_version(*runtime, *build, finding);
    if (!version) continue;
    finding.rule = pins::judge_rule::buildable;
    finding.level = Level::note;
    finding.verdict = Verdict::buildable;
    finding.suggestion.reset();
    finding.reason = "The build takes " + *version + ", which builds older targets.";
  }
}

void apply_settings(const CheckSettings& settings, const pins::RepositoryJudgement& judgement,
                    std::vector<ForetoldBuild>& builds) {
  const IgnoredFiles files(settings);
  for (ForetoldBuild& build : builds) {
    if (build.forecast.outcome == build::Outcome::builds || build.forecast.file.empty()) continue;
    for (const pins::PinFinding& finding : judgement.findings) {
      if (!finding.pin.ignored || finding.pin.file != build.forecast.file) continue;
      build.ignored = true;
      build.ignored_reason = finding.pin.ignored_reason;
    }
    const IgnoredPaths* entry = build.ignored ? nullptr : files.find(build.forecast.file);
    if (!entry) continue;
    build.ignored = true;
    build.ignored_reason = entry->reason;
  }
  std::erase_if(builds, [&](ForetoldBuild& build) {
    const auto chosen = settings.levels.find(build.forecast.rule);
    if (chosen == settings.levels.end() || !build.is_remarkable()) return false;
    build.level = level_of(chosen->second);
    return chosen->second == LevelChoice::off;
  });
}

}  // namespace buildable::report
