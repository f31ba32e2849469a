// How old the knowledge is, and what upstream keeps up no longer.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/program_version.h"
#include "cli/support.h"

using buildable::test::content;
using buildable::test::has;
using buildable::test::Ran;
using buildable::test::run;
using buildable::test::run_in;
using buildable::test::Scratch;

namespace {

Ran check_pin(const std::string& file, const std::string& text, const std::string& words) {
  const Scratch scratch;
  std::ofstream(scratch.path / file) << text;
  if (file == ".python-version") std::ofstream(scratch.path / "requirements.txt") << "";
  return run_in(scratch.path, "check . --max-age 36500 " + words);
}

}  // namespace

TEST_CASE("old knowledge is told in one line of standard error, and the answer stays") {
  for (const char* words :
       {"explain python 3.14", "versions python", "builder", "check /nowhere"}) {
    const Ran young = run(std::string(words) + " --max-age 36500 --at 2099-01-01");
    const Ran old = run(std::string(words) + " --at 2099-01-01");
    CHECK_MESSAGE(old.code == young.code, words);
    CHECK_MESSAGE(old.out == young.out, words);
    CHECK_MESSAGE(!has(young.err, "as of"), words);
    CHECK_MESSAGE(
        has(old.err, "warning: nothing is known of 2099-01-01 yet; the answer is as of 2026-"),
        old.err);
    CHECK_MESSAGE(!has(run(std::string(words) + " --at 2099-01-01 --quiet").err, "as of"), words);
  }
}

TEST_CASE("limits for bots from old knowledge are told of, or refused; taking them out is not") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / ".github");
  const std::string updates =
      "version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /\n";
  std::ofstream(scratch / ".github/dependabot.yml") << updates;
  std::ofstream(scratch / "Dockerfile") << "FROM python:3.13\n";
  const auto apply = [&](const std::string& more) {
    return run_in(scratch.path, "apply --bot dependabot --at 2099-01-01 " + more);
  };
  const Ran refused = apply("--max-age 3");
  CHECK(refused.code == 3);
  CHECK(content(scratch / ".github/dependabot.yml") == updates);
  const Ran told = apply("");
  CHECK(told.code == 0);
  CHECK_MESSAGE(has(told.err, "the answer is as of 2026-"), told.err);
  CHECK(content(scratch / ".github/dependabot.yml") != updates);
  const Ran removed = apply("--remove --max-age 3");
  CHECK_MESSAGE(removed.code == 0, removed.err);
  CHECK(content(scratch / ".github/dependabot.yml") == updates);
}

TEST_CASE("--verbose says in every command which facts and settings the answer rests on") {
  const Scratch scratch;
  const std::string facts = "facts of " + buildable::app::facts_date();
  for (const char* command :
       {"versions", "explain python 3.14", "builder", "check", "fix", "diff 2026-04-01 2026-05-14",
        "generate --out tree", "apply --bot dependabot", "keygen --out key"}) {
    const Ran plain = run_in(scratch.path, std::string(command));
    const Ran more = run_in(scratch.path, std::string(command) + " --verbose");
    CHECK_MESSAGE(!has(plain.err, facts), command);
    CHECK_MESSAGE(has(more.err, facts), command);
    CHECK_MESSAGE(has(more.err, "no settings"), command);
  }
  std::ofstream(scratch / "buildable.toml") << "track = \"latest\"\n";
  CHECK(has(run_in(scratch.path, "check -v").err, "settings from buildable.toml"));
}

TEST_CASE("what was in force between two known states is not old") {
  CHECK(run("explain python 3.14 --track latest --at 2025-10-10").err == "");
  CHECK(run("explain python 3.14 --track latest --at 2025-10-10 --max-age 0").code == 1);
}

TEST_CASE("--max-age makes old knowledge an error, and prints no answer") {
  for (const char* words :
       {"explain python 3.14", "versions", "builder --format json", "check .", "fix ."}) {
    const Ran ran = run(std::string(words) + " --at 2099-01-01 --max-age 30");
    CHECK_MESSAGE(ran.code == 3, words);
    CHECK_MESSAGE(ran.out == "", words);
    CHECK_MESSAGE(has(ran.err, "days old; --max-age takes 30"), ran.err);
  }
  CHECK(run("explain python 3.14 --max-age -1").code == 2);
  CHECK(run("explain python 3.14 --max-age soon").code == 2);
}

