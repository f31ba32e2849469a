// What "composer install --no-dev" refuses once PHP is there: heroku/php's ComposerInstall.
#include "build/support.h"
#include "support/growth.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;
using buildable::testing::check_linear;
using buildable::testing::repeated;

namespace {

using Texts = std::vector<std::string>;

// composer.json and composer.lock, by what differs. latest on 2026-04-10: PHP 8.2.30 to 8.5.4.
struct Project {
  std::string json = R"("require":{"php":"^8.2"})";
  std::string packages;
  std::string platform = R"({"php":"^8.2"})";
  std::string fields;  // more of the lock
  std::string api = "2.6.0";
};

Repository files_of_project(const Project& project) {
  const std::string lock =
      R"({"content-hash":"x","packages":[)" + project.packages + R"(],"packages-dev":[],)" +
      R"("minimum-stability":"stable","stability-flags":[],"prefer-stable":false,)" +
      R"("prefer-lowest":false,"platform":)" + project.platform + R"(,"platform-dev":[],)" +
      (project.fields.empty() ? "" : project.fields + ",") + R"("plugin-api-version":")" +
      project.api + "\"}";
  return {{"composer.json", "{" + project.json + "}"}, {"composer.lock", lock}};
}

Forecast install(const Project& project) {
  return foretell("php", "latest", "2026-04-10", files_of_project(project));
}

std::string package(const std::string& name, const std::string& version,
                    const std::string& fields = "") {
  return R"({"name":")" + name + R"(","version":")" + version + '"' +
         (fields.empty() ? "" : "," + fields) + "}";
}

std::string require(const std::string& links) { return R"("require":{)" + links + "}"; }

struct Case {
  std::string name;
  Project project;
  bool builds = false;
};

void check(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Forecast forecast = install(each.project);
    CAPTURE(forecast.reason);
    CHECK(forecast.outcome == (each.builds ? Outcome::builds : Outcome::fails));
    CHECK(forecast.error == (each.builds ? "" : "ComposerInstall"));
    CHECK(forecast.rule == (each.builds ? "php-platform" : "php-composer-install"));
  }
}

}  // namespace

TEST_CASE("composer.json's own PHP is held against the PHP that the lock brings") {
  check({
      {"the same", {}, true},
      {"narrower, and met", {.json = require(R"("php":"~8.5.0")")}, true},
      {"narrower, and not met", {.json = require(R"("php":"~8.3.0")")}},
      {"in capitals", {.json = require(R"("PHP":"~8.3.0")")}},
      {"php-64bit", {.json = require(R"("php-64bit":"~8.3.0")")}},
      {"nothing in the lock", {.json = require(R"("php":"8.2.*")"), .platform = "[]"}},
      {"nothing in composer.json", {.json = R"("name":"a/b")"}, true},
      {"unreadable", {.json = require(R"("php":"latest")")}},
      {"the root's own version", {.json = require(R"("php":"self.version")")}, true},
      {"provided by the root",
       {.json = require(R"("php":"~8.3.0")") + R"(,"provide":{"php":"8.3.1"})"},
       true},
      {"a conflict", {.json = require(R"("php":"^8.2")") + R"(,"conflict":{"php":">=8.5"})"}},
      {"a conflict with others",
       {.json = require(R"("php":"^8.2")") + R"(,"conflict":{"php":"<8.3"})"},
       true},
      {"only for development", {.json = R"("require-dev":{"php":"~8.3.0"})"}, true},
      {"never there", {.json = require(R"("php":"^8.2","php-zts":"*")")}},
      {"Composer 2.2 looks at the lock alone",
       {.json = require(R"("php":"~8.3.0")"), .api = "2.2.0"},
       true},
      {"a plugin that insists on an old Composer",
       {.json = require(R"("php":"~8.3.0")"),
        .packages = package("a/b", "1.0.0", require(R"("composer-plugin-api":"~2.3.0")"))},
       true},
      {"a library that needs Composer's runtime",
       {.json = require(R"("php":"~8.3.0")"),
        .packages = package("a/b", "1.0.0", require(R"("composer-runtime-api":"~2.2.0")"))}},
  });
  const Forecast forecast = install({.json = "\n" + require(R"("php":"~8.3.0")")});
  CHECK(forecast.reason ==
        "composer.json requires php \"~8.3.0\", but the build installs PHP 8.5.4, the newest that "
        "composer.lock allows");
  CHECK(forecast.file == "composer.json");
  CHECK(forecast.line == 2);
}

