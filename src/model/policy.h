// What follows from a snapshot under the rules: for each track and runtime the versions that can be
// built, those that cannot, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/rules.h"
#include "model/snapshot.h"
#include "version/set.h"

namespace buildable {

enum class Verdict : std::uint8_t { buildable, unbuildable, unknown };
std::string_view name_of(Verdict verdict);

// One step of the reasoning, with its evidence.
struct Reason {
  std::string text;
  Evidence evidence;
};

// A series of the runtime as a table shows it.
struct SeriesRow {
  std::string series;         // "3.14"
  std::string newest;         // the newest member known by name: "3.14.4"; may be empty
  bool open_patches = false;  // newer patches build as soon as they are released
};

// What one possible state of the builder makes of a runtime. States that hold the same version of
// the buildpack share one. Its sets are made when they are asked for: an inventory has hundreds of
// members, and only an explanation asks for what a single state can do.
struct Alternative {
  BuildpackReference buildpack;  // id empty: this state has no buildpack for the runtime
  Mechanism mechanism = Mechanism::unrecorded;
  Scheme scheme = Scheme::semver;
  std::vector<const Version*> known;  // buildable and known by name, ascending; they lie in `pool`
  std::shared_ptr<const std::deque<Version>> pool;
  std::optional<VersionSet> span;    // what it can build; absent: exactly `known`
  std::optional<VersionSet> unable;  // what it cannot build; absent: everything else
  std::string takes;  // after "can build": "3.10 to 3.14, any patch release"; empty: not recorded
  std::vector<std::string> series;             // those that the facts name, ascending: "3.14"
  std::map<std::string, std::string> aliases;  // series -> the version that it installs
  std::string default_version;                 // what a project without a pin gets; may be a series
  Evidence evidence;

  VersionSet buildable() const;
  VersionSet unbuildable() const;
  // The same of one version or of some, without making the set of all.
  bool builds(const Version& version) const;
  bool cannot_build(const Version& version) const;
  bool builds_any_of(const VersionSet& set) const;
};

struct RuntimePolicy {
  std::string runtime;
  std::string name;
  std::vector<std::string> aliases;  // what else people type: "nodejs"
  Scheme scheme = Scheme::semver;
  int series_components = 1;
  // Certain for every candidate of the builder. What is in neither set is unknown: forbidden to
  // bots, never called buildable, and never called impossible.
  VersionSet buildable = VersionSet::none(Scheme::semver);
  VersionSet unbuildable = VersionSet::none(Scheme::semver);
  // False where no bound exists or nothing at all is known: then no rule is emitted.
  bool governed = true;
  // Every state that the builder may be in, oldest first; empty: nothing is known of the builder.
  std::vector<std::shared_ptr<const Alternative>> alternatives;
  std::string takes;              // of what is certain, as Alternative::takes
  std::vector<Version> known;     // members of `buildable` known by name, ascending
  std::vector<SeriesRow> series;  // of `buildable`, ascending
  int later_patches_after = 0;    // as in BuildpackRule, for every candidate of the builder
  std::string default_version;   // what a project without a pin gets; may be a series; may be empty
  std::string default_resolved;  // the exact version that it is today, where known
  std::vector<std::string> long_term;  // series that are kept up for long, as of this day: "24"
  std::vector<BuildpackReference> buildpacks;  // oldest and newest possible version
  std::vector<PinFile> reads;
  std::vector<RefusedFile> refuses;
  std::string resolves;
  std::string error_unknown_version;  // what the build says to a version it does not have
  std::string summary;                // one sentence: what, why, which builder
  std::vector<Reason> reasons;
};

// One state that the builder may be in, as a whole: what its image holds, in which order it is
// tried, and what that makes of each runtime.
struct BuilderState {
  std::size_t candidate = 0;  // its place among the snapshot's candidates of the builder
  std::vector<BuildpackReference> buildpacks;
  std::vector<OrderGroup> order;
  std::vector<std::shared_ptr<const Alternative>> runtimes;  // by place in TrackPolicy::runtimes
};

struct TrackPolicy {
  std::string track;
  std::string description;
  std::string builder;  // reference
  std::string builder_digest;
  std::string runner;
  std::string command_option;
  Target target;
  bool certain = true;  // one state only
  bool expired = false;
  std::string valid_until;
  std::vector<Reason> reasons;
  std::vector<Reason> witnesses;        // what builds that were seen say; `reasons` holds them too
  std::vector<RuntimePolicy> runtimes;  // by id
  // Those that no witness rules out, oldest first; empty: nothing is known of the builder.
  std::vector<BuilderState> states;
  const RuntimePolicy* find(std::string_view runtime) const {
    for (const RuntimePolicy& policy : runtimes)
      if (policy.runtime == runtime) return &policy;
    return nullptr;
  }
};

// A series that upstream keeps up no longer, or will not for much longer.
struct EndingSeries {
  std::string runtime;
  std::vector<std::string> series;  // its numbers: {"3", "9"}
  std::string day;                  // the last on which it is kept up
  bool ended = false;
};
// How long before its end a series counts as ending.
inline constexpr std::chrono::days soon_to_end{90};

struct Policy {
  std::string platform;
  std::string platform_name;
  Instant effective;  // the snapshot's
  Instant observed;
  std::string snapshot_digest;  // "sha256:…" of the snapshot's canonical bytes
  std::vector<TrackPolicy> tracks;
  std::vector<EndingSeries> ending;  // as of the instant that the policy was made for
  const TrackPolicy* find(std::string_view track) const {
    for (const TrackPolicy& policy : tracks)
      if (policy.track == track) return &policy;
    return nullptr;
  }
};

}  // namespace buildable
