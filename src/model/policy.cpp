#include "model/policy.h"

#include <algorithm>
#include <iterator>

namespace buildable {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::buildable:
      return "buildable";
    case Verdict::unbuildable:
      return "unbuildable";
    case Verdict::unknown:
      return "unknown";
  }
  return "unknown";
}

VersionSet Alternative::buildable() const {
  if (span) return *span;
  std::vector<Version> versions;
  versions.reserve(known.size());
  for (const Version* version : known) versions.push_back(*version);
  return VersionSet::of(scheme, versions);
}

bool Alternative::builds(const Version& version) const {
  if (span) return span->contains(version);
  // A set of one holds that version, and what is as good: a local version after it.
  const auto above = std::upper_bound(
      known.begin(), known.end(), version,
      [](const Version& sought, const Version* each) { return order(sought, *each) < 0; });
  return above != known.begin() && VersionSet::of(**std::prev(above)).contains(version);
}

bool Alternative::cannot_build(const Version& version) const {
  return unable ? unable->contains(version) : !builds(version);
}

bool Alternative::builds_any_of(const VersionSet& set) const {
  if (span) return span->intersects(set);
  return std::any_of(known.begin(), known.end(),
                     [&set](const Version* version) { return set.contains(*version); });
}

VersionSet Alternative::unbuildable() const { return unable ? *unable : buildable().complement(); }

}  // namespace buildable