TEST_CASE("the settings say from which age on it is told") {
  const Scratch scratch;
  std::ofstream(scratch.path / "buildable.toml") << "max_age = 36500\n";
  CHECK(run_in(scratch.path, "explain python 3.14 --at 2099-01-01").err == "");
  std::ofstream(scratch.path / "buildable.toml") << "max_age = -1\n";
  CHECK(run_in(scratch.path, "explain python 3.14").code == 2);
}

TEST_CASE("JSON says when what is deployed was last looked up") {
  for (const char* words : {"explain python 3.14", "versions python", "check ."}) {
    const Ran ran = run(std::string(words) + " --format json --at 2026-08-10");
    const std::string seen = nlohmann::json::parse(ran.out).at("last_seen");
    CHECK_MESSAGE(seen.starts_with("2026-"), words);
    CHECK_MESSAGE(seen.size() == 20, words);
  }
}

TEST_CASE("a series that upstream ends is noted where it is installed, pinned or not") {
  struct Row {
    const char* pin;
    const char* at;
    const char* note;  // empty: none
  };
  const Row rows[] = {
      {"3.10", "2026-08-10",
       "note: upstream ends Python 3.10 on 2026-10-31; after that it gets no more fixes\n"},
      {"3.10", "2027-01-01",
       "note: upstream ended Python 3.10 on 2026-10-31; it gets no more fixes\n"},
      {"3.10", "2026-07-01", ""},
      {"3.13", "2026-08-10", ""},
  };
  for (const Row& row : rows) {
    const Ran ran =
        check_pin(".python-version", std::string(row.pin) + "\n", std::string("--at ") + row.at);
    CHECK_MESSAGE(ran.code == 0, ran.out);
    CHECK_MESSAGE(has(ran.out, row.note), ran.out);
    CHECK_MESSAGE(has(ran.out, "upstream end") == (row.note[0] != '\0'), ran.out);
    const Ran json = check_pin(".python-version", std::string(row.pin) + "\n",
                               std::string("--format json --at ") + row.at);
    const auto report = nlohmann::json::parse(json.out);
    bool told = false;
    for (const auto& build : report.at("builds")) told = told || build.contains("end_of_life");
    CHECK(told == (row.note[0] != '\0'));
  }
}

TEST_CASE("runtimes and versions are taken as people type them") {
  struct Row {
    const char* words;
    int code;
    const char* says;
  };
  const Row rows[] = {
      {"explain python@3.14", 0, "Python 3.14 on the track default: buildable"},
      {"explain 'Python 3.14'", 0, "Python 3.14 on the track default: buildable"},
      {"explain py 3.14", 0, "Python 3.14 on"},
      {"explain py3.14", 0, "Python 3.14 on"},
      {"explain .NET 10", 0, ".NET SDK 10 on"},
      {"explain NodeJS 99", 1, "Node.js 99 on the track default: unbuildable"},
      {"explain openjdk 21", 0, "Java 21 on"},
      {"explain golang@1.99", 1, "Go 1.99 on"},
      {"versions nodejs", 0, "Node.js"},
      {"explain python", 2, ""},
      {"explain python@", 2, ""},
      {"explain rust@1.80", 2, ""},
  };
  for (const Row& row : rows) {
    const Ran ran = run(std::string(row.words) + " --at 2026-06-01");
    CHECK_MESSAGE(ran.code == row.code, row.words << ran.out << ran.err);
    CHECK_MESSAGE(has(ran.out, row.says), ran.out);
  }
  CHECK(has(run("explain python").err, "which version of Python?"));
  CHECK(has(run("explain pyton@3.14").err, "did you mean \"python\"?"));
}

TEST_CASE("--track all answers for every track that has not ended") {
  const Ran both = run("explain python 3.14 --track all --at 2026-03-20");
  CHECK(both.code == 1);
  CHECK(has(both.out, "Python 3.14 on the track default: unbuildable"));
  CHECK(has(both.out, "Python 3.14 on the track latest: buildable"));
  const Ran later = run("explain python 3.14 --track all --at 2026-06-01");
  CHECK(later.code == 0);
  CHECK(!has(later.out, "deprecated"));
  const auto json = nlohmann::json::parse(run("explain python 3.14 --track all --format json").out);
  CHECK(json.at("tracks").size() == 2);
  CHECK(json.at("tracks")[0].at("track") == "default");
  const auto versions = nlohmann::json::parse(run("versions python --track all --format json").out);
  CHECK(versions.at("tracks").size() == 2);
  CHECK(has(run("versions --track all").out, "latest: "));
}
