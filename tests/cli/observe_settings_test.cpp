// `observe` without a network: settings that make no sense, and the states that it keeps as the
// other commands use them.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "base/text.h"
#include "cli/support.h"
#include "store/snapshots.h"

using namespace buildable;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

// A directory with a buildable.toml, in which the program runs.
struct Place : Scratch {
  void configure(const std::string& text) const { put(path / "buildable.toml", text); }
  Ran run(const std::string& words) const { return run_in(path, words); }
};

}  // namespace

TEST_CASE("settings that make no sense: observe exits 2, says where and what is meant") {
  struct Case {
    const char* settings;
    const char* says;
  };
  const Case cases[] = {
      {"state_directry = \"x\"", "did you mean \"state_directory\"?"},
      {"[sources.valus]\nurl = \"https://a.example/\"", "did you mean \"values\"?"},
      {"[sources.values]\nurl = \"https://me:secret@a.example/\"", "credentials"},
      {"[sources.values]\nurl = \"http://a.example/\"", "name a.example:80 in allow_local"},
      {"[sources.values]\nurl = \"a.example\"", "sources.values.url"},
      {"[sources.values]", "url: the required key is missing"},
      {"ca_file = \"nowhere.pem\"", "nowhere.pem"},
      {"proxy = \"nonsense\"", "proxy"},
      {"allow_local = \"127.0.0.1:80\"", "allow_local"},
      {"track = ", "buildable.toml:1"},
  };
  const Place place;
  for (const Case& it : cases) {
    CAPTURE(it.settings);
    place.configure(it.settings);
    const Ran ran = place.run("observe");
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
    CHECK_FALSE(has(ran.err, "secret"));
    CHECK(ran.out == "");
  }
}

TEST_CASE("with --log-format an error is an event of the log") {
  const Place place;
  place.configure("track = ");
  for (const char* command : {"observe", "publish --repo nowhere"}) {
    CAPTURE(command);
    const Ran text = place.run(std::string(command) + " --log-format text");
    CHECK(text.code == 2);
    CHECK_MESSAGE(has(text.err, "Z error buildable.toml:1"), text.err);
    const Ran json = place.run(std::string(command) + " --log-format json");
    const std::string line = json.err.substr(0, json.err.find('\n'));
    CHECK_MESSAGE(has(line, R"("level": "error", "message": "buildable.toml:1)"), json.err);
    CHECK(line.back() == '}');
  }
}

TEST_CASE("words that make no sense: observe exits 2") {
  const Place place;
  const std::pair<const char*, const char*> cases[] = {
      {"observe --config nowhere.toml", "nowhere.toml"},
      {"observe --replay nowhere", "nowhere"},
      {"observe --replay a --record b", "--record"},
      {"observe --at tomorrow", "--at"},
      {"observe --format yaml", "--format"},
  };
  // No structured binding: clang 14 lets no lambda take one, and doctest's messages are lambdas.
  for (const auto& row : cases) {
    CAPTURE(row.first);
    const Ran ran = place.run(row.first);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, row.second), ran.err);
  }
}

TEST_CASE("commands use the newest good observed state where it is newer, and say its age") {
  const Place place;
  place.configure("state_directory = \"states\"\n");
  REQUIRE(place.run("generate -q --out tree").code == 0);
  const std::string known = content(place.path / "tree/snapshot.json");
  CHECK(place.run("explain node 26.1.0 --max-age 36500").err == "");  // no state was observed yet

  // The compiled-in state, observed a day later, with another builder's name.
  std::string text = replace_all(known, "heroku-builder:24_0.21.8", "heroku-builder:24_observed");
  const std::size_t at = text.find("\"observed\": \"") + 13;
  text.replace(at, 20, "2026-09-01T00:00:00Z");
  const auto day = std::chrono::hours(24);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  store::SnapshotStore store(place.path / "states");
  REQUIRE(store.put(text, now - 3 * day));
  const Ran newer = place.run("builder");
  CHECK(newer.code == 0);
  CHECK_MESSAGE(has(newer.out, "24_observed"), newer.out);
  CHECK(newer.err == "From the state of 2026-05-14, last observed 3 days ago.\n");
  CHECK(place.run("builder --quiet").err == "");
  CHECK(has(place.run("generate --out tree").err, "last observed 3 days ago"));
  CHECK_FALSE(has(place.run("builder --at 2026-04-10").out, "24_observed"));

  // One that was read before what is compiled in says less than that.
  text.replace(at, 20, "2026-06-01T00:00:00Z");
  REQUIRE(store.put(text, now));
  CHECK_FALSE(has(place.run("builder").out, "24_observed"));

  // A damaged one is passed over.
  fs::remove_all(place.path / "states");
  text.replace(at, 20, "2026-09-02T00:00:00Z");
  REQUIRE(store.put(text, now));
  for (const auto& entry : fs::directory_iterator(place.path / "states/snapshots"))
    std::ofstream(entry.path(), std::ios::trunc) << text.substr(0, 1000);
  const Ran damaged = place.run("builder");
  CHECK(damaged.code == 0);
  CHECK_FALSE(has(damaged.out, "24_observed"));
}
