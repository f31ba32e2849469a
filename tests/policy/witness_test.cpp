// What a build that was seen proves, and which candidates it rules out.
#include "policy/witness.h"

#include "policy/explain.h"
#include "policy/history.h"
#include "replay_support.h"
#include "support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using Strings = std::vector<std::string>;

Rules rules_with(Mechanism mechanism) {
  return rules_of({runtime_of(Scheme::semver, 1, {.mechanism = mechanism})});
}

Witness witness(std::string version, std::string request = {}, std::string grammar = {}) {
  return {.runtime = "it",
          .version = std::move(version),
          .request = std::move(request),
          .grammar = std::move(grammar),
          .evidence = {.source = "example/tool@1", .seen = "2026-03-01"}};
}

// Three states, each with one release more.
Snapshot three_states(std::vector<Witness> witnesses) {
  Snapshot snapshot =
      snapshot_of({inventory("1.0.0", {"24.0.0"}), inventory("1.1.0", {"24.0.0", "26.0.0"}),
                   inventory("1.2.0", {"24.0.0", "26.0.0", "26.1.0", "27.0.0-rc.1"})});
  snapshot.observed = day("2026-06-01T00:00:00Z");
  snapshot.builders[0].witnesses = std::move(witnesses);
  const char* const commits[] = {"1111111aaaa", "2222222bbbb", "3333333cccc"};
  for (std::size_t i = 0; i < 3; ++i)
    snapshot.builders[0].candidates[i].evidence.source =
        "acme/images@" + std::string(commits[i]) + ":builder.toml";
  return snapshot;
}

std::vector<std::size_t> standing_in(const TrackPolicy& track) {
  std::vector<std::size_t> places;
  for (const BuilderState& state : track.states) places.push_back(state.candidate);
  return places;
}

std::string refusal_of(const Snapshot& snapshot, const Rules& rules) {
  const auto policy = compile(snapshot, rules, day("2026-06-01"), "sha256:0");
  REQUIRE_FALSE(policy);
  return policy.error().to_text();
}

Verdict verdict(const TrackPolicy& track, std::string_view version) {
  const auto judged = judge(track.runtimes[0], version);
  REQUIRE(judged);
  return *judged;
}

}  // namespace

TEST_CASE("a witness rules out the states that could not have run its build") {
  struct Row {
    const char* story;
    std::vector<Witness> witnesses;
    std::vector<std::size_t> standing;
  };
  for (const Row& row : {
           Row{"no witness: all are possible", {}, {0, 1, 2}},
           Row{"all of them build it", {witness("24.0.0")}, {0, 1, 2}},
           Row{"older states do not build it", {witness("26.0.0")}, {1, 2}},
           Row{"only the newest does", {witness("26.1.0", "26.x", "npm")}, {2}},
           Row{"a newer state had taken a newer one", {witness("26.0.0", "26.x", "npm")}, {1}},
           Row{"of a series too", {witness("26.0.0", "26")}, {1}},
           Row{"what is newer does not meet the request",
               {witness("24.0.0", "^24", "npm")},
               {0, 1, 2}},
           Row{"any version was asked for", {witness("24.0.0", ">=20", "npm")}, {0}},
           Row{"a newer preview is not taken", {witness("26.1.0", ">=26", "npm")}, {2}},
           Row{"two witnesses, each rules out one",
               {witness("26.0.0"), witness("26.0.0", "26.x", "npm")},
               {1}},
       }) {
    CAPTURE(row.story);
    const Policy policy = policy_of(three_states(row.witnesses), rules_with(Mechanism::inventory));
    const TrackPolicy& track = policy.tracks[0];
    CHECK(standing_in(track) == row.standing);
    CHECK(track.certain == (row.standing.size() == 1));
    CHECK(track.runtimes[0].alternatives.size() == row.standing.size());
    for (const Witness& each : row.witnesses)
      CHECK(verdict(track, each.version) == Verdict::buildable);
  }
}

