#include "observe/builder_step.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/limits.h"
#include "model/track_end.h"

namespace buildable::observe {
namespace {

bool has_ended(const ingest::TrackDeployment& track, Instant now) {
  const auto end = track_end(track.valid_until);
  return end && *end && **end <= now;
}

bool is_ours(const net::ImageReference& reference, const RegistryHome& home) {
  return reference.registry == home.host &&
         reference.repository.compare(0, home.project.size(), home.project) == 0;
}

std::string name_of(const net::ImageReference& reference) {
  return reference.digest.empty() ? reference.tag : reference.digest;
}

// The repository's last part, as the sources' addresses name it.
std::string repository_of(const net::ImageReference& reference) {
  return reference.repository.substr(reference.repository.rfind('/') + 1);
}

}  // namespace

void BuilderStep::start(const ingest::Deployment& deployment,
                        std::function<void(const BuilderReading&)> ready,
                        std::function<void()> all) {
  ready_ = std::move(ready);
  all_ = std::move(all);
  harbor_source_ = session_.source(SourceKind::harbor);
  registry_source_ = session_.source(SourceKind::registry);
  if (harbor_source_ == nullptr || registry_source_ == nullptr)
    return session_.problem(Error(
        Diagnostic{.message = "the platform's rules do not say where its images are described",
                   .hint = "add sources of the kinds \"harbor\" and \"registry\""}));
  const auto home = registry_home(session_.pattern(*registry_source_));
  if (!home) return session_.problem(session_.failed(*registry_source_, Error(home.error())));
  registry_ =
      std::make_unique<net::RegistryClient>(session_.fetcher, registry_source_->name, home->scheme);
  list(deployment);
  open_ = builders_.size();
  for (BuilderReading& reading : builders_) read(reading);
}

void BuilderStep::list(const ingest::Deployment& deployment) {
  for (const ingest::TrackDeployment& track : deployment.tracks) {
    auto known = std::find_if(builders_.begin(), builders_.end(), [&](const BuilderReading& each) {
      return each.reference == track.builder;
    });
    if (known == builders_.end())
      known = builders_.insert(builders_.end(), BuilderReading{.reference = track.builder});
    known->ended = known->ended && has_ended(track, session_.options.now);
  }
}

// An image of another registry than the rules' must not be taken for one of the same name there.
Result<net::ImageReference> BuilderStep::locate(const std::string& text) const {
  auto reference = net::parse_image_reference(text);
  if (!reference) return reference;
  const auto usual = registry_home(registry_source_->url);
  const auto asked = registry_home(session_.pattern(*registry_source_));
  if (!asked) return fail(asked.error());
  const RegistryHome* home = is_ours(*reference, *asked)            ? &*asked
                             : usual && is_ours(*reference, *usual) ? &*usual
                                                                    : nullptr;
  if (home == nullptr)
    return fail(Diagnostic{
        .message = "no source describes images of " + reference->registry + ": " + in_quotes(text),
        .hint = "the platform has moved its images, or a builder of another "
                "registry is configured: look at the values file"});
  reference->registry = asked->host;
  reference->repository = asked->project + reference->repository.substr(home->project.size());
  return reference;
}

void BuilderStep::read(BuilderReading& reading) {
  auto location = locate(reading.reference);
  if (!location) {
    reading.problems.push_back(std::move(location.error()));
    return end_one();
  }
  reading.location = std::move(*location);
  auto pair = std::make_shared<Pair>(Pair{reading, {}});
  ask_harbor(pair, {}, {});
  ask_registry(pair);
}

// `index`: the digest of the multi-arch index of which `digest` is the part for our platform.
void BuilderStep::ask_harbor(const std::shared_ptr<Pair>& pair, const std::string& digest,
                             const std::string& index) {
  const net::ImageReference& where = pair->reading.location;
  const Placeholders values{{"repository", repository_of(where)},
                            {"reference", digest.empty() ? name_of(where) : digest}};
  session_.read(*harbor_source_, values, ingest::limits::json,
                [this, pair, index](Result<Answer> answer) {
                  auto artifact = answer.and_then(
                      [](const Answer& text) { return ingest::parse_harbor_artifact(text.text); });
                  if (!artifact)
                    return fail_one(*pair, *harbor_source_, std::move(artifact.error()));
                  take_harbor(pair, *artifact, index);
                });
}

void BuilderStep::take_harbor(const std::shared_ptr<Pair>& pair,
                              const ingest::HarborArtifact& artifact, const std::string& index) {
  if (artifact.config) {
    pair->harbor = Harbor{index.empty() ? artifact.digest : index, *artifact.config};
    return close(*pair);
  }
  const Target ours;
  for (const ingest::ImageChild& child : artifact.children)
    if (index.empty() && child.os == ours.os && child.arch == ours.arch)
      return ask_harbor(pair, child.digest, artifact.digest);
  fail_one(*pair, *harbor_source_,
           Error(Diagnostic{.message = "the image has no part for " + ours.os + " on " + ours.arch,
                            .file = pair->reading.reference}));
}

void BuilderStep::ask_registry(const std::shared_ptr<Pair>& pair) {
  const Target ours;
  registry_->read_image(pair->reading.location, ours.os, ours.arch,
                        [this, pair](Result<net::Image> image) {
                          if (!image)
                            return fail_one(*pair, *registry_source_, std::move(image.error()));
                          pair->reading.digest = image->digest;
                          pair->reading.image = std::move(*image);
                          close(*pair);
                        });
}

void BuilderStep::fail_one(Pair& pair, const Source& source, Error error) {
  pair.reading.problems.push_back(session_.failed(source, std::move(error)));
  close(pair);
}

void BuilderStep::close(Pair& pair) {
  if (--pair.open > 0) return;
  if (pair.reading.problems.empty()) judge(pair);
  end_one();
}

// Both have spoken: they have to say the same. The registry's bytes are the ones whose digest was
// verified, so the labels are taken from there.
void BuilderStep::judge(Pair& pair) {
  BuilderReading& reading = pair.reading;
  const auto config = ingest::parse_image_config(reading.image->config);
  if (!config) {
    reading.problems.push_back(session_.failed(*registry_source_, config.error()));
    return;
  }
  const std::string who =
      " of " + reading.reference + " is not the same in Harbor and in the registry";
  if (pair.harbor->digest != reading.digest &&
      !session_.doubt("sources_disagree",
                      "the digest" + who + ": " + pair.harbor->digest + ", " + reading.digest,
                      reading.problems))
    return;
  if (pair.harbor->config.labels != config->labels &&
      !session_.doubt("sources_disagree", "a label" + who, reading.problems))
    return;
  auto inside = ingest::parse_builder_labels(*config);
  if (!inside) {
    session_.doubt("label_missing", reading.reference + ": " + inside.error().to_text(),
                   reading.problems);
    return;
  }
  const auto& where = reading.location;
  reading.evidence = {.source = where.registry + "/" + where.repository + "@" + reading.digest,
                      .digest = reading.digest,
                      .seen = format_instant(session_.options.now)};
  reading.inside = std::move(*inside);
  session_.fetcher.found(registry_source_->name,
                         name_of(where) + " " + reading.digest.substr(0, 19));
  ready_(reading);
}

void BuilderStep::end_one() {
  if (--open_ == 0) all_();
}

}  // namespace buildable::observe
