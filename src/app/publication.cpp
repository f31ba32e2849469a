#include "app/publication.h"

#include "app/state_change.h"
#include "base/digest.h"
#include "emit/history_reader.h"
#include "policy/history.h"
#include "publish/preset_check.h"
#include "publish/schema_check.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable::app {
namespace {

constexpr const char* snapshot_name = "snapshot.json";
constexpr const char* history_name = "history.json";

const std::string* text_of(const publish::Standing& standing, const char* name) {
  if (!standing.manifest || !standing.manifest->files.contains(name)) return nullptr;
  return standing.text(name);
}

tl::unexpected<Error> unreadable(const publish::Standing& standing, const Error& error) {
  std::vector<Diagnostic> problems = error.diagnostics();
  problems.push_back(
      {.message = "what is published cannot be read, so nothing can be held against it",
       .file = standing.folder + snapshot_name,
       .hint = "fix it on the branch, or remove the file there to begin anew"});
  return fail(Error(std::move(problems)));
}

Result<KnownHistory> published_history(const publish::Standing& standing,
                                       const std::optional<State>& published) {
  KnownHistory known{{}, published};
  const std::string* text = text_of(standing, history_name);
  if (text == nullptr) return known;
  auto history = emit::read_history(*text, standing.folder + history_name, embedded_rules());
  if (!history) return unreadable(standing, history.error());
  known.states = std::move(*history);
  return known;
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
  const bool in_force = published->snapshot.effective <= at;
  if (in_force && (!known || is_newer(published->snapshot, known->snapshot))) return *published;
  return known;
}

}  // namespace

Result<std::optional<State>> published_state(const publish::Standing& standing,
                                             const State* known) {
  const std::string* text = text_of(standing, snapshot_name);
  if (text == nullptr) return std::nullopt;
  if (known != nullptr && known->digest == standing.manifest->snapshot) return *known;
  auto snapshot = parse_snapshot(*text, standing.folder + snapshot_name);
  if (!snapshot) return unreadable(standing, snapshot.error());
  std::string digest = sha256_digest(write_snapshot(*snapshot));
  const Instant seen = snapshot->observed;
  return State{std::move(*snapshot), std::move(digest), seen, "the state that is published"};
}

Result<Draft> draft_of(const publish::Standing& standing, const DraftOptions& options) {
  auto known = known_state_at(options.state_directory, options.times);
  auto published = published_state(standing, known ? &*known : nullptr);
  if (!published) return fail(std::move(published.error()));
  auto state = state_to_publish(*published, std::move(known), options.times.at);
  if (!state) return fail(std::move(state.error()));
  const auto history = published_history(standing, *published);
  if (!history) return fail(history.error());
  auto made = generate_tree(*state, options.times.at, options.tree, *history);
  if (!made) return fail(std::move(made.error()));
  return Draft{std::move(*published), std::move(*state), std::move(*made)};
}

Result<DraftJudgement> judge_draft(const Draft& draft, Instant at) {
  auto change = judge_state(draft.published ? &draft.published->snapshot : nullptr,
                            draft.state.snapshot, draft.made.policy, at);
  if (!change) return fail(std::move(change.error()));
  std::erase_if(change->findings, concerns_reading);
  DraftJudgement judgement{refusals_in(change->findings), {}, {}};
  judgement.news = history_state(change->before ? &*change->before : nullptr, draft.made.policy);
  for (const Finding& finding : change->findings)
    if (finding.severity == Severity::warn) judgement.warnings.push_back(finding);
  return judgement;
}

Instant renewed_until(const State& state, Instant now) { return seen_by(state, now) + shelf_life; }

bool nears_its_end(const publish::Manifest& manifest, Instant now) {
  return manifest.expires - now < shelf_life / 2;
}

bool seal_is_fresh(const publish::Standing& standing, const State& state, Instant now,
                   const std::optional<publish::SigningKey>& key) {
  if (!standing.manifest) return false;
  const publish::Manifest& sealed = *standing.manifest;
  if (nears_its_end(sealed, now) && renewed_until(state, now) > sealed.expires) return false;
  if (!key) return true;
  const std::string* manifest = standing.text(publish::manifest_name);
  const std::string* signature = standing.text(publish::signature_name);
  return manifest != nullptr && signature != nullptr && key->sign(*manifest) == *signature;
}

Result<void> check_tree(const Draft& draft, const Seal& seal) {
  if (auto presets = publish::check_presets(draft.made.tree); !presets) return presets;
  emit::Tree tree = draft.made.tree;
  tree[publish::manifest_name] = seal.manifest;
  if (auto formed = publish::check_schemas(tree); !formed) return formed;
  const auto again = parse_snapshot(tree[snapshot_name], snapshot_name);
  if (!again) return fail(again.error());
  if (*again != draft.state.snapshot)
    return fail(
        Diagnostic{.message = "does not read back as it was written", .file = snapshot_name});
  return {};
}

}  // namespace buildable::app
