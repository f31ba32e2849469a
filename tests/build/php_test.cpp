// heroku/php, by the buildpack's own errors.
#include "build/support.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

using Texts = std::vector<std::string>;

// latest on 2026-04-10: one state, 1.5.1: 8.2.30, 8.3.30, 8.4.18, 8.4.19, 8.5.3, 8.5.4.
Forecast php(const Repository& files) { return foretell("php", "latest", "2026-04-10", files); }

std::string lock(const std::string& platform, const std::string& packages = "",
                 const std::string& development = "", const std::string& api = "2.6.0") {
  return R"({"content-hash":"x","packages":[)" + packages + R"(],"packages-dev":[)" + development +
         R"(],"aliases":[],"minimum-stability":"stable","stability-flags":[],"prefer-stable":false,)" +
         R"("prefer-lowest":false,"platform":)" + platform +
         R"(,"platform-dev":[],"plugin-api-version":")" + api + "\"}";
}

std::string package(const std::string& links) {
  return R"({"name":"acme/lib","version":"1.0.0",)" + links + "}";
}

Repository locked(const std::string& text) {
  return {{"composer.json", R"({"require":{"php":"^8.0"}})"}, {"composer.lock", text}};
}
Repository root(const std::string& constraint) {
  return locked(lock(R"({"php":")" + constraint + "\"}"));
}
Repository json(const std::string& text) {
  return {{"composer.json", text}, {"composer.lock", lock("[]")}};
}

}  // namespace

TEST_CASE("composer.lock: the newest PHP that the root's constraint allows") {
  const std::pair<const char*, const char*> cases[] = {
      {"*", "8.5.4"},
      {"^8.2", "8.5.4"},
      {"^8", "8.5.4"},
      {"~8.2.0", "8.2.30"},
      {"~8.2", "8.5.4"},
      {"8.2.*", "8.2.30"},
      {"8.x", "8.5.4"},
      {">= 8.2", "8.5.4"},
      {">8.4", "8.5.4"},
      {"^8.2,<8.4", "8.3.30"},
      {">=8.2 <=8.4", "8.3.30"},
      {"8.2 - 8.3", "8.3.30"},
      {"^7.4 || ^8.0", "8.5.4"},
      {"8.2.*|8.3.*", "8.3.30"},
      {"=8.3.30", "8.3.30"},
      {"v8.3.30", "8.3.30"},
      {"^8.2@dev", "8.5.4"},
      {"<8.5 !=8.4.19", "8.4.18"},
      {"8.3.* as 8.4.0", "8.3.30"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.first);
    const Forecast forecast = php(root(each.first));
    CAPTURE(forecast.reason);
    CHECK(forecast.outcome == Outcome::builds);
    CHECK(forecast.versions == Texts{each.second});
  }
}

TEST_CASE("not resolvable: nothing in the repository fits") {
  for (const std::string constraint :
       {"^8.6", ">=8.6", "^8.5.99", "9.*", "8.4.99", "8.1.*", "^8.1 <8.2", "^7.4", "<8.2"}) {
    CAPTURE(constraint);
    const Forecast forecast = php(root(constraint));
    CHECK(forecast.outcome == Outcome::fails);
    CHECK(forecast.error == "not resolvable");
    CHECK(forecast.file == "composer.json");
  }
}

TEST_CASE("patch releases that may have stayed in the repository are not known") {
  for (const std::string constraint : {"8.4.1", "8.3", "~8.2.0 <8.2.30"}) {
    CAPTURE(constraint);
    CHECK(php(root(constraint)).outcome == Outcome::unknown);
  }
  // Something fits for sure, but an older patch of 8.4 would be newer.
  const Forecast forecast = php(root("^8.3 <8.4.10"));
  CHECK(forecast.outcome == Outcome::builds);
  CHECK(forecast.versions.empty());
}

TEST_CASE("Composer: UnexpectedValueException: a constraint that is none") {
  for (const std::string constraint :
       {"", "latest", ">=8.2.*", "8.2-8.4", "~>8.2", "^8.2 |", ">8.2<8.4", "8.2@lts"}) {
    CAPTURE(constraint);
    CHECK(php(root(constraint)).error == "Composer: UnexpectedValueException");
  }
}

TEST_CASE("ComposerLockMissing") {
  for (const std::string text : {R"({"require":{"php":"^8.2"}})", R"({"require":{}})"}) {
    for (const char* track : {"default", "latest"}) {
      CAPTURE(text);
      CHECK(foretell("php", track, "2025-06-01", {{"composer.json", text}}).error ==
            "ComposerLockMissing");
    }
    CHECK(php({{"composer.json", text}}).error == "ComposerLockMissing");
  }
  for (const std::string text : {"{}", R"({"require":null})", R"({"require-dev":{"a/b":"*"}})"}) {
    CAPTURE(text);
    CHECK(php({{"composer.json", text}}).versions == Texts{"8.5.4"});
  }
}

