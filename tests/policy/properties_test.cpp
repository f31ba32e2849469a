// Laws that hold for whatever the builder may hold.
#include <algorithm>
#include <random>

#include "policy/diff.h"
#include "policy/explain.h"
#include "rules/embedded.h"
#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

constexpr int cases = 3000;

// Buildpack 1.x has an inventory, 2.x a span of series, 3.x a frozen repository, 4.x an archive
// store, 5.x is not recorded.
Rules mixed_rules() {
  RuntimeRules runtime =
      runtime_of(Scheme::semver, 1, {.versions = "1", .mechanism = Mechanism::inventory});
  const auto add = [&](const char* versions, Mechanism mechanism) {
    runtime.buildpacks.push_back({.id = "acme/it", .versions = versions, .mechanism = mechanism});
  };
  add("2", Mechanism::series);
  add("3", Mechanism::repository);
  add("4", Mechanism::archives);
  add("5", Mechanism::unrecorded);
  return rules_of({runtime});
}

class Generator {
 public:
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(engine_); }

  std::string some_version() {
    std::string text =
        std::to_string(below(4)) + "." + std::to_string(below(2)) + "." + std::to_string(below(3));
    return below(5) == 0 ? text + "-rc.1" : text;
  }

  std::vector<std::string> some_versions() {
    std::vector<std::string> versions{some_version()};
    for (int more = below(6); more > 0; --more) versions.push_back(some_version());
    return versions;
  }

  Capability capability(int number) {
    const int kind = 1 + below(5);
    Capability capability = facts(std::to_string(kind) + ".0." + std::to_string(number));
    if (kind == 1 || kind == 3) capability.versions = some_versions();
    const int oldest = below(4);
    capability.oldest_series = std::to_string(oldest);
    capability.newest_series = std::to_string(oldest + below(4 - oldest));
    if (kind == 3) {
      capability.series = {capability.oldest_series};
      capability.repository = below(2) ? "frozen" : "";
    }
    if (kind == 4) capability.store = below(2) ? "complete" : "partial";
    return capability;
  }

  std::vector<ArchiveStore> stores() {
    std::vector<ArchiveStore> stores{{.id = "complete", .complete = true}, {.id = "partial"}};
    for (ArchiveStore& store : stores)
      for (const std::string& each : some_versions()) store.archives.push_back({.version = each});
    return stores;
  }

  Snapshot snapshot() {
    std::vector<Capability> capabilities;
    for (int number = 0, count = 1 + below(4); number < count; ++number)
      capabilities.push_back(capability(number));
    Snapshot made = snapshot_of(capabilities);
    made.stores = stores();
    return made;
  }

 private:
  std::mt19937 engine_{20260514};
};

Snapshot without_state(Snapshot snapshot, std::size_t which) {
  auto& states = snapshot.builders[0].candidates;
  states.erase(states.begin() + static_cast<std::ptrdiff_t>(which));
  return snapshot;
}

std::vector<std::string> universe() {
  std::vector<std::string> versions;
  for (int major = 0; major < 5; ++major)
    for (int minor = 0; minor < 3; ++minor)
      for (int patch = 0; patch < 4; ++patch)
        for (const char* tail : {"", "-rc.1", "-rc.2"})
          versions.push_back(std::to_string(major) + "." + std::to_string(minor) + "." +
                             std::to_string(patch) + tail);
  return versions;
}

}  // namespace

TEST_CASE("one more possible state never makes more certain") {
  Generator generator;
  const Rules rules = mixed_rules();
  for (int i = 0; i < cases; ++i) {
    const Snapshot snapshot = generator.snapshot();
    const auto count = snapshot.builders[0].candidates.size();
    if (count < 2) continue;
    const RuntimePolicy all = runtime_policy_of(snapshot, rules);
    const RuntimePolicy fewer = runtime_policy_of(
        without_state(snapshot, static_cast<std::size_t>(generator.below(static_cast<int>(count)))),
        rules);
    REQUIRE(fewer.buildable.includes(all.buildable));
    REQUIRE(fewer.unbuildable.includes(all.unbuildable));
  }
}

