#include "rules/selection.h"

#include <algorithm>
#include <tuple>

#include "version/range.h"

namespace buildable {

Result<bool> covers(const std::string& range, const std::string& version) {
  const auto parsed = Version::parse(Scheme::semver, version);
  if (!parsed) return fail(parsed.error());
  if (range.empty()) return true;
  const auto span = parse_range(Grammar::npm, Scheme::semver, range);
  if (!span) return fail(span.error());
  return span->contains(*parsed);
}

Result<const BuildpackRule*> rule_for(const RuntimeRules& runtime,
                                      const BuildpackReference& buildpack) {
  for (const BuildpackRule& rule : runtime.buildpacks) {
    if (rule.id != buildpack.id) continue;
    const auto covered = covers(rule.versions, buildpack.version);
    if (!covered) return fail(covered.error());
    if (*covered) return &rule;
  }
  return nullptr;
}

bool needs_facts(Mechanism mechanism) {
  return mechanism != Mechanism::supported && mechanism != Mechanism::any &&
         mechanism != Mechanism::unrecorded;
}

void sort_capabilities(std::vector<Capability>& capabilities) {
  const auto key = [](const Capability& capability) {
    const auto version = Version::parse(Scheme::semver, capability.version);
    return std::tuple(capability.runtime, capability.buildpack,
                      version ? version->key() : capability.version);
  };
  std::sort(capabilities.begin(), capabilities.end(),
            [&](const Capability& a, const Capability& b) { return key(a) < key(b); });
}

}  // namespace buildable
