// What Dependabot is to ignore of a dependency, in its ecosystem's grammar.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "bots/dependencies.h"
#include "model/policy.h"
#include "version/render.h"

namespace buildable::bots {

// Renders each range of a runtime once, however many names it has.
class IgnoreRenderer {
 public:
  // From anywhere, or from the lowest place up.
  enum class From : std::uint8_t { anywhere, lowest };

  // The policy must outlive it. References stay valid as long as it lives.
  const std::vector<std::string>& versions(const RuntimePolicy& runtime,
                                           const UpdatedDependency& dependency,
                                           DependabotGrammar grammar, From from);

 private:
  using Key = std::tuple<const RuntimePolicy*, Granularity, int, DependabotGrammar, std::string>;

  std::map<Key, std::optional<std::vector<std::string>>> known_;
};

// What of a runtime can be built, as the dependency counts it.
VersionSet buildable_for(const RuntimePolicy& runtime, const UpdatedDependency& dependency);

}  // namespace buildable::bots
