#include "app/publish_run.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

#include "base/text.h"
#include "rules/load.h"
#include "store/snapshots.h"

namespace buildable::app {
namespace {

constexpr int most_attempts = 12;

// Apart from one another, so that two that met do not meet again.
void wait_before(int attempt) {
  const int spread = static_cast<int>(::getpid()) * 37 % 100;
  std::this_thread::sleep_for(std::chrono::milliseconds(attempt * (20 + spread)));
}

bool is_renewal(const publish::Standing& standing, const publish::Plan& plan) {
  return standing.manifest && plan.manifest_is_right && !plan.changes_files();
}

// GitLab's words; a push option is one line, and GitLab reads "\n" in it as a line break
// (docs.gitlab.com/topics/git/commit: push options).
std::vector<std::string> merge_request_options(const std::string& target,
                                               const std::string& message) {
  const auto end = message.find('\n');
  return {"merge_request.create", "merge_request.target=" + target,
          "merge_request.remove_source_branch", "merge_request.title=" + message.substr(0, end),
          "merge_request.description=" + replace_all(trim(message.substr(end)), "\n", "\\n")};
}

}  // namespace

Result<publish::Standing> PublishRun::standing_on(const std::string& branch) {
  auto head = remote_.look(branch, publish::paths_to_read(request_.folder));
  if (!head) return fail(std::move(head.error()));
  return publish::standing_of(request_.folder, std::move(*head));
}

Result<void> PublishRun::remember_published() {
  const auto standing = standing_on(request_.branch);
  if (!standing) return fail(standing.error());
  const std::string& directory = request_.draft.state_directory;
  const auto known = known_state_at(directory, request_.draft.times);
  const auto published = published_state(*standing, known ? &*known : nullptr);
  if (!published) return fail(published.error());
  if (!*published) return {};
  const Snapshot& snapshot = (*published)->snapshot;
  if (known && !is_newer(snapshot, known->snapshot)) return {};
  return store::SnapshotStore(directory).put(write_snapshot(snapshot), request_.draft.times.now);
}

Result<PublishResult> PublishRun::run() {
  for (int attempt_number = 1; attempt_number <= most_attempts; ++attempt_number) {
    auto outcome = attempt();
    if (!outcome) return fail(std::move(outcome.error()));
    if (*outcome) return std::move(**outcome);
    tell_("Another publisher was quicker; once more, on what it published.");
    wait_before(attempt_number);
  }
  return fail("another publisher was quicker " + std::to_string(most_attempts) + " times");
}

PublishRun::Attempt PublishRun::attempt() {
  const auto standing = standing_on(request_.branch);
  if (!standing) return fail(standing.error());
  const auto draft = draft_of(*standing, request_.draft);
  if (!draft) return fail(draft.error());
  const auto plan = publish::plan_of(*standing, draft->made.tree, draft->state.digest);
  if (!plan) return fail(plan.error());
  if (is_settled(*standing, *draft, *plan)) {
    if (nears_its_end(*standing->manifest, request_.draft.times.at))
      tell_("warning: the published tree expires on " +
            format_instant(standing->manifest->expires) + " and is not renewed: its facts are of " +
            format_day(draft->state.last_seen) + "; publish with --observe");
    return leave_unchanged(*standing);
  }
  if (standing->is_signed && !request_.key)
    return fail(
        Diagnostic{.message = "what is published is signed, and there is no key to sign with",
                   .file = request_.folder + publish::signature_name,
                   .hint = "name the key as signing_key under [publish] in buildable.toml"});
  auto judged = judge_draft(*draft, request_.draft.times.at);
  if (!judged) return fail(std::move(judged.error()));
  for (const Finding& odd : judged->warnings)
    tell_("warning: " + odd.code + ": " + printable(odd.text));
  if (!judged->refused.empty())
    return PublishResult{.outcome = PublishOutcome::refused, .refused = std::move(judged->refused)};
  return publish(*standing, *draft, *plan, judged->news);
}

bool PublishRun::is_settled(const publish::Standing& standing, const Draft& draft,
                            const publish::Plan& plan) const {
  return is_renewal(standing, plan) &&
         seal_is_fresh(standing, draft.state, request_.draft.times.at, request_.key);
}

// A renewal confirms what was seen, and no more.
Instant PublishRun::end_of(const publish::Standing& standing, const Draft& draft,
                           const publish::Plan& plan) const {
  const Instant now = request_.draft.times.at;
  if (!is_renewal(standing, plan)) return now + shelf_life;
  return std::max(renewed_until(draft.state, now), standing.manifest->expires);
}

// A merged proposal has no tag yet: this run is the first to see it on its branch.
PublishRun::Attempt PublishRun::leave_unchanged(const publish::Standing& standing) {
  const std::string& revision = standing.manifest->revision;
  if (request_.merge_request && !request_.dry_run) {
    const auto tags = remote_.tags(revision);
    if (!tags) return fail(tags.error());
    if (std::find(tags->begin(), tags->end(), revision) == tags->end()) {
      publish::NewCommit tagged{.message = "Revision " + revision + "\n",
                                .author = request_.author,
                                .when = request_.draft.times.at,
                                .tag = revision};
      if (auto made = remote_.tag(tagged, standing.head.commit); !made)
        return fail(std::move(made.error()));
      return send(tagged, {.commit = {}, .tag = revision}, PublishOutcome::tagged);
    }
  }
  return PublishResult{.name = revision, .commit = standing.head.commit};
}

Result<std::string> PublishRun::revision_for(const publish::Standing& standing, const Draft& draft,
                                             const publish::Plan& plan) {
  if (is_renewal(standing, plan)) return standing.manifest->revision;
  const std::string day = revision_of(draft.made.effective);
  const auto tags = remote_.tags(day);
  if (!tags) return fail(tags.error());
  return publish::next_revision(day, standing, *tags);
}

emit::PublicationNews PublishRun::news_of(const publish::Standing& standing,
                                          const HistoryState& changes, const publish::Plan& plan,
                                          const std::string& revision, Instant until) const {
  return {.state = changes,
          .is_first = !standing.manifest,
          .is_renewal = is_renewal(standing, plan),
          .revision = revision,
          .expires = format_instant(until),
          .added = plan.added.size(),
          .modified = plan.modified.size(),
          .removed = plan.removed.size()};
}

publish::NewCommit PublishRun::commit_of(const publish::Standing& standing, const Draft& draft,
                                         const publish::Plan& plan,
                                         const emit::PublicationNews& news,
                                         const Seal& seal) const {
  publish::NewCommit commit{.parent = standing.head.commit,
                            .message = emit::emit_commit_message(news, draft.state.snapshot),
                            .author = request_.author,
                            .when = request_.draft.times.at};
  const std::string& folder = standing.folder;
  for (const auto* paths : {&plan.added, &plan.modified})
    for (const std::string& path : *paths) commit.written[folder + path] = draft.made.tree.at(path);
  for (const std::string& path : plan.removed) commit.removed.push_back(folder + path);
  commit.written[folder + publish::manifest_name] = seal.manifest;
  if (!seal.signature.empty()) commit.written[folder + publish::signature_name] = seal.signature;
  if (!news.is_renewal && !request_.merge_request) commit.tag = news.revision;
  return commit;
}

PublishRun::Attempt PublishRun::publish(const publish::Standing& standing, const Draft& draft,
                                        const publish::Plan& plan, const HistoryState& changes) {
  const auto revision = revision_for(standing, draft, plan);
  if (!revision) return fail(revision.error());
  const Instant until = end_of(standing, draft, plan);
  const Seal seal =
      seal_of(draft.made.tree, *revision, draft.state.digest,
              {request_.draft.times.at, until, seen_by(draft.state, request_.draft.times.at)},
              request_.key);
  if (auto checked = check_tree(draft, seal); !checked) return fail(std::move(checked.error()));
  const publish::NewCommit commit =
      commit_of(standing, draft, plan, news_of(standing, changes, plan, *revision, until), seal);
  if (request_.dry_run) return planned(standing, plan, commit);
  if (request_.merge_request) return propose(standing, draft, commit);
  return send(commit,
              {.commit = {},
               .branch = request_.branch,
               .expected = standing.head.commit,
               .tag = commit.tag},
              PublishOutcome::published);
}

// One branch for all proposals: what an earlier run left there is replaced, and so is the merge
// request's text.
PublishRun::Attempt PublishRun::propose(const publish::Standing& target, const Draft& draft,
                                        const publish::NewCommit& commit) {
  if (target.head.commit.empty())
    return fail(
        "there is no branch " + in_quotes(request_.branch) + " that a merge request could go to",
        "publish once without --merge-request, or make the branch");
  auto head = remote_.look(proposal_branch, publish::paths_to_read(request_.folder));
  if (!head) return fail(std::move(head.error()));
  const std::string expected = head->commit;
  if (head->parent == target.head.commit) {
    const auto proposed = publish::standing_of(request_.folder, std::move(*head));
    const auto plan = proposed ? publish::plan_of(*proposed, draft.made.tree, draft.state.digest)
                               : Result<publish::Plan>(publish::Plan{});
    if (proposed && plan && is_settled(*proposed, draft, *plan))
      return PublishResult{.name = proposed->manifest->revision, .commit = proposed->head.commit};
  }
  return send(commit,
              {.commit = {},
               .branch = proposal_branch,
               .expected = expected,
               .options = merge_request_options(request_.branch, commit.message)},
              PublishOutcome::proposed);
}

PublishRun::Attempt PublishRun::send(const publish::NewCommit& commit, publish::Push push,
                                     PublishOutcome outcome) {
  const bool has_files = !commit.written.empty();
  if (has_files) {
    auto made = remote_.commit(commit);
    if (!made) return fail(std::move(made.error()));
    push.commit = std::move(*made);
  }
  const auto pushed = remote_.push(push);
  if (!pushed) return fail(pushed.error());
  if (*pushed == publish::PushOutcome::lost_race) return std::nullopt;
  return PublishResult{.outcome = outcome,
                       .name = push.tag.empty() ? push.branch : push.tag,
                       .commit = push.commit,
                       .message = commit.message};
}

PublishResult PublishRun::planned(const publish::Standing& standing, const publish::Plan& plan,
                                  const publish::NewCommit& commit) const {
  PublishResult result{.outcome = PublishOutcome::planned, .message = commit.message};
  const auto add = [&](char mark, const std::string& path) {
    result.changes.push_back({mark, request_.folder + path});
  };
  for (const std::string& path : plan.added) add('A', path);
  for (const std::string& path : plan.modified) add('M', path);
  for (const std::string& path : plan.removed) add('D', path);
  add(standing.manifest ? 'M' : 'A', publish::manifest_name);
  return result;
}

}  // namespace buildable::app
