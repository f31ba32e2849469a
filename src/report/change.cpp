#include "report/change.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"

namespace buildable {
namespace {

// Not the place in the file: lines move.
auto identity_of(const PinFinding& finding) {
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

const build::Forecast* forecast_of(const RepositoryReport& report, const std::string& runtime) {
  for (const ForetoldBuild& build : report.builds)
    if (build.forecast.runtime == runtime) return &build.forecast;
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
    const build::Forecast* earlier = forecast_of(before, build.forecast.runtime);
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

}  // namespace buildable
