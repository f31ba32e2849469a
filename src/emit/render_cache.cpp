#include "emit/render_cache.h"

#include <algorithm>

namespace buildable::emit {

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
  Entry*& known = by_address_[&set];
  if (known) return *known;
  const auto equal = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return *entry.set == set; });
  known = equal != entries_.end() ? &*equal : &entries_.emplace_back(set);
  return *known;
}

const VersionSet& RenderCache::kept(VersionSet set) { return kept_.emplace_back(std::move(set)); }

const std::string& RenderCache::allowed_versions(const VersionSet& set, RegexTail tail) {
  Entry& made = entry(set);
  std::string& allowed = tail == RegexTail::variants ? made.allowed_tags : made.allowed_versions;
  if (allowed.empty()) allowed = between_slashes(to_regex(set, tail));
  return allowed;
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

const PinRange& RenderCache::pin_range(const VersionSet& set) {
  Entry& made = entry(set);
  if (!made.range) made.range = to_pin_range(set);
  return *made.range;
}

const VersionSet& RenderCache::series_of(const VersionSet& set, int components) {
  Entry& made = entry(set);
  for (const Series& known : made.series)
    if (known.components == components) return known.hull;
  return made.series.emplace_back(Series{components, series_hull(set, components)}).hull;
}

}  // namespace buildable::emit
