// The emitted files, byte for byte: all of a small platform made by hand, and the digests of those
// of one committed state. A new state changes neither. BUILDABLE_ACCEPT=1 writes what is emitted in
// place of what was accepted.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "base/digest.h"
#include "emit/embedded.h"
#include "emit/sample.h"
#include "emit/tree.h"
#include "support/files.h"
#include "support/paths.h"

using namespace buildable;
using namespace buildable::emit;
using namespace buildable::testing;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

const fs::path golden = source_dir() / "tests" / "golden";

bool accepts() { return std::getenv("BUILDABLE_ACCEPT") != nullptr; }

void write(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

// --- the sample, with everything that a tree can say
// ----------------------------------------------

Rules full_rules() {
  Rules rules = sample_rules();
  for (RuntimeRules& runtime : rules.runtimes) {
    if (runtime.id == "knot") {
      runtime.renovate.matches.push_back({.datasources = {"node-version"},
                                          .granularity = Granularity::unlimited,
                                          .dependency_types = {"toolchain"},
                                          .note = "A toolchain is loaded, not built with."});
      for (const char* ecosystem : {"docker-compose", "helm", "npm"})
        runtime.dependabot.push_back({ecosystem, {"knot"}, Granularity::version});
    }
    if (runtime.id == "band") {
      runtime.renovate.matches.front().no_replacement_in = {"gomod"};
      for (RenovateMatch& match : runtime.renovate.matches) {
        match.long_term_preset = "workarounds:bandLTSVersions";
        match.long_term_text = "6|7|8";
      }
      runtime.dependabot.push_back({"dotnet-sdk", {"band-sdk"}, Granularity::version});
    }
    if (runtime.id == "tool")
      runtime.dependabot.push_back({"sbt", {"example:tool"}, Granularity::version});
  }
  return rules;
}

const Evidence evidence{"example/buildpack@12:file.toml", "sha256:" + std::string(64, '7'),
                        "2026-03-01", "Seen by hand."};

TrackPolicy deprecated_track(bool expired) {
  TrackPolicy track = sample_track("deprecated", "22_1", "13");
  track.description = "The one before.";
  track.command_option = "--old";
  track.valid_until = "2026-03-31";
  track.expired = expired;
  if (!expired) return track;
  track.reasons.push_back({"The track has ended.", evidence});
  for (RuntimePolicy& runtime : track.runtimes) {
    runtime.buildable = VersionSet::none(runtime.scheme);
    runtime.unbuildable = runtime.buildable.complement();
    runtime.known.clear();
    runtime.series.clear();
  }
  return track;
}

Policy full_policy(const std::string& effective, const std::string& default_minor, bool expired) {
  Policy policy = sample_policy(effective, default_minor);
  policy.tracks.push_back(deprecated_track(expired));
  TrackPolicy& first = policy.tracks.front();
  first.description = "The usual one.";
  first.reasons.push_back({"The image's labels name its buildpacks.", evidence});
  for (RuntimePolicy& runtime : first.runtimes) {
    if (runtime.runtime == "band") runtime.long_term = {"8.0"};
    if (runtime.runtime == "knot") runtime.later_patches_after = 14;
    runtime.reasons.push_back({"Its inventory.", evidence});
    runtime.resolves = "the newest that fits";
    runtime.error_unknown_version = "There is no such version.";
    runtime.reads.push_back(
        {"package.json", "engines." + runtime.runtime, {"npm range"}, "npm", "", true, "A note."});
  }
  return policy;
}

// Of Snake a series that is newer than what the tracks have, of Knot one that has ended, of Tool
// nothing.
std::vector<RuntimeReleases> upstream() {
  return {{"knot",
           {{"24", "2025-05-06", "24.1.0", "2026-03-30", "2028-04-30"},
            {"22", "2024-04-24", "22.11.1", "2025-01-09", "2026-03-31"}},
           evidence},
          {"snake",
           {{"3.15", "2026-03-25", "3.15.0", "2026-03-25", "2031-10-31"},
            {"3.14", "2025-10-07", "3.14.0", "2025-10-07", ""},
            {"3.13", "2024-10-07", "3.13.9", "2026-01-01", ""},
            {"3.12", "2023-10-02", "3.12.9", "", ""}},
           evidence}};
}

struct FullSample {
  Rules rules = full_rules();
  Policy first = full_policy("2025-03-19T16:29:00Z", "13", false);
  Policy second = full_policy("2026-04-01T12:20:52Z", "14", true);

  FullSample() {
    // The first state has another latest builder, which has a runtime less and an older one.
    TrackPolicy& latest = first.tracks[1];
    latest.builder = "registry.example/builder:24_1.9";
    latest.runtimes[2] = listed_policy(knot_rules(), {"20.0.0", "22.11.0"},
                                       {{"20", "20.0.0", false}, {"22", "22.11.0", false}});
    latest.runtimes.erase(latest.runtimes.begin());
  }

  Tree tree(const std::string& base_url) const {
    auto made = emit_tree({rules,
                           second,
                           "{\"schema_version\": 1}\n",
                           {history_state(nullptr, first), history_state(&first, second)},
                           upstream()},
                          {base_url});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().to_text()));
    return *made;
  }
};

const std::string address = "https://tree.example";

// Files that are taken over as they are.
bool is_passed_on(const std::string& path) {
  return path == "openapi.json" || path == "snapshot.json";
}

// --- which members the files have
// -----------------------------------------------------------------

