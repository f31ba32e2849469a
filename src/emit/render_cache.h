// Rendered sets, each made once in one call of emit_tree: tracks often share a set, and one runtime
// is named by many datasources and ecosystems.
#pragma once

#include <deque>
#include <string>

#include "version/render.h"

namespace buildable {

// References stay valid as long as the cache.
class RenderCache {
 public:
  // Renovate's allowedVersions: the anchored expression with its slashes.
  const std::string& allowed_versions(const VersionSet& set);
  // Only the series of the set, `components` numbers each.
  const std::string& allowed_series(const VersionSet& set, int components);
  const IgnoreVersions& ignored(const VersionSet& set, DependabotGrammar grammar,
                                int series_components);
  const std::string& canonical(const VersionSet& set);

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
  struct Entry {
    VersionSet set;
    std::string allowed;    // empty: not made yet
    std::string canonical;  // empty: not made yet
    std::deque<Series> series;
    std::deque<Ignored> ignored;
  };
  Entry& entry(const VersionSet& set);

  std::deque<Entry> entries_;
};

}  // namespace buildable