TEST_CASE("a state that is ruled out takes no part in the policy") {
  const Policy policy =
      policy_of(three_states({witness("26.0.0", "26.x", "npm")}), rules_with(Mechanism::inventory));
  const TrackPolicy& track = policy.tracks[0];
  CHECK(verdict(track, "26.0.0") == Verdict::buildable);
  CHECK(verdict(track, "26.1.0") == Verdict::unbuildable);
  CHECK(texts(track.runtimes[0].known) == Strings{"24.0.0", "26.0.0"});
  REQUIRE(track.runtimes[0].buildpacks.size() == 1);
  CHECK(track.runtimes[0].buildpacks[0].version == "1.1.0");
}

TEST_CASE("the evidence names the witness and what it rules out") {
  const Policy policy =
      policy_of(three_states({witness("26.1.0", "26.x", "npm")}), rules_with(Mechanism::inventory));
  const TrackPolicy& track = policy.tracks[0];
  REQUIRE(track.witnesses.size() == 1);
  CHECK(track.witnesses[0].text ==
        "a build on 2026-03-01 installed It 26.1.0 for \"26.x\"; "
        "acme/images@1111111 and @2222222 would not have");
  CHECK(track.witnesses[0].evidence.source == "example/tool@1");
  const auto explained = explain(track, track.runtimes[0], "26.1.0");
  REQUIRE(explained);
  REQUIRE(explained->evidence.size() >= 2);
  CHECK(explained->evidence[1].text == "witnessed: " + track.witnesses[0].text);
  CHECK(explained->evidence[1].evidence.seen == "2026-03-01");
}

TEST_CASE("witnesses that rule out every state, or make no sense, are an error") {
  const Rules rules = rules_with(Mechanism::inventory);
  Witness other = witness("24.0.0");
  other.runtime = "else";
  struct Row {
    std::vector<Witness> witnesses;
    const char* message;
  };
  for (const Row& row : {
           Row{{witness("28.0.0")},
               "the witnesses of the builder registry.example.org/forge/builder:24_1 rule out all "
               "of its candidates"},
           Row{{witness("26.1.0"), witness("24.0.0", ">=24", "npm")}, "rule out all"},
           Row{{witness("24.0.0", "26.x", "npm")}, "does not meet the request \"26.x\""},
           Row{{witness("24.0.0", "24.x", "abacus")}, "no range grammar is called \"abacus\""},
           Row{{witness("24.0.0", "][", "npm")}, "]["},
           Row{{witness("many")}, "many"},
           Row{{other}, "no rules for this runtime"},
       }) {
    const std::string text = refusal_of(three_states(row.witnesses), rules);
    INFO(text);
    CHECK(text.find(row.message) != std::string::npos);
    CHECK(text.find("example/tool@1") != std::string::npos);
  }
}

