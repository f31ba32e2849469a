// Builders whose content is uncertain, absent or ended.
#include "policy/explain.h"
#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using Strings = std::vector<std::string>;

Rules inventory_rules(BuildpackRule rule = {}) {
  rule.mechanism = Mechanism::inventory;
  return rules_of({runtime_of(Scheme::semver, 1, std::move(rule))});
}

Verdict verdict(const RuntimePolicy& policy, std::string_view version) {
  const auto judged = judge(policy, version);
  REQUIRE(judged);
  return *judged;
}

}  // namespace

TEST_CASE("between two possible states only what both say is certain") {
  const RuntimePolicy policy =
      runtime_policy_of(snapshot_of({inventory("1.0.0", {"22.0.0", "24.0.0", "24.1.0"}),
                                     inventory("1.1.0", {"22.0.0", "24.1.0", "26.0.0"})}),
                        inventory_rules());
  CHECK(verdict(policy, "24.1.0") == Verdict::buildable);
  CHECK(verdict(policy, "26.0.0") == Verdict::unknown);
  CHECK(verdict(policy, "26") == Verdict::unknown);
  CHECK(verdict(policy, "24.0.0") == Verdict::unknown);
  CHECK(verdict(policy, "28") == Verdict::unbuildable);
  CHECK(texts(policy.known) == Strings{"22.0.0", "24.1.0"});
  REQUIRE(policy.buildpacks.size() == 2);
  CHECK(policy.buildpacks[0].version == "1.0.0");
  CHECK(policy.buildpacks[1].version == "1.1.0");
  CHECK(policy.alternatives.size() == 2);
}

TEST_CASE("a series that each state builds by another release of it builds") {
  const RuntimePolicy policy =
      runtime_policy_of(snapshot_of({inventory("1.0.0", {"22.0.0", "24.0.0"}),
                                     inventory("1.1.0", {"22.0.0", "24.1.0"})}),
                        inventory_rules());
  CHECK(verdict(policy, "24") == Verdict::buildable);
  CHECK(verdict(policy, "24.0.0") == Verdict::unknown);
}

TEST_CASE("states with the same buildpack version count once") {
  const RuntimePolicy policy = runtime_policy_of(
      snapshot_of({inventory("1.0.0", {"22.0.0"}), inventory("1.0.0", {"22.0.0"})}),
      inventory_rules());
  CHECK(policy.alternatives.size() == 1);
  CHECK(policy.buildpacks.size() == 1);
}

TEST_CASE("a builder without the buildpack builds nothing of the runtime") {
  Snapshot snapshot = snapshot_of({});
  snapshot.builders[0].candidates = {state({{.id = "acme/other", .version = "1.0.0"}})};
  const RuntimePolicy policy = runtime_policy_of(snapshot, inventory_rules());
  CHECK(policy.governed);
  CHECK(policy.buildable.empty());
  CHECK(verdict(policy, "22.0.0") == Verdict::unbuildable);
  CHECK(verdict(policy, "22") == Verdict::unbuildable);
  CHECK(policy.buildpacks.empty());
  CHECK(policy.summary ==
        "It: Forge's default track (builder builder:24_1) has no buildpack for It.");
}

TEST_CASE("a buildpack that the platform adds, of unknown version, leaves everything unknown") {
  Snapshot snapshot = snapshot_of({});
  snapshot.builders[0].candidates = {state({})};
  snapshot.builders[0].target.distro_version = "24.04";
  Rules rules = inventory_rules();
  rules.platform.injected = {{.id = "acme/it", .distro_versions = {"24.04"}}};
  CHECK(verdict(runtime_policy_of(snapshot, rules), "22.0.0") == Verdict::unknown);
  CHECK_FALSE(runtime_policy_of(snapshot, rules).governed);
  rules.platform.injected[0].distro_versions = {"22.04"};
  CHECK(verdict(runtime_policy_of(snapshot, rules), "22.0.0") == Verdict::unbuildable);
}

TEST_CASE("a builder of which nothing is known governs nothing, and says so") {
  Snapshot snapshot = snapshot_of({});
  const Policy policy = policy_of(snapshot, inventory_rules());
  const RuntimePolicy& runtime = policy.tracks[0].runtimes[0];
  CHECK_FALSE(runtime.governed);
  CHECK_FALSE(policy.tracks[0].certain);
  CHECK(verdict(runtime, "22.0.0") == Verdict::unknown);
  CHECK(runtime.summary.find("not known; bots get no limit") != std::string::npos);
  const auto explained = explain(policy.tracks[0], runtime, "22.0.0");
  REQUIRE(explained);
  CHECK(explained->reason == "what is inside the builder builder:24_1 is not known.");
}

TEST_CASE(
    "the rule of the buildpack's version decides, and of two buildpacks the first that does") {
  RuntimeRules runtime =
      runtime_of(Scheme::semver, 1, {.versions = ">=5", .mechanism = Mechanism::inventory});
  runtime.buildpacks.push_back(
      {.id = "acme/old-part", .versions = "<5", .mechanism = Mechanism::inventory});
  Capability old_part = inventory("3.0.0", {"20.0.0"});
  old_part.buildpack = "acme/old-part";
  Snapshot snapshot = snapshot_of({old_part});
  snapshot.builders[0].candidates = {
      state({{.id = "acme/it", .version = "3.0.0"}, {.id = "acme/old-part", .version = "3.0.0"}})};
  const RuntimePolicy policy = runtime_policy_of(snapshot, rules_of({runtime}));
  CHECK(verdict(policy, "20.0.0") == Verdict::buildable);
  REQUIRE(policy.buildpacks.size() == 1);
  CHECK(policy.buildpacks[0].id == "acme/old-part");
}

