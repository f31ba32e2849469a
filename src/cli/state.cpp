#include "cli/state.h"

#include <filesystem>

#include "base/digest.h"
#include "base/text.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/directory.h"

namespace buildable {
namespace {

Result<State> state_in_file(const std::string& file) {
  auto text = read_file(file);
  if (!text) return fail(std::move(text.error()));
  auto snapshot = parse_snapshot(*text, file);
  if (!snapshot) return fail(std::move(snapshot.error()));
  std::string digest = sha256_digest(write_snapshot(*snapshot));
  return State{std::move(*snapshot), std::move(digest), "the snapshot " + file};
}

State embedded_state(const EmbeddedSnapshot& which) {
  return {embedded_snapshot(which), which.digest, "the state of " + which.name + ", compiled in"};
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

Result<State> state_at(Instant at) {
  const auto found = embedded_snapshot_at(at);
  if (!found) return fail(found.error());
  return embedded_state(*found);
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

Result<Policy> policy_of(const State& state, Instant at) {
  return compile(state.snapshot, embedded_rules(), at, state.digest);
}

Result<View> view_of(const Context& context) {
  auto at = context.at();
  if (!at) return fail(std::move(at.error()));
  auto state = state_at(*at);
  if (!state) return fail(std::move(state.error()));
  auto policy = policy_of(*state, *at);
  if (!policy) return fail(std::move(policy.error()));
  const std::string wanted = context.track(embedded_rules().platform.default_track);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < policy->tracks.size(); ++i) {
    names.push_back(policy->tracks[i].track);
    if (names.back() == wanted) return View{std::move(*state), std::move(*policy), i};
  }
  return fail("no track '" + wanted + "' at " + format_instant(*at),
              "tracks then: " + join(names, ", "));
}

Result<const RuntimePolicy*> runtime_of(const TrackPolicy& track, std::string_view id) {
  if (const RuntimePolicy* found = track.find(id)) return found;
  const std::vector<std::string> ids = ids_of(track);
  const auto near = nearest(id, std::vector<std::string_view>(ids.begin(), ids.end()));
  const std::string hint = near ? "did you mean '" + *near + "'? " : std::string();
  return fail("no runtime '" + std::string(id) + "'", hint + "known: " + join(ids, ", "));
}

}  // namespace buildable
