// The whole history of the platform against Heroku's releases: what was deployed when, and every
// release that is known.
#include "policy/explain.h"
#include "replay_reference.h"
#include "replay_support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

Verdict verdict_on(const Policy& policy, std::string_view track, std::string_view runtime,
                   std::string_view version) {
  const TrackPolicy* on = policy.find(track);
  REQUIRE_MESSAGE(on, track);
  const RuntimePolicy* of = on->find(runtime);
  REQUIRE_MESSAGE(of, runtime);
  const auto judged = judge(*of, version);
  REQUIRE_MESSAGE(judged, version);
  return *judged;
}

// The instants at which a snapshot is looked at: its first and its last.
std::vector<std::string> instants(const Snapshot& snapshot) {
  return {format_instant(snapshot.effective), format_instant(snapshot.observed)};
}

struct Tally {
  int replayed = 0;
  int leaks = 0;
  int overblocks = 0;
  int misjudged = 0;  // neither allowed nor wrongly forbidden, but unknown and impossible mixed up
  int unknown = 0;
};

Verdict expected_of(Answer answer) {
  switch (answer) {
    case Answer::yes:
      return Verdict::buildable;
    case Answer::no:
      return Verdict::unbuildable;
    case Answer::unrecorded:
      break;
  }
  return Verdict::unknown;
}

void count(Tally& tally, Verdict expected, Verdict actual, const std::string& what) {
  ++tally.replayed;
  if (expected == Verdict::unknown) ++tally.unknown;
  if (expected == actual) return;
  if (actual == Verdict::buildable)
    ++tally.leaks;
  else if (expected == Verdict::buildable)
    ++tally.overblocks;
  else
    ++tally.misjudged;
  if (tally.leaks + tally.overblocks + tally.misjudged < 40)
    MESSAGE(what << " should be " << name_of(expected) << ", is " << name_of(actual));
}

Verdict in_sets(const RuntimePolicy& policy, const Version& version) {
  if (policy.buildable.contains(version)) return Verdict::buildable;
  return policy.unbuildable.contains(version) ? Verdict::unbuildable : Verdict::unknown;
}

void replay_runtime(Tally& tally, Reference& reference, const TrackPolicy& track,
                    const RuntimePolicy& runtime, const std::string& instant) {
  const std::string tag = tag_of(track.builder);
  for (const std::string& release : reference.releases(runtime.runtime)) {
    const Version asked = version(runtime.scheme, release);
    const Answer answer =
        track.expired ? Answer::no
                      : reference.answer(tag, runtime.runtime, release, instant.substr(0, 10));
    const Verdict verdict = in_sets(runtime, asked);
    count(tally, expected_of(answer), verdict,
          instant + " " + track.track + " " + tag + " " + runtime.runtime + " " + release);
    // A partial text names a series on command lines; only whole versions can be compared there.
    if (is_partial(asked)) continue;
    const auto judged = judge(runtime, release);
    REQUIRE_MESSAGE(judged, release);
    CHECK(*judged == verdict);
  }
}

}  // namespace

