// Which observed state a command works on, and the policy that follows from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/context.h"
#include "model/policy.h"
#include "rules/embedded.h"

namespace buildable {

struct State {
  Snapshot snapshot;
  std::string digest;
  std::string origin;     // for people: "the state of 2026-05-14, compiled in"
  bool observed = false;  // it comes from a state directory
};

State embedded_state(const EmbeddedSnapshot& which);
// The state in force at `at`, of those compiled in.
Result<State> state_at(Instant at);
// The same, or the one last observed, where `directory` (empty: none) keeps a newer one. Of it is
// said how long ago, seen from `now`, it was last found to stand.
Result<State> known_state_at(Instant at, const std::string& directory, Instant now);
// Of two states in force at one time the one that began later, then the one that was read later.
bool is_newer(const Snapshot& a, const Snapshot& b);
// What --at and the settings say; people are told where an observed state comes from.
struct StateInForce {
  State state;
  Instant at;
};
Result<StateInForce> state_in_force(const Context& context);

// From a snapshot file, a directory that `generate` wrote, or the date of a known state.
Result<State> state_named(const std::string& name);

// `tracks`: only these; empty: all.
Result<Policy> policy_of(const State& state, Instant at, std::span<const std::string> tracks = {});

// Fails, naming those that there are, where the state has no such track.
Result<void> require_track(const State& state, const std::string& track, Instant at);

// The track that explain, versions and builder speak of: the only one of the policy.
struct View {
  State state;
  Policy policy;
  const TrackPolicy& track_policy() const { return policy.tracks.front(); }
};
Result<View> view_of(const Context& context);

// The runtime by id; the error names those that there are.
Result<const RuntimePolicy*> runtime_of(const TrackPolicy& track, std::string_view id);

}  // namespace buildable
