// What is asked for again when nothing has changed, and what a recording is good for.
#include <algorithm>

#include "world/support.h"

using namespace buildable;
using namespace buildable::world;

namespace {

// Asked for anew each time: tokens may not be kept, and challenges and absences have no body.
bool cannot_be_kept(const Exchange& exchange) {
  return exchange.status == 401 || exchange.status == 404 || has(exchange.url, "/service/token");
}

}  // namespace

TEST_CASE("an unchanged world is asked conditionally, and gives the same bytes") {
  Place place;
  REQUIRE(place.observe("2026-04-10").code == 0);
  const std::string first = content(place.here / "snapshot.json");
  const Traffic cold = place.world.traffic();
  CHECK(cold.conditional == 0);

  place.world.forget();
  const Ran again = place.observe("2026-04-25");
  REQUIRE_MESSAGE(again.code == 0, again.err);
  CHECK(content(place.here / "snapshot.json") == first);
  const Traffic warm = place.world.traffic();
  CHECK(warm.requests <= cold.requests);
  CHECK(warm.bytes * 100 < cold.bytes);
  for (const Exchange& exchange : warm.exchanges)
    CHECK_MESSAGE((exchange.status == 304 || cannot_be_kept(exchange)), exchange.url);
  MESSAGE("cold: " << cold.requests << " requests, " << cold.bytes
                   << " bytes; warm: " << warm.requests << " requests, " << warm.conditional
                   << " conditional, " << warm.bytes << " bytes");
}

TEST_CASE("a recording gives the same bytes without the world") {
  Place place;
  const Ran recorded = place.observe("2026-04-10", "--record recording");
  REQUIRE_MESSAGE(recorded.code == 0, recorded.err);
  const std::string snapshot = content(place.here / "snapshot.json");
  for (const auto& file : files_in(place.here / "recording"))
    CHECK_MESSAGE(!has(file.second, "world-token"), file.first);

  place.world.spoil("", [](const Seen&, Answer& answer) { answer = {.status = 500}; });
  place.world.forget();
  std::filesystem::remove_all(place.here / "state");
  const Ran replayed =
      place.run("observe --replay recording --out replayed.json --state elsewhere");
  REQUIRE_MESSAGE(replayed.code == 0, replayed.err);
  CHECK(content(place.here / "replayed.json") == snapshot);
  CHECK(place.world.traffic().requests == 0);

  // An answer that is missing is told by its address.
  std::filesystem::path largest;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place.here / "recording"))
    if (entry.is_regular_file() && has(content(entry.path()), "[[artifacts]]"))
      largest = entry.path();
  REQUIRE_FALSE(largest.empty());
  std::filesystem::remove(largest);
  const Ran incomplete = place.run("observe --replay recording --out replayed.json");
  CHECK(incomplete.code == 3);
}