TEST_CASE("every release on every state that was deployed: no leak, no overblock") {
  Reference reference;
  const Rules rules = committed_rules();
  Tally tally;
  int states = 0;
  for (const Snapshot& snapshot : committed_snapshots()) {
    for (const std::string& instant : instants(snapshot)) {
      const Policy policy = policy_of(snapshot, rules, instant);
      for (const TrackPolicy& track : policy.tracks) {
        if (!reference.knows(tag_of(track.builder))) continue;
        ++states;
        for (const auto& [runtime, index] : index_names())
          replay_runtime(tally, reference, track, *track.find(runtime), instant);
      }
    }
  }
  MESSAGE("replayed " << tally.replayed << " versions on " << states << " states of tracks: leaks "
                      << tally.leaks << ", overblocks " << tally.overblocks << ", unknown "
                      << tally.unknown);
  CHECK(states >= 20);
  CHECK(tally.replayed >= 79'000);
  CHECK(tally.leaks == 0);
  CHECK(tally.overblocks == 0);
  CHECK(tally.misjudged == 0);
}

namespace {

// "no buildpack change: archive announced 2025-12-25": before that day nothing is known of it.
bool announced_later(const Json& row, const std::string& date) {
  const auto first = row["first_buildpack"];
  return first[0].get<std::string>().find("archive announced") != std::string::npos &&
         first[1].get<std::string>() > date;
}

Verdict expected_of(const Json& row, const std::string& tag, const std::string& date) {
  const std::string answer = row["tags"][tag].get<std::string>();
  if (answer == "no") return Verdict::unbuildable;
  return answer == "yes" && !announced_later(row, date) ? Verdict::buildable : Verdict::unknown;
}

}  // namespace

TEST_CASE("the first support of each series, on each tag, while it was on a track") {
  Reference reference;
  const Json& table = reference.facts().rows("first_support");
  const Rules rules = committed_rules();
  int checked = 0;
  for (const Snapshot& snapshot : committed_snapshots()) {
    for (const std::string& instant : instants(snapshot)) {
      const Policy policy = policy_of(snapshot, rules, instant);
      for (const TrackPolicy& track : policy.tracks) {
        const std::string tag = tag_of(track.builder);
        for (const Json& row : table) {
          if (track.expired || !row["tags"].contains(tag)) continue;
          const std::string runtime = row["runtime"];
          const std::string series = row["series"];
          INFO(instant << " " << track.track << " " << tag << " " << runtime << " " << series);
          const Verdict expected = expected_of(row, tag, instant.substr(0, 10));
          const Verdict actual = verdict_on(policy, track.track, runtime, series);
          CHECK(name_of(actual) == name_of(expected));
          ++checked;
        }
      }
    }
  }
  MESSAGE("checked " << checked << " series");
  CHECK(checked >= 500);
}

TEST_CASE("what happened to tools is what the policy of the day would have said") {
  const Rules rules = committed_rules();
  const std::vector<Snapshot> snapshots = committed_snapshots();
  struct Row {
    const char* date;
    const char* track;
    const char* runtime;
    const char* version;
    Verdict verdict;
    const char* story;
  };
  const Verdict yes = Verdict::buildable, no = Verdict::unbuildable;
  for (const Row& row : {
           Row{"2025-10-10", "latest", "python", "3.14.0", no, "bots moved 12 tools to it"},
           Row{"2025-10-10", "latest", "python", "3.14", no, "the series too"},
           Row{"2025-10-23", "latest", "python", "3.13.9", yes, "newer than the builder, builds"},
           Row{"2026-02-05", "latest", "python", "3.14.3", no, "merged without a human"},
           Row{"2026-03-18", "latest", "python", "3.14.3", no, "the day before"},
           Row{"2026-03-20", "latest", "python", "3.14.0", yes, "the new latest builder"},
           Row{"2026-03-20", "latest", "python", "3.14.3", yes, "13 tools moved again"},
           Row{"2026-03-20", "default", "python", "3.14.0", no, "default is still the old one"},
           Row{"2026-04-02", "default", "python", "3.14.0", yes, "until it became the new one"},
           Row{"2026-04-10", "default", "python", "3.14.4", yes, "newer than its alias 3.14.3"},
           Row{"2026-08-12", "default", "python", "3.14.7", yes, "newer than its alias 3.14.4"},
           Row{"2026-08-12", "default", "python", "3.15.0", no, "the next minor"},
           Row{"2025-07-13", "default", "python", "3.13", no, "so tools asked for latest"},
           Row{"2025-07-13", "latest", "python", "3.13", yes, "which had it"},
           Row{"2025-08-14", "default", "python", "3.12.1", yes, "what runtime.txt was set to"},
           Row{"2025-08-14", "default", "python", "3.12.4", no, "no archive under the old name"},
           Row{"2025-06-01", "latest", "go", "1.24.2", yes, "osmviews"},
           Row{"2025-06-01", "latest", "go", "1.24.3", no, "released after the builder"},
           Row{"2025-08-11", "default", "go", "1.21.5", yes, "T363854"},
           Row{"2025-08-11", "default", "go", "1.21.6", no, "T363854"},
           Row{"2025-08-11", "default", "go", "1.22", no, "T363854; a preview of it is listed"},
           Row{"2026-03-23", "default", "node", "22.x", no, "bucksaltbot2 went back"},
           Row{"2026-03-23", "default", "node", "21.5.0", yes, "to this"},
           Row{"2026-03-23", "latest", "node", "22.x", yes, "until it used latest"},
           Row{"2026-05-20", "default", "java", "25", yes, "vcat"},
           Row{"2026-08-08", "default", "node", "26.7.0", no, "photo-challenge-nodejs"},
           Row{"2026-08-08", "default", "node", "26.1.0", yes, "its production built with this"},
           Row{"2026-08-08", "latest", "node", "26", yes, "one image under two names"},
           Row{"2026-04-26", "deprecated", "go", "1.21.5", yes, "its last day"},
           Row{"2026-04-27", "deprecated", "go", "1.21.5", no, "the track has ended"},
       }) {
    INFO(row.date << " " << row.track << " " << row.runtime << " " << row.version << ": "
                  << row.story);
    const Policy policy = policy_at(snapshots, rules, row.date);
    CHECK(name_of(verdict_on(policy, row.track, row.runtime, row.version)) == name_of(row.verdict));
  }
}

TEST_CASE("the explanation of the incident names the builder's reach and what to take instead") {
  const Rules rules = committed_rules();
  const Policy policy = policy_at(committed_snapshots(), rules, "2025-10-10");
  const TrackPolicy& latest = *policy.find("latest");
  const auto explanation = explain(latest, *latest.find("python"), "3.14.0");
  REQUIRE(explanation);
  CHECK(explanation->reason ==
        "heroku/python 0.25.0 to 0.26.1 cannot build this version, only 3.9 to 3.13, any "
        "patch release. The build's error: \"The requested Python version isn't recognised\".");
  CHECK(explanation->nearest_buildable == "3.13.3");
  CHECK(explanation->evidence.size() >= 3);
}

TEST_CASE("summaries are short sentences") {
  const Rules rules = committed_rules();
  for (const Snapshot& snapshot : committed_snapshots())
    for (const TrackPolicy& track :
         policy_of(snapshot, rules, format_instant(snapshot.effective)).tracks)
      for (const RuntimePolicy& runtime : track.runtimes) {
        INFO(runtime.summary);
        CHECK(runtime.summary.size() < 300);
        CHECK(runtime.summary.back() == '.');
      }
}
