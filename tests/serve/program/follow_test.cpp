// A service that follows a published, signed tree: what it takes, and what it refuses.
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/generated_tree.h"
#include "app/sealing.h"
#include "app/state.h"
#include "publish/directory.h"
#include "publish/signing.h"
#include "serve/program/service.h"
#include "support/program.h"

using namespace buildable;
using namespace buildable::testing;
using buildable::test::content;
using buildable::test::put;
using buildable::test::Scratch;
using Json = nlohmann::json;

namespace {

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

// The tree of a state of facts, generated once: what a row spoils is a copy in a directory of its
// own. The manifest that each publication seals it with has the time of that publication.
const emit::Tree& tree_of(const app::State& state, const std::string& day) {
  static std::map<std::string, emit::Tree> trees;
  const auto known = trees.find(day);
  if (known != trees.end()) return known->second;
  auto made = app::generate_tree(state, now(), {});
  REQUIRE(made.has_value());
  return trees.emplace(day, std::move(made->tree)).first->second;
}

// A publisher with its key, and a follower beside it.
struct Places {
  Places() {
    const auto pair = publish::generate_key_pair();
    REQUIRE(pair.has_value());
    put(here / "key", pair->secret_line + "\n");
    put(here / "key.pub", pair->public_line + "\n");
  }

  // The tree of a state, under a revision, signed at an instant, in the directory "tree".
  void publish(const std::string& day, const std::string& revision, Instant at,
               const std::string& key = "key") {
    const auto state = app::state_named(day);
    REQUIRE(state.has_value());
    auto tree = tree_of(*state, day);
    const auto sealed =
        app::seal_tree(tree, revision, state->digest, {at, at + app::shelf_life, state->last_seen},
                       (here / key).string());
    REQUIRE(sealed.has_value());
    REQUIRE(publish::write_tree(here / "next", tree).has_value());
    std::filesystem::remove_all(here / "tree");
    std::filesystem::rename(here / "next", here / "tree");
  }
  void follow(const std::string& url, const std::string& more = {}) {
    put(here / "buildable.toml",
        more + "state_directory = \"" + (here / "state").string() + "\"\n[follow]\nurl = \"" + url +
            "\"\nkey = \"" + (here / "key.pub").string() +
            "\"\n[serve]\nlisten = \"127.0.0.1:0\"\nrefresh_seconds = 1\n");
  }

  Scratch here;
};

Json ready(int port) { return Json::parse(Client(port).get("/readyz").body); }

bool becomes(int port, const std::string& key, const std::string& value) {
  return Service::within(Milliseconds(15000), [&] { return ready(port).value(key, "") == value; });
}

}  // namespace

TEST_CASE("a signed tree is served as it was published, and what is newer is taken") {
  Places places;
  places.publish("2026-04-01", "2026.04.01", now());
  places.follow((places.here / "tree").string());
  Service service(places.here.path);
  const int port = service.port();
  REQUIRE(port != 0);
  REQUIRE_MESSAGE(becomes(port, "revision", "2026.04.01"), service.log());
  CHECK(ready(port)["status"] == "fresh");
  Client client(port);
  for (const char* path : {"default.json", "manifest.json", "manifest.json.sig", "snapshot.json",
                           "renovate/latest/node.json"})
    CHECK(client.get("/" + std::string(path)).body == content(places.here / "tree" / path));
  const Json check = Json::parse(client.get("/v1/check?runtime=node&version=22").body);
  CHECK(check["snapshot"]["effective"].get<std::string>().substr(0, 10) == "2026-04-01");

  places.publish("2026-05-14", "2026.05.14", now());
  CHECK(becomes(port, "revision", "2026.05.14"));
  // However often it is read: the publisher has looked no later.
  const auto state = app::state_named("2026-05-14");
  REQUIRE(state.has_value());
  CHECK(ready(port)["seen"] == format_instant(state->last_seen));
}

