// Each code of the judgement: a change that triggers it and one, close by, that does not.
#include "policy/judgement.h"

#include <functional>

#include "replay_support.h"
#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using Strings = std::vector<std::string>;

// A platform with two tracks on two builders, each with the inventory of one release of acme/it.
Snapshot good_snapshot() {
  Capability old_facts = facts("1.0.0");
  old_facts.versions = {"20.0.0", "20.1.0", "22.0.0", "22.1.0"};
  Capability new_facts = facts("1.1.0");
  new_facts.versions = {"20.0.0", "20.1.0", "22.0.0", "22.1.0", "24.0.0"};
  Snapshot snapshot;
  snapshot.platform = "forge";
  snapshot.effective = snapshot.observed = day("2026-05-01T00:00:00Z");
  for (const Capability& each : {old_facts, new_facts}) {
    Builder builder{.reference = "forge/builder:" + each.version,
                    .digest = "sha256:" + each.version,
                    .target = {.distro = "ubuntu", .distro_version = "24.04"}};
    builder.candidates = {state({{.id = "acme/it", .version = each.version}})};
    builder.candidates[0].lifecycle = "0.21.7";
    snapshot.builders.push_back(std::move(builder));
  }
  snapshot.capabilities = {old_facts, new_facts};
  snapshot.tracks = {
      {.name = "default", .builder = "forge/builder:1.0.0", .evidence = seen_at("values")},
      {.name = "latest", .builder = "forge/builder:1.1.0", .evidence = seen_at("values")}};
  return snapshot;
}

Rules strict_rules() {
  BuildpackRule rule;
  rule.mechanism = Mechanism::inventory;
  Rules rules = rules_of({runtime_of(Scheme::semver, 1, std::move(rule))});
  rules.platform.default_track = "default";
  rules.platform.tracks.push_back({.name = "latest", .description = "the next one"});
  rules.platform.judgement.lost_versions_share = 25;
  rules.platform.judgement.lost_series_share = 50;
  rules.platform.judgement.lost_versions_share_of_new_builder = 60;
  rules.platform.judgement.lost_series_share_of_new_builder = 70;
  return rules;
}

Judgement judged(const Rules& rules, const Snapshot* last, const Snapshot& fresh) {
  const Policy policy = policy_of(fresh, rules);
  if (!last) return judge_change(rules, nullptr, nullptr, fresh, policy);
  const Policy last_policy = policy_of(*last, rules);
  return judge_change(rules, last, &last_policy, fresh, policy);
}

Strings codes(const Judgement& judgement) {
  Strings codes;
  for (const Finding& finding : judgement.findings) codes.push_back(finding.code);
  return codes;
}

using Change = std::function<void(Snapshot&)>;

struct Row {
  std::string name;
  Change change;
  Strings codes;
};

Change versions_of_latest(Strings versions) {
  return [versions](Snapshot& fresh) { fresh.capabilities[1].versions = versions; };
}

Change by_another_builder(Strings versions) {
  return [versions](Snapshot& fresh) {
    fresh.builders[1].reference = fresh.tracks[1].builder = "forge/builder:1.1.1";
    fresh.capabilities[1].versions = versions;
  };
}

Change valid_until(std::string day) {
  return [day](Snapshot& fresh) { fresh.tracks[1].valid_until = day; };
}

void check_rows(const std::vector<Row>& rows) {
  const Rules rules = strict_rules();
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Snapshot last = good_snapshot();
    Snapshot fresh = last;
    row.change(fresh);
    const Judgement judgement = judged(rules, &last, fresh);
    CHECK(codes(judgement) == row.codes);
    CHECK(judgement.acceptable() == row.codes.empty());
    for (const Finding& finding : judgement.findings) {
      CHECK(finding.severity == Severity::refuse);
      CHECK_FALSE(finding.text.empty());
    }
  }
}

}  // namespace

