#include "bots/ignores.h"

namespace buildable::bots {
namespace {

int components_of(const RuntimePolicy& runtime, const UpdatedDependency& dependency) {
  return dependency.tag_parts > 0 ? dependency.tag_parts : runtime.series_components;
}

std::vector<std::string> rendered(const RuntimePolicy& runtime, const UpdatedDependency& dependency,
                                  DependabotGrammar grammar, bool bounded) {
  VersionSet set = buildable_for(runtime, dependency);
  if (bounded) set = set.unite(VersionSet::between(set.scheme(), std::nullopt, dependency.lowest));
  return to_dependabot(set, grammar, components_of(runtime, dependency)).versions;
}

}  // namespace

VersionSet buildable_for(const RuntimePolicy& runtime, const UpdatedDependency& dependency) {
  // "21" can be built as soon as some release of 21 can, and "3.12" if one of 3.12 can.
  if (dependency.tag_parts > 0)
    return series_hull(runtime.buildable.finals_only(), dependency.tag_parts);
  return dependency.granularity == Granularity::series
             ? series_hull(runtime.buildable, runtime.series_components)
             : runtime.buildable;
}

const std::vector<std::string>& IgnoreRenderer::versions(const RuntimePolicy& runtime,
                                                         const UpdatedDependency& dependency,
                                                         DependabotGrammar grammar, From from) {
  const bool bounded = from == From::lowest && dependency.lowest && !runtime.buildable.empty() &&
                       dependency.lowest->at.scheme() == runtime.scheme;
  const Key key{&runtime, dependency.granularity, dependency.tag_parts, grammar,
                bounded ? dependency.lowest->key() : std::string()};
  auto& known = known_[key];
  if (!known) known = rendered(runtime, dependency, grammar, bounded);
  return *known;
}

}  // namespace buildable::bots
