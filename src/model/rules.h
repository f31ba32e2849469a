// What buildable knows beforehand: the platform and the runtimes, read from rules/. Adding a
// runtime is adding a file there; nothing in C++ names one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "version/version.h"

namespace buildable {

// How a buildpack decides what it can build.
enum class Mechanism : std::uint8_t {
  inventory,   // a closed list compiled into the buildpack (Capability::versions)
  series,      // a closed span of series, any patch inside (oldest_series … newest_series)
  archives,    // whatever lies in the archive store (ArchiveStore), per stack
  repository,  // a Composer repository: frozen (Capability::repository) or live
  aliases,     // a table series -> version; any other full version is tried as an archive name
  fixed,       // a list in the buildpack's own descriptor (Capability::versions)
  supported,   // a constant range in the buildpack's code (BuildpackRule::supported)
  any,         // whatever the ecosystem's registry offers
  unrecorded,  // the buildpack decides by data that is not recorded anywhere: nothing is known
};

// A file that the buildpack takes the version from.
struct PinFile {
  std::string file;                // ".python-version", "package.json"
  std::string key;                 // inside it: "engines.node"; empty: the whole file
  std::vector<std::string> forms;  // accepted: "X.Y", "X.Y.Z", "npm range"
  std::string grammar;             // of ranges there, a Grammar's name; empty: no ranges
  std::string roll_forward;        // .NET: how rollForward beside it is read, a RollForwardReading
  // What is not a version is passed over in silence and the default taken; else it fails the build.
  bool skips_unreadable = false;
  std::string note;
  friend bool operator==(const PinFile&, const PinFile&) = default;
};

// A file whose presence fails the build.
struct RefusedFile {
  std::string file;
  std::string why;
  friend bool operator==(const RefusedFile&, const RefusedFile&) = default;
};

// How a span of versions of one buildpack treats the runtime.
struct BuildpackRule {
  std::string id;        // "heroku/python"
  std::string versions;  // the span, an npm range over the buildpack's version
  Mechanism mechanism = Mechanism::unrecorded;
  std::string supported;          // mechanism "supported": the range …
  std::string supported_grammar;  // … and its grammar
  std::string default_version;    // where it is the same in the whole span; else Capability's
  std::string resolves;           // one sentence: what a series or a range becomes
  std::vector<PinFile> reads;
  std::vector<RefusedFile> refuses;
  std::vector<std::string>
      archive_urls;  // with {version}, {stack}, {distro}, {distro_version}, {arch}
  // Of an archive store that is known by announcements alone: how many days after upstream's
  // release a later patch of a known series is taken to be there; 0: never.
  int later_patches_after = 0;
  std::string error_unknown_version;  // what the build says; its own words
  std::vector<std::string> evidence;  // URLs or repository@ref:path
  friend bool operator==(const BuildpackRule&, const BuildpackRule&) = default;
};

// What a name for the runtime counts: its versions, only its series (a .NET runtime image
// counts 9.0.3 where the SDK counts 9.0.202), or something that needs no limit (a `toolchain` line
// of go.mod: the installed Go fetches that toolchain itself).
enum class Granularity : std::uint8_t { version, series, unlimited };

// Names under which Renovate sees the runtime (facts: datasource and package name, never the
// dependency's name or category).
struct RenovateMatch {
  std::vector<std::string> datasources;
  std::vector<std::string>
      packages;  // matchPackageNames, patterns and negations included; may be empty
  Granularity granularity = Granularity::version;
  std::vector<std::string> dependency_types;   // matchDepTypes; empty: all
  std::vector<std::string> no_replacement_in;  // managers that fail on a replacement
  // A preset of Renovate's own that holds these names to long-term releases, and a text by which
  // its allowedVersions are known. Ours then is what both allow.
  std::string long_term_preset;
  std::string long_term_text;
  std::string note;  // the description of an unlimited match
  friend bool operator==(const RenovateMatch&, const RenovateMatch&) = default;
};

// A pin file that Renovate does not see by itself: a customManager for coverage.json.
struct RenovateManager {
  std::vector<std::string> files;    // managerFilePatterns, "/regex/"
  std::vector<std::string> matches;  // matchStrings with (?<currentValue>…)
  std::string dependency;            // depNameTemplate
  std::string package;               // packageNameTemplate, in `datasource`
  std::string datasource;            // upstream's, used when no base URL is configured
  std::string versioning;
  std::string extract_version;
  std::string note;
  friend bool operator==(const RenovateManager&, const RenovateManager&) = default;
};

// The libraries of an ecosystem and the constraint that names this runtime for them.
struct RenovateLibraries {
  std::vector<std::string> datasources;  // "pypi"
  std::string constraint;                // "python"
  friend bool operator==(const RenovateLibraries&, const RenovateLibraries&) = default;
};

struct RenovateNames {
  std::vector<RenovateMatch> matches;
  std::vector<RenovateManager> managers;
  std::vector<RenovateLibraries> libraries;
  std::vector<std::string> single_managers;  // Renovate's, of files that name this runtime alone
  friend bool operator==(const RenovateNames&, const RenovateNames&) = default;
};

struct DependabotNames {
  std::string ecosystem;
  std::vector<std::string> dependencies;
  Granularity granularity = Granularity::version;
  friend bool operator==(const DependabotNames&, const DependabotNames&) = default;
};

// A name for a series that pins use: "lts/jod" for Node.js 22.
struct Codename {
  std::string name;
  std::string series;
  friend bool operator==(const Codename&, const Codename&) = default;
};

// A series that its makers keep up for long. Before `from` it is a release like others.
struct LongTermSeries {
  std::string series;  // "24"
  std::string from;    // day
  friend bool operator==(const LongTermSeries&, const LongTermSeries&) = default;
};

// How the files of a pin place are written. What `key` and `names` are in each is said there.
enum class PinSyntax : std::uint8_t {
  lines,         // a version a line, "#" comments; no key
  json,          // key: the path, "engines.node"; "[node]" after a step: where `name` is "node"
  toml,          // key: as in json; a table there is asked for its `version`
  yaml,          // key: as in json
  properties,    // Java's; key: the property
  xml,           // key: the element's name, wherever it stands
  directive,     // a line that begins with the key, "//" comments
  call,          // Ruby: a line that calls the key with texts
  lock_section,  // Bundler's lockfile; key: the heading
  image,         // container images, wherever they are named; names: repositories
  action,        // steps of workflows, features of dev containers; names: theirs, key: the input
  tool,          // asdf, mise and proto; names: of the tool
  conda,         // packages of conda and pixi; names: of the packages
  argument,      // Python: a keyword argument with a text in quotes; key: the keyword
  variable,      // environment variables of CI; names: theirs
};

// A file beside the one of a pin place in which a tool repeats what the place says.
struct LockFile {
  std::string file;     // "uv.lock"
  std::string command;  // of the user's own tool that writes it again: "uv lock"
  // The build fails where the two differ; else it does not compare them.
  bool must_agree = false;
  // It stands in the root of a workspace for all members below.
  bool of_workspace = false;
  friend bool operator==(const LockFile&, const LockFile&) = default;
};

// A place in the repositories of people that names a version of the runtime, whether or not any
// buildpack reads it.
struct PinPlace {
  // Patterns as in .gitignore: without "/" in any folder, else from the root, "**/" in any folder.
  // Empty: the syntax knows its files (image, action, tool, conda, variable).
  std::vector<std::string> files;
  PinSyntax syntax = PinSyntax::lines;
  std::string key;
  // In xml: where the key's values stand, from the root: "project/properties/java.version",
  // "project/build/plugins/plugin[maven-compiler-plugin]/configuration/release". A name in brackets
  // is that of an element's artifactId or name.
  std::vector<std::string> paths;
  std::vector<std::string> names;     // in json: the value is name@version
  std::string grammar;                // of ranges there, a Grammar's name; empty: no ranges
  std::vector<std::string> prefixes;  // that may stand before a version: "python-", "v"
  std::string around;                 // where more stands around it: "/gradle-{version}-"
  std::vector<std::string> moving;    // words whose meaning moves with time: "latest", "lts/*"
  std::string roll_forward;           // key of .NET's policy beside it: "sdk.rollForward"
  bool minimum = false;               // newer ones do as well: what code is compiled for
  Granularity granularity = Granularity::version;  // what the numbers there count
  std::vector<LockFile> locks;                     // in the same folder
  std::string note;
  friend bool operator==(const PinPlace&, const PinPlace&) = default;
};

// What a span of a buildpack's versions does that its other versions do not. What a name means
// stands where it is asked for: in the model of the buildpack, src/build.
struct Behaviour {
  std::string name;       // "refuses-runtime-txt"
  std::string buildpack;  // "heroku/python"
  std::string versions;   // the span, an npm range over the buildpack's version
  std::string value;      // where it is more than yes or no: "22.x"
  std::string evidence;   // URL or repository@ref:path
  friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

struct RuntimeRules {
  int schema_version = 1;
  std::string id;                    // "node"
  std::string name;                  // "Node.js"
  std::vector<std::string> aliases;  // what else people type: "py", "openjdk"
  Scheme scheme = Scheme::semver;
  int series_components = 1;  // how many numbers people call a series: 2 for Python 3.14
  bool build_tool = false;    // maven, npm, …: not a language runtime
  std::string release_dates;  // endoflife.date's name of it
  std::vector<Codename> codenames;
  std::vector<LongTermSeries> long_term;
  std::vector<BuildpackRule> buildpacks;
  std::vector<Behaviour> behaviours;
  std::vector<PinPlace> pins;
  RenovateNames renovate;
  std::vector<DependabotNames> dependabot;
  std::vector<std::string> notes;
  friend bool operator==(const RuntimeRules&, const RuntimeRules&) = default;
};

struct TrackRules {
  std::string name;         // "latest"
  std::string builder_key;  // in the values file, under `config`
  std::string runner_key;
  std::string valid_until_key;  // empty: the track does not end
  std::string command_option;   // "--use-latest-versions"
  std::string config_key;       // "use_latest_versions"
  std::string next;  // the track whose builder its users meet next: "latest"; empty: none
  std::string description;
  friend bool operator==(const TrackRules&, const TrackRules&) = default;
};

// A buildpack that the platform adds at build time; not in the image.
struct InjectedBuildpack {
  std::string id;                            // empty: not known
  std::string what;                          // "apt packages from an Aptfile"
  std::string trigger;                       // "Aptfile"
  std::string image;                         // a reference pack can use; empty: not known
  std::vector<std::string> distro_versions;  // "22.04": on which builders; empty: all
  std::string unknown;                       // what is not known of it
  std::vector<std::string> evidence;
  friend bool operator==(const InjectedBuildpack&, const InjectedBuildpack&) = default;
};

// How much a finding in a repository matters.
enum class Level : std::uint8_t {
  error,    // the deployment fails
  warning,  // it may mislead, or will fail at a known date
  note,     // good, or nothing is known
};

// A file of a repository that says something by being there, or by a text in it.
struct FileNotice {
  std::string rule;  // stable id for programs: "unread-packages"
  Level level = Level::note;
  std::vector<std::string> files;            // patterns as in .gitignore
  std::vector<std::string> contains;         // any of these texts; empty: its presence is enough
  std::vector<std::string> distro_versions;  // "22.04": on builders of these only; empty: on all
  std::string title;                         // of the rule, for lists of rules
  std::string message;
  std::vector<std::string> evidence;
  friend bool operator==(const FileNotice&, const FileNotice&) = default;
};

// Which reader takes a source (docs/observing.md).
enum class SourceKind : std::uint8_t {
  values_file,
  supported_versions,
  gitlab_commits,
  harbor,
  harbor_list,
  registry,
  registry_token,
  image_layer,
  chart_values,
  injection_script,
  release_cycles,
  builder_toml,
  inventory,
  series_constants,
  alias_table,
  buildpack_descriptor,
  repository_constant,
  package_repository,
  archive_listing,
  default_constant,
  changelog,
};
std::string_view name_of(SourceKind kind);

struct Source {
  std::string name;  // "values"
  SourceKind kind = SourceKind::values_file;
  std::string url;        // placeholders in braces
  std::string buildpack;  // of whose facts: "heroku/go"; empty: not of a buildpack
  std::string versions;   // of which of its versions, an npm range; empty: of all
  bool optional = false;
  // What to look for in the text: names of constants, or what stands before a value. Which ones,
  // the kind says (docs/observing.md).
  std::map<std::string, std::string> constants;
  // How {stack} is written where it is not the stack's id: "heroku-24" -> "heroku-24-{arch}".
  std::map<std::string, std::string> stacks;
  std::string digest;  // of the text that a person has reviewed; another one is reported
  std::string note;
  friend bool operator==(const Source&, const Source&) = default;
};

enum class Severity : std::uint8_t { accept, warn, refuse };

// What becomes of a fresh state in which something is found; policy/judgement.h says what each name
// means. The shares are percent of what the last good state had for a runtime of a track: more lost
// than that is "set_shrank". A builder that was replaced may lose more than one that stayed.
struct JudgementRules {
  Severity track_vanished = Severity::refuse;
  Severity default_track_missing = Severity::refuse;
  Severity runtime_vanished = Severity::refuse;
  Severity set_shrank = Severity::refuse;
  Severity sources_disagree = Severity::refuse;
  Severity label_missing = Severity::refuse;
  Severity digest_changed = Severity::refuse;
  Severity deprecated_ended = Severity::refuse;
  Severity builder_moved_back = Severity::refuse;
  Severity snapshot_older = Severity::refuse;
  Severity empty_policy = Severity::refuse;
  int lost_versions_share = 0;  // of the versions known by name
  int lost_series_share = 0;
  int lost_versions_share_of_new_builder = 0;
  int lost_series_share_of_new_builder = 0;
  friend bool operator==(const JudgementRules&, const JudgementRules&) = default;
};

struct PlatformRules {
  int schema_version = 1;
  std::string id;
  std::string name;
  std::string homepage;
  std::string default_track;
  std::vector<TrackRules> tracks;
  std::vector<Source> sources;
  std::vector<InjectedBuildpack> injected;
  std::string components_file;        // in which a repository says the track of its components
  std::vector<std::string> mentions;  // patterns of files in which a builder image may be named
  // Distributions that tags of images name, as patterns: "bullseye", "alpine3*".
  std::vector<std::string> distributions;
  std::vector<FileNotice> notices;
  JudgementRules judgement;
  std::vector<std::string> notes;
  friend bool operator==(const PlatformRules&, const PlatformRules&) = default;
};

struct Rules {
  PlatformRules platform;
  std::vector<RuntimeRules> runtimes;  // by id
  const RuntimeRules* find(std::string_view runtime) const {
    for (const RuntimeRules& rules : runtimes)
      if (rules.id == runtime) return &rules;
    return nullptr;
  }
  friend bool operator==(const Rules&, const Rules&) = default;
};

}  // namespace buildable
