#include "observe/observe.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "observe/deployment_step.h"
#include "observe/fact_step.h"
#include "observe/known_evidence.h"
#include "observe/side_steps.h"
#include "rules/selection.h"

namespace buildable::observe {
namespace {

class Observer {
 public:
  Observer(const Rules& rules, net::Fetcher& fetcher, const ObserveOptions& options)
      : session_(rules, fetcher, options) {}

  Result<Observation> run() {
    read();
    Snapshot snapshot = assemble();
    if (!session_.problems.empty()) return fail(Error(std::move(session_.problems)));
    if (const Snapshot* last = session_.options.last_good; last != nullptr)
      snapshot = keep_known_evidence(*last, std::move(snapshot));
    std::sort(session_.remarks.begin(), session_.remarks.end(),
              [](const Remark& a, const Remark& b) {
                return std::tie(a.code, a.text) < std::tie(b.code, b.text);
              });
    return Observation{std::move(snapshot), reports(), std::move(session_.remarks)};
  }

 private:
  void read();
  void start_builders(const ingest::Deployment& deployment);
  void hold_later_sources(bool held);
  Snapshot assemble();
  void add_tracks(Snapshot& snapshot);
  void add_builder(const BuilderReading& reading, Snapshot& snapshot);
  void add_facts(const BuilderReading& reading, std::vector<Error>& problems, Snapshot& snapshot);
  void add_fact(const FactReading& fact, std::vector<Error>& problems, Snapshot& snapshot);
  void add_stores(Snapshot& snapshot);
  void add_notes(Snapshot& snapshot);
  std::vector<SourceReport> reports() const;

