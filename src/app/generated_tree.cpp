#include "app/generated_tree.h"

#include <algorithm>

#include "base/text.h"
#include "policy/history.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable::app {
namespace {

// The states before `effective`: those that are compiled in, whose entries the build made, then
// those that are known besides.
std::vector<HistoryState> states_before(Instant effective, const KnownHistory& known) {
  std::vector<HistoryState> states = embedded_history().states;
  const auto not_before = [effective](const HistoryState& s) { return s.effective >= effective; };
  states.erase(std::find_if(states.begin(), states.end(), not_before), states.end());
  for (const HistoryState& entry : known.states) {
    const bool later = states.empty() || entry.effective > states.back().effective;
    if (later && !not_before(entry)) states.push_back(entry);
  }
  return states;
}

std::optional<State> state_with_digest(const std::string& digest, const KnownHistory& known) {
  if (known.last && known.last->digest == digest) return known.last;
  for (const EmbeddedSnapshot& embedded : embedded_snapshots())
    if (embedded.digest == digest) return embedded_state(embedded);
  return std::nullopt;
}

// Null where the states before it are not known well enough to tell what this one changed.
Result<std::optional<HistoryState>> entry_of(const State& state, Instant effective,
                                             const std::vector<HistoryState>& before,
                                             const KnownHistory& known) {
  const auto now = policy_of(state, effective);
  if (!now) return fail(now.error());
  if (before.empty()) return history_state(nullptr, *now);
  const auto last = state_with_digest(before.back().snapshot_digest, known);
  if (!last) return std::nullopt;
  const auto policy = policy_of(*last, before.back().effective);
  if (!policy) return fail(policy.error());
  return history_state(&*policy, *now);
}

// The entry that tells of the same state as it was known earlier: what it changed stands.
std::optional<HistoryState> known_entry(const State& state, Instant effective,
                                        const KnownHistory& known) {
  for (const HistoryState& earlier : known.states) {
    if (earlier.effective != effective) continue;
    HistoryState entry = earlier;
    entry.snapshot_digest = state.digest;
    return entry;
  }
  return std::nullopt;
}

// The states up to this one.
Result<std::vector<HistoryState>> history_up_to(const State& state, Instant effective,
                                                const KnownHistory& known) {
  const std::vector<HistoryState> compiled_in = embedded_history().states;
  // The last of its entries: what became known of a state later follows on its beginning.
  const auto same = std::find_if(
      compiled_in.rbegin(), compiled_in.rend(),
      [&state](const HistoryState& entry) { return entry.snapshot_digest == state.digest; });
  if (same != compiled_in.rend())
    return std::vector<HistoryState>(compiled_in.begin(), same.base());
  std::vector<HistoryState> states = states_before(effective, known);
  auto entry = entry_of(state, effective, states, known);
  if (!entry) return fail(std::move(entry.error()));
  if (!*entry) *entry = known_entry(state, effective, known);
  if (*entry) states.push_back(std::move(**entry));
  return states;
}

}  // namespace

Result<emit::GeneratedTree> generate_tree(const State& state, Instant at,
                                          const emit::TreeOptions& options,
                                          const KnownHistory& known) {
  auto policy = policy_of(state, at);
  if (!policy) return fail(std::move(policy.error()));
  const Instant effective = state.snapshot.effective;
  auto history = history_up_to(state, effective, known);
  if (!history) return fail(std::move(history.error()));
  emit::GeneratedTree made{std::move(*policy), effective, std::move(*history), {}};
  auto tree = emit::emit_tree({embedded_rules(), made.policy, write_snapshot(state.snapshot),
                               made.history, state.snapshot.releases},
                              options);
  if (!tree) return fail(std::move(tree.error()));
  made.tree = std::move(*tree);
  made.releases = state.snapshot.releases;
  return made;
}

std::string revision_of(Instant effective) { return replace_all(format_day(effective), "-", "."); }

}  // namespace buildable::app
