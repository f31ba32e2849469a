// An unchanged platform gives the same bytes, and a change changes what it is about.
#include "net/record.h"
#include "observe/sample_platform.h"
#include "support/instants.h"
#include "world/scratch.h"

using namespace buildable;
using namespace buildable::observe;
using namespace buildable::testing;

namespace {

const Instant later = *parse_instant("2026-08-21T06:00:00Z");

}  // namespace

TEST_CASE("an unchanged platform gives the last snapshot again") {
  const Snapshot last = observed(sample_world()).snapshot;
  CHECK(write_snapshot(observed(sample_world(), &last, later, 7).snapshot) == write_snapshot(last));
  Table table = sample_world();
  table["https://git.test/values.yaml"].body += "# a remark\n";
  table["https://git.test/commits"] = {.error = "time-out"};
  CHECK(observed(table, &last, later).snapshot == last);
}

TEST_CASE("release days that could not be read again are those read last") {
  const Snapshot last = observed(sample_world()).snapshot;
  REQUIRE_FALSE(last.releases.empty());
  Table table = sample_world();
  table["https://dates.test/snake"] = {.error = "time-out"};
  CHECK(observed(table, &last, later).snapshot == last);
  CHECK(observed(table).snapshot.releases.size() + 1 == last.releases.size());
}

TEST_CASE("a new archive is a new state of the same deployment") {
  const Snapshot last = observed(sample_world()).snapshot;
  Table table = sample_world();
  table["https://store.test/?list-type=2&prefix=heroku-24/amd64/gem-&continuation-token=a%20b%2B"]
      .body = listing({"heroku-24/amd64/gem-4.0.0.tgz", "heroku-24/amd64/gem-4.0.1.tgz"});
  const Snapshot fresh = observed(table, &last, later).snapshot;
  Snapshot expected = last;
  expected.observed = instant("2026-08-21T06:00:00Z");
  expected.stores[0].archives.push_back({"4.0.1", "2026-08-21"});
  expected.stores[0].evidence = fresh.stores[0].evidence;
  CHECK(fresh == expected);
  CHECK(fresh.stores[0].evidence.seen == "2026-08-21T06:00:00Z");
}

TEST_CASE("a new image is a new deployment, as of its commit") {
  const Snapshot last = observed(sample_world()).snapshot;
  Table table = sample_world();
  SampleImage sample = current_image();
  sample.buildpacks["sample/band"] = "5.1.0";
  sample.in_band = {"24.1.0", "24.2.0", "26.0.0"};
  add_image(table, "24_2", make_image(sample));
  table["https://git.test/band/5.1.0/inventory.toml"] = {.body = sample_inventory(sample.in_band)};
  table["https://git.test/commits"].body =
      replace_all(table["https://git.test/commits"].body, "2026-05-14T21:06:38.000+02:00",
                  "2026-08-21T05:00:00.000Z");
  const Snapshot fresh = observed(table, &last, later).snapshot;
  CHECK(fresh.effective == instant("2026-08-21T05:00:00Z"));
  CHECK(fresh.tracks == last.tracks);
  CHECK(fresh.builders[0] == last.builders[0]);
  CHECK(fresh.builders[1].digest == make_image(sample).digest);
  CHECK(fresh.capabilities.size() == last.capabilities.size() + 1);
  CHECK(fresh.stores == last.stores);
}

TEST_CASE("a recording gives the same snapshot without a network") {
  const world::Scratch scratch;
  const std::string directory = (scratch / "recording").string();
  std::string recorded;
  {
    auto recording =
        net::recording_fetcher(std::make_unique<FakeFetcher>(sample_world(), 3), directory);
    const auto observation = observe::observe(sample_rules(), *recording, {.now = sample_now});
    REQUIRE_MESSAGE(observation, observation.error().to_text());
    recorded = write_snapshot(observation->snapshot);
  }
  const auto replaying = net::replaying_fetcher(directory);
  const auto observation = observe::observe(sample_rules(), *replaying, {.now = sample_now});
  REQUIRE_MESSAGE(observation, observation.error().to_text());
  CHECK(write_snapshot(observation->snapshot) == recorded);
}
