#include "policy/compile.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "model/distributions.h"
#include "model/track_end.h"
#include "policy/bounds.h"
#include "policy/describe.h"
#include "policy/merge.h"
#include "policy/witness.h"
#include "version/range.h"

namespace buildable {
namespace {

using CapabilityKey = std::tuple<std::string_view, std::string_view, std::string_view>;
using BoundsKey = std::pair<const BuildpackRule*, std::string>;

// One compilation. Bounds are made once for each buildpack version, however many states and tracks
// share it; a runtime's policy is merged once for each list of bounds.
class Compilation {
 public:
  Compilation(const Snapshot& snapshot, const Rules& rules, Instant at)
      : snapshot_(snapshot), rules_(rules), at_(at) {
    for (const Capability& capability : snapshot.capabilities)
      capabilities_.try_emplace({capability.runtime, capability.buildpack, capability.version},
                                &capability);
  }

  Result<TrackPolicy> track(const Track& track);

 private:
  Result<Hearing> hearing(const Builder& builder);
  Result<const Bounds*> witnessed(const Bounds* bounds, const RuntimeRules& runtime,
                                  const Hearing& hearing);
  Result<RuntimePolicy> runtime(const RuntimeRules& runtime, const Builder& builder,
                                const Hearing& hearing, TrackPolicy& track);
  Result<const Bounds*> candidate(const RuntimeRules& runtime, const Candidate& candidate,
                                  const Target& target);
  Result<const Bounds*> buildpack(const RuntimeRules& runtime, const BuildpackRule& rule,
                                  const BuildpackReference& buildpack);
  Result<const Bounds*> injected(const RuntimeRules& runtime, const Candidate& candidate,
                                 const Target& target);
  Result<bool> covers(const RuntimeRules& runtime, const BuildpackRule& rule,
                      const BuildpackReference& buildpack);
  const Bounds* keep(Bounds bounds);
  VersionPool& pool(const RuntimeRules& runtime);

