// Rendered sets, each made once in one call of emit_tree: tracks often share a set, and one runtime
// is named by many datasources and ecosystems.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "version/render.h"

namespace buildable::emit {

// Sets are remembered by address first: those given must outlive the cache unchanged, as a policy's
// do, and those of `series_of` here. References to results stay valid as long as the cache.
class RenderCache {
 public:
  // Renovate's allowedVersions: the anchored expression with its slashes.
  const std::string& allowed_versions(const VersionSet& set, RegexTail tail);
  const IgnoreVersions& ignored(const VersionSet& set, DependabotGrammar grammar,
                                int series_components);
  const std::string& canonical(const VersionSet& set);
  const PinRange& pin_range(const VersionSet& set);
  // Whole series that cover the set, `components` numbers each.
  const VersionSet& series_of(const VersionSet& set, int components);
  // The set, for as long as the cache lives.
  const VersionSet& kept(VersionSet set);

 private:
  struct Ignored {
    DependabotGrammar grammar;
    int series_components;
    IgnoreVersions versions;
  };
  struct Series {
    int components;
    VersionSet hull;
  };
  // What is empty has not been asked for yet.
  struct Entry {
    explicit Entry(const VersionSet& rendered) : set(&rendered) {}

    const VersionSet* set;
    std::string allowed_tags;
    std::string allowed_versions;
    std::string canonical;
    std::optional<PinRange> range;
    std::deque<Series> series;
    std::deque<Ignored> ignored;
  };
  Entry& entry(const VersionSet& set);

  std::deque<VersionSet> kept_;
  std::deque<Entry> entries_;
  std::unordered_map<const VersionSet*, Entry*> by_address_;
};

}  // namespace buildable::emit