TEST_CASE("ComposerJsonParse: serde wants every field of its type") {
  for (const std::string text : {"",
                                 "[]",
                                 "{,}",
                                 "{} x",
                                 "// c\n{}",
                                 R"({"require":{"php":"^8.2",}})",
                                 "\xEF\xBB\xBF{}",
                                 R"({"require":[]})",
                                 R"({"require":{"php":8}})",
                                 R"({"name":1})",
                                 R"({"config":[]})",
                                 R"({"license":1})",
                                 R"({"keywords":"a"})",
                                 R"({"homepage":"example.org"})",
                                 R"({"authors":[{"email":"a@b"}]})",
                                 R"({"authors":[{"name":"a","homepage":"b.org"}]})",
                                 R"({"minimum-stability":"Stable"})",
                                 R"({"prefer-stable":"true"})",
                                 R"({"autoload":{"psr-4":{"A":1}}})",
                                 R"({"repositories":[{"url":"https://a.b"}]})",
                                 R"({"repositories":{"packagist.org":true}})",
                                 R"({"support":{"issues":null}})",
                                 R"({"funding":[{"type":"x"}]})",
                                 R"({"name":"a/b","name":"a/b"})",
                                 "{\"name\":\"\xFF\"}"}) {
    CAPTURE(text);
    CHECK(php(json(text)).error == "ComposerJsonParse");
  }
}

TEST_CASE("composer.json: what is there for others is passed over") {
  for (const std::string text :
       {R"({"scripts":{"a":["b"]},"extra":1,"unknown":[{}]})", R"({"license":["MIT","GPL"]})",
        R"({"repositories":[{"type":"vcs","url":"git@a.b:c/d.git"},{"packagist.org":false}]})",
        R"({"repositories":{"packagist.org":false,"a":{"type":"path","url":"../a"}}})",
        R"({"minimum-stability":"RC","name":null,"homepage":"https://example.org"})",
        R"({"autoload":{"psr-4":{"A\\":["a","b"]},"classmap":["c"]},"bin":"x"})",
        R"({"require":{"php":"*","php":"*"}})", R"({"config":{"platform":{"php":"7.4.0"}}})"}) {
    CAPTURE(text);
    const Forecast forecast = php(json(text));
    CAPTURE(forecast.reason);
    CHECK(forecast.versions == Texts{"8.5.4"});
  }
}

TEST_CASE("ComposerLockParse") {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("<<<<<<< HEAD\n{}"),
        "\xEF\xBB\xBF" + lock("[]"), lock("[\"php\"]"), lock("null"), lock(R"({"php":8})"),
        lock("[]", R"({"name":"a/b"})"), lock("[]", R"({"version":"1.0"})"),
        lock("[]", package(R"("require":[])")),
        lock("[]", package(R"("dist":{"type":"zip","url":"a.zip"})")),
        lock("[]", package(R"("source":{"type":"git"})")), std::string(R"({"packages":{}})"),
        std::string(R"({"minimum-stability":"Stable"})"),
        std::string(R"({"stability-flags":{"a/b":1}})"), std::string(R"({"prefer-stable":"no"})"),
        std::string(R"({"platform-overrides":[]})"), std::string(R"({"packages-dev":null})")}) {
    CAPTURE(text);
    CHECK(php(locked(text)).error == "ComposerLockParse");
  }
}

TEST_CASE("ComposerLockParse: what has to be in a lock, and what may not be null") {
  const std::string packages = R"("packages":[])", development = R"("packages-dev":[])",
                    platform = R"("platform":[])";
  const auto of = [](const Texts& fields) {
    std::string text = "{";
    for (const std::string& each : fields) text += (text.size() > 1 ? "," : "") + each;
    return php(locked(text + "}"));
  };
  CHECK(of({packages, development, platform}).versions == Texts{"8.5.4"});
  CHECK(of({development, platform}).reason ==
        "the build cannot read composer.lock: missing field `packages`");
  CHECK(of({packages, platform}).error == "ComposerLockParse");
  CHECK(of({packages, development}).error == "ComposerLockParse");
  CHECK(of({}).error == "ComposerLockParse");
  for (const char* name : {"content-hash", "minimum-stability", "stability-flags", "prefer-stable",
                           "prefer-lowest", "platform-dev"}) {
    CAPTURE(name);
    CHECK(of({packages, development, platform, '"' + std::string(name) + "\":null"}).error ==
          "ComposerLockParse");
  }
  for (const char* name : {"platform-overrides", "plugin-api-version", "aliases"}) {
    CAPTURE(name);
    CHECK(of({packages, development, platform, '"' + std::string(name) + "\":null"}).outcome ==
          Outcome::builds);
  }
}