TEST_CASE("where the patch release is not known, only what none of them meets is refused") {
  const std::string some = R"({"php":"^8.3 <8.4.10"})";
  check({
      {"the series", {.json = require(R"("php":"~8.4.0")"), .platform = some}, true},
      {"perhaps", {.json = require(R"("php":"~8.3.0")"), .platform = some}, true},
      {"never", {.json = require(R"("php":"~8.2.0")"), .platform = some}},
  });
}

TEST_CASE("extensions of composer.json that the lock does not ask for") {
  const auto asks = [](const std::string& links) { return require(R"("php":"^8.2",)" + links); };
  const std::string provider = package("a/b", "1.0.0", R"("provide":{"ext-redis":"*"})");
  check({
      {"not one of this builder", {.json = asks(R"("ext-foo":"*")")}},
      {"with a package of its own", {.json = asks(R"("ext-redis":"^6.0")")}},
      {"in PHP, loaded when asked for", {.json = asks(R"("ext-intl":"*")")}},
      {"in PHP, always on", {.json = asks(R"("ext-json":"*","ext-curl":"*","ext-pdo":"*")")}, true},
      {"of PHP 8.5", {.json = asks(R"("ext-uri":"*")")}, true},
      {"in the lock's platform",
       {.json = asks(R"("ext-redis":"*")"), .platform = R"({"php":"^8.2","ext-redis":"*"})"},
       true},
      {"of a locked package",
       {.json = asks(R"("ext-redis":"*")"),
        .packages = package("a/b", "1.0.0", require(R"("ext-redis":"*")"))},
       true},
      {"provided by a locked package",
       {.json = asks(R"("ext-redis":"*")"), .packages = provider},
       true},
      {"provided by the root",
       {.json = asks(R"("ext-redis":"*")") + R"(,"provide":{"ext-redis":"6.0.0"})"},
       true},
      {"overridden",
       {.json = asks(R"("ext-redis":"*")"),
        .fields = R"("platform-overrides":{"ext-redis":"6.0"})"},
       true},
      {"brought by ext-pq",
       {.json = asks(R"("ext-raphf":"*","ext-pq":"*")"),
        .platform = R"({"php":"^8.2","ext-pq":"*"})"},
       true},
      {"what only libraries know", {.json = asks(R"("lib-icu":"*")")}, true},
      {"Composer's own", {.json = asks(R"("composer-runtime-api":"^2.1")")}, true},
      {"Composer 1's", {.json = asks(R"("composer-plugin-api":"^1.0")")}},
  });
}

TEST_CASE("platform-overrides stand in for what is installed") {
  const auto overridden = [](const std::string& version) {
    return R"("platform-overrides":{"php":")" + version + "\"}";
  };
  const std::string lib = package("acme/lib", "1.0.0", require(R"("php":"^8.2")"));
  const std::string none = R"("name":"a/b")";
  check({
      {"that fit", {.packages = lib, .fields = overridden("8.2.0")}, true},
      {"too old for the root", {.fields = overridden("7.4.0")}},
      {"too old for the lock's root", {.json = none, .fields = overridden("7.4")}},
      {"too old for a package",
       {.json = none, .packages = lib, .platform = "[]", .fields = overridden("7.4.0")}},
      {"too old, with Composer 2.2", {.fields = overridden("7.4.0"), .api = "2.1.0"}},
      {"a conflict of a package",
       {.packages = package("a/b", "1.0.0", R"("conflict":{"php":"<8.3"})"),
        .fields = overridden("8.2.0")}},
      {"php-64bit goes with php",
       {.packages = package("a/b", "1.0.0", require(R"("php-64bit":"^8.3")")),
        .fields = overridden("8.2.0")}},
      {"a prerelease", {.fields = overridden("8.2.0RC1")}, true},
      {"no version", {.fields = overridden("^7.4")}, true},
      {"of an extension that a package needs newer",
       {.packages = package("a/b", "1.0.0", require(R"("ext-redis":"^6.0")")),
        .fields = R"("platform-overrides":{"ext-redis":"5.3"})"}},
      {"of one that nobody needs", {.fields = R"("platform-overrides":{"ext-foo":"1.0"})"}, true},
      {"in composer.json alone",
       {.json = require(R"("php":"^8.2")") + R"(,"config":{"platform":{"php":"7.4.0"}})"},
       true},
  });
  const Forecast forecast =
      install({.json = none, .packages = lib, .fields = overridden("7.4.0"), .api = "2.6.0"});
  CHECK(forecast.file == "composer.lock");
  CHECK(install({.fields = R"("platform-overrides":{"php":false})"}).error == "ComposerLockParse");
}

