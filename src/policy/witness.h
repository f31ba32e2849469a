// What builds that were seen to succeed say of the states that a builder may be in.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/policy.h"

namespace buildable {

// A witness, read under the rules of its runtime.
struct Testimony {
  const RuntimeRules* runtime = nullptr;
  const Witness* witness = nullptr;
  Version version;
  VersionSet requested;
  Instant seen;
};
// Fails where it makes no sense: a runtime without rules, a request that the version does not meet.
Result<Testimony> testimony_of(const Witness& witness, const Rules& rules);

// Whether that build cannot have run on a state that makes this of the runtime:
//   - the state cannot build the version, or
//   - it would have installed another one for the request: its inventory lists a newer final
//     release that meets it, or the request is an alias of its buildpack for another version.
// What is not recorded of a state refutes nothing.
bool refutes(const Testimony& testimony, const Alternative& state);

// What a candidate makes of a runtime, as of that instant.
using StateOf = std::function<Result<const Alternative*>(const RuntimeRules& runtime,
                                                         const Candidate& candidate, Instant at)>;

struct Hearing {
  std::vector<std::size_t> standing;  // places of the candidates that no witness rules out
  std::vector<Testimony> testimonies;
  std::vector<Reason> reasons;  // one a witness: what it saw, and what it rules out
};
// Fails where the witnesses rule out every candidate: then the snapshot contradicts itself.
Result<Hearing> hear_witnesses(const Builder& builder, const Rules& rules, const StateOf& state_of);

// The snapshot as it was known at that instant: without the witnesses that were seen later.
Snapshot as_known_at(Snapshot snapshot, Instant at);

}  // namespace buildable
