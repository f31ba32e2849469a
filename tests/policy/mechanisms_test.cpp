// What each way of deciding makes of its facts.
#include "policy/explain.h"
#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using Strings = std::vector<std::string>;

struct Expectation {
  Strings buildable;
  Strings unbuildable;
  Strings unknown;
};

void check(const RuntimePolicy& policy, const Expectation& expected) {
  const auto all_are = [&](const Strings& versions, Verdict verdict) {
    for (const std::string& each : versions) {
      INFO(each << " should be " << name_of(verdict));
      const auto judged = judge(policy, each);
      REQUIRE(judged);
      CHECK(*judged == verdict);
    }
  };
  all_are(expected.buildable, Verdict::buildable);
  all_are(expected.unbuildable, Verdict::unbuildable);
  all_are(expected.unknown, Verdict::unknown);
}

RuntimePolicy compiled(Scheme scheme, int components, BuildpackRule rule, Capability capability,
                       std::vector<ArchiveStore> stores = {}, std::string_view at = "2026-06-01") {
  Snapshot snapshot = snapshot_of({std::move(capability)});
  snapshot.stores = std::move(stores);
  return runtime_policy_of(snapshot, rules_of({runtime_of(scheme, components, std::move(rule))}),
                           at);
}

Capability inventory(Strings versions) { return testing::inventory("1.0.0", std::move(versions)); }

}  // namespace

TEST_CASE("an inventory builds exactly what it lists, in whatever order it lists it") {
  Capability capability = inventory({"24.1.0", "22.9.0", "22.22.2", "24.0.0", "24.0.0"});
  capability.default_version = "24.x";
  const RuntimePolicy policy =
      compiled(Scheme::semver, 1, {.mechanism = Mechanism::inventory}, capability);
  check(policy, {.buildable = {"22.9.0", "v24.1.0", "24", "22.9"},
                 .unbuildable = {"22.10.0", "24.1.1", "24.2", "25", "25.0.0", "24.1.0-rc.1"}});
  CHECK(policy.governed);
  CHECK(texts(policy.known) == Strings{"22.9.0", "22.22.2", "24.0.0", "24.1.0"});
  CHECK(names(policy.series) == Strings{"22", "24"});
  CHECK(policy.series[0].newest == "22.22.2");
  CHECK_FALSE(policy.series[0].open_patches);
  CHECK(policy.default_version == "24.x");
  CHECK(policy.default_resolved == "24.1.0");
}

TEST_CASE("a preview in an inventory builds when it is named exactly, but makes no series") {
  const RuntimePolicy policy = compiled(Scheme::go, 2, {.mechanism = Mechanism::inventory},
                                        inventory({"go1.21.5", "go1.22rc1"}));
  check(policy,
        {.buildable = {"1.22rc1", "1.21.5", "1.21"}, .unbuildable = {"1.22rc2", "1.22.0", "1.22"}});
  CHECK(names(policy.series) == Strings{"1.21"});
}

TEST_CASE("a fixed list is a closed list") {
  const RuntimePolicy policy =
      compiled(Scheme::maven, 1, {.mechanism = Mechanism::fixed}, inventory({"3.9.4"}));
  check(policy, {.buildable = {"3.9.4"}, .unbuildable = {"3.9.5", "3.9.3", "4.0.0"}});
  CHECK(policy.takes == "only 3.9.4");
}

TEST_CASE("a span of series takes any patch of them and no preview") {
  Capability capability = facts("1.0.0");
  capability.oldest_series = "3.9";
  capability.newest_series = "3.13";
  capability.aliases = {{"3.9", "3.9.21"}, {"3.13", "3.13.2"}};
  capability.default_version = "3.13";
  const RuntimePolicy policy =
      compiled(Scheme::pep440, 2, {.mechanism = Mechanism::series}, capability);
  check(policy, {.buildable = {"3.9", "3.9.0", "3.13", "3.13.2", "3.13.99", "3.10.0"},
                 .unbuildable = {"3.8", "3.8.20", "3.14", "3.14.0", "3.14.0a1", "3.13.0rc1",
                                 "3.9.0b1", "4.0"}});
  CHECK(texts(policy.known) == Strings{"3.9.21", "3.13.2"});
  CHECK(names(policy.series) == Strings{"3.9", "3.10", "3.11", "3.12", "3.13"});
  CHECK(policy.series[1].newest.empty());
  CHECK(policy.series[1].open_patches);
  CHECK(policy.default_resolved == "3.13.2");
  CHECK(policy.takes == "3.9 to 3.13, any patch release");
}

TEST_CASE("archives count from their day on; only a complete store rules out the rest") {
  ArchiveStore store{.id = "it/24",
                     .runtime = "it",
                     .archives = {{.version = "3.4.9"},
                                  {.version = "4.0.0", .since = "2025-12-25"},
                                  {.version = "4.1.0.preview1", .since = "2026-01-01"}}};
  Capability capability = facts("1.0.0");
  capability.store = "it/24";
  const BuildpackRule rule{.mechanism = Mechanism::archives};

  SUBCASE("on the day itself it is there") {
    check(compiled(Scheme::ruby, 2, rule, capability, {store}, "2025-12-25"),
          {.buildable = {"3.4.9", "4.0.0", "4.0"}, .unknown = {"3.4.8", "4.1.0.preview1", "4.1"}});
  }
  SUBCASE("the day before it is not known to be") {
    check(compiled(Scheme::ruby, 2, rule, capability, {store}, "2025-12-24"),
          {.buildable = {"3.4.9"}, .unknown = {"4.0.0", "4.0"}});
  }
  SUBCASE("a complete store is a closed list") {
    store.complete = true;
    check(compiled(Scheme::ruby, 2, rule, capability, {store}, "2026-06-01"),
          {.buildable = {"3.4.9", "4.0.0", "4.1.0.preview1"},
           .unbuildable = {"3.4.8", "3.4.10", "4.1.0", "4.1"}});
  }
}