TEST_CASE("what cannot be trusted is refused, named, and the last good tree stays") {
  struct Row {
    const char* name;
    void (*spoil)(Places&);
    const char* said;
    bool restarts = false;  // and refuses it again
  };
  const Row rows[] = {
      {"rollback", [](Places& places) { places.publish("2026-04-01", "2026.04.01", now()); },
       "older than", true},
      {"expiry",
       [](Places& places) {
         places.publish("2026-05-14", "2026.06.01", now() - std::chrono::days(60));
       },
       "expired"},
      {"another key",
       [](Places& places) {
         put(places.here / "other", publish::generate_key_pair()->secret_line + "\n");
         places.publish("2026-05-14", "2026.06.01", now(), "other");
       },
       "sig"},
      {"a changed file",
       [](Places& places) { put(places.here / "tree/default.json", "{\"packageRules\": []}\n"); },
       "default.json"},
      {"a changed manifest",
       [](Places& places) {
         put(places.here / "tree/manifest.json", content(places.here / "tree/manifest.json") + " ");
       },
       "sig"},
      {"a missing file",
       [](Places& places) { std::filesystem::remove(places.here / "tree/policy.json"); },
       "policy.json"},
      {"no signature",
       [](Places& places) { std::filesystem::remove(places.here / "tree/manifest.json.sig"); },
       "missing"},
      {"nothing at all", [](Places& places) { std::filesystem::remove_all(places.here / "tree"); },
       "missing", true},
  };
  Places places;
  places.publish("2026-05-14", "2026.05.14", now());
  places.follow((places.here / "tree").string());
  auto service = std::make_unique<Service>(places.here.path);
  REQUIRE(service->port() != 0);
  int number = 0;
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string revision = "2026.05.14." + std::to_string(++number);
    places.publish("2026-05-14", revision, now());
    REQUIRE(becomes(service->port(), "revision", revision));
    REQUIRE(becomes(service->port(), "status", "fresh"));
    const Reply good = Client(service->port()).get("/manifest.json");
    row.spoil(places);
    REQUIRE(becomes(service->port(), "status", "stale"));
    const Json told = ready(service->port());
    CHECK_MESSAGE(told["problem"].get<std::string>().find(row.said) != std::string::npos,
                  told["problem"]);
    CHECK(told["sources"][0]["source"] == "follow");
    CHECK(told["sources"][0]["outcome"] == "failed");
    CHECK(Client(service->port()).get("/manifest.json").body == good.body);
    CHECK(Client(service->port()).get("/default.json").status == 200);
    if (!row.restarts) continue;
    service.reset();
    service = std::make_unique<Service>(places.here.path);
    REQUIRE(service->port() != 0);
    CHECK(Client(service->port()).get("/manifest.json").body == good.body);
    REQUIRE(becomes(service->port(), "status", "stale"));
    CHECK(Client(service->port()).get("/manifest.json").body == good.body);
  }
}

TEST_CASE("a server follows a server") {
  Places first;
  put(first.here / "buildable.toml",
      "[publish]\nsigning_key = \"key\"\n[serve]\nlisten = \"127.0.0.1:0\"\nrefresh_seconds = 0\n");
  Service origin(first.here.path);
  const int port = origin.port();
  REQUIRE(port != 0);

  const std::string address = "127.0.0.1:" + std::to_string(port);
  first.follow("http://" + address, "allow_local = [\"" + address + "\"]\n");
  const Scratch second;
  std::filesystem::copy(first.here / "buildable.toml", second / "buildable.toml");
  Service replica(second.path);
  const int other = replica.port();
  REQUIRE(other != 0);
  REQUIRE_MESSAGE(becomes(other, "status", "fresh"), replica.log());
  for (const char* path : {"/manifest.json", "/manifest.json.sig", "/index.html", "/latest.json"})
    CHECK(Client(other).get(path).body == Client(port).get(path).body);
  origin.tell(SIGTERM);
  origin.wait_for_end();
  REQUIRE(becomes(other, "status", "stale"));
  CHECK(Client(other).get("/latest.json").status == 200);
}

TEST_CASE("a git repository is followed at a branch and folder") {
  Places places;
  places.publish("2026-05-14", "2026.05.14", now());
  const auto committed = test::run_shell_in(
      places.here.path,
      "git init -q -b published repo && mkdir repo/sub && cp -r tree repo/sub/tree && cd repo && "
      "git add -A && git -c user.name=x -c user.email=x commit -qm x");
  REQUIRE_MESSAGE(committed.code == 0, committed.err);
  places.follow("git+file://" + (places.here / "repo").string() + "#published:sub/tree");
  Service service(places.here.path);
  const int port = service.port();
  REQUIRE(port != 0);
  REQUIRE_MESSAGE(becomes(port, "status", "fresh"), service.log());
  CHECK(Client(port).get("/manifest.json").body == content(places.here / "tree/manifest.json"));
}
