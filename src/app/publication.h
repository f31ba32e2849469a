// What `publish` would put on a branch, and the grounds on which it refuses to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/generated_tree.h"
#include "app/sealing.h"
#include "emit/site/changelog.h"
#include "policy/judgement.h"
#include "publish/plan.h"

namespace buildable::app {

// What is published now, as far as it is ours; nothing where nothing is. Where the manifest names
// the digest of `known` (null: none) it is that.
Result<std::optional<State>> published_state(const publish::Standing& standing, const State* known);

struct DraftOptions {
  Times times;
  std::string state_directory;  // where a later state may be known; may be empty
  emit::TreeOptions tree;
};

struct Draft {
  std::optional<State> published;
  State state;  // of the published one and those that are known here the latest
  emit::GeneratedTree made;
};
Result<Draft> draft_of(const publish::Standing& standing, const DraftOptions& options);

struct DraftJudgement {
  // Why it is not acceptable beside what is published (policy/judgement.h): an empty policy, one
  // that lost too much, an older state. Empty: it is.
  std::vector<Diagnostic> refused;
  std::vector<Finding> warnings;  // what is merely odd
  HistoryState news;              // what it changes of what is published
};
Result<DraftJudgement> judge_draft(const Draft& draft, Instant at);

// To when a manifest may be good that confirms the state: what was not seen is not confirmed.
Instant renewed_until(const State& state, Instant now);
bool nears_its_end(const publish::Manifest& manifest, Instant now);
// Whether the manifest that stands is good for a while longer, or cannot be renewed since the state
// was not seen again, and is signed as it would be now.
bool seal_is_fresh(const publish::Standing& standing, const State& state, Instant now,
                   const std::optional<publish::SigningKey>& key);

// Fails where the files are not what schemas/ says, where a preset holds a key that is not ours, or
// where the snapshot that is written does not read back.
Result<void> check_tree(const Draft& draft, const Seal& seal);

}  // namespace buildable::app
