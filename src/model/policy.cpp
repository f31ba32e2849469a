#include "model/policy.h"

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

VersionSet Alternative::unbuildable() const { return unable ? *unable : buildable().complement(); }

}  // namespace buildable
