// What npm, pnpm and Yarn refuse to install, and project.toml, which heroku/nodejs reads first.
#include "build/npm_lock.h"
#include "build/support.h"
#include "build/yarn_engines.h"
#include "support/growth.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

constexpr const char* now = "2026-04-10";     // default: 5.5.2 to 5.5.4, Node.js 24.14.0
constexpr const char* before = "2025-06-01";  // default: 2.6.2, latest: 3.5.2 to 3.6.1

struct Case {
  const char* name;
  Repository files;
  const char* error;  // empty: it builds
  int line = 0;       // 0: not looked at
};

void check_all(const char* runtime, const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    CAPTURE(std::string(each.name));
    const Forecast forecast = foretell(runtime, "default", now, each.files);
    CAPTURE(forecast.reason);
    CHECK(name_of(forecast.outcome) == name_of(*each.error ? Outcome::fails : Outcome::builds));
    CHECK(forecast.error == each.error);
    if (each.line > 0) CHECK(forecast.line == each.line);
    if (*each.error) CHECK_FALSE(forecast.help.empty());
  }
}

Repository with_npm_lock(std::string package, std::string lock = "{\"lockfileVersion\": 3}") {
  return {{"package.json", std::move(package)}, {"package-lock.json", std::move(lock)}};
}

Repository with(Repository files, const std::string& path, std::string text) {
  files[path] = std::move(text);
  return files;
}

}  // namespace

TEST_CASE("node: project.toml is read before package.json") {
  const auto project = [](std::string text) {
    return Repository{{"package.json", "{}"}, {"project.toml", std::move(text)}};
  };
  check_all(
      "node",
      {{"unclosed", project("a = 1\n[a\n"), "config/project_toml/parse", 2},
       {"twice", project("a = 1\na = 2\n"), "config/project_toml/parse"},
       {"without quotes", project("[com.heroku]\na = b\n"), "config/project_toml/parse", 2},
       {"marks of a conflict", project("<<<<<<< HEAD\na = 1\n"), "config/project_toml/parse", 1},
       {"before a package.json that is not there",
        {{"server.js", ""}, {"project.toml", "["}},
        "config/project_toml/parse"},
       {"no UTF-8", project("a = \"\xff\"\n"), "config/project_toml/read"},
       {"a folder", {{"package.json", "{}"}, {"project.toml/", ""}}, "config/project_toml/read"},
       {"empty", project(""), ""},
       {"a mark",
        project("\xEF\xBB\xBF"
                "a = 1\n"),
        ""},
       {"another type is passed over",
        project("[com.heroku.buildpacks.nodejs]\nenabled = \"no\"\nactions = 1\n"), ""},
       {"of another buildpack", project("[_]\nschema-version = \"0.2\"\n"), ""}});
  // TOML 1.1 has this; the buildpack reads it.
  const Forecast newer = foretell("node", "default", now, project("a = {\n  b = 1,\n}\n"));
  CHECK(name_of(newer.outcome) == "unknown");
  CHECK(newer.rule == "node-project-toml");
  const Repository old = project("[a\n");
  CHECK(foretell("node", "default", before, old).outcome == Outcome::builds);
  const Repository named{{"package.json", "{\"packageManager\": \"pnpm@9.15.9\"}"},
                         {"project.toml", "["}};
  CHECK(foretell("pnpm", "default", now, named).error == "config/project_toml/parse");
}

TEST_CASE("node: folders in place of files") {
  check_all("node", {{"package.json", {{"package.json/", ""}}, "package.json read"},
                     {"server.js alone", {{"server.js/", ""}}, "package.json read"},
                     {"index.js", {{"package.json", "{}"}, {"index.js/", ""}}, ""}});
}