TEST_CASE("tracks that vanish, end or lose their builder's content are found") {
  check_rows({
      {"nothing changed", [](Snapshot&) {}, {}},
      {"a track is gone", [](Snapshot& fresh) { fresh.tracks.pop_back(); }, {"track_vanished"}},
      {"a track is new",
       [](Snapshot& fresh) {
         fresh.tracks.push_back(fresh.tracks[0]);
         fresh.tracks[2].name = "next";
       },
       {}},
      {"the default is gone",
       [](Snapshot& fresh) { fresh.tracks.erase(fresh.tracks.begin()); },
       {"default_track_missing", "track_vanished"}},
      {"a track has passed its end", valid_until("2026-05-31"), {"deprecated_ended"}},
      {"a track's end lies ahead", valid_until("2026-07-01"), {}},
      {"the labels were not read",
       [](Snapshot& fresh) {
         fresh.builders[1].candidates.push_back(fresh.builders[1].candidates[0]);
       },
       {"label_missing"}},
      {"the label of the distribution is missing",
       [](Snapshot& fresh) { fresh.builders[1].target.distro_version.clear(); },
       {"label_missing"}},
      {"of an ended track the labels need not be known",
       [](Snapshot& fresh) {
         fresh.tracks[1].valid_until = "2026-05-31";
         fresh.builders[1].candidates.clear();
       },
       {"deprecated_ended"}},
  });
}

TEST_CASE("losses beyond the shares are found, smaller ones and gains are not") {
  check_rows({
      {"1 of 5 versions", versions_of_latest({"20.0.0", "22.0.0", "22.1.0", "24.0.0"}), {}},
      {"2 of 5 versions", versions_of_latest({"20.0.0", "22.0.0", "24.0.0"}), {"set_shrank"}},
      {"2 of 3 series, and with them 3 versions",
       versions_of_latest({"20.0.0", "20.1.0"}),
       {"set_shrank", "set_shrank"}},
      {"as many others instead",
       versions_of_latest({"20.5.0", "20.6.0", "22.5.0", "22.6.0", "24.5.0"}),
       {"set_shrank"}},
      {"more than before",
       versions_of_latest({"20.0.0", "20.1.0", "22.0.0", "22.1.0", "24.0.0", "26.0.0"}),
       {}},
      {"3 of 5 versions, with another builder", by_another_builder({"20.0.0", "24.0.0"}), {}},
      {"4 of 5 versions, with another builder", by_another_builder({"24.0.0"}), {"set_shrank"}},
      {"the buildpack is gone, and nothing else was there",
       [](Snapshot& fresh) { fresh.builders[1].candidates[0].buildpacks[0].id = "acme/other"; },
       {"empty_policy", "runtime_vanished"}},
  });
}

TEST_CASE("builders that are another image, older or contradictory are found") {
  check_rows({
      {"another digest behind the tag",
       [](Snapshot& fresh) { fresh.builders[1].digest = "sha256:2"; },
       {"digest_changed"}},
      {"another tag with another digest",
       [](Snapshot& fresh) {
         fresh.builders[1].digest = "sha256:2";
         fresh.builders[1].reference = fresh.tracks[1].builder = "forge/builder:1.1.1";
       },
       {}},
      {"a digest that was not known before",
       [](Snapshot& fresh) { fresh.builders[1].digest.clear(); },
       {}},
      {"an older lifecycle",
       [](Snapshot& fresh) { fresh.builders[0].candidates[0].lifecycle = "0.20.10"; },
       {"builder_moved_back"}},
      {"a newer lifecycle",
       [](Snapshot& fresh) { fresh.builders[0].candidates[0].lifecycle = "0.21.10"; },
       {}},
      {"one digest, two contents",
       [](Snapshot& fresh) {
         fresh.builders[0].reference = fresh.tracks[0].builder = "forge/builder:1.0.1";
         fresh.builders[0].digest = fresh.builders[1].digest;
       },
       {"sources_disagree"}},
      {"one digest, one content",
       [](Snapshot& fresh) {
         fresh.builders[0] = fresh.builders[1];
         fresh.builders[0].reference = fresh.tracks[0].builder = "forge/builder:1.1.1";
       },
       {}},
      {"older than the last good one",
       [](Snapshot& fresh) { fresh.effective = day("2026-04-30T23:59:59Z"); },
       {"snapshot_older"}},
      {"younger than the last good one",
       [](Snapshot& fresh) { fresh.effective = fresh.observed = day("2026-05-02T00:00:00Z"); },
       {}},
  });
}

