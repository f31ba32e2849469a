#include "emit/render_cache.h"

#include <algorithm>

namespace buildable {

namespace {

// Renovate takes what stands between the first and the last slash; one inside is escaped, so that
// the text is a literal for every reader.
std::string between_slashes(const std::string& expression) {
  std::string out = "/";
  for (const char c : expression) {
    if (c == '/') out += '\\';
    out += c;
  }
  return out + "/";
}

}  // namespace

RenderCache::Entry& RenderCache::entry(const VersionSet& set) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.set == set; });
  if (found != entries_.end()) return *found;
  return entries_.emplace_back(Entry{set, {}, {}, {}, {}});
}

const std::string& RenderCache::allowed_versions(const VersionSet& set) {
  Entry& made = entry(set);
  if (made.allowed.empty()) made.allowed = between_slashes(to_regex(set));
  return made.allowed;
}

const std::string& RenderCache::allowed_series(const VersionSet& set, int components) {
  Entry& made = entry(set);
  for (const Series& series : made.series)
    if (series.components == components) return allowed_versions(series.hull);
  const VersionSet& hull =
      made.series.emplace_back(Series{components, series_hull(set, components)}).hull;
  return allowed_versions(hull);
}

const IgnoreVersions& RenderCache::ignored(const VersionSet& set, DependabotGrammar grammar,
                                           int series_components) {
  Entry& made = entry(set);
  for (const Ignored& known : made.ignored)
    if (known.grammar == grammar && known.series_components == series_components)
      return known.versions;
  return made.ignored
      .emplace_back(
          Ignored{grammar, series_components, to_dependabot(set, grammar, series_components)})
      .versions;
}

const std::string& RenderCache::canonical(const VersionSet& set) {
  Entry& made = entry(set);
  if (made.canonical.empty()) made.canonical = to_string(set);
  return made.canonical;
}

}  // namespace buildable
