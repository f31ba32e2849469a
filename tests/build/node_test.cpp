// heroku/nodejs, by the names of its own errors.
#include "build/support.h"

using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

Repository package(std::string text) { return {{"package.json", std::move(text)}}; }
Repository engines(const std::string& node) {
  return package("{\"engines\": {\"node\": \"" + node + "\"}}");
}

struct Row {
  const char* name;
  const char* track;
  const char* at;
  Repository files;
  Outcome outcome;
  const char* says;  // the version that is installed, or the error
};

void check(const std::string& runtime, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Forecast forecast = foretell(runtime, row.track, row.at, row.files);
    CAPTURE(forecast.reason);
    CHECK(name_of(forecast.outcome) == name_of(row.outcome));
    const std::string version = forecast.versions.empty() ? "" : forecast.versions.front();
    CHECK((row.outcome == Outcome::builds ? version : forecast.error) == row.says);
  }
}

constexpr const char* now = "2026-04-10";     // default: 5.5.2 to 5.5.4
constexpr const char* before = "2025-06-01";  // default: 2.6.2, latest: 3.5.2 to 3.6.1

}  // namespace

TEST_CASE("node: package.json is read strictly") {
  check(
      "node",
      {{"a mark", "default", now, package("\xEF\xBB\xBF{}"), Outcome::fails, "package.json parse"},
       {"a comment", "default", now, package("// c\n{}"), Outcome::fails, "package.json parse"},
       {"a trailing comma", "default", now, package("{\"a\": 1,}"), Outcome::fails,
        "package.json parse"},
       {"text behind", "default", now, package("{} x"), Outcome::fails, "package.json parse"},
       {"no UTF-8", "default", now, package("{\"a\": \"\xff\"}"), Outcome::fails,
        "package.json read"},
       {"too deep", "default", now, package(std::string(200, '[') + std::string(200, ']')),
        Outcome::fails, "package.json parse"},
       {"of a repeated key the last counts", "default", now,
        package("{\"engines\": {\"node\": \"18\"}, \"engines\": {\"node\": \"20.0.0\"}}"),
        Outcome::builds, "20.0.0"},
       {"none at all", "default", now, {{"server.js", ""}}, Outcome::fails, "package.json read"}});
}

TEST_CASE("node: before 5.0.0 the whole file has its types") {
  for (const char* track : {"default", "latest"})
    check("node", {{"version", track, before, package("{\"version\": \"1.0\"}"), Outcome::fails,
                    "package.json parse version"},
                   {"engines", track, before, package("{\"engines\": [\"node\"]}"), Outcome::fails,
                    "package.json parse engines"},
                   {"scripts", track, before, package("{\"scripts\": {\"build\": 1}}"),
                    Outcome::fails, "package.json parse scripts.build"},
                   {"dependencies", track, before, package("{\"dependencies\": {\"a\": null}}"),
                    Outcome::fails, "package.json parse dependencies"},
                   {"packageManager", track, before, package("{\"packageManager\": \"pnpm\"}"),
                    Outcome::fails, "package.json parse packageManager"},
                   {"a repeated key", track, before, package("{\"name\": \"a\", \"name\": \"b\"}"),
                    Outcome::fails, "package.json parse name"}});
  check("node", {{"a newer one passes all that over", "default", now,
                  package("{\"version\": \"1.0\", \"engines\": [], \"packageManager\": 1}"),
                  Outcome::builds, "24.14.0"}});
}

TEST_CASE("node: engines.node") {
  check("node",
        {{"Unknown Node.js version", "default", now, engines("99"), Outcome::fails,
          "Unknown Node.js version"},
         {"the crate's reading", "default", now, engines("<=24"), Outcome::builds, "23.11.1"},
         {"passed over", "default", now, engines("lts/jod"), Outcome::builds, "24.14.0"},
         {"refused before 5.0.0", "latest", before, engines("lts/jod"), Outcome::fails,
          "package.json parse engines.node"},
         {"a crash", "default", now, engines("~*"), Outcome::fails, "panic in node_semver"},
         {"a crash before 5.0.0", "latest", before, engines("~*"), Outcome::fails,
          "panic engines.node"}});
  const Forecast other = foretell("node", "default", now, engines("<=24"));
  CHECK_MESSAGE(other.reason.find("npm would take 24.14.0") != std::string::npos, other.reason);
  const Forecast line = foretell("node", "default", now,
                                 package("{\n  \"engines\": {\n    \"node\": \"99\"\n  }\n}\n"));
  CHECK(line.line == 3);
  CHECK(line.file == "package.json");
}

TEST_CASE("node: which package manager installs") {
  const auto manager = [](const Repository& files, const std::string& name) {
    return foretell(name, "default", now, files);
  };
  Repository pnpm = package("{\"packageManager\": \"pnpm@9.15.9+sha512.abc\"}");
  CHECK(manager(pnpm, "pnpm").versions == std::vector<std::string>{"9.15.9"});
  CHECK(manager(pnpm, "npm").error == "not detected");
  pnpm["yarn.lock"] = "";
  CHECK(manager(pnpm, "pnpm").error == "package_manager/pnpm/install");
  const Repository vendored{{"package.json", "{\"packageManager\": \"pnpm@9.15.9\"}"},
                            {".yarnrc.yml", "yarnPath: .yarn/releases/yarn.cjs\n"},
                            {".yarn/releases/yarn.cjs", ""}};
  CHECK(manager(vendored, "yarn").outcome == Outcome::builds);
  CHECK(manager(vendored, "pnpm").rule == "node-package-manager-passed-over");
  const Repository locked{{"package.json", "{}"}, {"pnpm-lock.yaml", ""}};
  CHECK(manager(locked, "npm").error == "package_manager/npm/install");
  CHECK(manager({{"package.json", "{}"}, {"package-lock.json", "{}"}}, "npm").outcome ==
        Outcome::builds);
  CHECK(manager({{"package.json", "{}"}, {"yarn.lock", ""}}, "yarn").outcome == Outcome::builds);
}

TEST_CASE("node: before 5.0.0 pnpm has to be named, and dependencies need a lock file") {
  const Repository pnpm{{"package.json", "{}"}, {"pnpm-lock.yaml", ""}};
  CHECK(foretell("pnpm", "latest", before, pnpm).error == "CorepackRequired");
  const Repository unlocked = package("{\"dependencies\": {\"a\": \"1\"}}");
  CHECK(foretell("npm", "latest", before, unlocked).error == "MissingLockfile");
}