TEST_CASE("a first snapshot is judged by itself") {
  const Rules rules = strict_rules();
  CHECK(judged(rules, nullptr, good_snapshot()).findings.empty());
  Snapshot poor = good_snapshot();
  poor.tracks.erase(poor.tracks.begin());
  poor.builders[1].candidates[0].buildpacks[0].id = "acme/other";
  CHECK(codes(judged(rules, nullptr, poor)) == Strings{"default_track_missing", "empty_policy"});
}

TEST_CASE("a runtime that vanishes beside others is found") {
  Rules rules = strict_rules();
  RuntimeRules other = rules.runtimes[0];
  other.id = "other";
  other.name = "Other";
  other.buildpacks[0].id = "acme/other";
  rules.runtimes.push_back(other);
  Snapshot last = good_snapshot();
  Capability more = last.capabilities[1];
  more.runtime = "other";
  more.buildpack = "acme/other";
  last.capabilities.push_back(more);
  last.builders[1].candidates[0].buildpacks.push_back({.id = "acme/other", .version = "1.1.0"});
  Snapshot fresh = last;
  fresh.builders[1].candidates[0].buildpacks.pop_back();
  const Judgement judgement = judged(rules, &last, fresh);
  REQUIRE(codes(judgement) == Strings{"runtime_vanished"});
  CHECK(judgement.findings[0].text == "nothing of Other can be built on the latest track any more");
  CHECK(codes(judged(rules, &fresh, last)).empty());
}

TEST_CASE("a track that had ended may go") {
  const Rules rules = strict_rules();
  Snapshot last = good_snapshot();
  last.tracks[1].valid_until = "2026-05-31";
  Snapshot fresh = good_snapshot();
  fresh.tracks.pop_back();
  CHECK(codes(judged(rules, &last, fresh)) == Strings{"deprecated_ended"});
}

TEST_CASE("the rules decide what becomes of a finding") {
  Rules rules = strict_rules();
  const Snapshot last = good_snapshot();
  Snapshot fresh = last;
  fresh.builders[1].digest = "sha256:2";
  for (const Severity outcome : {Severity::accept, Severity::warn, Severity::refuse}) {
    rules.platform.judgement.digest_changed = outcome;
    const Judgement judgement = judged(rules, &last, fresh);
    REQUIRE(codes(judgement) == Strings{"digest_changed"});
    CHECK(judgement.findings[0].severity == outcome);
    CHECK(judgement.acceptable() == (outcome != Severity::refuse));
    CHECK(outcome_of(rules.platform.judgement, "digest_changed") == outcome);
  }
  CHECK(outcome_of(rules.platform.judgement, "no_such_code") == Severity::refuse);
}

// What the platform really did must never be refused: the shares are above all of it.
TEST_CASE("no step of the platform's history is refused for what changed") {
  const Rules rules = committed_rules();
  const std::vector<Snapshot> snapshots = committed_snapshots();
  const Snapshot* last = nullptr;
  for (const Snapshot& fresh : snapshots) {
    CAPTURE(format_instant(fresh.effective));
    const Judgement judgement = judged(rules, last, fresh);
    last = &fresh;
    // What is in the first builder is not recorded: nothing is known to build there.
    if (&fresh == &snapshots.front()) continue;
    for (const Finding& finding : judgement.findings) {
      CAPTURE(finding.text);
      // These snapshots were made from files: no label was read.
      if (finding.code != "label_missing") CHECK(finding.severity != Severity::refuse);
    }
  }
}

// The default track once more on its builder of 2024, after that of 2026.
TEST_CASE("going back to an old builder is found") {
  const Rules rules = committed_rules();
  const std::vector<Snapshot> snapshots = committed_snapshots();
  Snapshot back = snapshots.back();
  for (Track& track : back.tracks)
    if (track.name == "default") track.builder = back.tracks.back().builder;
  const Strings found = codes(judged(rules, &snapshots.back(), back));
  CHECK(std::count(found.begin(), found.end(), "builder_moved_back") == 1);
  CHECK(std::count(found.begin(), found.end(), "runtime_vanished") > 0);
}