TEST_CASE("an alias of another version for the request rules its state out") {
  Capability older = facts("1.0.0"), newer = facts("1.1.0");
  for (Capability* each : {&older, &newer}) {
    each->oldest_series = "24";
    each->newest_series = "26";
  }
  older.aliases = {{"26", "26.0.0"}};
  newer.aliases = {{"26", "26.1.0"}};
  const Rules rules = rules_with(Mechanism::series);
  const auto standing = [&](const Witness& heard) {
    Snapshot snapshot = snapshot_of({older, newer});
    snapshot.builders[0].witnesses = {heard};
    return standing_in(policy_of(snapshot, rules).tracks[0]);
  };
  CHECK(standing(witness("26.0.0", "26")) == std::vector<std::size_t>{0});
  CHECK(standing(witness("26.1.0", "26")) == std::vector<std::size_t>{1});
  // Whatever its patch, each state takes an exact version of its series.
  CHECK(standing(witness("26.1.0")) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a witness proves a version of which the facts are silent, from its day on") {
  Capability capability = facts("1.0.0");
  capability.store = "it/heroku-24";
  Snapshot snapshot = snapshot_of({capability});
  snapshot.stores = {{.id = "it/heroku-24",
                      .runtime = "it",
                      .archives = {{"24.0.0", "2026-01-01"}, {"26.2.0", "2026-05-01"}}}};
  const Rules rules = rules_with(Mechanism::archives);
  CHECK(verdict(policy_of(snapshot, rules).tracks[0], "26.1.0") == Verdict::unknown);
  // 26.2.0, which came later, does not speak against it.
  snapshot.builders[0].witnesses = {witness("26.1.0", "26.x", "npm")};
  const Policy policy = policy_of(snapshot, rules);
  CHECK(verdict(policy.tracks[0], "26.1.0") == Verdict::buildable);
  CHECK(verdict(policy.tracks[0], "26.0.0") == Verdict::unknown);
  CHECK(texts(policy.tracks[0].runtimes[0].known) == Strings{"24.0.0", "26.1.0", "26.2.0"});
  CHECK(verdict(policy_of(snapshot, rules, "2026-02-01").tracks[0], "26.1.0") == Verdict::unknown);
}

TEST_CASE("a witness is held against the archives of its day, whatever day is asked for") {
  Capability small = facts("1.0.0"), large = facts("1.1.0");
  small.store = "it/small";
  large.store = "it/large";
  Snapshot snapshot = snapshot_of({small, large});
  snapshot.stores = {{.id = "it/small",
                      .runtime = "it",
                      .complete = true,
                      .archives = {{"24.0.0", "2026-01-01"}, {"26.0.0", "2026-05-01"}}},
                     {.id = "it/large",
                      .runtime = "it",
                      .complete = true,
                      .archives = {{"24.0.0", "2026-01-01"}, {"26.0.0", "2026-02-20"}}}};
  snapshot.builders[0].witnesses = {witness("26.0.0")};
  const Rules rules = rules_with(Mechanism::archives);
  for (const char* at : {"2026-01-15", "2026-03-01", "2026-06-01"})
    CHECK(standing_in(policy_of(snapshot, rules, at).tracks[0]) == std::vector<std::size_t>{1});
}

TEST_CASE("the history tells what was known when a state began, and what became known later") {
  Snapshot snapshot = three_states({witness("26.1.0", "26.x", "npm")});
  const Rules rules = rules_with(Mechanism::inventory);
  Snapshot before = three_states({});
  before.effective = day("2025-01-01T00:00:00Z");
  before.builders[0].reference = before.tracks[0].builder = "registry.example.org/forge/builder:1";
  before.builders[0].candidates.resize(1);
  const auto history = history_of({snapshot, "sha256:1", &before, {}}, rules);
  REQUIRE(history);
  REQUIRE(history->size() == 2);
  const HistoryState &began = (*history)[0], &known = (*history)[1];
  CHECK(began.effective == snapshot.effective);
  CHECK(began.known_by.empty());
  REQUIRE(began.changes.size() == 1);
  CHECK(began.changes[0].runtimes.empty());
  CHECK(format_day(known.effective) == "2026-03-01");
  CHECK(known.snapshot_digest == "sha256:1");
  REQUIRE(known.known_by.size() == 1);
  CHECK(known.known_by[0].find("a build on 2026-03-01 installed It 26.1.0") == 0);
  REQUIRE(known.changes.size() == 1);
  CHECK(known.changes[0].old_builder == known.changes[0].new_builder);
  REQUIRE(known.changes[0].runtimes.size() == 1);
  CHECK(known.changes[0].runtimes[0].gained_series == Strings{"26"});
  // What was known before the state began, and what is told of a state that has ended, is no news.
  for (const char* seen : {"2025-12-31", "2026-05-20"}) {
    snapshot.builders[0].witnesses[0].evidence.seen = seen;
    const auto short_history =
        history_of({snapshot, "sha256:1", &before, day("2026-04-30")}, rules);
    REQUIRE(short_history);
    CHECK(short_history->size() == 1);
  }
}

TEST_CASE("today's builder is the one that was witnessed, under both of its tags") {
  const Rules rules = committed_rules();
  const std::vector<Snapshot> snapshots = committed_snapshots();
  const Snapshot& snapshot = snapshots.back();
  for (const std::string_view at : {"2026-05-15", "2026-08-20"}) {
    const Policy policy = policy_of(snapshot, rules, at);
    for (const char* name : {"default", "latest"}) {
      const TrackPolicy& track = *policy.find(name);
      CHECK(track.certain);
      REQUIRE(track.states.size() == 1);
      for (const Builder& builder : snapshot.builders)
        if (builder.reference == track.builder)
          CHECK(builder.candidates[track.states[0].candidate].evidence.source.find("@de5226e") !=
                std::string::npos);
    }
  }
}
