// The service in the platform's world: it observes, the world breaks, is fixed, moves on.
#include <nlohmann/json.hpp>

#include "serve/program/service.h"
#include "world/support.h"

using namespace buildable;
using namespace buildable::testing;
using buildable::world::Answer;
using buildable::world::Deployed;
using buildable::world::Place;
using buildable::world::Seen;
using Json = nlohmann::json;

namespace {

// Later than every state that is compiled in.
Deployed deployed() {
  Deployed now;
  now.builder = "24_0.21.8";
  now.latest = "24_20260511";
  now.commit = "3333333333333333333333333333333333333333";
  now.committed = "2026-09-01T12:00:00.000+02:00";
  return now;
}

void configure(Place& place) {
  place.world.deploy(deployed());
  const std::string config = world::content(place.here / "buildable.toml");
  world::write(place.here / "buildable.toml",
               config + "\n[serve]\nlisten = \"127.0.0.1:0\"\nrefresh_seconds = 1\n");
}

Json ready(int port) { return Json::parse(Client(port).get("/readyz").body); }

bool becomes(int port, const std::string& status) {
  return Service::within(Milliseconds(20000), [&] { return ready(port)["status"] == status; });
}

Json source(int port, const std::string& name) {
  const Json told = ready(port);
  for (const Json& each : told["sources"])
    if (each["source"] == name) return each;
  return {};
}

}  // namespace

TEST_CASE(
    "it observes in the background; a failing source is named, and the last good state stays") {
  Place place;
  configure(place);
  Reply fresh;
  {
    Service service(place.here.path());
    const int port = service.port();
    REQUIRE(port != 0);
    REQUIRE_MESSAGE(becomes(port, "fresh"), service.log());
    CHECK(ready(port)["origin"].get<std::string>().find("2026-09-01") != std::string::npos);
    CHECK(source(port, "values")["outcome"] == "read");
    fresh = Client(port).get("/default.json");
    CHECK(fresh.body.find("24_0.21.8") != std::string::npos);

    place.world.spoil("components/builds-api/values", [](const Seen&, Answer& answer) {
      answer = {.status = 500, .body = "broken", .type = "text/plain"};
    });
    REQUIRE(becomes(port, "stale"));
    CHECK(source(port, "values")["outcome"] == "failed");
    CHECK(ready(port)["problem"].get<std::string>().find("500") != std::string::npos);
    CHECK(Client(port).get("/healthz").status == 200);
    CHECK(Client(port).get("/readyz").status == 200);
    const Reply stale = Client(port).get("/default.json");
    CHECK(stale.status == 200);
    CHECK(stale.header("ETag") == fresh.header("ETag"));
    CHECK((stale.body == fresh.body));
    CHECK(stale.header("ETag") == fresh.header("ETag"));
    const Json check = Json::parse(Client(port).get("/v1/check?runtime=node&version=22").body);
    CHECK(check["stale"] == true);
    CHECK(check["stale_since"].is_string());
    const std::string metrics = Client(port).get("/metrics").body;
    CHECK(metrics.find("buildable_stale 1\n") != std::string::npos);
    CHECK(metrics.find("buildable_source_failing{source=\"values\"} 1\n") != std::string::npos);
    CHECK(metrics.find("buildable_refreshes_total{outcome=\"failed\"}") != std::string::npos);
    service.tell(SIGTERM);
    CHECK(service.wait_for_end() == 0);
  }
  // After a restart with the world still broken it serves what it observed last.
  Service service(place.here.path());
  const int port = service.port();
  REQUIRE(port != 0);
  const bool same = Client(port).get("/default.json").body == fresh.body;
  CHECK_MESSAGE(same, service.log());
  REQUIRE(becomes(port, "stale"));
  place.world.fix();
  place.world.deploy(deployed());
  REQUIRE(becomes(port, "fresh"));
  CHECK(Json::parse(Client(port).get("/v1/tracks").body)["stale"] == false);
}

TEST_CASE("a state that is not to be believed is not served") {
  Place place;
  configure(place);
  Service service(place.here.path());
  const int port = service.port();
  REQUIRE(port != 0);
  REQUIRE(becomes(port, "fresh"));
  const Reply good = Client(port).get("/default.json");
  Deployed older = deployed();
  older.builder = "24_0.20.7";
  older.commit = "4444444444444444444444444444444444444444";
  older.committed = "2026-09-02T12:00:00.000+02:00";
  place.world.deploy(older);
  REQUIRE(becomes(port, "stale"));
  const std::string problem = ready(port)["problem"];
  CHECK_MESSAGE(problem.find("runtime_vanished") != std::string::npos, problem);
  CHECK((Client(port).get("/default.json").body == good.body));
}
