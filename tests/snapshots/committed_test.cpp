// The committed snapshots against the facts that they are made from.
#include <algorithm>
#include <map>
#include <optional>

#include "make.h"
#include "rules/load.h"
#include "support/shared_data.h"

namespace buildable {
namespace {

namespace fs = std::filesystem;
using testing::read_file;

const fs::path checkout = BUILDABLE_SOURCE_DIR;
const fs::path committed = checkout / "rules" / "snapshots" / "toolforge";

SnapshotPlan plan() {
  Result<SnapshotPlan> read = read_plan(checkout / "tools" / "make_snapshots" / "toolforge.toml");
  REQUIRE_MESSAGE(read, read.error().to_text());
  return *read;
}

Snapshot snapshot_named(const std::string& name) {
  Result<Snapshot> read = parse_snapshot(read_file(committed / (name + ".json")), name);
  REQUIRE_MESSAGE(read, read.error().to_text());
  return *read;
}

std::string message_of(const Error& error) { return error.to_text(); }

std::vector<NamedSnapshot> made_from(const fs::path& facts_folder) {
  Facts facts(facts_folder);
  auto runtimes = read_runtimes(checkout / "rules" / "runtimes");
  REQUIRE_MESSAGE(runtimes, runtimes.error().to_text());
  auto made = make_snapshots(facts, plan(), *runtimes);
  REQUIRE_MESSAGE(made, message_of(made.error()));
  return *made;
}

TEST_CASE("every committed snapshot is read, is canonical, and is of the plan") {
  std::vector<std::string> planned;
  for (const StatePlan& state : plan().states) planned.push_back(state.name + ".json");
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(committed)) {
    CAPTURE(entry.path().string());
    std::string text = read_file(entry.path());
    Result<Snapshot> read = parse_snapshot(text, entry.path().filename().string());
    REQUIRE_MESSAGE(read, read.error().to_text());
    CHECK(write_snapshot(*read) == text);
    std::string name = entry.path().filename().string();
    CHECK(std::find(planned.begin(), planned.end(), name) != planned.end());
    ++files;
  }
  CHECK(files == planned.size());
}

TEST_CASE("one state follows the other without a gap") {
  std::string end;
  for (const StatePlan& state : plan().states) {
    CAPTURE(state.name);
    Snapshot snapshot = snapshot_named(state.name);
    CHECK(snapshot.effective.substr(0, 10) == state.name);
    if (!end.empty()) CHECK(snapshot.effective == end);
    end = snapshot.observed;
  }
}

TEST_CASE("the committed snapshots are what the facts give, byte for byte") {
  auto data = testing::shared_data();
  if (!data) return;
  std::vector<NamedSnapshot> made = made_from(*data);
  for (const NamedSnapshot& named : made) {
    CAPTURE(named.name);
    bool same = write_snapshot(named.snapshot) == read_file(committed / (named.name + ".json"));
    CHECK_MESSAGE(same, "differs: run make_snapshots and read what changed");
  }
  std::vector<NamedSnapshot> again = made_from(*data);
  REQUIRE(again.size() == made.size());
  for (std::size_t i = 0; i < made.size(); ++i) CHECK(again[i].snapshot == made[i].snapshot);
}

TEST_CASE("a folder without the facts is an error that names the file") {
  Facts facts(checkout / "no-such-folder");
  auto runtimes = read_runtimes(checkout / "rules" / "runtimes");
  REQUIRE(runtimes);
  auto made = make_snapshots(facts, plan(), *runtimes);
  REQUIRE_FALSE(made);
  CHECK(message_of(made.error()).find("builder-22.history.json") != std::string::npos);
}

// --- against the short form of the facts --------------------------------------------------------

const Capability* capability(const Snapshot& snapshot, const std::string& runtime,
                             const std::string& version) {
  for (const Capability& each : snapshot.capabilities) {
    if (each.runtime == runtime && each.version == version) return &each;
  }
  return nullptr;
}

// The newest final release of each series, the series being what `series_of` says.
template <class SeriesOf>
std::map<std::string, std::string> newest_by(const Capability& capability, Scheme scheme,
                                             SeriesOf series_of) {
  std::map<std::string, std::string> newest;
  for (const std::string& text : capability.versions) {
    auto version = Version::parse(scheme, text);
    REQUIRE(version);
    if (!version->is_prerelease()) newest[series_of(*version)] = version->key();
  }
  return newest;
}

std::string key_of(Scheme scheme, const std::string& text) {
  auto version = Version::parse(scheme, text);
  REQUIRE(version);
  return version->key();
}

std::string first(const Version& version) { return version.release()[0]; }
std::string first_two(const Version& version) {
  return version.release()[0] + "." + version.release()[1];
}

// runtimes.json lists the newest version of each series, for the series that it calls current.
template <class SeriesOf>
void check_newest(const Snapshot& snapshot, const DocumentView& runtimes, const char* facts_name,
                  const char* runtime, const char* key, Scheme scheme, SeriesOf series_of) {
  CAPTURE(runtime);
  auto facts = runtimes.optional_member(facts_name);
  REQUIRE(facts);
  if (!*facts) return;
  auto listed = (*facts)->optional_member(key);
  REQUIRE(listed);
  if (!*listed) return;
  auto expected = text_map_of(**listed);
  REQUIRE(expected);
  const Capability* found = capability(snapshot, runtime, *(*facts)->text("buildpack"));
  REQUIRE(found);
  auto newest = newest_by(*found, scheme, series_of);
  for (const auto& entry : *expected) {
    CAPTURE(entry.first);
    CHECK(newest[entry.first] == key_of(scheme, entry.second));
  }
}

// "3.9.12 to 3.9.19": both ends are in the store, and what is beyond them is not.
void check_spans(const Snapshot& snapshot, const DocumentView& spans) {
  auto store = std::find_if(snapshot.stores.begin(), snapshot.stores.end(),
                            [](const auto& each) { return each.id == "python/heroku-22"; });
  REQUIRE(store != snapshot.stores.end());
  CHECK(store->complete);
  auto has = [&](const std::string& version) {
    return std::any_of(store->archives.begin(), store->archives.end(),
                       [&](const Archive& archive) { return archive.version == version; });
  };
  auto expected = text_map_of(spans);
  REQUIRE(expected);
  for (const auto& entry : *expected) {
    const std::string& series = entry.first;
    const std::string& span = entry.second;
    CAPTURE(span);
    std::string last = span.substr(span.find(" to ") + 4);
    CHECK(has(span.substr(0, span.find(' '))));
    CHECK(has(last));
    int patch = std::stoi(last.substr(series.size() + 1));
    CHECK_FALSE(has(series + "." + std::to_string(patch + 1)));
  }
}

void check_state(const Snapshot& snapshot, const DocumentView& runtimes) {
  check_newest(snapshot, runtimes, "node", "node", "newest_by_major", Scheme::semver, first);
  check_newest(snapshot, runtimes, "go", "go", "newest_by_minor", Scheme::go, first_two);
  check_newest(snapshot, runtimes, "jvm", "java", "newest_by_major", Scheme::java, first);
  check_newest(snapshot, runtimes, "dotnet", "dotnet", "newest_sdk_by_major", Scheme::dotnet,
               first);

  auto python = runtimes.member("python");
  REQUIRE(python);
  const Capability* found = capability(snapshot, "python", *python->text("buildpack"));
  REQUIRE(found);
  CHECK(found->default_version == *python->text("default"));
  if (found->store.empty()) {
    auto minors = texts_of(*python, "minors");
    REQUIRE((minors && minors->size() == 2));
    CHECK(found->oldest_series == minors->front());
    CHECK(found->newest_series == minors->back());
    CHECK(found->aliases == *text_map_of(*python->member("alias")));
  } else {
    check_spans(snapshot, *python->member("archives_known"));
  }
  auto php = runtimes.member("php");
  REQUIRE(php);
  found = capability(snapshot, "php", *php->text("buildpack"));
  REQUIRE(found);
  CHECK(found->repository == *php->optional_text("snapshot"));
  auto series = texts_of(*php, found->repository.empty() ? "at_least" : "series");
  REQUIRE(series);
  CHECK(found->series == *series);
}

TEST_CASE("what a builder's states can build agrees with the facts' own summary of them") {
  auto data = testing::shared_data();
  if (!data) return;
  const std::map<std::string, std::string> in_snapshot{
      {"22_20240105", "2025-05-12"}, {"24_0.20.7", "2025-05-12"}, {"24_0.21.5", "2026-03-19"},
      {"24_0.21.7", "2026-04-01"},   {"24_0.21.8", "2026-05-14"}, {"24_20260511", "2026-05-14"}};
  for (const auto& entry : in_snapshot) {
    const std::string& tag = entry.first;
    CAPTURE(tag);
    Snapshot snapshot = snapshot_named(entry.second);
    Facts facts(*data);
    Result<Node> summary = facts.json("builders/" + tag + "/runtimes.json");
    REQUIRE(summary);
    auto states = DocumentView(*summary).member("states");
    REQUIRE(states);
    auto rows = states->items();
    REQUIRE(rows);
    auto builder = std::find_if(
        snapshot.builders.begin(), snapshot.builders.end(),
        [&](const Builder& each) { return each.reference.find(":" + tag) != std::string::npos; });
    REQUIRE(builder != snapshot.builders.end());
    CHECK(builder->candidates.size() == rows->size());
    for (const DocumentView& row : *rows) check_state(snapshot, *row.member("runtimes"));
  }
}

}  // namespace
}  // namespace buildable
