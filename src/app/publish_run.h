// One run of `publish`: from what stands on a branch to a commit on it, or to a merge request.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/publication.h"
#include "publish/remote.h"

namespace buildable::app {

// The branch that --merge-request pushes to.
inline constexpr const char* proposal_branch = "buildable/update";

struct PublishRequest {
  std::string branch;
  std::string folder;  // "" or "some/where/"
  std::string author;
  std::optional<publish::SigningKey> key;
  DraftOptions draft;
  bool dry_run = false;
  bool merge_request = false;
};

enum class PublishOutcome : std::uint8_t {
  unchanged,
  published,
  tagged,    // a merged proposal, which had no tag yet
  proposed,  // as a merge request
  planned,   // it is what a run without `dry_run` would do
  refused,   // what stands stays
};

struct PlannedChange {
  char mark;         // as git: A added, M modified, D deleted
  std::string path;  // on the branch
};

struct PublishResult {
  PublishOutcome outcome = PublishOutcome::unchanged;
  std::string name;                    // the revision; where it is proposed, the branch
  std::string commit;                  // its id; empty: none
  std::string message;                 // of the commit or tag that was made or planned
  std::vector<PlannedChange> changes;  // of a plan: the manifest comes last
  std::vector<Diagnostic> refused;     // why
};

class PublishRun {
 public:
  using Tell = std::function<void(std::string_view line)>;

  // `tell` is given a line for people now and then.
  PublishRun(PublishRequest request, publish::Remote remote, Tell tell)
      : request_(std::move(request)), remote_(std::move(remote)), tell_(std::move(tell)) {}

  // What an observation is to be held against: where the branch alone knows the last good state (a
  // job that keeps nothing), it is put into the state directory.
  Result<void> remember_published();
  // Tries until no other publisher is quicker.
  Result<PublishResult> run();

 private:
  using Attempt = Result<std::optional<PublishResult>>;  // absent: another publisher was quicker

  Result<publish::Standing> standing_on(const std::string& branch);
  Attempt attempt();
  Attempt leave_unchanged(const publish::Standing& standing);
  Attempt publish(const publish::Standing& standing, const Draft& draft, const publish::Plan& plan,
                  const HistoryState& changes);
  Attempt propose(const publish::Standing& target, const Draft& draft,
                  const publish::NewCommit& commit);
  Attempt send(const publish::NewCommit& commit, publish::Push push, PublishOutcome outcome);
  Result<std::string> revision_for(const publish::Standing& standing, const Draft& draft,
                                   const publish::Plan& plan);
  Instant end_of(const publish::Standing& standing, const Draft& draft,
                 const publish::Plan& plan) const;
  emit::PublicationNews news_of(const publish::Standing& standing, const HistoryState& changes,
                                const publish::Plan& plan, const std::string& revision,
                                Instant until) const;
  publish::NewCommit commit_of(const publish::Standing& standing, const Draft& draft,
                               const publish::Plan& plan, const emit::PublicationNews& news,
                               const Seal& seal) const;
  PublishResult planned(const publish::Standing& standing, const publish::Plan& plan,
                        const publish::NewCommit& commit) const;
  bool is_settled(const publish::Standing& standing, const Draft& draft,
                  const publish::Plan& plan) const;

  PublishRequest request_;
  publish::Remote remote_;
  Tell tell_;
};

}  // namespace buildable::app
