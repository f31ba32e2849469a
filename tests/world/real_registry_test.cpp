// The world with Debian's docker-registry in it, which wants tokens, in place of the stand-in's.
#include <nlohmann/json.hpp>

#include "support/skip.h"
#include "world/registry/real_registry.h"
#include "world/registry/token_server.h"
#include "world/support.h"

using namespace buildable;
using namespace buildable::world;
using Json = nlohmann::json;

namespace {

// What a snapshot says, without where and when it was read.
Json facts_of(const std::string& snapshot) {
  Json facts = Json::parse(snapshot);
  for (const char* times : {"observed", "notes"}) facts.erase(times);
  for (const char* list : {"tracks", "capabilities", "stores", "releases"})
    for (Json& item : facts[list]) item.erase("evidence");
  for (Json& builder : facts["builders"])
    for (Json& candidate : builder["candidates"]) candidate.erase("evidence");
  return facts;
}

}  // namespace

TEST_CASE("Debian's registry with token authentication tells the same as the stand-in") {
  if (!has_registry_programs()) {
    buildable::testing::skip("docker-registry, skopeo or openssl is not installed");
    return;
  }
  Place place;
  REQUIRE(place.observe("2026-04-10", "--quiet").code == 0);
  const Json stand_in = facts_of(content(place.here / "snapshot.json"));

  const Scratch storage;
  TokenServer tokens(storage.path());
  const std::string image = "/toolforge/heroku-builder";
  {
    RealRegistry open(storage.path());
    for (const std::string tag : {"24_0.21.5", "24_0.21.7", "22_20240105"})
      push(storage.path(), {{"amd64", place.world.image(tag)}}, open.endpoint() + image + ":" + tag,
           "oci");
  }
  const TokenAuthentication authentication = tokens.authentication();
  const RealRegistry registry(storage.path(), &authentication);
  const std::string there = "http://" + registry.endpoint() + "/v2/toolforge/{repository}";
  place.point("registry", there + "/manifests/{reference}", registry.endpoint());
  place.point("image_layers", there + "/blobs/{digest}", tokens.endpoint());

  const Ran ran = place.observe("2026-04-10", "--state elsewhere");
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(facts_of(content(place.here / "snapshot.json")) == stand_in);
  CHECK_FALSE(has(ran.err, "image_unheard"));
  CHECK(tokens.seen().size() > 0);

  const Files before = files_in(place.here / "elsewhere");
  tokens.refuse();
  const Ran refused = place.observe("2026-04-25", "--quiet --state elsewhere");
  CHECK(refused.code == 3);
  CHECK_MESSAGE(has(refused.err, "registry: "), refused.err);
  CHECK(files_in(place.here / "elsewhere") == before);
}