  const Snapshot& snapshot_;
  const Rules& rules_;
  Instant at_;
  std::map<CapabilityKey, const Capability*> capabilities_;
  std::map<const BuildpackRule*, VersionSet> spans_;
  std::map<BoundsKey, const Bounds*> bounds_;
  std::map<std::tuple<const RuntimeRules*, std::string, std::string>, const Bounds*> factless_;
  std::map<std::vector<const Bounds*>, RuntimePolicy> merged_;
  std::map<std::pair<const Bounds*, const Version*>, const Bounds*> witnessed_;
  std::map<const RuntimeRules*, VersionPool> pools_;
  std::vector<std::unique_ptr<const Bounds>> owned_;
};

Error in_rules(const RuntimeRules& runtime, Error error) {
  return std::move(error).in_file("rules/runtimes/" + runtime.id + ".toml");
}

const Bounds* Compilation::keep(Bounds bounds) {
  owned_.push_back(std::make_unique<const Bounds>(std::move(bounds)));
  return owned_.back().get();
}

VersionPool& Compilation::pool(const RuntimeRules& runtime) {
  return pools_.try_emplace(&runtime, runtime.scheme).first->second;
}

// Whether the rule is written for this version of the buildpack.
Result<bool> Compilation::covers(const RuntimeRules& runtime, const BuildpackRule& rule,
                                 const BuildpackReference& buildpack) {
  auto span = spans_.find(&rule);
  if (span == spans_.end()) {
    auto parsed = parse_range(Grammar::npm, Scheme::semver, rule.versions);
    if (!parsed) return fail(in_rules(runtime, std::move(parsed.error())));
    span = spans_.emplace(&rule, std::move(*parsed)).first;
  }
  const auto version = Version::parse(Scheme::semver, buildpack.version);
  if (!version) return fail(version.error());
  return span->second.contains(*version);
}

Result<const Bounds*> Compilation::buildpack(const RuntimeRules& runtime, const BuildpackRule& rule,
                                             const BuildpackReference& buildpack) {
  const BoundsKey key{&rule, buildpack.version};
  if (const auto known = bounds_.find(key); known != bounds_.end()) return known->second;
  const auto facts = capabilities_.find(CapabilityKey{runtime.id, buildpack.id, buildpack.version});
  auto bounds = bounds_of({.runtime = runtime,
                           .rule = rule,
                           .buildpack = {.id = buildpack.id, .version = buildpack.version},
                           .capability = facts == capabilities_.end() ? nullptr : facts->second,
                           .pool = pool(runtime),
                           .stores = snapshot_.stores,
                           .at = at_});
  if (!bounds) return fail(std::move(bounds.error()));
  return bounds_[key] = keep(std::move(*bounds));
}

// The image has no buildpack for the runtime. Where the rules name one that the platform adds at
// build time, nothing is known of its version; else nothing builds.
Result<const Bounds*> Compilation::injected(const RuntimeRules& runtime, const Candidate& candidate,
                                            const Target& target) {
  std::string id;
  for (const InjectedBuildpack& injected : rules_.platform.injected)
    for (const BuildpackRule& rule : runtime.buildpacks)
      if (!injected.id.empty() && injected.id == rule.id &&
          is_meant_for(injected.distro_versions, target.distro_version)) {
        if (rule.mechanism == Mechanism::any) return buildpack(runtime, rule, {.id = rule.id});
        id = rule.id;
      }
  const Bounds*& known = factless_[{&runtime, id, {}}];
  if (!known)
    known = keep(id.empty() ? bounds_without_buildpack(runtime, candidate.evidence)
                            : bounds_unrecorded(runtime, {.id = id}, candidate.evidence));
  return known;
}

// The first rule that covers a buildpack of this state decides: the rules' order is theirs.
Result<const Bounds*> Compilation::candidate(const RuntimeRules& runtime,
                                             const Candidate& candidate, const Target& target) {
  const BuildpackReference* uncovered = nullptr;
  for (const BuildpackRule& rule : runtime.buildpacks) {
    for (const BuildpackReference& reference : candidate.buildpacks) {
      if (reference.id != rule.id) continue;
      const auto covered = covers(runtime, rule, reference);
      if (!covered) return fail(covered.error());
      if (*covered) return buildpack(runtime, rule, reference);
      uncovered = &reference;
    }
  }
  if (!uncovered) return injected(runtime, candidate, target);
  const Bounds*& known = factless_[{&runtime, uncovered->id, uncovered->version}];
  if (!known)
    known = keep(bounds_unrecorded(runtime, {.id = uncovered->id, .version = uncovered->version},
                                   candidate.evidence));
  return known;
}

// Each witness is held against what was there when it was seen.
Result<Hearing> Compilation::hearing(const Builder& builder) {
  const auto state_of = [&](const RuntimeRules& runtime, const Candidate& state,
                            Instant at) -> Result<const Alternative*> {
    const auto bounds = candidate(runtime, state, builder.target);
    if (!bounds) return fail(bounds.error());
    const Alternative* now = (*bounds)->alternative.get();
    if (at == at_ || now->mechanism != Mechanism::archives) return now;
    Compilation then(snapshot_, rules_, at);
    const auto bounds_then = then.candidate(runtime, state, builder.target);
    if (!bounds_then) return fail(bounds_then.error());
    return keep(**bounds_then)->alternative.get();
  };
  return hear_witnesses(builder, rules_, state_of);
}

// The bounds of a state that stands, with what witnesses saw it build and no fact records.
Result<const Bounds*> Compilation::witnessed(const Bounds* bounds, const RuntimeRules& runtime,
                                             const Hearing& hearing) {
  for (const Testimony& testimony : hearing.testimonies) {
    if (testimony.runtime != &runtime || testimony.seen > at_) continue;
    if (bounds->alternative->builds(testimony.version)) continue;
    const auto version = pool(runtime).parse(testimony.witness->version);
    if (!version) return fail(version.error());
    const Bounds*& with = witnessed_[{bounds, *version}];
    if (!with) with = keep(bounds_with(*bounds, **version, pool(runtime)));
    bounds = with;
  }
  return bounds;
}

// Adds to each of the track's states what it makes of the runtime.
Result<RuntimePolicy> Compilation::runtime(const RuntimeRules& runtime, const Builder& builder,
                                           const Hearing& hearing, TrackPolicy& track) {
  const bool ended = track.expired;
  std::vector<const Bounds*> states;
  for (BuilderState& state : track.states) {
    const auto recorded = candidate(runtime, builder.candidates[state.candidate], builder.target);
    if (!recorded) return fail(recorded.error());
    const auto bounds = witnessed(*recorded, runtime, hearing);
    if (!bounds) return fail(bounds.error());
    state.runtimes.push_back((*bounds)->alternative);
    if (std::find(states.begin(), states.end(), *bounds) == states.end()) states.push_back(*bounds);
  }
  if (states.empty() || ended) return merge_bounds(runtime, states, ended);
  const auto known = merged_.find(states);
  if (known != merged_.end()) return known->second;
  return merged_.emplace(states, merge_bounds(runtime, states, ended)).first->second;
}

Result<const Builder*> builder_of(const Snapshot& snapshot, const Track& track) {
  for (const Builder& builder : snapshot.builders)
    if (builder.reference == track.builder) return &builder;
  return fail(Diagnostic{.message = "track \"" + track.name + "\" uses the builder " +
                                    track.builder + ", which the snapshot does not describe",
                         .path = "builders",
                         .hint = "observe again; a snapshot describes every builder that its "
                                 "tracks use"});
}

Result<bool> ended(const Track& track, Instant at) {
  const auto end = track_end(track.valid_until);
  if (!end)
    return fail(Diagnostic{.message = "track \"" + track.name + "\" ends at \"" +
                                      track.valid_until + "\", which is not a date",
                           .path = "tracks",
                           .hint = end.error().diagnostics().front().hint});
  return *end && **end <= at;
}

std::vector<Reason> witness_reasons(const std::vector<Reason>& witnesses) {
  std::vector<Reason> reasons;
  reasons.reserve(witnesses.size());
  for (const Reason& witness : witnesses)
    reasons.push_back({"witnessed: " + witness.text, witness.evidence});
  return reasons;
}

std::vector<Reason> track_reasons(const Track& track, const Builder& builder,
                                  const Hearing& hearing) {
  std::vector<Reason> reasons{{"the " + track.name + " track uses the builder " +
                                   std::string(short_reference(track.builder)),
                               track.evidence}};
  for (const std::string& reasoning : builder.reasoning) reasons.push_back({reasoning, {}});
  for (Reason& witness : witness_reasons(hearing.reasons)) reasons.push_back(std::move(witness));
  const auto count = hearing.standing.size();
  for (std::size_t i = 0; i < count; ++i)
    reasons.push_back({count == 1 ? std::string("what is in the builder")
                                  : "what may be in the builder: state " + std::to_string(i + 1) +
                                        " of " + std::to_string(count),
                       builder.candidates[hearing.standing[i]].evidence});
  return reasons;
}

TrackPolicy track_policy(const Track& track, const Builder& builder, const Hearing& hearing,
                         const PlatformRules& rules) {
  TrackPolicy policy;
  policy.track = track.name;
  policy.builder = track.builder;
  policy.builder_digest = builder.digest;
  policy.runner = track.runner;
  policy.target = builder.target;
  policy.certain = hearing.standing.size() == 1;
  policy.valid_until = track.valid_until;
  policy.reasons = track_reasons(track, builder, hearing);
  policy.witnesses = hearing.reasons;
  for (const std::size_t place : hearing.standing) {
    const Candidate& each = builder.candidates[place];
    policy.states.push_back(
        {.candidate = place, .buildpacks = each.buildpacks, .order = each.order});
  }
  for (const TrackRules& each : rules.tracks)
    if (each.name == track.name) {
      policy.description = each.description;
      policy.command_option = each.command_option;
    }
  return policy;
}

std::vector<std::string> long_term_at(const RuntimeRules& runtime, Instant at) {
  const std::string day = format_day(at);
  std::vector<std::string> series;
  for (const LongTermSeries& each : runtime.long_term)
    if (each.from <= day) series.push_back(each.series);
  return series;
}

Result<TrackPolicy> Compilation::track(const Track& track) {
  const auto builder = builder_of(snapshot_, track);
  if (!builder) return fail(builder.error());
  const auto expired = ended(track, at_);
  if (!expired) return fail(expired.error());
  const auto heard = hearing(**builder);
  if (!heard) return fail(heard.error());
  TrackPolicy policy = track_policy(track, **builder, *heard, rules_.platform);
  policy.expired = *expired;
  if (policy.expired)
    policy.reasons.insert(
        policy.reasons.begin(),
        {"the " + track.name + " track ended on " + day_of(track.valid_until), track.evidence});
  const std::vector<Reason> witnesses = witness_reasons(policy.witnesses);
  policy.runtimes.reserve(rules_.runtimes.size());
  for (const RuntimeRules& each : rules_.runtimes) {
    auto compiled = runtime(each, **builder, *heard, policy);
    if (!compiled) return fail(std::move(compiled.error()));
    compiled->long_term = long_term_at(each, at_);
    compiled->reasons.insert(compiled->reasons.begin(), witnesses.begin(), witnesses.end());
    compiled->reasons.insert(compiled->reasons.begin(), policy.reasons.front());
    compiled->summary = summary_of(*compiled, policy, rules_.platform.name);
    policy.runtimes.push_back(std::move(*compiled));
  }
  return policy;
}

// The series that upstream has ended by `at` or ends soon after it.
std::vector<EndingSeries> ending_series(const Snapshot& snapshot, Instant at) {
  std::vector<EndingSeries> ending;
  for (const RuntimeReleases& releases : snapshot.releases)
    for (const ReleaseCycle& cycle : releases.cycles) {
      const auto day = parse_day(cycle.end_of_life);
      if (!day || *day - soon_to_end > at) continue;
      const auto numbers = split(cycle.series, '.');
      ending.push_back({releases.runtime,
                        {numbers.begin(), numbers.end()},
                        cycle.end_of_life,
                        *day + std::chrono::days(1) <= at});
    }
  return ending;
}

}  // namespace

Result<Policy> compile(const Snapshot& snapshot, const Rules& rules, Instant at,
                       std::string snapshot_digest, std::span<const std::string> tracks) {
  if (snapshot.platform != rules.platform.id)
    return fail(Diagnostic{.message = "the snapshot is of platform \"" + snapshot.platform +
                                      "\", the rules are of \"" + rules.platform.id + "\"",
                           .path = "platform"});
  Policy policy;
  policy.platform = rules.platform.id;
  policy.platform_name = rules.platform.name;
  policy.effective = snapshot.effective;
  policy.observed = snapshot.observed;
  policy.snapshot_digest = std::move(snapshot_digest);
  policy.ending = ending_series(snapshot, at);
  Compilation compilation(snapshot, rules, at);
  for (const Track& track : snapshot.tracks) {
    const bool wanted =
        tracks.empty() || std::find(tracks.begin(), tracks.end(), track.name) != tracks.end();
    if (!wanted) continue;
    auto compiled = compilation.track(track);
    if (!compiled) return fail(std::move(compiled.error()));
    policy.tracks.push_back(std::move(*compiled));
  }
  return policy;
}

}  // namespace buildable
