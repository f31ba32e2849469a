// A platform is read from all its sources, whatever the order of their answers.
#include "observe/sample_platform.h"
#include "policy/compile.h"
#include "support/instants.h"

using namespace buildable;
using namespace buildable::observe;
using namespace buildable::testing;

namespace {

const Capability& capability(const Snapshot& snapshot, const std::string& runtime,
                             const std::string& version) {
  for (const Capability& each : snapshot.capabilities)
    if (each.runtime == runtime && each.version == version) return each;
  FAIL("no capability of " << runtime << " in " << version);
  return snapshot.capabilities.front();
}

using Texts = std::vector<std::string>;

Texts versions_of(const ArchiveStore& store) {
  Texts texts;
  for (const Archive& archive : store.archives) texts.push_back(archive.version);
  return texts;
}

const SourceReport& report(const Observation& observation, const std::string& source) {
  for (const SourceReport& each : observation.sources)
    if (each.source == source) return each;
  FAIL("no report of " << source);
  return observation.sources.front();
}

}  // namespace

TEST_CASE("tracks and builders are read, with evidence") {
  const Snapshot snapshot = observed(sample_world()).snapshot;
  REQUIRE(snapshot.tracks.size() == 3);
  CHECK(snapshot.tracks[0].builder == "images.test/tools/builder:24_1");
  CHECK(snapshot.tracks[0].runner == "images.test/tools/runner:24_1");
  CHECK(snapshot.tracks[2].valid_until == "2026-04-27T00:00:00Z");
  CHECK(snapshot.tracks[0].evidence.source == "https://git.test/values.yaml");
  CHECK(snapshot.tracks[0].evidence.seen == "2026-08-20T12:00:00Z");
  CHECK(snapshot.tracks[0].evidence.digest ==
        sha256_digest(sample_world().at("https://git.test/values.yaml").body));
  CHECK(snapshot.effective == instant("2026-05-14T19:06:38Z"));
  CHECK(snapshot.observed == instant("2026-08-20T12:00:00Z"));

  REQUIRE(snapshot.builders.size() == 3);
  const Builder& builder = snapshot.builders[0];
  CHECK(builder.digest == make_image(current_image()).digest);
  CHECK(builder.target == Target{"linux", "amd64", "ubuntu", "24.04", "heroku-24"});
  REQUIRE(builder.candidates.size() == 1);
  CHECK(builder.candidates[0].lifecycle == "0.21.8");
  CHECK(builder.candidates[0].buildpacks.size() == 7);
  CHECK(builder.candidates[0].evidence.source == "images.test/tools/builder@" + builder.digest);
  CHECK(builder.reasoning.empty());
  CHECK(snapshot.notes[0] == "default and latest are one image: " + builder.digest + ".");
}

TEST_CASE("each mechanism finds its facts") {
  const Snapshot snapshot = observed(sample_world()).snapshot;
  const Capability& band = capability(snapshot, "band", "5.0.0");
  CHECK(band.versions == Texts{"24.1.0", "24.2.0"});
  CHECK(band.default_version == "24.x");
  CHECK(band.evidence.source == "https://git.test/band/5.0.0/inventory.toml");
  CHECK(capability(snapshot, "band", "2.0.0").default_version.empty());

  const Capability& snake = capability(snapshot, "snake", "6.0.0");
  CHECK(snake.oldest_series == "3.13");
  CHECK(snake.newest_series == "3.14");
  CHECK(snake.aliases.at("3.14") == "3.14.4");
  CHECK(snake.default_version == "3.14");

  CHECK(capability(snapshot, "jar", "4.0.0").aliases.at("1.8") == "1.8.0_392");
  CHECK(capability(snapshot, "tool", "4.0.0").versions == Texts{"3.9.4"});
  CHECK(capability(snapshot, "tool", "4.0.0").default_version == "3.9.4");

  const Capability& pile = capability(snapshot, "pile", "2.0.0");
  CHECK(pile.repository == pile_hash);
  CHECK(pile.versions == Texts{"8.4.20", "8.5.5"});
  CHECK(pile.series == Texts{"8.4", "8.5"});

  CHECK(capability(snapshot, "gem", "3.0.0").store == "gem/heroku-24");
  REQUIRE(snapshot.stores.size() == 1);
  CHECK(snapshot.stores[0].complete);
  CHECK(versions_of(snapshot.stores[0]) == Texts{"3.4.1", "3.4.2", "4.0.0"});
  CHECK(snapshot.stores[0].evidence.note == "All 2 pages.");
  CHECK(snapshot.capabilities.size() == 7);  // none of "free", which takes anything
}

