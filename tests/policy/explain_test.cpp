// Verdicts in words.
#include "policy/explain.h"

#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

// Two states of a buildpack with an inventory: the newer one also has 26.0.0.
Policy two_states() {
  Capability older = facts("1.0.0"), newer = facts("1.1.0");
  older.versions = {"22.0.0", "22.5.1", "24.1.0"};
  newer.versions = {"22.0.0", "22.5.1", "24.1.0", "26.0.0"};
  return policy_of(snapshot_of({older, newer}),
                   rules_of({runtime_of(Scheme::semver, 1,
                                        {.mechanism = Mechanism::inventory,
                                         .error_unknown_version = "Unknown It version",
                                         .evidence = {"acme/it@v1:src"}})}));
}

Explanation explained(const Policy& policy, std::string_view version) {
  const auto explanation = explain(policy.tracks[0], policy.tracks[0].runtimes[0], version);
  REQUIRE_MESSAGE(explanation, version);
  return *explanation;
}

}  // namespace

TEST_CASE("each verdict comes with its reason and the next version to take") {
  const Policy policy = two_states();
  struct Row {
    const char* version;
    Verdict verdict;
    const char* reason;
    const char* nearest;
  };
  const char* const able =
      "acme/it 1.0.0 to 1.1.0 can build the versions that it lists, up to 22.5.1 and 24.1.0.";
  const char* const unable =
      "acme/it 1.0.0 to 1.1.0 cannot build this version, only the versions that it lists, up to "
      "22.5.1 and 24.1.0. The build's error: \"Unknown It version\".";
  const char* const perhaps =
      "which buildpack the builder holds is not certain: acme/it 1.1.0 can build it, acme/it 1.0.0 "
      "cannot.";
  for (const Row& row : {Row{"22.5.1", Verdict::buildable, able, "22.5.1"},
                         Row{"v22.0.0", Verdict::buildable, able, "22.0.0"},
                         Row{"22", Verdict::buildable, able, "22.5.1"},
                         Row{"22.x", Verdict::buildable, able, "22.5.1"},
                         Row{"22.6.0", Verdict::unbuildable, unable, "22.5.1"},
                         Row{"23", Verdict::unbuildable, unable, "22.5.1"},
                         Row{"16.0.0", Verdict::unbuildable, unable, "22.0.0"},
                         Row{"0", Verdict::unbuildable, unable, "22.0.0"},
                         Row{"0.0", Verdict::unbuildable, unable, "22.0.0"},
                         Row{"27.1.0", Verdict::unbuildable, unable, "24.1.0"},
                         Row{"26.0.0", Verdict::unknown, perhaps, "24.1.0"},
                         Row{"26", Verdict::unknown, perhaps, "24.1.0"}}) {
    CAPTURE(row.version);
    const Explanation explanation = explained(policy, row.version);
    CHECK(explanation.verdict == row.verdict);
    CHECK(explanation.reason == row.reason);
    CHECK(explanation.nearest_buildable == row.nearest);
    CHECK(explanation.newest_buildable == "24.1.0");
    CHECK(explanation.version == row.version);
    CHECK(explanation.track == "default");
  }
}

TEST_CASE("an explanation carries where each fact was read") {
  const Explanation explanation = explained(two_states(), "22.0.0");
  std::vector<std::string> sources;
  for (const Reason& reason : explanation.evidence) sources.push_back(reason.evidence.source);
  CHECK(sources == std::vector<std::string>{"example.org/values", "acme/it@1.0.0", "acme/it@1.1.0",
                                            "acme/it@v1:src"});
}

TEST_CASE("what is not a version is an error that says what to write") {
  const Policy policy = two_states();
  for (const char* text : {"", "newest", ">=22", "22.0.0 || 24.0.0"}) {
    CAPTURE(text);
    const auto explanation = explain(policy.tracks[0], policy.tracks[0].runtimes[0], text);
    REQUIRE_FALSE(explanation);
    CHECK(explanation.error().to_text().find("one series") != std::string::npos);
  }
}

TEST_CASE("of what is not recorded the explanation says what the buildpack goes by") {
  Capability capability = facts("1.0.0");
  capability.store = "it/24";
  Snapshot snapshot = snapshot_of({capability});
  snapshot.stores = {{.id = "it/24", .runtime = "it", .archives = {{.version = "3.4.9"}}}};
  const Policy archives = policy_of(
      snapshot, rules_of({runtime_of(Scheme::ruby, 2, {.mechanism = Mechanism::archives})}));
  CHECK(
      explained(archives, "3.4.8").reason ==
      "acme/it 1.0.0 downloads the version; whether there is a download of this one is not known: "
      "try a build.");
  CHECK(explained(archives, "3.4.8").nearest_buildable == "3.4.9");

  capability.aliases = {{"21", "21.0.1"}};
  const Policy aliases =
      policy_of(snapshot_of({capability}),
                rules_of({runtime_of(Scheme::java, 1, {.mechanism = Mechanism::aliases})}));
  CHECK(explained(aliases, "21.0.2").reason.find("whether acme/it 1.0.0 finds a download") !=
        std::string::npos);
}