TEST_CASE("npm checks devEngines") {
  const auto dev = [](const std::string& engines) {
    return with_npm_lock("{\n \"devEngines\": " + engines + "}");
  };
  const auto runtime = [&](const std::string& text) { return dev("{\"runtime\": " + text + "}"); };
  const auto manager = [&](const std::string& text) {
    return dev("{\"packageManager\": " + text + "}");
  };
  const std::string bad = "EBADDEVENGINES";
  check_all(
      "npm",
      {{"this Node.js", runtime(R"({"name": "node", "version": "^24.0.0"})"), ""},
       {"another", runtime(R"({"name": "node", "version": "^20.0.0"})"), bad.c_str(), 2},
       {"no version", runtime(R"({"name": "node"})"), ""},
       {"an empty one", runtime(R"({"name": "node", "version": ""})"), ""},
       {"one that npm cannot read", runtime(R"({"name": "node", "version": "lts/krypton"})"),
        bad.c_str()},
       {"a tag", runtime(R"({"name": "node", "version": "latest"})"), bad.c_str()},
       {"another runtime", runtime(R"({"name": "bun"})"), bad.c_str()},
       {"a warning", runtime(R"({"name": "node", "version": "20", "onFail": "warn"})"), ""},
       {"ignored", runtime(R"({"name": "node", "version": "20", "onFail": "ignore"})"), ""},
       {"a download", runtime(R"({"name": "node", "version": "20", "onFail": "download"})"),
        bad.c_str()},
       {"one of several", runtime(R"([{"name": "bun"}, {"name": "node", "version": "24"}])"), ""},
       {"none of several", runtime(R"([{"name": "bun"}, {"name": "node", "version": "20"}])"),
        bad.c_str()},
       {"the last one's onFail",
        runtime(R"([{"name": "bun"}, {"name": "node", "version": "20", "onFail": "warn"}])"), ""},
       {"no entry", runtime("[]"), ""},
       {"npm", manager(R"({"name": "npm", "version": ">=10"})"), ""},
       {"another npm", manager(R"({"name": "npm", "version": "^10.0.0"})"), bad.c_str()},
       {"one that may be there", manager(R"({"name": "npm", "version": "^11.6.0"})"), ""},
       {"another manager", manager(R"({"name": "yarn"})"), bad.c_str()},
       {"another system", dev(R"({"os": {"name": "darwin"}})"), bad.c_str()},
       {"this system", dev(R"({"os": {"name": "linux"}})"), ""},
       {"a processor", dev(R"({"cpu": {"name": "arm64"}})"), ""},
       {"no object", dev("\"node\""), "Invalid non-object value for devEngines"},
       {"no such kind", dev(R"({"node": "24"})"), "Invalid property \"node\""},
       {"a text", runtime("\"node\""), "Invalid non-object value for \"runtime\""},
       {"no name", runtime(R"({"version": "24"})"), "Missing \"name\" property for \"runtime\""},
       {"no such property", runtime(R"({"name": "node", "engine": 1})"),
        "Invalid property \"engine\" for \"runtime\""},
       {"no such onFail", runtime(R"({"name": "node", "onFail": "stop"})"),
        "Invalid onFail value \"stop\" for \"runtime\""}});
}

TEST_CASE("npm checks devEngines only where it installs, and since 10.9") {
  const std::string dev = R"("devEngines": {"runtime": {"name": "node", "version": "20.11.0"}})";
  const auto with_fields = [&](const std::string& fields) {
    return with_npm_lock("{" + fields + ", " + dev + "}");
  };
  const auto engines = [&](const std::string& text) {
    return with_fields("\"engines\": {" + text + "}");
  };
  check_all("npm",
            {{"no lock file", {{"package.json", "{" + dev + "}"}}, ""},
             {"told to go on", with(with_npm_lock("{" + dev + "}"), ".npmrc", "force=true\n"), ""},
             {"other settings", with(with_npm_lock("{" + dev + "}"), ".npmrc", "fund=false\n"),
              "EBADDEVENGINES"},
             {"Node.js 22", engines(R"("node": "22.22.0")"), "EBADDEVENGINES"},
             {"with an older npm", engines(R"("node": "20.12.0")"), ""},
             {"before 22.10", engines(R"("node": "22.9.0")"), ""},
             {"that Node.js", engines(R"("node": "20.11.0")"), ""},
             {"an older npm by name", with_fields("\"packageManager\": \"npm@10.8.2\""), ""},
             {"a newer one", with_fields("\"packageManager\": \"npm@10.9.0\""), "EBADDEVENGINES"},
             {"an older range", engines(R"("npm": "<10.9.0-0")"), ""},
             {"a newer range", engines(R"("npm": ">=10")"), "EBADDEVENGINES"}});
  const Repository pnpm{{"package.json", "{\"packageManager\": \"pnpm@9.15.9\", " + dev + "}"},
                        {"pnpm-lock.yaml", ""}};
  CHECK(foretell("pnpm", "default", now, pnpm).outcome == Outcome::builds);
  CHECK(foretell("node", "default", before, with_npm_lock("{" + dev + "}")).outcome ==
        Outcome::builds);
}