// The names of these objects' members are names of things.
bool names_things(const std::string& key) {
  static const std::set<std::string> keys{"tracks",      "runtimes",         "ecosystems",
                                          "ranges",      "builders",         "changes",
                                          "constraints", "customDatasources"};
  return keys.count(key) > 0;
}

void add_places(std::set<std::string>& places, const json& value, const std::string& place,
                bool of_things = false) {
  if (value.is_array())
    for (const json& each : value) add_places(places, each, place + "[]");
  if (value.is_object())
    for (const auto& [key, member] : value.items())
      add_places(places, member, place + "." + (of_things ? "*" : key),
                 !of_things && names_things(key));
  if (!value.is_structured()) places.insert(place + ": " + value.type_name());
}

// "renovate/default/coverage.json" -> "renovate/coverage.json": as many kinds as there are forms.
std::string kind_of(const std::string& path) {
  const fs::path file(path);
  if (!file.has_parent_path())
    return path == "policy.json" || path == "history.json" ? path : "preset";
  const std::string folder = file.begin()->string();
  const std::string name = file.filename().string();
  const bool whole_track =
      folder == "renovate" &&
      (name == "coverage.json" || name == "libraries.json" || name == "take-back.json");
  return whole_track ? folder + "/" + name : folder;
}

// Elements with their classes.
void add_elements(std::set<std::string>& places, const std::string& markup) {
  static const std::regex element("<[a-z]+( class=\"[^\"]*\")?");
  for (std::sregex_iterator found(markup.begin(), markup.end(), element), end; found != end;
       ++found)
    places.insert(found->str());
}

std::map<std::string, std::set<std::string>> places_by_kind(const std::vector<Tree>& trees) {
  std::map<std::string, std::set<std::string>> places;
  for (const Tree& tree : trees) {
    for (const auto& [path, content] : tree)
      if (path.ends_with(".json") && !is_passed_on(path))
        add_places(places[kind_of(path)], json::parse(content), "");
    for (const char* markup : {"index.html", "feed.atom"})
      add_elements(places[markup], tree.at(markup));
  }
  return places;
}

}  // namespace

TEST_CASE("the sample's tree is the accepted one") {
  Tree tree = FullSample().tree(address);
  CHECK(tree.at("openapi.json") == openapi_text());
  CHECK(tree.at("snapshot.json") == "{\"schema_version\": 1}\n");
  for (const char* path : {"openapi.json", "snapshot.json"}) tree.erase(path);
  // Without an address some rules take their versions from upstream.
  tree["without_address/coverage.json"] =
      FullSample().tree("").at("renovate/default/coverage.json");
  const fs::path folder = golden / "sample";
  if (accepts()) {
    fs::remove_all(folder);
    for (const auto& [path, content] : tree) write(folder / path, content);
  }
  for (const auto& file : tree) {
    REQUIRE_MESSAGE(fs::exists(folder / file.first), file.first);
    CHECK_MESSAGE(read_file(folder / file.first) == file.second,
                  file.first << " differs; BUILDABLE_ACCEPT=1 accepts");
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    files += entry.is_regular_file() ? 1 : 0;
  CHECK(files == tree.size());
}

// So that what is accepted of the sample shows every form that the real files have.
TEST_CASE("the sample's files have every member and element that those of the newest state have") {
  const FullSample sample;
  auto of_sample = places_by_kind({sample.tree(""), sample.tree(address)});
  const auto of_newest = places_by_kind({embedded_tree(), embedded_tree(address)});
  CHECK(of_newest.size() == 12);
  for (const auto& of_kind : of_newest)
    for (const std::string& place : of_kind.second)
      CHECK_MESSAGE(of_sample[of_kind.first].count(place) > 0, of_kind.first << " " << place);
}

TEST_CASE("the tree of the newest state has a file for each track and runtime of the rules") {
  const Tree tree = embedded_tree();
  std::set<std::string> expected{"CHANGELOG.md", "feed.atom",   "history.json", "index.html",
                                 "openapi.json", "policy.json", "snapshot.json"};
  for (const TrackRules& track : embedded_rules().platform.tracks) {
    expected.insert(track.name + ".json");
    for (const char* end : {".json", ".yml"}) expected.insert("dependabot/" + track.name + end);
    for (const char* whole : {"coverage", "libraries", "take-back"})
      expected.insert("renovate/" + track.name + "/" + whole + ".json");
    for (const RuntimeRules& runtime : embedded_rules().runtimes) {
      for (const char* end : {".json", ".svg"})
        expected.insert(("badge/" + track.name + "/").append(runtime.id).append(end));
      for (const char* folder : {"renovate/", "datasources/"})
        expected.insert(folder + track.name + "/" + runtime.id + ".json");
    }
  }
  std::set<std::string> paths;
  for (const auto& file : tree) {
    paths.insert(file.first);
    CHECK_MESSAGE(!file.second.empty(), file.first);
  }
  CHECK(paths == expected);
  CHECK(tree.at("openapi.json") == openapi_text());
}

// It tells whether a change that should not change what is emitted does. To see how it does,
// compare the trees that the programs before and after it generate.
TEST_CASE("the tree of a committed state is the accepted one, byte for byte") {
  const std::string name = "2026-05-14";
  std::string digests;
  for (const auto& [path, content] : embedded_tree_of(name, address))
    digests += sha256_hex(content) + "  " + path + "\n";
  const fs::path file = golden / (name + ".sha256");
  if (accepts()) write(file, digests);
  CHECK_MESSAGE(read_file(file) == digests, "it differs; BUILDABLE_ACCEPT=1 accepts");
}