TEST_CASE("what decides nothing is recorded, too") {
  const Observation observation = observed(sample_world());
  const Snapshot& snapshot = observation.snapshot;
  REQUIRE(snapshot.releases.size() == 2);
  CHECK(snapshot.releases[1].runtime == "snake");
  CHECK(snapshot.releases[1].cycles[0] ==
        ReleaseCycle{"3.14", "2025-10-07", "3.14.7", "2026-08-04", ""});
  REQUIRE(snapshot.notes.size() == 2);
  CHECK(snapshot.notes[1].find("fagiani/apt@0.2.5") != std::string::npos);
  REQUIRE(observation.remarks.size() == 1);
  CHECK(observation.remarks[0].code == "injection_unreviewed");
}

TEST_CASE("the snapshot is one that a policy can be made of") {
  const Snapshot snapshot = observed(sample_world()).snapshot;
  const auto read = parse_snapshot(write_snapshot(snapshot), "it");
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(*read == snapshot);
  const auto policy = compile(snapshot, sample_rules(), sample_now, "sha256:0");
  CHECK_MESSAGE(policy, policy.error().to_text());
}

TEST_CASE("the order of the answers changes nothing") {
  const std::string expected = write_snapshot(observed(sample_world()).snapshot);
  for (unsigned seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    REQUIRE(write_snapshot(observed(sample_world(), nullptr, sample_now, seed).snapshot) ==
            expected);
  }
}

TEST_CASE("what is independent is under way at once, and nothing is asked twice") {
  FakeFetcher fetcher(sample_world());
  REQUIRE(observe::observe(sample_rules(), fetcher, {.now = sample_now}));
  CHECK(fetcher.most_under_way >= 6);
  std::vector<std::string> asked = fetcher.asked;
  std::sort(asked.begin(), asked.end());
  // Two tags of one image: its configuration is asked for by each.
  const std::string config = "blobs/" + sha256_digest(make_image(current_image()).config);
  for (std::size_t i = 1; i < asked.size(); ++i)
    if (asked[i].find(config) == std::string::npos) CHECK(asked[i] != asked[i - 1]);
}

TEST_CASE("each source is told once, when it has ended, and again in the result") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    FakeFetcher fetcher(sample_world(), seed);
    std::map<std::string, int> told;
    std::map<std::string, int> requests;
    ObserveOptions options{.now = sample_now};
    options.progress = [&](const SourceReport& source) {
      ++told[source.source];
      requests[source.source] = source.requests;
    };
    const auto observation = observe::observe(sample_rules(), fetcher, options);
    REQUIRE(observation);
    CHECK(told.size() == observation->sources.size());
    std::size_t all = 0;
    for (const SourceReport& source : observation->sources) {
      CAPTURE(source.source);
      CHECK(told[source.source] == 1);
      CHECK(requests[source.source] == source.requests);
      all += static_cast<std::size_t>(source.requests);
    }
    CHECK(all == fetcher.asked.size());
  }
}

TEST_CASE("reports say how a source went") {
  const Observation observation = observed(sample_world());
  CHECK(report(observation, "values").outcome == SourceOutcome::read);
  CHECK(report(observation, "api").outcome == SourceOutcome::absent);
  CHECK(report(observation, "gem_archives").requests == 3);
  CHECK(report(observation, "layers").detail.find("sample/band 5.0.0: 2") != std::string::npos);
  CHECK(report(observation, "band_default").outcome == SourceOutcome::failed);  // 2.0.0 has none
}

TEST_CASE("a URL of the configuration takes the place of the rules'") {
  Table table = sample_world();
  table["https://elsewhere.test/values"] = table.at("https://git.test/values.yaml");
  table.erase("https://git.test/values.yaml");
  FakeFetcher fetcher(table);
  ObserveOptions options{.now = sample_now};
  options.urls["values"] = "https://elsewhere.test/values";
  const auto observation = observe::observe(sample_rules(), fetcher, options);
  REQUIRE_MESSAGE(observation, observation.error().to_text());
  CHECK(observation->snapshot.tracks[0].evidence.source == "https://elsewhere.test/values");
}