TEST_CASE("packages of composer.json that are not in the lock") {
  const std::string lib = package("acme/lib", "1.0.0", R"("replace":{"acme/old":"*"})");
  const auto asks = [&](const std::string& links, const std::string& more = "") {
    return Project{.json = require(links) + more, .packages = lib};
  };
  check({
      {"there, or replaced", asks(R"("php":"^8.2","Acme/Lib":"^1","acme/old":"*","ext-json":"*")"),
       true},
      {"not there", asks(R"("acme/lib":"^1","acme/new":"^2")")},
      {"the root's own version", asks(R"("acme/new":"self.version")"), true},
      {"replaced by the root", asks(R"("acme/new":"*")", R"(,"replace":{"acme/new":"*"})"), true},
      {"allowed", asks(R"("acme/new":"*")", R"(,"config":{"allow-missing-requirements":true})"),
       true},
      {"not allowed",
       asks(R"("acme/new":"*")", R"(,"config":{"allow-missing-requirements":false})")},
      {"Composer 2.2 does not look", {.json = require(R"("acme/new":"*")"), .api = "2.2.0"}, true},
  });
  // Packages for development are not installed.
  Repository files = files_of_project({.json = require(R"("acme/lib":"^1")")});
  std::string& lock = files["composer.lock"];
  lock.replace(lock.find(R"("packages-dev":[])"), 17, R"("packages-dev":[)" + lib + "]");
  CHECK(foretell("php", "latest", "2026-04-10", files).reason ==
        "composer.json requires acme/lib, which is not in composer.lock");
}

TEST_CASE("packages that are locked at a version that composer.json excludes") {
  const auto locked = [](const std::string& version, const std::string& constraint,
                         const std::string& more = "", const std::string& fields = "") {
    return Project{.json = require(R"("acme/log":")" + constraint + '"') + more,
                   .packages = package("acme/log", version),
                   .fields = fields};
  };
  Project twice = locked("2.9.0", "^3.0"), replaced = twice;
  twice.packages += "," + package("acme/log", "3.1.0");
  replaced.packages += "," + package("acme/all", "1.0.0", R"("replace":{"acme/log":"3.*"})");
  check({
      {"taken", locked("3.1.0", "^3.0"), true},
      {"taken, with a v", locked("v3.1", "^3.0 || ^4.0"), true},
      {"taken by any", locked("2.9.0", "*"), true},
      {"taken by a flag", locked("2.9.0", "@dev"), true},
      {"older", locked("2.9.0", "^3.0")},
      {"older, with a v", locked("v2.9.0.0", "^3.0")},
      {"newer", locked("4.0.0", "~3.1 || 3.0.*")},
      {"another", locked("2.9.0", "2.9.1")},
      {"a flag changes nothing", locked("2.9.0", "^3.0@beta")},
      {"a branch", locked("dev-main", "^3.0"), true},
      {"a branch with numbers", locked("2.x-dev", "^3.0"), true},
      {"a prerelease", locked("3.0.0-RC1", "^3.1"), true},
      {"a date", locked("20230101", "^3.0"), true},
      {"asked for as a branch", locked("2.9.0", "dev-main"), true},
      {"asked for as another", locked("2.9.0", "3.0.0 as 2.9.0"), true},
      {"aliased in the lock",
       locked("2.9.0", "^3.0", "",
              R"("aliases":[{"package":"acme/log","version":"2.9.0.0","alias":"3.0.0"}])"),
       true},
      {"another one aliased in the lock",
       locked("2.9.0", "^3.0", "", R"("aliases":[{"package":"a/b","alias":"3.0.0"}])")},
      {"unreadable", locked("2.9.0", "newest"), true},
      {"twice", twice, true},
      {"replaced", replaced, true},
      {"provided by the root", locked("2.9.0", "^3.0", R"(,"provide":{"acme/log":"3.0"})"), true},
      {"allowed", locked("2.9.0", "^3.0", R"(,"config":{"allow-missing-requirements":true})"),
       true},
  });
  const Forecast forecast = install(locked("2.9.0", "^3.0"));
  CHECK(forecast.reason == "composer.json requires acme/log \"^3.0\", but composer.lock has 2.9.0");
  CHECK(forecast.file == "composer.json");
  CHECK(forecast.line == 1);
}

