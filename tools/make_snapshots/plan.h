// Which states to make snapshots of, and where in the facts each part of them lies
// (tools/make_snapshots/toolforge.toml).
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "model/snapshot.h"

namespace buildable {

// A state of the builder's sources. Without a file its buildpacks come from the history alone, and
// its order is not known.
struct CandidatePlan {
  std::string commit;  // or the beginning of it
  std::string file;    // the builder.toml of that commit, in the facts
};

struct BuilderPlan {
  std::string reference;
  std::string stack;
  std::string history;                    // in the facts; empty: nothing is known of what is inside
  std::vector<CandidatePlan> candidates;  // oldest first
  std::vector<std::string> reasoning;
};

struct TrackPlan {
  std::string name;
  std::string builder;
  std::string runner;
  std::string valid_until;
};

struct StatePlan {
  std::string name;  // of the file
  std::string effective;
  std::string observed;
  std::string source;  // where the deployment was read: repository@commit:path
  std::vector<TrackPlan> tracks;
  std::vector<std::string> notes;
};

// Parts that a composite buildpack brings with it, in its own version.
struct CompositePlan {
  std::string id;
  std::string versions;  // an npm range over its version
  std::vector<std::string> parts;
};

// The releases of a buildpack, one row each, in the facts.
struct IndexPlan {
  std::string buildpack;
  std::string file;
};

// Under which keys the facts of a buildpack that installs from a repository say what is in it.
struct RepositoryPlan {
  std::string buildpack;
  std::string frozen_series;  // by stack
  std::string live_series;
  std::string package;  // in the index's lists
};

// Where the buildpack.toml of a part comes from: the commit that the facts of another part of the
// same repository name, and this path.
struct DescriptorPlan {
  std::string buildpack;
  std::string facts_of;
  std::string path;
};

struct SincePlan {
  std::string day;
  std::vector<std::string> versions;
};

// An archive store: spans of patches ("3.9.12 to 3.9.19") or dated announcements.
struct StorePlan {
  std::string id;
  std::string runtime;
  std::string stack;
  bool complete = false;
  std::string spans;          // a file with archives_known, by stack
  std::string announcements;  // an index with `available`
  std::string kind;           // of the announcements that count
  std::vector<SincePlan> since;
  Evidence evidence;
};

struct SnapshotPlan {
  std::string platform;
  std::vector<StatePlan> states;
  std::vector<BuilderPlan> builders;
  std::vector<CompositePlan> composites;
  std::vector<IndexPlan> indexes;
  std::vector<RepositoryPlan> repositories;
  std::vector<DescriptorPlan> descriptors;
  std::vector<StorePlan> stores;
};

template <>
struct Fields<CandidatePlan> {
  static constexpr auto list() {
    return std::tuple{required("commit", &CandidatePlan::commit),
                      optional("file", &CandidatePlan::file)};
  }
};
template <>
struct Fields<BuilderPlan> {
  static constexpr auto list() {
    return std::tuple{required("reference", &BuilderPlan::reference),
                      required("stack", &BuilderPlan::stack),
                      optional("history", &BuilderPlan::history),
                      optional("candidates", &BuilderPlan::candidates),
                      required("reasoning", &BuilderPlan::reasoning)};
  }
};
template <>
struct Fields<TrackPlan> {
  static constexpr auto list() {
    return std::tuple{required("name", &TrackPlan::name), required("builder", &TrackPlan::builder),
                      optional("runner", &TrackPlan::runner),
                      optional("valid_until", &TrackPlan::valid_until)};
  }
};
template <>
struct Fields<StatePlan> {
  static constexpr auto list() {
    return std::tuple{
        required("name", &StatePlan::name),         required("effective", &StatePlan::effective),
        required("observed", &StatePlan::observed), required("source", &StatePlan::source),
        required("tracks", &StatePlan::tracks),     optional("notes", &StatePlan::notes)};
  }
};
template <>
struct Fields<CompositePlan> {
  static constexpr auto list() {
    return std::tuple{required("id", &CompositePlan::id),
                      required("versions", &CompositePlan::versions),
                      required("parts", &CompositePlan::parts)};
  }
};
template <>
struct Fields<IndexPlan> {
  static constexpr auto list() {
    return std::tuple{required("buildpack", &IndexPlan::buildpack),
                      required("file", &IndexPlan::file)};
  }
};
template <>
struct Fields<RepositoryPlan> {
  static constexpr auto list() {
    return std::tuple{required("buildpack", &RepositoryPlan::buildpack),
                      required("frozen_series", &RepositoryPlan::frozen_series),
                      required("live_series", &RepositoryPlan::live_series),
                      required("package", &RepositoryPlan::package)};
  }
};
template <>
struct Fields<DescriptorPlan> {
  static constexpr auto list() {
    return std::tuple{required("buildpack", &DescriptorPlan::buildpack),
                      required("facts_of", &DescriptorPlan::facts_of),
                      required("path", &DescriptorPlan::path)};
  }
};
template <>
struct Fields<SincePlan> {
  static constexpr auto list() {
    return std::tuple{required("day", &SincePlan::day), required("versions", &SincePlan::versions)};
  }
};
template <>
struct Fields<StorePlan> {
  static constexpr auto list() {
    return std::tuple{required("id", &StorePlan::id),
                      required("runtime", &StorePlan::runtime),
                      required("stack", &StorePlan::stack),
                      required("complete", &StorePlan::complete),
                      optional("spans", &StorePlan::spans),
                      optional("announcements", &StorePlan::announcements),
                      optional("kind", &StorePlan::kind),
                      optional("since", &StorePlan::since),
                      required("evidence", &StorePlan::evidence)};
  }
};
template <>
struct Fields<SnapshotPlan> {
  static constexpr auto list() {
    return std::tuple{required("platform", &SnapshotPlan::platform),
                      required("states", &SnapshotPlan::states),
                      required("builders", &SnapshotPlan::builders),
                      required("composites", &SnapshotPlan::composites),
                      required("indexes", &SnapshotPlan::indexes),
                      required("repositories", &SnapshotPlan::repositories),
                      required("descriptors", &SnapshotPlan::descriptors),
                      required("stores", &SnapshotPlan::stores)};
  }
};

}  // namespace buildable