  Session session_;
  DeploymentStep deployment_{session_};
  BuilderStep builders_{session_};
  ArchiveStep archives_{session_};
  FactStep facts_{session_, archives_};
  InjectionStep injection_{session_};
  ReleaseStep releases_{session_};
  std::unique_ptr<net::RegistryClient> layers_;
};

void Observer::read() {
  deployment_.start([this](const ingest::Deployment& deployment) { start_builders(deployment); });
  injection_.start();
  releases_.start();
  session_.fetcher.run();
  deployment_.finish();
  facts_.compare_embedded_inventories();
  facts_.name_archives();
  for (StoreReading* store : archives_.stores())
    if (const RuntimeReleases* releases = releases_.find(store->runtime->id))
      for (const ReleaseCycle& cycle : releases->cycles)
        if (!cycle.latest.empty()) store->wanted.insert(cycle.latest);
  archives_.look_up();
  session_.fetcher.run();
  archives_.finish();
  facts_.hold_against_others(releases_);
}

// Sources of buildpacks are asked as each image becomes known: they have not ended before all are.
void Observer::hold_later_sources(bool held) {
  for (const Source& source : session_.rules.platform.sources) {
    if (source.buildpack.empty() && source.kind != SourceKind::image_layer) continue;
    if (held) {
      session_.fetcher.hold(source.name);
    } else {
      session_.fetcher.let_go(source.name);
    }
  }
}

void Observer::start_builders(const ingest::Deployment& deployment) {
  hold_later_sources(true);
  builders_.start(
      deployment, [this](const BuilderReading& builder) { facts_.start(builder); },
      [this] {
        const Source* source = session_.source(SourceKind::image_layer);
        if (source != nullptr) {
          const auto home = registry_home(session_.pattern(*source));
          if (home) {
            layers_ = std::make_unique<net::RegistryClient>(*builders_.registry(), source->name);
            facts_.start_embedded_inventories(builders_.builders(), *layers_, *source);
          } else {
            session_.give_up(*source, home.error());
          }
        }
        hold_later_sources(false);
      });
}

Snapshot Observer::assemble() {
  Snapshot snapshot{.platform = session_.rules.platform.id,
                    .effective = deployment_.effective(),
                    .observed = session_.options.now};
  if (!deployment_.deployment()) return snapshot;
  add_tracks(snapshot);
  for (const BuilderReading& reading : builders_.builders()) add_builder(reading, snapshot);
  sort_capabilities(snapshot.capabilities);
  add_stores(snapshot);
  snapshot.releases = releases_.releases();
  add_notes(snapshot);
  return snapshot;
}

void Observer::add_tracks(Snapshot& snapshot) {
  for (const ingest::TrackDeployment& track : deployment_.deployment()->tracks)
    snapshot.tracks.push_back(
        {track.track, track.builder, track.runner, track.valid_until, deployment_.evidence()});
}

void Observer::add_builder(const BuilderReading& reading, Snapshot& snapshot) {
  Builder builder{.reference = reading.reference, .digest = reading.digest};
  std::vector<Error> problems = reading.problems;
  Snapshot with_facts = snapshot;
  if (reading.inside) {
    builder.target = reading.inside->target;
    Candidate candidate = reading.inside->candidate;
    candidate.evidence = reading.evidence;
    std::sort(candidate.buildpacks.begin(), candidate.buildpacks.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    builder.candidates.push_back(std::move(candidate));
    add_facts(reading, problems, with_facts);
  }
  if (problems.empty()) {
    snapshot = std::move(with_facts);
  } else if (!reading.ended) {
    for (const Error& error : problems) session_.problem(error);
  } else {
    builder.candidates.clear();
    builder.reasoning = {"Only a track that has ended uses it, and it could not be read."};
    session_.remark("ended_builder_unread", reading.reference + ": " + problems.front().to_text());
  }
  snapshot.builders.push_back(std::move(builder));
}

void Observer::add_facts(const BuilderReading& reading, std::vector<Error>& problems,
                         Snapshot& snapshot) {
  for (const FactReading* fact : facts_.facts_of(reading)) add_fact(*fact, problems, snapshot);
}

void Observer::add_fact(const FactReading& fact, std::vector<Error>& problems, Snapshot& snapshot) {
  problems.insert(problems.end(), fact.problems.begin(), fact.problems.end());
  Capability capability = fact.capability;
  if (fact.store != nullptr) {
    problems.insert(problems.end(), fact.store->problems.begin(), fact.store->problems.end());
    capability.store = fact.store->store.id;
    if (capability.evidence.source.empty()) capability.evidence = fact.store->store.evidence;
  }
  const auto known = std::find_if(
      snapshot.capabilities.begin(), snapshot.capabilities.end(), [&](const Capability& each) {
        return each.runtime == capability.runtime && each.buildpack == capability.buildpack &&
               each.version == capability.version;
      });
  if (known == snapshot.capabilities.end()) {
    snapshot.capabilities.push_back(std::move(capability));
  } else if (!(*known == capability)) {
    problems.push_back(Diagnostic{
        .message = fact.buildpack.id + " " + fact.buildpack.version +
                   " stands in two builders of different targets and can build different things",
        .hint = "a snapshot cannot say this"});
  }
}

void Observer::add_stores(Snapshot& snapshot) {
  for (const StoreReading* store : archives_.stores()) {
    const bool used = std::any_of(
        snapshot.capabilities.begin(), snapshot.capabilities.end(),
        [&](const Capability& capability) { return capability.store == store->store.id; });
    if (used) snapshot.stores.push_back(store->store);
  }
}

void Observer::add_notes(Snapshot& snapshot) {
  std::map<std::string, std::vector<std::string>> tracks_by_digest;
  for (const Track& track : snapshot.tracks)
    for (const Builder& builder : snapshot.builders)
      if (builder.reference == track.builder && !builder.digest.empty())
        tracks_by_digest[builder.digest].push_back(track.name);
  for (const auto& [digest, tracks] : tracks_by_digest)
    if (tracks.size() > 1)
      snapshot.notes.push_back(join(tracks, " and ") + " are one image: " + digest + ".");
  const auto& injected = injection_.notes();
  snapshot.notes.insert(snapshot.notes.end(), injected.begin(), injected.end());
}

std::vector<SourceReport> Observer::reports() const {
  const auto by_name = session_.fetcher.reports();
  std::vector<SourceReport> ordered;
  for (const Source& source : session_.rules.platform.sources)
    if (const auto at = by_name.find(source.name); at != by_name.end())
      ordered.push_back(at->second);
  return ordered;
}

}  // namespace

Result<Observation> observe(const Rules& rules, net::Fetcher& fetcher,
                            const ObserveOptions& options) {
  return Observer(rules, fetcher, options).run();
}

}  // namespace buildable::observe
