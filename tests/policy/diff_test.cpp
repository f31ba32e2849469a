// What changed between two policies.
#include "policy/diff.h"

#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using Strings = std::vector<std::string>;

Rules inventory_rules() {
  return rules_of({runtime_of(Scheme::semver, 1, {.mechanism = Mechanism::inventory})});
}

Snapshot with(Strings versions, std::string default_version = {}) {
  Capability capability = facts("1.0.0");
  capability.versions = std::move(versions);
  capability.default_version = std::move(default_version);
  return snapshot_of({capability});
}

PolicyChange between(const Snapshot& older, const Snapshot& newer) {
  return diff(policy_of(older, inventory_rules()), policy_of(newer, inventory_rules()));
}

}  // namespace

TEST_CASE("a policy does not differ from itself") {
  const Snapshot snapshot = with({"22.0.0", "24.0.0"});
  CHECK(between(snapshot, snapshot).empty());
}

TEST_CASE("whole series and releases of a series are told apart") {
  const PolicyChange change =
      between(with({"18.0.0", "22.0.0", "24.0.0", "24.0.1"}, "22"),
              with({"22.0.0", "24.0.1", "24.1.0", "24.2.0", "26.0.0"}, "24"));
  REQUIRE(change.tracks.size() == 1);
  REQUIRE(change.tracks[0].runtimes.size() == 1);
  const RuntimeChange& runtime = change.tracks[0].runtimes[0];
  CHECK(runtime.gained_series == Strings{"24.1.0 to 24.2.0", "26"});
  CHECK(runtime.lost_series == Strings{"18", "24.0.0"});
  CHECK(runtime.gained.contains(version(Scheme::semver, "26.0.0")));
  CHECK_FALSE(runtime.gained.contains(version(Scheme::semver, "24.0.1")));
  CHECK(runtime.lost.contains(version(Scheme::semver, "24.0.0")));
  CHECK(runtime.old_default == "22");
  CHECK(runtime.new_default == "24");
}

TEST_CASE("a track that came, went, moved or ended is a change") {
  const Snapshot one = with({"22.0.0"});
  SUBCASE("moved to another builder with the same content") {
    Snapshot moved = one;
    moved.builders[0].reference = moved.tracks[0].builder = "registry.example.org/builder:24_2";
    const PolicyChange change = between(one, moved);
    REQUIRE(change.tracks.size() == 1);
    CHECK(change.tracks[0].new_builder == "registry.example.org/builder:24_2");
    CHECK(change.tracks[0].runtimes.empty());
  }
  SUBCASE("came and went") {
    Snapshot two = one;
    two.tracks.push_back(two.tracks[0]);
    two.tracks[1].name = "latest";
    const PolicyChange came = between(one, two), went = between(two, one);
    REQUIRE(came.tracks.size() == 1);
    CHECK(came.tracks[0].track == "latest");
    CHECK(came.tracks[0].old_builder.empty());
    CHECK(came.tracks[0].runtimes[0].gained_series == Strings{"22"});
    REQUIRE(went.tracks.size() == 1);
    CHECK(went.tracks[0].new_builder.empty());
    CHECK(went.tracks[0].runtimes[0].lost_series == Strings{"22"});
  }
  SUBCASE("ended") {
    Snapshot ending = one;
    ending.tracks[0].valid_until = "2026-04-27";
    const PolicyChange change = between(one, ending);
    REQUIRE(change.tracks.size() == 1);
    CHECK(change.tracks[0].expired_now);
    CHECK(change.tracks[0].runtimes[0].lost_series == Strings{"22"});
    CHECK(between(ending, ending).empty());
  }
}
