#include "app/state.h"

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/text.h"
#include "model/runtime_names.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/file_reader.h"
#include "store/snapshots.h"

namespace buildable::app {
namespace {

Result<State> state_in_file(const std::string& file) {
  auto text = store::read_argument(file);
  if (!text) return fail(std::move(text.error()));
  auto snapshot = parse_snapshot(*text, file);
  if (!snapshot) return fail(std::move(snapshot.error()));
  std::string digest = sha256_digest(write_snapshot(*snapshot));
  const Instant seen = snapshot->observed;
  return State{std::move(*snapshot), std::move(digest), seen, "the snapshot " + file};
}

// "3 hours"
std::string age_text(std::chrono::seconds age) {
  const auto text = [](std::int64_t count, const char* unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
  };
  const std::int64_t seconds = std::max<std::int64_t>(age.count(), 0);
  if (seconds < 120) return text(seconds, "second");
  constexpr std::int64_t hour = 3600;
  constexpr std::int64_t day = 24 * hour;
  if (seconds < 2 * hour) return text(seconds / 60, "minute");
  if (seconds < 2 * day) return text(seconds / hour, "hour");
  return text(seconds / day, "day");
}

// Where it began no later than `at`.
std::optional<State> observed_state(const store::StoredSnapshot& stored, const Times& times) {
  auto snapshot = parse_snapshot(stored.text, stored.digest);
  if (!snapshot) return std::nullopt;
  if (snapshot->effective > times.at) return std::nullopt;
  std::string origin = "the state of " + format_day(snapshot->effective) + ", last observed " +
                       age_text(times.now - stored.seen) + " ago";
  const Instant seen = std::max(stored.seen, snapshot->observed);
  return State{std::move(*snapshot), stored.digest, seen, std::move(origin), true};
}

std::optional<State> newest_observed(const std::string& directory, const Times& times) {
  const store::SnapshotStore store(directory);
  const auto newest = store.newest();
  if (!newest) return std::nullopt;
  if (auto state = observed_state(*newest, times)) return state;
  const auto history = store.history();
  for (auto stored = history.rbegin(); stored != history.rend(); ++stored)
    if (auto state = observed_state(*stored, times)) return state;
  return std::nullopt;
}

std::string known_states() {
  std::string names;
  for (const EmbeddedSnapshot& which : embedded_snapshots()) {
    names += (names.empty() ? "" : ", ") + which.name;
  }
  return names;
}

std::vector<std::string> ids_of(const TrackPolicy& track) {
  std::vector<std::string> ids;
  for (const RuntimePolicy& runtime : track.runtimes) ids.push_back(runtime.runtime);
  return ids;
}

}  // namespace

Instant seen_by(const State& state, Instant now) { return std::min(now, state.last_seen); }

bool is_newer(const Snapshot& a, const Snapshot& b) {
  return std::pair(a.effective, a.observed) > std::pair(b.effective, b.observed);
}

State embedded_state(const EmbeddedSnapshot& which) {
  Snapshot snapshot = embedded_snapshot(which);
  const Instant seen = snapshot.observed;
  return {std::move(snapshot), which.digest, seen, "the state of " + which.name + ", compiled in"};
}

Result<State> state_at(Instant at) {
  const auto found = embedded_snapshot_at(at);
  if (!found) return fail(found.error());
  return embedded_state(*found);
}

Result<State> known_state_at(const std::string& directory, const Times& times) {
  auto embedded = state_at(times.at);
  if (directory.empty()) return embedded;
  auto observed = newest_observed(directory, times);
  if (!observed || (embedded && !is_newer(observed->snapshot, embedded->snapshot))) return embedded;
  return std::move(*observed);
}

Result<State> state_named(const std::string& name) {
  std::error_code error;
  if (std::filesystem::is_directory(name, error)) return state_in_file(name + "/snapshot.json");
  if (std::filesystem::exists(name, error)) return state_in_file(name);
  for (const EmbeddedSnapshot& which : embedded_snapshots()) {
    if (which.name == name) return embedded_state(which);
  }
  return fail({.message = "no such file, directory or known state",
               .file = name,
               .hint = "known states: " + known_states()});
}

Result<Policy> policy_of(const State& state, Instant at, std::span<const std::string> tracks) {
  return compile(state.snapshot, embedded_rules(), at, state.digest, tracks);
}

Result<void> require_track(const State& state, const std::string& track, Instant at) {
  std::vector<std::string> names;
  for (const Track& each : state.snapshot.tracks) {
    if (each.name == track) return {};
    names.push_back(each.name);
  }
  return fail("no track " + in_quotes(track) + " at " + format_instant(at),
              "tracks then: " + join(names, ", "));
}

Result<TrackView> view_of_track(State state, const std::string& track, Instant at) {
  if (auto known = require_track(state, track, at); !known) return fail(std::move(known.error()));
  auto policy = policy_of(state, at, {&track, 1});
  if (!policy) return fail(std::move(policy.error()));
  return TrackView{std::move(state), std::move(*policy)};
}

Result<const RuntimePolicy*> runtime_of(const TrackPolicy& track, std::string_view id) {
  if (const RuntimePolicy* found = runtime_named(track, id)) return found;
  const std::vector<std::string> ids = ids_of(track);
  const std::string_view name = id.substr(0, id.find_first_of(" @:="));
  const auto near = nearest(name, std::vector<std::string_view>(ids.begin(), ids.end()));
  const std::string hint = near ? "did you mean " + in_quotes(*near) + "? " : std::string();
  return fail("no runtime " + in_quotes(id), hint + "known: " + join(ids, ", "));
}

}  // namespace buildable::app