TEST_CASE("plugins that config.allow-plugins does not mention") {
  const auto plugin = [](const std::string& config, const std::string& fields = "",
                         const std::string& api = "2.6.0") {
    return Project{
        .json = R"("config":{)" + config + "}",
        .packages = package(
            "acme/plugin", "1.0.0",
            R"("type":"composer-plugin","require":{"composer-plugin-api":"^2.0"})" + fields),
        .api = api};
  };
  const auto rule = [&](const std::string& rules) {
    return plugin(R"("allow-plugins":{)" + rules + "}");
  };
  Project exempt = plugin("");
  exempt.packages.replace(exempt.packages.find("acme/plugin"), 11,
                          "composer/package-versions-deprecated");
  Project installer = plugin("");
  installer.packages.replace(installer.packages.find("composer-plugin"), 15, "Composer-Installer");
  Project library = plugin("");
  library.packages.replace(library.packages.find("composer-plugin"), 15, "library");
  check({
      {"no configuration", {.packages = plugin("").packages}},
      {"no list", plugin("")},
      {"an empty list", rule("")},
      {"another is named", rule(R"("acme/other":true,"acme/plug":true,"me/plugin":true)")},
      {"another pattern", rule(R"("acme/*-plugin":true,"acm/*":true,"*/plug":true)")},
      {"allowed", rule(R"("acme/plugin":true)"), true},
      {"refused by name", rule(R"("acme/plugin":false)"), true},
      {"in capitals", rule(R"("Acme/Plugin":true)"), true},
      {"a pattern", rule(R"("acme/*":true)"), true},
      {"a pattern of more", rule(R"("a*me/*l*n":false)"), true},
      {"any", rule(R"("*":true)"), true},
      {"all", plugin(R"("allow-plugins":true)"), true},
      {"none", plugin(R"("allow-plugins":false)"), true},
      {"not a list", plugin(R"("allow-plugins":null)"), true},
      {"optional", plugin("", R"(,"extra":{"plugin-optional":true})"), true},
      {"not optional", plugin("", R"(,"extra":{"plugin-optional":false})")},
      {"one that Composer knows", exempt, true},
      {"an installer", installer},
      {"a library", library, true},
      {"Composer 2.2", plugin("", "", "2.2.0")},
      {"a lock from before", plugin("", "", "2.1.0"), true},
      {"a lock from before, with a list", plugin(R"("allow-plugins":{"a/b":true})", "", "2.1.0")},
  });
  const Forecast forecast = install(rule(R"("acme/other":true)"));
  CHECK(
      forecast.reason ==
      "acme/plugin 1.0.0 is a Composer plugin that config.allow-plugins in composer.json does not "
      "mention, so that Composer stops");
  CHECK(forecast.file == "composer.json");
  CHECK(forecast.line == 1);
  // For development only: not installed.
  Repository files = files_of_project({.json = R"("name":"a/b")"});
  std::string& lock = files["composer.lock"];
  lock.replace(lock.find(R"("packages-dev":[])"), 17,
               R"("packages-dev":[)" + plugin("").packages + "]");
  CHECK(foretell("php", "latest", "2026-04-10", files).outcome == Outcome::builds);
}

TEST_CASE("a hostile lock or composer.json takes time in proportion to its size") {
  struct Hostile {
    std::string what;
    std::string json_piece;
    std::string lock_piece;
    std::string json_begin;
    std::string json_end;
  };
  const std::string plugin = R"(,{"name":"a/p#","version":"1","type":"composer-plugin"})";
  for (const Hostile& each : std::vector<Hostile>{
           {"requirements", R"(,"a/p#":"^1")", R"(,{"name":"a/p#","version":"1.0.0"})",
            R"({"require":{"a/a":"*")", "}}"},
           {"platform packages", R"(,"lib-p#":"^1")", R"(,{"name":"a/p#","version":"1.0.0"})",
            R"({"require":{"a/a":"*")", "}}"},
           {"plugins and their names", R"(,"a/p#":true)", plugin,
            R"({"config":{"allow-plugins":{"a/a":true)", "}}}"},
           {"plugins and patterns", R"(,"a/p#*":true)", plugin,
            R"({"config":{"allow-plugins":{"a/a":true)", "}}}"},
           {"packages that are held against overrides", R"(,"a/p#":"*")",
            R"(,{"name":"a/p#","version":"1","require":{"php":">=5"},"conflict":{"ext-a1":"0"}})",
            R"({"require-dev":{"a/a":"*")", "}}"},
       }) {
    const auto read = [&](const std::string& text) {
      const std::size_t middle = text.find('\n');
      foretell(
          "php", "default", "2026-06-01",
          {{"composer.json", text.substr(0, middle)}, {"composer.lock", text.substr(middle + 1)}});
    };
    const auto text_of = [&](std::size_t count) {
      return repeated(each.json_begin, each.json_piece, count, each.json_end) + "\n" +
             repeated(R"({"packages":[{"name":"a/a","version":"1.0.0"})", each.lock_piece, count,
                      R"(],"packages-dev":[],"platform":[],"plugin-api-version":"2.6.0",)"
                      R"("platform-overrides":{"php":"8.2.0","ext-a1":"1"}})");
    };
    check_linear(each.what, text_of, read);
  }
}
