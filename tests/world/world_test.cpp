// The whole way: the world is up, it is observed, a tree follows from it, its builder moves on, and
// the difference is exactly what changed.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/digest.h"
#include "store/snapshots.h"
#include "version/set.h"
#include "world/support.h"

using namespace buildable;
using namespace buildable::world;
using Json = nlohmann::json;

namespace {

const std::string first_day = "2026-04-10";
const std::string second_day = "2026-04-25";

Deployed moved_on() {
  Deployed deployed;
  deployed.latest = "24_0.21.8";
  deployed.commit = "2222222222222222222222222222222222222222";
  deployed.committed = "2026-04-20T12:00:00.000+02:00";
  return deployed;
}

// The releases that came into the inventory with the versions of the buildpack after `older`, up to
// `newer`: the table lists them version by version.
std::set<std::string> added(testing::HerokuFacts& facts, const std::string& name,
                            const std::string& older, const std::string& newer) {
  std::set<std::string> versions;
  bool counts = false;
  for (const Json& row : facts.rows(name)) {
    if (counts)
      for (const std::string version : row.at("added")) versions.insert(version);
    if (row.at("version") == older) counts = true;
    if (row.at("version") == newer) break;
  }
  REQUIRE_FALSE(versions.empty());
  return versions;
}

VersionSet set_of(Scheme scheme, const std::set<std::string>& texts) {
  std::vector<Version> versions;
  for (const std::string& text : texts) {
    const auto version = Version::parse(scheme, text);
    REQUIRE_MESSAGE(version, text);
    versions.push_back(*version);
  }
  return VersionSet::of(scheme, versions);
}

}  // namespace

TEST_CASE("the world is observed, moves on, and the difference is exactly what changed") {
  Place place;

  const Ran first = place.observe(first_day);
  REQUIRE_MESSAGE(first.code == 0, first.err);
  const std::string before = content(place.here / "snapshot.json");
  const Json snapshot = Json::parse(before);
  CHECK(snapshot.at("tracks").size() == 3);
  CHECK(snapshot.at("builders").at(1).at("digest") == place.world.image("24_0.21.7").digest);
  write(place.here / "before.json", before);

  // What commands work on is what was observed.
  const Ran generated = place.run("generate --out tree --at " + first_day);
  REQUIRE_MESSAGE(generated.code == 0, generated.err);
  CHECK(content(place.here / "tree/snapshot.json") == before);
  CHECK(place.run("explain node 26.1.0 --track latest --at " + first_day).code == 1);

  place.world.deploy(moved_on());
  const Ran second = place.observe(second_day);
  REQUIRE_MESSAGE(second.code == 0, second.err);
  CHECK(place.run("explain node 26.1.0 --track latest --at " + second_day).code == 0);

  const Ran diff = place.run("diff before.json snapshot.json --format json");
  REQUIRE_MESSAGE(diff.code == 0, diff.err);
  const Json tracks = Json::parse(diff.out).at("tracks");
  REQUIRE_MESSAGE(tracks.size() == 3, diff.out);
  // An archive that no announcement names counts from the day that it was first seen.
  const VersionSet ruby = set_of(Scheme::ruby, {"3.1.3"});
  for (const Json& track : tracks) {
    const bool moved = track.at("track") == "latest";
    CHECK((track.at("old_builder") != track.at("new_builder")) == moved);
    for (const Json& runtime : track.at("runtimes"))
      if (runtime.at("runtime") == "ruby")
        CHECK(parse_set(Scheme::ruby, runtime.at("gained").get<std::string>()) == ruby);
    if (moved) continue;
    REQUIRE(track.at("runtimes").size() == 1);
    CHECK(track.at("runtimes")[0].at("runtime") == "ruby");
  }
  const Json& latest = tracks[1];
  CHECK(latest.at("track") == "latest");
  CHECK(latest.at("old_builder") == "tools-harbor.wmcloud.org/toolforge/heroku-builder:24_0.21.7");
  CHECK(latest.at("new_builder") == "tools-harbor.wmcloud.org/toolforge/heroku-builder:24_0.21.8");
  struct Expected {
    const char* index;
    Scheme scheme;
    const char* older;
    const char* newer;
  };
  const std::map<std::string, Expected> expected{
      {"node", {"nodejs", Scheme::semver, "5.5.5", "5.7.1"}},
      {"go", {"go", Scheme::go, "2.2.1", "2.2.3"}},
      {"java", {"jvm", Scheme::java, "7.0.10", "7.0.11"}},
      {"dotnet", {"dotnet", Scheme::dotnet, "1.0.5", "1.0.7"}}};
  // Composer repositories keep what they had.
  const VersionSet php = set_of(Scheme::composer, {"8.4.20", "8.5.5"});
  testing::HerokuFacts facts;
  std::set<std::string> changed;
  for (const Json& runtime : latest.at("runtimes")) {
    CAPTURE(runtime.dump());
    changed.insert(runtime.at("runtime"));
    CHECK(runtime.at("lost") == "none");
    CHECK(runtime.at("old_default") == runtime.at("new_default"));
    if (runtime.at("runtime") == "php")
      CHECK(parse_set(Scheme::composer, runtime.at("gained").get<std::string>()) == php);
    const auto found = expected.find(runtime.at("runtime"));
    if (found == expected.end()) continue;
    const auto& [index, scheme, older, newer] = found->second;
    const auto gained = parse_set(scheme, runtime.at("gained").get<std::string>());
    REQUIRE(gained);
    CHECK(*gained == set_of(scheme, added(facts, index, older, newer)));
  }
  CHECK(changed == std::set<std::string>{"dotnet", "go", "java", "node", "php", "ruby"});
}