TEST_CASE("ComposerLockRead: a folder in the lock's place") {
  for (const std::string text : {"{}", R"({"require":{"php":"^8.2"}})"}) {
    CAPTURE(text);
    CHECK(php({{"composer.json", text}, {"composer.lock/a", ""}}).error == "ComposerLockRead");
  }
}

TEST_CASE("plugin-api-version decides which Composer the build asks for") {
  const std::pair<const char*, const char*> cases[] = {
      {"2.6.0", ""},
      {"2.99.0", ""},
      {"2.2.0", ""},
      {"2.0.0", ""},
      {"2.0", ""},
      {"2", "InvalidPlatformApiVersion"},
      {"", "InvalidPlatformApiVersion"},
      {"1.1.0", "not resolvable"},
      {"3.0.0", "not resolvable"},
      {"0.1", "not resolvable"},
      {".", "Composer: UnexpectedValueException"},
      {"two.0", "Composer: UnexpectedValueException"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.first);
    const Forecast forecast = php(locked(lock(R"({"php":"^8.2"})", "", "", each.first)));
    CAPTURE(forecast.reason);
    CHECK(forecast.error == each.second);
    CHECK((forecast.outcome == Outcome::builds) == !*each.second);
  }
}

TEST_CASE("Composer 2 alone is there, whatever the root's platform says of it") {
  struct Case {
    const char* api;
    const char* links;
    const char* error;
  };
  for (const Case& each : {
           Case{"2.6.0", R"("require":{"composer":"^1.10 || ^2.0"})", ""},
           Case{"2.6.0", R"("require":{"composer-plugin-api":"^1.0 || ^2.0"})", ""},
           Case{"2.6.0", R"("require":{"composer":"^1.10"})", "not resolvable"},
           Case{"2.6.0", R"("require":{"composer-plugin-api":"^1.0"})", "not resolvable"},
           Case{"2.6.0", R"("require":{"composer-plugin-api":"^1.1"},"type":"composer-plugin")",
                "not resolvable"},
           Case{"2.6.0", R"("conflict":{"composer":"^1.10"})", ""},
           Case{"2.2.0", R"("require":{"composer-plugin-api":"^2.0"})", ""},
           Case{"2.2.0", R"("require":{"composer-plugin-api":"^2.3"})", "not resolvable"},
       }) {
    CAPTURE(each.api);
    CAPTURE(each.links);
    const Forecast forecast =
        php(locked(lock(R"({"php":"^8.2"})", package(each.links), "", each.api)));
    CAPTURE(forecast.reason);
    CHECK(forecast.error == each.error);
    CHECK((forecast.outcome == Outcome::builds) == !*each.error);
  }
  // The buildpack writes its own demand over the root's; Composer reads the root's.
  CHECK(php(locked(lock(R"({"php":"^8.2","composer":"^2.0"})"))).outcome == Outcome::builds);
  CHECK(php(locked(lock(R"({"php":"^8.2","composer":"^1.0"})"))).error == "ComposerInstall");
}

TEST_CASE("every locked package's requirement counts beside the root's") {
  struct Case {
    const char* platform;
    const char* links;
    const char* version;  // empty: not resolvable
  };
  for (const Case& each : {
           Case{R"({"php":">=8.2"})", R"("require":{"php":"~8.2.0 || ~8.3.0"})", "8.3.30"},
           Case{R"({"php":">=8.2"})", R"("require":{"php-64bit":"<8.5"})", "8.4.19"},
           Case{"[]", R"("require":{"php":"^8.3 <8.5"})", "8.4.19"},
           Case{R"({"php":">=8.2"})", R"("conflict":{"php":">=8.4"})", "8.3.30"},
           Case{R"({"php":">=8.2"})", R"("require-dev":{"php":"^9"},"suggest":{"php":"9"})",
                "8.5.4"},
           Case{R"({"php":">=8.2"})", R"("require":{"php":">=8.6"})", ""},
           Case{R"({"php":"8.2.*"})", R"("require":{"php":"^8.3"})", ""},
           Case{R"({"php-64bit":"^8.6"})", R"("require":{})", ""},
           Case{R"({"php":"^8.2"})", R"("require":{"php-zts":"*"})", ""},
           Case{R"({"php":"^8.2"})", R"("require":{"hhvm":"*"})", ""},
       }) {
    CAPTURE(each.links);
    const Forecast forecast = php(locked(lock(each.platform, package(each.links))));
    CAPTURE(forecast.reason);
    if (*each.version) CHECK(forecast.versions == Texts{each.version});
    if (!*each.version) CHECK(forecast.error == "not resolvable");
  }
  const Forecast forecast =
      php(locked(lock(R"({"php":">=8.2"})", package(R"("require":{"php":">=8.6"})"))));
  CHECK(forecast.file == "composer.lock");
  CHECK(forecast.reason.starts_with("acme/lib 1.0.0 requires php \">=8.6\""));
}