TEST_CASE("a buildpack version that no rule covers is unknown, not impossible") {
  const RuntimePolicy policy =
      runtime_policy_of(snapshot_of({facts("7.0.0")}), inventory_rules({.versions = "<7"}));
  CHECK(verdict(policy, "22.0.0") == Verdict::unknown);
  CHECK_FALSE(policy.governed);
}

TEST_CASE("nothing builds on a track that has ended, from the day of its end on") {
  Snapshot snapshot = snapshot_of({inventory("1.0.0", {"22.0.0"})});
  snapshot.tracks[0].valid_until = "2026-04-27T00:00:00Z";
  const auto at = [&](std::string_view when) {
    const auto policy = compile(snapshot, inventory_rules(), *parse_instant(when), "sha256:0");
    REQUIRE(policy);
    return *policy;
  };
  const Policy before = at("2026-04-26T23:59:59Z"), after = at("2026-04-27T00:00:00Z");
  CHECK_FALSE(before.tracks[0].expired);
  CHECK(verdict(before.tracks[0].runtimes[0], "22.0.0") == Verdict::buildable);
  const RuntimePolicy& ended = after.tracks[0].runtimes[0];
  CHECK(after.tracks[0].expired);
  CHECK(ended.governed);
  CHECK(ended.buildable.empty());
  CHECK(verdict(ended, "22.0.0") == Verdict::unbuildable);
  CHECK(ended.summary ==
        "It: Forge's default track ended on 2026-04-27: nothing builds on it any more.");
  const auto explained = explain(after.tracks[0], ended, "22.0.0");
  REQUIRE(explained);
  CHECK(explained->reason == "the default track ended on 2026-04-27.");
  CHECK(explained->nearest_buildable.empty());
}

TEST_CASE("pin files and defaults that differ between the states are not asserted") {
  RuntimeRules runtime =
      runtime_of(Scheme::semver, 1, {.versions = "<2", .mechanism = Mechanism::inventory});
  runtime.buildpacks[0].reads = {{.file = "runtime.txt"}, {.file = ".it-version"}};
  runtime.buildpacks[0].resolves = "the newest";
  BuildpackRule newer = runtime.buildpacks[0];
  newer.versions = ">=2";
  newer.reads = {{.file = ".it-version"}};
  newer.refuses = {{.file = "runtime.txt", .why = "is an error"}};
  runtime.buildpacks.push_back(newer);
  Capability old_facts = inventory("1.0.0", {"22.0.0"}), new_facts = inventory("2.0.0", {"22.0.0"});
  old_facts.default_version = "22";
  new_facts.default_version = "24";
  const RuntimePolicy policy =
      runtime_policy_of(snapshot_of({old_facts, new_facts}), rules_of({runtime}));
  REQUIRE(policy.reads.size() == 1);
  CHECK(policy.reads[0].file == ".it-version");
  CHECK(policy.refuses.empty());
  CHECK(policy.resolves == "the newest");
  CHECK(policy.default_version.empty());
  const auto mentions = [&](std::string_view words) {
    for (const Reason& reason : policy.reasons)
      if (reason.text.find(words) != std::string::npos) return true;
    return false;
  };
  CHECK(mentions("differ in the files"));
  CHECK(mentions("the default is not certain: 22 in acme/it 1.0.0, 24 in acme/it 2.0.0"));
}

TEST_CASE("a snapshot that contradicts itself or the rules is an error") {
  const Snapshot good = snapshot_of({inventory("1.0.0", {"22.0.0"})});
  const auto message = [](const Snapshot& snapshot, const Rules& rules) {
    const auto policy = compile(snapshot, rules, day("2026-06-01"), "sha256:0");
    REQUIRE_FALSE(policy);
    return policy.error().to_text();
  };
  Snapshot no_builder = good;
  no_builder.builders.clear();
  CHECK(message(no_builder, inventory_rules()).find("does not describe") != std::string::npos);
  Snapshot other_platform = good;
  other_platform.platform = "elsewhere";
  CHECK(message(other_platform, inventory_rules()).find("elsewhere") != std::string::npos);
  Snapshot bad_end = good;
  bad_end.tracks[0].valid_until = "soon";
  CHECK(message(bad_end, inventory_rules()).find("\"soon\", which is not a date") !=
        std::string::npos);
  CHECK(message(good, inventory_rules({.versions = "not a range !"})).find("it.toml") !=
        std::string::npos);
}

TEST_CASE("a summary says what, why and which builder in one short sentence") {
  const RuntimePolicy policy = runtime_policy_of(
      snapshot_of({inventory("1.0.0", {"18.1.0", "19.1.0", "20.1.0", "21.1.0", "22.1.0", "24.1.0"}),
                   inventory("1.1.0", {"18.1.0", "19.1.0", "20.1.0", "21.1.0", "22.1.0", "24.1.0",
                                       "26.0.0"})}),
      inventory_rules());
  CHECK(policy.summary ==
        "It: Forge's default track (builder builder:24_1, acme/it 1.0.0 to 1.1.0) can build the "
        "versions that it lists, up to 19.1.0, 20.1.0, 21.1.0, 22.1.0 and 24.1.0.");
}
