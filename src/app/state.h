// Which state of the platform a use case works on, and the policy that follows from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/settings.h"
#include "base/result.h"
#include "base/time.h"
#include "model/policy.h"
#include "rules/embedded.h"

namespace buildable::app {

struct State {
  Snapshot snapshot;
  std::string digest;
  Instant last_seen;      // when it was last looked up and found to stand
  std::string origin;     // for people: "the state of 2026-05-14, compiled in"
  bool observed = false;  // it comes from a state directory
};

// The instant that a question is about, and the one at which it is asked.
struct Times {
  Instant at;
  Instant now;
};

// When the state was last looked up, as a manifest of `now` says it.
Instant seen_by(const State& state, Instant now);

State embedded_state(const EmbeddedSnapshot& which);
// The state in force at `at`, of those compiled in.
Result<State> state_at(Instant at);
// The same, or the one last observed, where `directory` (empty: none) keeps a newer one. Its origin
// says how long before `now` it was last observed.
Result<State> known_state_at(const std::string& directory, const Times& times);
// Of two states in force at one time the one that began later, then the one that was read later.
bool is_newer(const Snapshot& a, const Snapshot& b);
// From a snapshot file, a directory that `generate` wrote, or the date of a known state.
Result<State> state_named(const std::string& name);

// `tracks`: only these; empty: all.
Result<Policy> policy_of(const State& state, Instant at, std::span<const std::string> tracks = {});

// Fails, naming those that there are, where the state has no such track.
Result<void> require_track(const State& state, const std::string& track, Instant at);

// One track of a state.
struct TrackView {
  State state;
  Policy policy;  // of that track alone
  const TrackPolicy& track_policy() const { return policy.tracks.front(); }
};
Result<TrackView> view_of_track(State state, const std::string& track, Instant at);

// The runtime by id; the error names those that there are.
Result<const RuntimePolicy*> runtime_of(const TrackPolicy& track, std::string_view id);

}  // namespace buildable::app
