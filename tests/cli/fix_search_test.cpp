// `fix` foretells what it is about to write: it looks for edits after which the build works, and
// leaves alone what it finds none for.
#include <doctest/doctest.h>

#include <map>

#include "cli/support.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* at = " --at 2026-05-14";

Files gradle(const std::string& java, const std::string& gradle) {
  return {{"system.properties", "java.runtime.version=" + java + "\n"},
          {"build.gradle", ""},
          {"gradlew", "CLASSPATH=gradle/wrapper/gradle-wrapper.jar\n"},
          {"gradle/wrapper/gradle-wrapper.jar", ""},
          {"gradle/wrapper/gradle-wrapper.properties",
           "distributionUrl=https\\://services.gradle.org/distributions/gradle-" + gradle +
               "-bin.zip\n"}};
}

Files composer(const std::string& root, const std::string& package) {
  return {{"composer.json", R"({"require": {"php": ")" + root + "\"}}\n"},
          {"composer.lock",
           R"({"packages": [{"name": "a/b", "version": "1.0.0", "require": {"php": ")" + package +
               R"("}}], "packages-dev": [], "platform": {"php": ")" + root +
               "\"}, \"platform-dev\": {}}\n"},
          {"index.php", ""}};
}

Files with(Files files, const Files& more) {
  files.insert(more.begin(), more.end());
  return files;
}

const Files workflow{{".github/workflows/test.yml",
                      "jobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n"
                      "        with:\n          python-version: '3.9'\n"}};

struct Row {
  std::string name;
  Files files;
  std::string words;
  int code;
  Files then;  // those that changed
  std::vector<std::string> says;
};

}  // namespace

