#include "app/publication.h"

#include <algorithm>
#include <ostream>

#include "base/digest.h"
#include "base/text.h"
#include "emit/history_reader.h"
#include "policy/history.h"
#include "policy/judgement.h"
#include "publish/preset_check.h"
#include "publish/schema_check.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable {
namespace {

constexpr const char* snapshot_name = "snapshot.json";
constexpr const char* history_name = "history.json";

const std::string* text_of(const Standing& standing, const char* name) {
  if (!standing.manifest || !standing.manifest->files.contains(name)) return nullptr;
  return standing.text(name);
}

tl::unexpected<Error> unreadable(const Standing& standing, const Error& error) {
  std::vector<Diagnostic> problems = error.diagnostics();
  problems.push_back(
      {.message = "what is published cannot be read, so nothing can be held against it",
       .file = standing.folder + snapshot_name,
       .hint = "mend it on the branch, or remove the file there to begin anew"});
  return fail(Error(std::move(problems)));
}

Result<Memory> memory_of(const Standing& standing, const std::optional<State>& published) {
  Memory memory{{}, published};
  const std::string* text = text_of(standing, history_name);
  if (text == nullptr) return memory;
  auto history = read_history(*text, standing.folder + history_name, embedded_rules());
  if (!history) return unreadable(standing, history.error());
  memory.history = std::move(*history);
  return memory;
}

// What was known when the state was observed, or in review when it was compiled in, is not judged
// again.
bool concerns_reading(const Finding& finding) {
  return finding.code == "label_missing" || finding.code == "sources_disagree";
}

// Of the one that is published and the one that is known here, the later.
Result<State> state_to_publish(const std::optional<State>& published, Result<State> known,
                               Instant at) {
  if (!published) return known;
  const auto effective = parse_instant(published->snapshot.effective);
  const bool in_force = effective && *effective <= at;
  if (in_force && (!known || is_newer(published->snapshot, known->snapshot))) return *published;
  return known;
}

}  // namespace

Result<std::optional<State>> published_state(const Standing& standing, const State* known) {
  const std::string* text = text_of(standing, snapshot_name);
  if (text == nullptr) return std::nullopt;
  if (known != nullptr && known->digest == standing.manifest->snapshot) return *known;
  auto snapshot = parse_snapshot(*text, standing.folder + snapshot_name);
  if (!snapshot) return unreadable(standing, snapshot.error());
  std::string digest = sha256_digest(write_snapshot(*snapshot));
  return State{std::move(*snapshot), std::move(digest), "the state that is published"};
}

Result<Draft> draft_of(const Context& context, const Standing& standing,
                       const DraftOptions& options) {
  auto known = known_state_at(options.at, options.state_directory, context.now);
  auto published = published_state(standing, known ? &*known : nullptr);
  if (!published) return fail(std::move(published.error()));
  auto state = state_to_publish(*published, std::move(known), options.at);
  if (!state) return fail(std::move(state.error()));
  const auto memory = memory_of(standing, *published);
  if (!memory) return fail(memory.error());
  auto made = generation_of(*state, options.at, options.tree, *memory);
  if (!made) return fail(std::move(made.error()));
  return Draft{std::move(*published), std::move(*state), std::move(*made)};
}

Result<Verdicts> judge(const Context& context, const Draft& draft, Instant at) {
  std::optional<Policy> before;
  if (draft.published) {
    auto policy = policy_of(*draft.published, at);
    if (!policy) return fail(std::move(policy.error()));
    before = std::move(*policy);
  }
  const Policy* last = before ? &*before : nullptr;
  const Judgement judgement =
      judge_change(embedded_rules(), draft.published ? &draft.published->snapshot : nullptr, last,
                   draft.state.snapshot, draft.made.policy);
  Verdicts verdicts{{}, history_state(last, draft.made.policy)};
  for (const Finding& finding : judgement.findings) {
    if (concerns_reading(finding)) continue;
    if (finding.severity == Severity::refuse)
      verdicts.refused.push_back({.message = finding.text, .path = finding.code});
    else if (finding.severity == Severity::warn)
      context.say("warning: " + finding.code + ": " + printable(finding.text));
  }
  return verdicts;
}

bool seal_is_fresh(const Standing& standing, Instant now, const std::optional<SigningKey>& key) {
  if (!standing.manifest) return false;
  const auto expires = parse_instant(standing.manifest->expires);
  if (!expires || *expires - now < shelf_life / 2) return false;
  if (!key) return true;
  const std::string* manifest = standing.text(manifest_name);
  const std::string* signature = standing.text(signature_name);
  return manifest != nullptr && signature != nullptr && key->sign(*manifest) == *signature;
}

Result<void> check_tree(const Draft& draft, const Seal& seal) {
  if (auto presets = check_presets(draft.made.tree); !presets) return presets;
  Tree tree = draft.made.tree;
  tree[manifest_name] = seal.manifest;
  if (auto formed = check_schemas(tree); !formed) return formed;
  const auto again = parse_snapshot(tree[snapshot_name], snapshot_name);
  if (!again) return fail(again.error());
  if (*again != draft.state.snapshot)
    return fail(
        Diagnostic{.message = "does not read back as it was written", .file = snapshot_name});
  return {};
}

}  // namespace buildable
