#include "model/policy.h"

#include <algorithm>

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

bool Alternative::builds_any_of(const VersionSet& set) const {
  if (span) return span->intersects(set);
  return std::any_of(known.begin(), known.end(),
                     [&set](const Version* version) { return set.contains(*version); });
}

VersionSet Alternative::unbuildable() const { return unable ? *unable : buildable().complement(); }

}  // namespace buildable