TEST_CASE("a frozen repository holds nothing newer than what is known of it") {
  Capability capability = facts("1.0.0");
  capability.repository = "0123abcd";
  capability.series = {"8.2", "8.4", "8.5"};
  capability.versions = {"8.1.34", "8.2.30", "8.4.20"};
  const RuntimePolicy policy =
      compiled(Scheme::composer, 2, {.mechanism = Mechanism::repository}, capability);
  check(policy, {.buildable = {"8.2.30", "8.4.20", "8.2"},
                 .unbuildable = {"8.1.34", "8.1", "8.2.31", "8.3.0", "8.4.21", "9.0.0"},
                 .unknown = {"8.2.29", "8.4.0", "8.5.0", "8.5"}});
  CHECK(names(policy.series) == Strings{"8.2", "8.4"});
}

TEST_CASE("a live repository takes any patch of the series that it is known to serve") {
  Capability capability = facts("1.0.0");
  capability.series = {"8.1", "8.2"};
  const RuntimePolicy policy =
      compiled(Scheme::composer, 2, {.mechanism = Mechanism::repository}, capability);
  check(policy, {.buildable = {"8.1.0", "8.2.99", "8.2"}, .unknown = {"8.0.0", "8.3.0", "8.3"}});
  CHECK(policy.takes == "8.1 to 8.2, any patch release");
  CHECK(policy.governed);
}

TEST_CASE("an alias table is sure of its targets and silent on the rest") {
  Capability capability = facts("1.0.0");
  capability.aliases = {{"8", "1.8.0_392"}, {"21", "21.0.1"}};
  capability.default_version = "8";
  const RuntimePolicy policy =
      compiled(Scheme::java, 1, {.mechanism = Mechanism::aliases}, capability);
  check(policy, {.buildable = {"21", "21.0.1", "8", "8u392"}, .unknown = {"21.0.2", "22"}});
  CHECK(policy.default_resolved == "1.8.0_392");
}

TEST_CASE("a supported range needs no facts") {
  const RuntimePolicy policy = compiled(
      Scheme::maven, 1,
      {.mechanism = Mechanism::supported, .supported = ">=1, <2", .supported_grammar = "cargo"},
      facts("1.0.0"));
  check(policy, {.buildable = {"1.0.0", "1.11.7"}, .unbuildable = {"0.13.18", "2.0.0"}});
  CHECK(policy.takes == "versions >=1, <2");
}

TEST_CASE("without a bound, and without a fact, there is no rule") {
  SUBCASE("any") {
    const RuntimePolicy policy =
        compiled(Scheme::semver, 1, {.mechanism = Mechanism::any}, facts("1.0.0"));
    check(policy, {.buildable = {"1.0.0", "99.0.0", "99"}});
    CHECK_FALSE(policy.governed);
    CHECK(policy.summary.find("bots need no limit") != std::string::npos);
  }
  SUBCASE("unrecorded") {
    const RuntimePolicy policy =
        compiled(Scheme::semver, 1, {.mechanism = Mechanism::unrecorded}, facts("1.0.0"));
    check(policy, {.unknown = {"1.0.0", "99"}});
    CHECK_FALSE(policy.governed);
    CHECK(policy.summary.find("versions that are not known here") != std::string::npos);
  }
}

TEST_CASE("facts that are missing or make no sense are errors that name the buildpack version") {
  const auto failed = [](BuildpackRule rule, std::vector<Capability> capabilities,
                         std::string_view expected) {
    Snapshot snapshot = snapshot_of({facts("1.0.0")});
    snapshot.capabilities = std::move(capabilities);
    const auto policy = compile(snapshot, rules_of({runtime_of(Scheme::semver, 1, rule)}),
                                day("2026-06-01"), "sha256:0");
    REQUIRE_FALSE(policy);
    const std::string text = policy.error().to_text();
    INFO(text);
    CHECK(text.find("it, acme/it 1.0.0") != std::string::npos);
    CHECK(text.find(expected) != std::string::npos);
  };
  const BuildpackRule closed{.mechanism = Mechanism::inventory};
  failed(closed, {}, "no facts about it");
  failed(closed, {facts("1.0.0")}, "no version is listed");
  failed(closed, {inventory({"1.0.0", "next"})}, "next");
  failed({.mechanism = Mechanism::series}, {facts("1.0.0")}, "series is missing");
  failed({.mechanism = Mechanism::archives}, {facts("1.0.0")}, "is not described");
  failed({.mechanism = Mechanism::repository}, {facts("1.0.0")}, "no served series");
  failed({.mechanism = Mechanism::aliases}, {facts("1.0.0")}, "alias table is empty");
  Capability reversed = facts("1.0.0");
  reversed.oldest_series = "24";
  reversed.newest_series = "22";
  failed({.mechanism = Mechanism::series}, {reversed}, "newer than the newest");
}
