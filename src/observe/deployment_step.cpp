#include "observe/deployment_step.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/limits.h"
#include "policy/describe.h"

namespace buildable::observe {
namespace {

// The gateway asks for a client certificate, or does not have the path.
const std::vector<int> not_offered{401, 403, 404};

std::string summary_of(const ingest::Deployment& deployment) {
  std::vector<std::string> tracks;
  for (const ingest::TrackDeployment& track : deployment.tracks)
    tracks.push_back(track.track + " " + std::string(short_reference(track.builder)));
  return join(tracks, ", ");
}

}  // namespace

void DeploymentStep::start(std::function<void(const ingest::Deployment&)> ready) {
  read_values(std::move(ready));
  read_api();
  read_history();
}

void DeploymentStep::read_values(std::function<void(const ingest::Deployment&)> ready) {
  const Source* source = session_.source(SourceKind::values_file);
  if (source == nullptr)
    return session_.problem(Error(Diagnostic{.message = "the platform's rules name no values file",
                                             .hint = "add a source of the kind \"values_file\""}));
  session_.read(*source, {}, ingest::limits::values_file,
                [this, source, ready = std::move(ready)](Result<Answer> answer) {
                  auto deployment = answer.and_then([&](const Answer& text) {
                    return ingest::parse_values_file(text.text, session_.rules.platform);
                  });
                  // Without it nothing can be known, whatever the rules say.
                  if (!deployment)
                    return session_.problem(session_.failed(*source, deployment.error()));
                  evidence_ = answer->evidence;
                  deployment_ = std::move(*deployment);
                  session_.fetcher.found(source->name, summary_of(*deployment_));
                  ready(*deployment_);
                });
}

void DeploymentStep::read_api() {
  const Source* source = session_.source(SourceKind::supported_versions);
  if (source == nullptr) return;
  session_.read(
      *source, {}, ingest::limits::json,
      [this, source](Result<Answer> answer) {
        if (!answer) return session_.give_up(*source, std::move(answer.error()));
        if (answer->status >= 400)
          return session_.fetcher.absent(source->name,
                                         "not offered (" + std::to_string(answer->status) + ")");
        auto deployment = ingest::parse_supported_versions(answer->text, session_.rules.platform);
        if (!deployment) return session_.give_up(*source, std::move(deployment.error()));
        session_.fetcher.found(source->name, summary_of(*deployment));
        by_api_ = std::move(*deployment);
      },
      not_offered);
}

void DeploymentStep::read_history() {
  const Source* source = session_.source(SourceKind::gitlab_commits);
  if (source == nullptr) return;
  session_.read(*source, {}, ingest::limits::json, [this, source](Result<Answer> answer) {
    auto commit =
        answer.and_then([](const Answer& text) { return ingest::parse_newest_commit(text.text); });
    if (!commit) return session_.give_up(*source, std::move(commit.error()));
    session_.fetcher.found(source->name,
                           commit->id.substr(0, 8) + " of " + format_instant(commit->committed));
    commit_ = std::move(*commit);
  });
}

void DeploymentStep::compare(const ingest::TrackDeployment& by_api) {
  const auto track =
      std::find_if(deployment_->tracks.begin(), deployment_->tracks.end(),
                   [&](const ingest::TrackDeployment& each) { return each.track == by_api.track; });
  // Where nothing is configured the API answers with defaults of its code.
  if (track == deployment_->tracks.end()) return;
  std::vector<Error> refused;
  const auto agree = [&](const char* what, const std::string& one, const std::string& other) {
    if (one == other || one.empty() || other.empty()) return;
    session_.doubt("sources_disagree",
                   "the " + std::string(what) + " of the track " + by_api.track + " is " +
                       in_quotes(one) + " in the values file and " + in_quotes(other) +
                       " in the build API's answer",
                   refused);
  };
  agree("builder", track->builder, by_api.builder);
  agree("runner", track->runner, by_api.runner);
  agree("end", track->valid_until, by_api.valid_until);
  for (const Error& error : refused) session_.problem(error);
}

void DeploymentStep::finish() {
  if (!deployment_ || !by_api_) return;
  for (const ingest::TrackDeployment& track : by_api_->tracks) compare(track);
}

Instant DeploymentStep::effective() const {
  if (!commit_ || commit_->committed > session_.options.now) return session_.options.now;
  return commit_->committed;
}

}  // namespace buildable::observe
