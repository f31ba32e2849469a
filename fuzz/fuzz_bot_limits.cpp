// Whatever stands in a repository's own limits for bots: judging them ends, finds nothing that
// fails a deployment, and says where in the file it is.
#include <array>

#include "base/text.h"
#include "bots/lint.h"
#include "bots/requirement.h"
#include "fuzz.h"
#include "rules/embedded.h"

using namespace buildable;

namespace {

// Every runtime in the middle of what there is of it.
TrackPolicy some_track() {
  TrackPolicy track;
  track.track = "default";
  for (const RuntimeRules& rules : embedded_rules().runtimes) {
    RuntimePolicy runtime;
    runtime.runtime = rules.id;
    runtime.name = rules.name;
    runtime.scheme = rules.scheme;
    runtime.series_components = rules.series_components;
    const auto low = Version::parse(rules.scheme, "3.0.0");
    const auto high = Version::parse(rules.scheme, "24.4.1");
    runtime.buildable = VersionSet::finals_between(
        rules.scheme, Cut{low.value(), Cut::Side::before}, Cut{high.value(), Cut::Side::before});
    runtime.known = {low.value()};
    track.runtimes.push_back(std::move(runtime));
  }
  return track;
}

bots::UpdatedDependencies some_dependencies() {
  bots::UpdatedDependencies used;
  for (const RuntimeRules& rules : embedded_rules().runtimes)
    for (const DependabotNames& names : rules.dependabot)
      used[names.ecosystem].emplace(
          names.dependencies.front(),
          bots::UpdatedDependency{rules.id, names.granularity, std::nullopt, false});
  return used;
}

void check_findings(const pins::RepositoryFile& file,
                    const std::vector<pins::PinFinding>& findings) {
  for (const pins::PinFinding& each : findings) {
    fuzz::require(each.level != Level::error && !each.reason.empty());
    fuzz::require(each.pin.file == file.path && each.pin.line > 0 && each.pin.column > 0);
    fuzz::require(static_cast<std::size_t>(each.pin.line) <= file.text.size() + 1);
  }
}

void check_requirement(std::string_view text) {
  constexpr std::array<DependabotGrammar, 5> grammars{
      DependabotGrammar::gem, DependabotGrammar::dotnet_sdk, DependabotGrammar::npm,
      DependabotGrammar::conda, DependabotGrammar::maven};
  constexpr std::array<Scheme, 4> schemes{Scheme::semver, Scheme::pep440, Scheme::java,
                                          Scheme::maven};
  for (const DependabotGrammar grammar : grammars)
    for (const Scheme scheme : schemes) {
      const bots::Requirement found = bots::read_requirement(grammar, scheme, text);
      fuzz::require(found.set.scheme() == scheme);
      if (found.reading != bots::Requirement::Reading::versions) fuzz::require(found.set.empty());
    }
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  static const TrackPolicy track = some_track();
  static const bots::UpdatedDependencies used = some_dependencies();
  const bots::LintContext context{embedded_rules(), track, used};
  const auto [which, text] = fuzz::choice_and_text(data, size, 4);
  if (which == 0) return check_requirement(text), 0;
  const std::array<const char*, 3> paths{".github/dependabot.yml", "renovate.json5",
                                         "package.json"};
  const pins::RepositoryFile file{paths[which - 1], std::string(text)};
  check_findings(
      file, which == 1 ? bots::lint_dependabot(file, context) : bots::lint_renovate(file, context));
  return 0;
}

static const fuzz::Registered registered{"bot_limits", "yaml json version", run};