TEST_CASE("RuntimeRequirementInRequireDevButNotRequire") {
  const std::string needs_php = package(R"("require":{"php":"^8.2"})");
  CHECK(php(locked(lock("[]", "", needs_php))).error ==
        "RuntimeRequirementInRequireDevButNotRequire");
  CHECK(php(locked(lock(R"({"php":"8.3.*"})", "", needs_php))).versions == Texts{"8.3.30"});
  CHECK(php(locked(lock("[]", needs_php, package(R"("require":{"php":"^9"})")))).versions ==
        Texts{"8.5.4"});
}

TEST_CASE("the lock decides, not composer.json and not config.platform") {
  const std::string asks = R"({"require":{"php":"^8.2"},"config":{"platform":{"php":"8.2.0"}}})";
  CHECK(php({{"composer.json", asks}, {"composer.lock", lock(R"({"php":"8.3.*"})")}}).versions ==
        Texts{"8.3.30"});
  CHECK(php({{"composer.json", asks}, {"composer.lock", lock("[]")}}).versions == Texts{"8.5.4"});
  CHECK(php({{"composer.json", asks}, {"composer.lock", lock(R"({"php":"^8.6"})")}}).error ==
        "not resolvable");
}

TEST_CASE("extensions") {
  struct Case {
    const char* platform;
    const char* links;
    Outcome outcome;
    const char* version;
  };
  for (const Case& each : {
           Case{R"({"php":"^8.2","ext-json":"*","ext-pdo_mysql":"*"})", "", Outcome::builds,
                "8.5.4"},
           Case{R"({"php":"^8.2","ext-redis":"^6.0"})", "", Outcome::builds, "8.5.4"},
           Case{R"({"php":"^8.2","ext-intl":">=8.3"})", "", Outcome::builds, "8.5.4"},
           Case{R"({"php":"^8.2","ext-phalcon":"*"})", "", Outcome::builds, "8.4.19"},
           Case{R"({"php":"^8.5","ext-phalcon":"*"})", "", Outcome::fails, ""},
           Case{R"({"php":"^8.2","ext-xdebug":"*"})", "", Outcome::fails, ""},
           Case{R"({"php":"^8.2"})", R"("require":{"ext-swoole":"*"})", Outcome::fails, ""},
           Case{R"({"php":"^8.2"})", R"("require":{"ext-a":"*"},"provide":{"ext-a":"*"})",
                Outcome::builds, "8.5.4"},
           Case{R"({"php":"^8.2"})", R"("conflict":{"ext-swoole":"*"})", Outcome::builds, "8.5.4"},
           Case{R"({"php":"^8.2","ext-redis":"^4"})", "", Outcome::unknown, ""},
           Case{R"({"php":"^8.2"})", R"("require":{"composer-plugin-api":"^2.0","lib-icu":"*"})",
                Outcome::builds, "8.5.4"},
           Case{R"({"php":"^8.2","composer-runtime-api":"^2.1"})", "", Outcome::builds, "8.5.4"},
           Case{R"({"php":"^8.2","lib-icu":"*"})", "", Outcome::fails, ""},
           Case{R"({"php":"^8.2","ext-uri":"*"})", "", Outcome::builds, "8.5.4"},
           Case{R"({"php":"~8.4.0","ext-uri":"*"})", "", Outcome::fails, ""},
       }) {
    CAPTURE(each.platform);
    CAPTURE(each.links);
    const Forecast forecast =
        php(locked(lock(each.platform, *each.links ? package(each.links) : std::string())));
    CAPTURE(forecast.reason);
    CHECK(forecast.outcome == each.outcome);
    if (each.outcome == Outcome::builds) CHECK(forecast.versions == Texts{each.version});
  }
}

TEST_CASE("before 1.0.2 the repository is live and not recorded") {
  for (const char* track : {"default", "latest"})
    CHECK(foretell("php", track, "2025-06-01", root("^8.2")).outcome == Outcome::unknown);
}

TEST_CASE("a lock that was cut down by hand") {
  const Repository files{{"composer.json", R"({"require": {"php": "^8.1", "acme/lib": "^1"}})"},
                         {"composer.lock", R"({
  "packages": [{"name": "acme/lib", "version": "1.0.0", "require": {"php": "~8.2.0 || ~8.3.0"}}],
  "packages-dev": [],
  "platform": {"php": "^8.1"}
})"}};
  const Forecast forecast = foretell("php", "default", "2026-06-02", files);
  CHECK(forecast.outcome == Outcome::builds);
  CHECK(forecast.versions == Texts{"8.3.30"});
}
