// Which rule is written for a version of a buildpack.
#pragma once

#include <string>

#include "base/result.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable {

// Whether the npm range takes the buildpack's version; an empty range takes every one. Fails where
// one of them does not parse.
Result<bool> covers(const std::string& range, const std::string& version);

// The runtime's first rule for this buildpack in this version; null where there is none.
Result<const BuildpackRule*> rule_for(const RuntimeRules& runtime,
                                      const BuildpackReference& buildpack);

// Whether the mechanism works on a Capability of the snapshot.
bool needs_facts(Mechanism mechanism);

// By runtime, buildpack and version, as a snapshot lists them. Versions parse.
void sort_capabilities(std::vector<Capability>& capabilities);

}  // namespace buildable