TEST_CASE("fix: what the build would fail with is passed over, and the rest is written") {
  const Row rows[] = {
      {"Java as new as Gradle bears, where the build fails already",
       gradle("27", "8.5"),
       "",
       0,
       {{"system.properties", "java.runtime.version=21\n"}},
       {"27 -> 21; with 25 the build would fail: the wrapper names Gradle 8.5"}},
      {"Java as new as Gradle bears, where the build works",
       gradle("17", "8.5"),
       "--upgrade",
       0,
       {{"system.properties", "java.runtime.version=21\n"}},
       {"17 -> 21; with 25 the build would fail"}},
      {"a Gradle that bears no newer one holds Java alone",
       with(gradle("17", "7.3"), workflow),
       "--upgrade",
       0,
       {{".github/workflows/test.yml",
         "jobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n"
         "        with:\n          python-version: '3.14'\n"}},
       {"left as it is: java.runtime.version of system.properties says \"17\": with 25 the build "
        "would fail",
        "3.9 -> 3.14"}},
      {"a locked package bears no newer PHP",
       composer("~8.2.0", "~8.2.0"),
       "--upgrade",
       0,
       {},
       {"left as it is: platform.php of composer.lock says \"~8.2.0\": 8.5.5 would not fit what "
        "other files of the repository demand"}},
      {"two of Node.js that only older ones meet",
       {{"package.json",
         "{\"engines\": {\"node\": \"27\"}, \"devEngines\": {\"runtime\": {\"name\": \"node\", "
         "\"version\": \"^22\", \"onFail\": \"error\"}}}\n"}},
       "",
       0,
       {{"package.json",
         "{\"engines\": {\"node\": \"22\"}, \"devEngines\": {\"runtime\": {\"name\": \"node\", "
         "\"version\": \"^22\", \"onFail\": \"error\"}}}\n"}},
       {"27 -> 22"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    put_all(scratch.path, row.files);
    const Ran ran = run_in(scratch.path, "fix " + row.words + at);
    CHECK_MESSAGE(ran.code == row.code, ran.err);
    for (const std::string& says : row.says) CHECK_MESSAGE(has(ran.err, says), ran.err);
    CHECK_FALSE(has(ran.err, "still fails"));
    for (const auto& [path, text] : row.files) {
      const auto changed = row.then.find(path);
      CHECK(content(scratch / path) == (changed == row.then.end() ? text : changed->second));
    }
    CHECK(run_in(scratch.path, std::string("check") + at).code == 0);
    CHECK(run_in(scratch.path, "fix " + row.words + at).out.empty());
  }
}

TEST_CASE("fix: what no version repairs gets the nearest one, and is told") {
  const Scratch scratch;
  put_all(scratch.path, composer("~8.6.0", "~7.0.0"));
  const Ran ran = run_in(scratch.path, std::string("fix") + at);
  CHECK(ran.code == 1);
  CHECK_MESSAGE(has(ran.err, "~8.6.0 -> ~8.5.0"), ran.err);
  CHECK(has(ran.err, "the build still fails: a/b 1.0.0"));
  CHECK_FALSE(has(ran.err, "would fail"));
  CHECK_FALSE(has(ran.err, "nothing to change"));
}

TEST_CASE("fix: what belongs to a file that cannot be changed stays as well") {
  struct LinkRow {
    std::string name;
    Files files;
    std::string link;
  };
  const std::string project =
      "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net9.0</TargetFramework>"
      "</PropertyGroup></Project>\n";
  const LinkRow rows[] = {
      {"the SDK of a target",
       {{"global.json", "{\"sdk\": {\"version\": \"9.0.100\"}}\n"}, {"a.csproj", project}},
       "global.json"},
      {"the lock of a range", composer("~8.2.0", ">=8.2"), "composer.lock"},
      {"the Gemfile of a lock",
       {{"Gemfile", "source 'https://rubygems.org'\nruby '3.3.0'\n"},
        {"Gemfile.lock",
         "GEM\n  remote: https://rubygems.org/\n  specs:\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n\n"
         "RUBY VERSION\n   ruby 3.3.0p0\n\nBUNDLED WITH\n   2.5.6\n"}},
       "Gemfile"},
  };
  for (const LinkRow& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    const fs::path place = scratch / "tool";
    put_all(place, row.files);
    fs::rename(place / row.link, place / "elsewhere");
    fs::create_symlink("elsewhere", place / row.link);
    REQUIRE(run_in(place, std::string("check") + at).code == 0);
    for (const std::string words : {"fix --upgrade --dry-run", "fix --upgrade"}) {
      const Ran ran = run_in(place, words + at);
      CHECK(ran.code == 2);
      CHECK(ran.out.empty());
      CHECK_MESSAGE(has(ran.err, row.link + ": is a symbolic link: left alone"), ran.err);
      CHECK_FALSE(has(ran.err, "still fails"));
    }
    for (const auto& [path, text] : row.files) CHECK(content(place / path) == text);
    CHECK(run_in(place, std::string("check") + at).code == 0);
  }
}

TEST_CASE("fix: a file that cannot go is not replaced, and the dry run says so") {
  const Scratch scratch;
  put(scratch / "elsewhere", "python-3.11.9\n");
  put(scratch / "requirements.txt", "");
  fs::create_symlink("elsewhere", scratch / "runtime.txt");
  for (const std::string words : {"fix --dry-run", "fix"}) {
    const Ran ran = run_in(scratch.path, words + at);
    CHECK_MESSAGE(ran.code == 2, ran.err);
    CHECK_FALSE(has(ran.err, "moves to"));
    CHECK_FALSE(fs::exists(scratch / ".python-version"));
  }
}

TEST_CASE("fix: a pin that is changed twice is told once, from what it said") {
  const Scratch scratch;
  put(scratch / ".python-version", "3.12.1\n");
  put(scratch / "pyproject.toml", "[project]\nname = \"x\"\nrequires-python = \"==3.12.*\"\n");
  put(scratch / "requirements.txt", "");
  const Ran ran = run_in(scratch.path, std::string("fix --upgrade") + at);
  CHECK(ran.code == 0);
  CHECK_MESSAGE(has(ran.err, ".python-version:1:1: 3.12.1 -> 3.14.4\n"), ran.err);
  CHECK_FALSE(has(ran.err, "3.12.13"));
}
