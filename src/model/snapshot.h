// What was observed: facts and their evidence, no judgement. A Snapshot is the one input of
// `compile`; its JSON form (schemas/snapshot.schema.json) is what is committed, published and kept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace buildable {

// Where a fact was read. `seen` is a date or an instant (RFC 3339).
struct Evidence {
  std::string source;  // URL, or repository@commit:path
  std::string digest;  // "sha256:…" of the bytes read, where known
  std::string seen;
  std::string note;
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct BuildpackReference {
  std::string id;         // "heroku/python"
  std::string version;    // "6.5.0"
  bool optional = false;  // inside an order group only
  friend bool operator==(const BuildpackReference&, const BuildpackReference&) = default;
};

using OrderGroup = std::vector<BuildpackReference>;

// One state that the builder image may be in. An image whose labels were read has exactly one;
// an image known by its tag alone has those that the tag leaves possible, oldest first.
struct Candidate {
  std::string lifecycle;
  std::vector<BuildpackReference> buildpacks;  // composites and their parts, each once
  std::vector<OrderGroup> order;
  Evidence evidence;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// The platform that a builder builds for; archives and inventories differ by it.
struct Target {
  std::string os = "linux";
  std::string arch = "amd64";
  std::string distro;          // "ubuntu"
  std::string distro_version;  // "24.04"
  std::string stack;           // "heroku-24"
  friend bool operator==(const Target&, const Target&) = default;
};

// A build that was seen to succeed on a builder. policy/witness.h says what follows from it.
struct Witness {
  std::string runtime;  // "node"
  std::string version;  // that the build installed: "26.1.0"
  std::string request;  // what the project asked for: "26.x"; empty: exactly that version
  std::string grammar;  // of the request, a Grammar's name; empty: it is a version or a series
  Evidence evidence;    // `seen`: when the build was known to have succeeded
  friend bool operator==(const Witness&, const Witness&) = default;
};

struct Builder {
  std::string reference;  // "registry/project/heroku-builder:24_0.21.8"
  std::string digest;     // of the manifest, where known
  Target target;
  std::vector<Candidate> candidates;   // empty: nothing is known of what is inside
  std::vector<std::string> reasoning;  // why these candidates; empty when the labels were read
  std::vector<Witness> witnesses;      // they rule candidates out
  friend bool operator==(const Builder&, const Builder&) = default;
};

struct Track {
  std::string name;         // "default"
  std::string builder;      // a Builder's reference
  std::string runner;       // the run image, where configured
  std::string valid_until;  // the platform refuses the track from this instant on; empty: no end
  Evidence evidence;
  friend bool operator==(const Track&, const Track&) = default;
};

// What one version of a buildpack knows of one runtime. Which fields are filled depends on the
// mechanism that the rules give for this buildpack version (model/rules.h).
struct Capability {
  std::string runtime;    // "node"
  std::string buildpack;  // "heroku/nodejs"
  std::string version;    // "5.7.1"
  // inventory: everything it holds for the target. repository: what is known to be in it.
  // fixed: all it accepts.
  std::vector<std::string> versions;
  std::string oldest_series;  // series: the first and the last it accepts
  std::string newest_series;
  std::vector<std::string> series;             // repository: those it serves for the target
  std::map<std::string, std::string> aliases;  // series -> the version that it installs
  std::string default_version;                 // what a project without a pin gets
  std::string store;                           // archives: which ArchiveStore
  std::string repository;                      // repository: the frozen state's hash; empty: live
  Evidence evidence;
  friend bool operator==(const Capability&, const Capability&) = default;
};

struct Archive {
  std::string version;
  std::string since;  // the day from which on it is known to be there; empty: from the beginning
  friend bool operator==(const Archive&, const Archive&) = default;
};

// What lies in an archive store for one stack.
struct ArchiveStore {
  std::string id;  // "ruby/heroku-24"
  std::string runtime;
  bool complete = false;  // true: a version that is not listed is not there. false: we do not know
  std::vector<Archive> archives;
  Evidence evidence;
  friend bool operator==(const ArchiveStore&, const ArchiveStore&) = default;
};

// A series as its own project releases it, for showing how far the platform is behind. Days, where
// known.
struct ReleaseCycle {
  std::string series;    // "3.14"
  std::string released;  // the first release's day
  std::string latest;    // "3.14.7"
  std::string latest_released;
  std::string end_of_life;
  friend bool operator==(const ReleaseCycle&, const ReleaseCycle&) = default;
};
struct RuntimeReleases {
  std::string runtime;
  std::vector<ReleaseCycle> cycles;  // as the source orders them, newest first
  Evidence evidence;
  friend bool operator==(const RuntimeReleases&, const RuntimeReleases&) = default;
};

struct Snapshot {
  int schema_version = 1;
  std::string platform;  // "toolforge"
  Instant effective;     // from which on this state was deployed
  Instant observed;      // up to which it is known to have stayed
  std::vector<Track> tracks;
  std::vector<Builder> builders;
  std::vector<Capability> capabilities;
  std::vector<ArchiveStore> stores;
  std::vector<RuntimeReleases> releases;  // by runtime; none where they were not asked for
  std::vector<std::string> notes;
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

}  // namespace buildable
