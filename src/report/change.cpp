#include "report/change.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"

namespace buildable::report {
namespace {

// Not the place in the file: lines move.
auto identity_of(const pins::PinFinding& finding) {
  return std::tuple(std::string_view(finding.rule), finding.level,
                    std::string_view(finding.pin.file), std::string_view(finding.pin.runtime),
                    std::string_view(finding.pin.key), std::string_view(finding.pin.value));
}
auto identity_of(const Diagnostic& problem) {
  return std::tuple(std::string_view(problem.file), std::string_view(problem.message));
}

// As many as `before` has of a kind are known.
template <class Thing>
void drop_known(const std::vector<Thing>& before, std::vector<Thing>& now) {
  std::map<decltype(identity_of(before.front())), int> known;
  for (const Thing& each : before) ++known[identity_of(each)];
  std::erase_if(now, [&known](const Thing& each) {
    const auto found = known.find(identity_of(each));
    return found != known.end() && found->second-- > 0;
  });
}

// The same build in another report, if it has one.
const build::Forecast* same_build(const std::vector<ForetoldBuild>& builds,
                                  const ForetoldBuild& wanted, const std::string& track) {
  for (const ForetoldBuild& build : builds)
    if (build.track == track && build.forecast.runtime == wanted.forecast.runtime)
      return &build.forecast;
  return nullptr;
}

bool fails_alike(const build::Forecast& a, const build::Forecast& b) {
  return a.outcome == b.outcome &&
         std::tie(a.error, a.file, a.reason) == std::tie(b.error, b.file, b.reason);
}

}  // namespace

void keep_change(const RepositoryReport& before, RepositoryReport& now) {
  drop_known(before.judgement.findings, now.judgement.findings);
  drop_known(before.judgement.problems, now.judgement.problems);
  for (ForetoldBuild& build : now.builds) {
    if (!build.fails()) continue;
    // A change may be one of the track.
    const build::Forecast* earlier = same_build(before.builds, build, build.track);
    if (!earlier) continue;
    if (fails_alike(*earlier, build.forecast)) {
      build.ignored = true;
      build.ignored_reason = "it already fails before this change";
    } else if (earlier->outcome == build::Outcome::builds) {
      build.forecast.reason += "; before this change it builds";
      if (!earlier->versions.empty())
        build.forecast.reason += " with " + join(earlier->versions, " or ");
    }
  }
}

namespace {

// A folder stands for what lies in it.
bool is_among(std::string_view file, std::span<const std::string> changed) {
  return std::any_of(changed.begin(), changed.end(), [file](std::string_view each) {
    return each == file || (each.starts_with(file) && each[file.size()] == '/');
  });
}

}  // namespace

void keep_changed_files(std::span<const std::string> changed,
                        const std::vector<ForetoldBuild>& otherwise, RepositoryReport& now) {
  std::erase_if(now.judgement.findings, [changed](const pins::PinFinding& each) {
    return !is_among(each.pin.file, changed);
  });
  std::erase_if(now.judgement.problems, [&](const Diagnostic& each) {
    if (each.file == now.name || !each.file.starts_with(now.prefix)) return false;
    std::string_view file = std::string_view(each.file).substr(now.prefix.size());
    while (file.ends_with('/')) file.remove_suffix(1);
    return !file.empty() && file != "." && !is_among(file, changed);
  });
  for (ForetoldBuild& build : now.builds) {
    if (!build.fails() || is_among(build.forecast.file, changed)) continue;
    const build::Forecast* without = same_build(otherwise, build, build.track);
    if (!without || without->outcome != build::Outcome::fails) continue;
    build.ignored = true;
    build.ignored_reason = "the changed files are not the cause";
  }
}

}  // namespace buildable::report