TEST_CASE("a single state is what it is, and no set of states says both of one version") {
  Generator generator;
  const Rules rules = mixed_rules();
  for (int i = 0; i < cases; ++i) {
    const Snapshot snapshot = generator.snapshot();
    const RuntimePolicy policy = runtime_policy_of(snapshot, rules);
    REQUIRE_FALSE(policy.buildable.intersects(policy.unbuildable));
    for (const Version& each : policy.known) REQUIRE(policy.buildable.contains(each));
    REQUIRE(std::is_sorted(policy.known.begin(), policy.known.end(), ByOrder{}));
    if (policy.alternatives.size() != 1) continue;
    REQUIRE(policy.buildable == policy.alternatives[0]->buildable());
    REQUIRE(policy.unbuildable == policy.alternatives[0]->unbuildable());
  }
}

TEST_CASE("the order of the states does not matter to what is certain") {
  Generator generator;
  const Rules rules = mixed_rules();
  for (int i = 0; i < cases; ++i) {
    Snapshot snapshot = generator.snapshot();
    const RuntimePolicy forward = runtime_policy_of(snapshot, rules);
    auto& states = snapshot.builders[0].candidates;
    std::reverse(states.begin(), states.end());
    const RuntimePolicy backward = runtime_policy_of(snapshot, rules);
    REQUIRE(forward.buildable == backward.buildable);
    REQUIRE(forward.unbuildable == backward.unbuildable);
    REQUIRE(texts(forward.known) == texts(backward.known));
  }
}

TEST_CASE("the verdict is what all states agree on, version by version") {
  Generator generator;
  const Rules rules = mixed_rules();
  const std::vector<std::string> versions = universe();
  for (int i = 0; i < cases / 10; ++i) {
    const RuntimePolicy policy = runtime_policy_of(generator.snapshot(), rules);
    for (const std::string& text : versions) {
      const Version asked = version(Scheme::semver, text);
      bool all_build = true, none_builds = true;
      for (const auto& state : policy.alternatives) {
        all_build = all_build && state->buildable().contains(asked);
        none_builds = none_builds && state->unbuildable().contains(asked);
      }
      const Verdict expected = all_build     ? Verdict::buildable
                               : none_builds ? Verdict::unbuildable
                                             : Verdict::unknown;
      const auto judged = judge(policy, text);
      REQUIRE(judged);
      INFO(text);
      REQUIRE(*judged == expected);
    }
  }
}

// What a state says of one version is what its sets say.
void check_one_by_one(const RuntimePolicy& policy, const std::vector<std::string>& versions) {
  for (const auto& state : policy.alternatives) {
    const VersionSet buildable = state->buildable();
    const VersionSet unbuildable = state->unbuildable();
    for (const std::string& text : versions) {
      const auto asked = Version::parse(policy.scheme, text);
      if (!asked) continue;
      INFO(text);
      REQUIRE(state->builds(*asked) == buildable.contains(*asked));
      REQUIRE(state->cannot_build(*asked) == unbuildable.contains(*asked));
    }
  }
}

TEST_CASE("a state says of one version what it says of all, made up and as deployed") {
  Generator generator;
  const Rules rules = mixed_rules();
  for (int i = 0; i < cases / 10; ++i)
    check_one_by_one(runtime_policy_of(generator.snapshot(), rules), universe());
  for (const EmbeddedSnapshot& embedded : embedded_snapshots()) {
    const auto policy =
        compile(embedded_snapshot(embedded), embedded_rules(), day("2026-06-01"), "sha256:0");
    REQUIRE(policy);
    for (const TrackPolicy& track : policy->tracks)
      for (const RuntimePolicy& runtime : track.runtimes) {
        std::vector<std::string> versions = universe();
        for (const Version& known : runtime.known)
          for (const char* tail : {"", ".0", "-rc.1", "rc1", "+1", "a0"})
            versions.push_back(known.text() + tail);
        check_one_by_one(runtime, versions);
      }
  }
}

TEST_CASE("what one side of a difference gained the other lost") {
  Generator generator;
  const Rules rules = mixed_rules();
  for (int i = 0; i < cases / 3; ++i) {
    const Policy one = policy_of(generator.snapshot(), rules);
    const Policy other = policy_of(generator.snapshot(), rules);
    const PolicyChange there = diff(one, other), back = diff(other, one);
    REQUIRE(there.empty() == back.empty());
    if (there.empty()) continue;
    const RuntimeChange& gain = there.tracks[0].runtimes.at(0);
    const RuntimeChange& loss = back.tracks[0].runtimes.at(0);
    REQUIRE(gain.gained == loss.lost);
    REQUIRE(gain.gained_series == loss.lost_series);
    const RuntimePolicy& before = one.tracks[0].runtimes[0];
    REQUIRE(before.buildable.minus(gain.lost).unite(gain.gained) ==
            other.tracks[0].runtimes[0].buildable);
  }
}