TEST_CASE("npm holds package.json against package-lock.json") {
  const auto locked = [](const std::string& packages) {
    return R"({"lockfileVersion": 3, "packages": {"": {}, )" + packages + "}}";
  };
  const std::string lock = locked(R"("node_modules/a": {"version": "1.2.3", "dev": true},
      "node_modules/a/node_modules/b": {"version": "1.0.0"},
      "node_modules/w": {"resolved": "packages/w", "link": true}, "packages/w": {},
      "node_modules/@s/c": {"version": "2.0.0-rc.1"})");
  const auto asks = [&](const std::string& text) { return with_npm_lock(text, lock); };
  check_all(
      "npm",
      {{"in step", asks(R"({"dependencies": {"a": "^1.0.0", "@s/c": "^2.0.0-rc.0"}})"), ""},
       {"nothing asked for", asks("{}"), ""},
       {"missing", asks("{\n\"dependencies\": {\n\"a\": \"1.2.3\",\n\"b\": \"^1.0.0\"}}"), "EUSAGE",
        4},
       {"missing for development", asks(R"({"devDependencies": {"d": "*"}})"), "EUSAGE"},
       {"missing, if it can be had", asks(R"({"optionalDependencies": {"d": "1"}})"), "EUSAGE"},
       {"missing, of another kind", asks(R"({"dependencies": {"d": "npm:a@1"}})"), "EUSAGE"},
       {"of others", asks(R"({"peerDependencies": {"d": "1"}})"), ""},
       {"another version", asks("{\"dependencies\": {\n\"a\": \"^2.0.0\"}}"), "EUSAGE", 2},
       {"another, if it can be had", asks(R"({"optionalDependencies": {"a": "^2.0.0"}})"), ""},
       {"a workspace", asks(R"({"dependencies": {"w": "^9.0.0"}})"), ""},
       {"the newest, whichever", asks(R"({"dependencies": {"@s/c": "latest"}})"), ""},
       {"a tag", asks(R"({"dependencies": {"a": "next"}})"), ""},
       {"an address", asks(R"({"dependencies": {"a": "https://example.org/a.tgz"}})"), ""},
       {"another name", asks(R"({"dependencies": {"a": "npm:b@^2"}})"), ""},
       {"in two lists", asks(R"({"dependencies": {"a": "^2"}, "peerDependencies": {"a": "1"}})"),
        ""},
       {"overrides", asks(R"({"dependencies": {"a": "^2"}, "overrides": {"a": "1.2.3"}})"), ""},
       {"missing with overrides", asks(R"({"dependencies": {"d": "^2"}, "overrides": {}})"),
        "EUSAGE"},
       {"the last of a repeated key", asks(R"({"dependencies": {"a": "^2", "a": "^1"}})"), ""},
       {"a shrinkwrap", with(asks(R"({"dependencies": {"d": "1"}})"), "npm-shrinkwrap.json", "{}"),
        ""},
       {"npm before it compared",
        asks(R"({"packageManager": "npm@6.14.18", "dependencies": {"d": "1"}})"), ""},
       {"what could not be had",
        with_npm_lock(R"({"optionalDependencies": {"d": "1"}})",
                      R"({"packages": {"": {"optionalDependencies": {"d": "1"}}}})"),
        ""}});
}

TEST_CASE("npm: other forms of package-lock.json") {
  const std::string asks = R"({"dependencies": {"a": "^1.0.0"}})";
  const auto lock = [&](std::string text) { return with_npm_lock(asks, std::move(text)); };
  check_all(
      "npm",
      {{"version 1", lock(R"({"lockfileVersion": 1, "dependencies": {"a": {"version": "1.2.0"}}})"),
        ""},
       {"version 1, missing", lock(R"({"lockfileVersion": 1, "dependencies": {"b": {}}})"),
        "EUSAGE"},
       {"version 1, another", lock(R"({"dependencies": {"a": {"version": "2.0.0"}}})"), "EUSAGE"},
       {"version 1, of git", lock(R"({"dependencies": {"a": {"version": "git+ssh://x"}}})"), ""},
       {"version 2 has both",
        lock(R"({"packages": {"node_modules/a": {"version": "1.0.0"}}, "dependencies": {}})"), ""},
       {"empty in it", lock("{}"), "EUSAGE"},
       {"a mark", lock("\xEF\xBB\xBF{\"packages\": {\"node_modules/a\": {}}}"), ""},
       {"no UTF-8", lock("{\"packages\": {\"node_modules/a\": {\"x\": \"\xff\"}}}"), ""},
       {"half a pair", lock(R"({"x": "\ud800", "packages": {}})"), ""},
       {"a list", lock("[]"), ""},
       {"cut off", lock("{\n\"packages\": {\n"), "EUSAGE", 3},
       {"a comment", lock("// c\n{}"), "EUSAGE", 1},
       {"without a text", lock(""), "EUSAGE", 1},
       {"a conflict, which npm settles", lock("{\n<<<<<<< HEAD\n=======\n>>>>>>> b\n}"), ""}});
  const NpmLockReading twice = read_npm_lock(
      R"({"packages": {"node_modules/a": {"version": "1.0.0"}},
          "packages": {"node_modules/b": {"version": "2.0.0", "x": {"version": "3.0.0"}}}})");
  REQUIRE(twice.lock);
  CHECK(twice.lock->packages == std::map<std::string, std::string, std::less<>>{{"b", "2.0.0"}});
}

TEST_CASE("pnpm checks engines.pnpm and pnpm-workspace.yaml") {
  const auto pnpm = [](const std::string& fields) {
    return Repository{{"package.json", "{\n" + fields + "}"}, {"pnpm-lock.yaml", ""}};
  };
  const auto engines = [&](const std::string& version, const std::string& range) {
    return pnpm("\"packageManager\": \"pnpm@" + version + "\", \"engines\": {\n\"pnpm\": \"" +
                range + "\"}");
  };
  const auto workspace = [&](std::string text, const std::string& version = "10.24.0") {
    return with(pnpm("\"packageManager\": \"pnpm@" + version + "\""), "pnpm-workspace.yaml",
                std::move(text));
  };
  const std::string engine = "ERR_PNPM_UNSUPPORTED_ENGINE";
  const std::string install = "package_manager/pnpm/install";
  check_all(
      "pnpm",
      {{"that pnpm", engines("9.15.9", ">=9"), ""},
       {"another", engines("9.15.9", "^10"), engine.c_str(), 3},
       {"unreadable", engines("9.15.9", ">=9, <11"), engine.c_str()},
       {"empty", engines("9.15.9", ""), ""},
       {"a prerelease", engines("11.0.0-rc.1", "^10"), ""},
       {"an old one", engines("7.33.7", "^10"), ""},
       {"unreadable to it alone", pnpm(R"("engines": {"pnpm": ">=9, <11"})"), engine.c_str()},
       {"a range alone", pnpm(R"("engines": {"pnpm": "^9"})"), ""},
       {"no lock file",
        {{"package.json", R"({"packageManager": "pnpm@9.15.9", "engines": {"pnpm": "^10"}})"}},
        ""},
       {"a Node.js",
        pnpm(R"("packageManager": "pnpm@9.15.9", "engines": {"node": "22", "x": "1"})"), ""},
       {"a workspace", workspace("---\npackages:\n  - 'a/*'\n  - &x b\n"), ""},
       {"two documents", workspace("packages: []\n---\na: 1\n"), install.c_str(), 3},
       {"a second without anything", workspace("packages: [a]\n---\n"), install.c_str()},
       {"cut off", workspace("packages: [\n"), install.c_str()},
       {"a colon too many", workspace("a: b: c\n"), install.c_str(), 1},
       {"a key twice", workspace("a: 1\nb: 2\na: 3\n"), install.c_str(), 3},
       {"marks of a conflict", workspace("packages:\n<<<<<<< HEAD\n  - a\n=======\n  - b\n"),
        install.c_str()},
       {"what readers differ in", workspace("a: {b: ?1}\n"), ""},
       {"settings alone", workspace("onlyBuiltDependencies:\n  - esbuild\n"), ""},
       {"settings alone before 10", workspace("onlyBuiltDependencies: []\n", "9.15.9"),
        install.c_str()},
       {"nothing", workspace("# nothing\n", "9.15.9"), ""}});
}

TEST_CASE("Yarn 2 and newer need their own lock file") {
  const std::string newer = R"({"packageManager": "yarn@4.9.1"})";
  const std::string modern = "# generated\n\n__metadata:\n  version: 8\n";
  const auto vendored = [](const std::string& path) {
    return Repository{{"package.json", "{}"},
                      {"package-lock.json", "{}"},
                      {".yarnrc.yml", "yarnPath: " + path + "\n"},
                      {path, ""}};
  };
  check_all(
      "yarn",
      {{"its own", {{"package.json", newer}, {"yarn.lock", modern}}, ""},
       {"npm's", with_npm_lock(newer), "YN0028"},
       {"none", {{"package.json", newer}}, ""},
       {"Yarn 1 goes on", with_npm_lock(R"({"packageManager": "yarn@1.22.22"})"), ""},
       {"of Yarn 1", {{"package.json", newer}, {"yarn.lock", "# yarn lockfile v1\n"}}, "YN0028"},
       {"a range", with_npm_lock(R"({"engines": {"yarn": ">=1.22"}})"), "YN0028"},
       {"a range of Yarn 1", with_npm_lock(R"({"engines": {"yarn": "1.x"}})"), ""},
       {"the repository's own", vendored(".yarn/releases/yarn-3.8.7.cjs"), "YN0028"},
       {"that one, by its series", vendored(".yarn/releases/yarn-4.cjs"), "YN0028"},
       {"berry", vendored(".yarn/releases/yarn-berry.cjs"), "YN0028"},
       {"Yarn 1", vendored(".yarn/releases/yarn-1.22.19.cjs"), ""},
       {"of no known version", vendored(".yarn/releases/yarn.cjs"), ""},
       {"one that is not there",
        {{"package.json", newer},
         {"yarn.lock", modern},
         {".yarnrc.yml", "yarnPath: .yarn/releases/yarn-4.9.1.cjs\n"}},
        "yarnPath"},
       {"one that may be there",
        {{"package.json", newer},
         {"yarn.lock", modern},
         {".yarnrc.yml", "yarnPath: vendor/yarn.cjs\n"}},
        ""}});
}

TEST_CASE("Yarn 1 checks engines and packageManager") {
  const auto yarn = [](const std::string& fields) {
    return Repository{{"package.json", "{\n" + fields + "}"}, {"yarn.lock", ""}};
  };
  const auto node = [&](const std::string& range) {
    return yarn("\"engines\": {\"node\": \"" + range + "\"}");
  };
  const std::string bad = "The engine \"node\" is incompatible with this module";
  const std::string bad_yarn = "The engine \"yarn\" is incompatible with this module";
  const std::string manager = "This project's package.json defines \"packageManager\"";
  check_all(
      "yarn",
      {{"none", yarn(""), ""},
       {"a range", node(">=20"), ""},
       {"a name", node("lts/jod"), bad.c_str(), 2},
       {"a list", node("20,22"), bad.c_str()},
       {"empty", node(""), ""},
       {"what the build reads otherwise", node(">=18 <=16"), bad.c_str()},
       {"told to go on", with(node("lts/jod"), ".yarnrc", "ignore-engines true\n"), ""},
       {"told so to npm", with(node("lts/jod"), ".npmrc", "ignore-engines=true\n"), ""},
       {"another Yarn", with(node("lts/jod"), ".yarnrc", "yarn-path \"y.js\"\n"), ""},
       {"itself", yarn(R"("packageManager": "yarn@1.22.22", "engines": {"yarn": "1.22.x"})"), ""},
       {"another of it", yarn(R"("packageManager": "yarn@1.22.22", "engines": {"yarn": ">=4"})"),
        bad_yarn.c_str()},
       {"a packageManager that the build passes over", yarn(R"("packageManager": "yarn@4")"),
        manager.c_str()},
       {"of another name", yarn(R"("packageManager": "npm@10")"), manager.c_str()},
       {"of this one", yarn(R"("packageManager": "yarn@1.22.x")"), ""},
       {"an older Yarn did not look at it",
        yarn(R"("packageManager": "yarn@4", "engines": {"yarn": "1.22.19"})"), ""}});
  // npm only warns, and later Yarns do not look.
  CHECK(foretell("npm", "default", now, with_npm_lock(R"({"engines": {"node": "lts/jod"}})"))
            .outcome == Outcome::builds);
  CHECK(foretell("yarn", "default", now,
                 {{"package.json", R"({"packageManager": "yarn@4.9.1", "engines": {"node": "x"}})"},
                  {"yarn.lock", "__metadata:\n"}})
            .outcome == Outcome::builds);
}

TEST_CASE("ranges as Yarn 1 reads them") {
  const struct {
    const char* range;
    bool refused;  // by Node.js 24.15.0
  } cases[] = {{"24", false},       {"20", true},           {"", false},
               {"*", false},        {"latest", true},       {"lts/jod || 24", false},
               {"lts/jod", true},   {"20,22", true},        {">=20, <25", false},
               {"22 (LTS)", true},  {"24 (LTS)", false},    {">= 18 && < 23", true},
               {"=> 22", true},     {"==24", false},        {"==22", true},
               {"<=24", false},     {"^0.12.0", false},     {"<20", false},
               {"18 | 20", true},   {">=24.0.0-rc", false}, {"~> 24", false},
               {"v22", true},       {">=v22", false},       {"18 - 20", true},
               {"20 22", true},     {">=20 <22", true},     {"node", true},
               {"22-alpine", false}};
  for (const auto& each : cases) {
    CAPTURE(std::string(each.range));
    CHECK(yarn_refuses_node(each.range, "24.15.0") == each.refused);
  }
}

TEST_CASE("reading package-lock.json takes time in proportion to its size") {
  std::string asks = "{\"dependencies\": {\"a0\": \"1\"";
  for (int i = 1; i < 500; ++i) asks += ", \"a" + std::to_string(i) + "\": \"1\"";
  asks += "}}";
  const auto text_of = [](std::size_t count) {
    return buildable::testing::repeated(
        "{\"packages\": {\"\": {}", ", \"node_modules/a#\": {\"version\": \"1.0.0\"}", count, "}}");
  };
  const auto read = [&](const std::string& text) {
    foretell("npm", "default", now, with_npm_lock(asks, text));
  };
  buildable::testing::check_linear("package-lock.json", text_of, read, 1000);
}
