// What one version of a buildpack can build of one runtime: the rules' mechanism applied to the
// snapshot's facts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/policy.h"
#include "policy/version_pool.h"

namespace buildable {

struct Bounds {
  std::shared_ptr<const Alternative> alternative;
  const BuildpackRule* rule = nullptr;  // null: no buildpack, or one that the rules do not cover
  std::vector<std::string> series;      // those that the facts name: "3.14"
  bool open = false;                    // takes patches that are not known yet
  std::string default_version;
  std::string default_resolved;
};

// For sorting versions that are held elsewhere.
inline bool ascending(const Version* a, const Version* b) { return order(*a, *b) < 0; }

// What bounds are made from. `capability` may be null for mechanisms that need no facts.
struct BoundsInput {
  const RuntimeRules& runtime;
  const BuildpackRule& rule;
  BuildpackReference buildpack;
  const Capability* capability;
  VersionPool& pool;
  const std::vector<ArchiveStore>& stores;
  Instant at;
};

// Fails, naming the capability, where facts that the mechanism needs are absent or make no sense.
Result<Bounds> bounds_of(const BoundsInput& input);

// The same of a state that is known, by a build that was seen, to build the version. `pool`: the
// one that holds it.
Bounds bounds_with(const Bounds& bounds, const Version& version, const VersionPool& pool);

// Of a state of the builder without a buildpack for the runtime: nothing builds.
Bounds bounds_without_buildpack(const RuntimeRules& runtime, Evidence state);
// Of a buildpack version that no rule covers, and of a buildpack that the platform adds without
// saying which version: nothing is known.
Bounds bounds_unrecorded(const RuntimeRules& runtime, BuildpackReference buildpack, Evidence state);

}  // namespace buildable
