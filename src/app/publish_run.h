// One run of `publish`.
#pragma once

#include <optional>
#include <string>

#include "app/publication.h"
#include "cli/context.h"
#include "publish/remote.h"

namespace buildable {

// The branch that --merge-request pushes to.
inline constexpr const char* proposal_branch = "buildable/update";

struct PublishSettings {
  std::string folder;  // "" or "some/where/"
  std::string author;
  std::optional<SigningKey> key;
  DraftOptions draft;
};

class PublishRun {
 public:
  PublishRun(const Context& context, const PublishArguments& arguments, PublishSettings settings,
             Remote remote)
      : context_(context),
        arguments_(arguments),
        settings_(std::move(settings)),
        remote_(std::move(remote)) {}

  // What is under the folder of that branch now.
  Result<Standing> standing_on(const std::string& branch);
  // Tries until no other publisher is quicker. The exit code.
  Result<int> run();

 private:
  using Outcome = std::optional<int>;  // absent: another publisher was quicker

  Result<Outcome> attempt();
  Result<Outcome> leave_unchanged(const Standing& standing);
  Result<Outcome> publish(const Standing& standing, const Draft& draft, const Plan& plan,
                          const HistoryState& changes);
  Result<Outcome> propose(const Standing& target, const Draft& draft, const NewCommit& commit);
  Result<Outcome> send(const NewCommit& commit, Push push, const char* verb);
  Result<std::string> revision_for(const Standing& standing, const Draft& draft, const Plan& plan);
  PublicationNews news_of(const Standing& standing, const HistoryState& changes, const Plan& plan,
                          const std::string& revision) const;
  NewCommit commit_of(const Standing& standing, const Draft& draft, const Plan& plan,
                      const PublicationNews& news, const Seal& seal) const;
  int print_plan(const Standing& standing, const Plan& plan, const NewCommit& commit) const;
  int print_result(const char* verb, const std::string& revision, const std::string& commit) const;
  bool is_settled(const Standing& standing, const Plan& plan) const;

  const Context& context_;
  const PublishArguments& arguments_;
  PublishSettings settings_;
  Remote remote_;
};

}  // namespace buildable
