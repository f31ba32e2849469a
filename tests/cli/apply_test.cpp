// `apply` as people and CI run it.
#include <sys/stat.h>

#include "cli/apply_support.h"

using namespace buildable::test;
namespace fs = std::filesystem;

TEST_CASE("apply: both configurations follow the track; a diff tells what was written") {
  Repository repository;
  repository.put_both();
  const Ran ran = repository.apply();
  CHECK_MESSAGE(ran.code == 0, ran.err);
  CHECK(repository.text("renovate.json") ==
        "{\n  \"extends\": [\n    \"config:recommended\", // ours\n"
        "    \"local>tools/presets:default#2026.05.14\"\n  ]\n}\n");
  CHECK(has(repository.text(".github/dependabot.yml"),
            "      interval: weekly\n    ignore: # buildable: begin "));
  CHECK(has(repository.text(".github/dependabot.yml"), "- dependency-name: \"python\"\n"));
  CHECK_FALSE(has(repository.text(".github/dependabot.yml"), "node"));
  CHECK(has(ran.out, "--- a/renovate.json\n+++ b/renovate.json\n"));
  CHECK(has(ran.out, "--- a/.github/dependabot.yml\n"));

  const std::string applied = repository.text(".github/dependabot.yml");
  const Ran again = repository.apply();
  CHECK(again.code == 0);
  CHECK(again.out == "");
  CHECK(has(again.err, "nothing to change"));
  CHECK(repository.text(".github/dependabot.yml") == applied);
  CHECK(repository.apply(preset + "--check").code == 0);
}

TEST_CASE("apply: the diff is one that patch takes") {
  Repository repository;
  repository.put_both();
  repository.put("diff", repository.apply(preset + "--check").out);
  CHECK(run_shell_in(repository.path, "patch -p1 <diff").code == 0);
  CHECK(repository.apply(preset + "--check").code == 0);
}

TEST_CASE("apply --check: exit 1 where anything would change, and nothing is written") {
  Repository repository;
  repository.put_both();
  const Ran ran = repository.apply(preset + "--check");
  CHECK(ran.code == 1);
  CHECK(has(ran.out, "+    \"local>tools/presets:default#2026.05.14\"\n"));
  CHECK(repository.text("renovate.json") == renovate);
  CHECK(repository.text(".github/dependabot.yml") == dependabot);
}

TEST_CASE("apply --remove: the bytes are what they were") {
  Repository repository;
  repository.put_both();
  REQUIRE(repository.apply().code == 0);
  CHECK(repository.apply(preset + "--remove --check").code == 1);
  CHECK(repository.apply(preset + "--remove").code == 0);
  CHECK(repository.text("renovate.json") == renovate);
  CHECK(repository.text(".github/dependabot.yml") == dependabot);
  CHECK(repository.apply(preset + "--remove").out == "");
}

TEST_CASE("apply: another track changes both, in their places") {
  Repository repository;
  repository.put_both();
  repository.put("Dockerfile", "FROM node:22\n");
  REQUIRE(repository.apply().code == 0);
  const std::string before = repository.text(".github/dependabot.yml");
  CHECK(run_in(repository.path, "apply --at 2026-04-20 --track deprecated " + preset).code == 0);
  CHECK(
      has(repository.text("renovate.json"), "    \"local>tools/presets:deprecated#2026.05.14\"\n"));
  CHECK(repository.text(".github/dependabot.yml") != before);
  CHECK(repository.apply(preset + "--remove").code == 0);
  CHECK(repository.text(".github/dependabot.yml") == dependabot);
}

TEST_CASE("apply: without any configuration Renovate's is made, and removed again") {
  Repository repository;
  const Ran ran = repository.apply();
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "--- /dev/null\n+++ b/renovate.json\n"));
  CHECK(has(ran.err, "would switch on Dependabot's updates"));
  CHECK_FALSE(fs::exists(repository / ".github"));
  CHECK(has(repository.text("renovate.json"), "local>tools/presets:default#2026.05.14"));
  CHECK(repository.apply().out == "");
  CHECK(has(repository.apply(preset + "--remove").out, "+++ /dev/null\n"));
  CHECK_FALSE(fs::exists(repository / "renovate.json"));
}

TEST_CASE("apply: beside Dependabot alone no other bot is set up") {
  Repository repository;
  repository.put(".github/dependabot.yml", dependabot);
  const Ran ran = repository.apply("");
  CHECK(ran.code == 0);
  CHECK(has(ran.err, "Renovate is not set up here"));
  CHECK_FALSE(fs::exists(repository / "renovate.json"));
  CHECK(has(repository.text(".github/dependabot.yml"), "# buildable: end"));
}

TEST_CASE("apply: of several configurations the one that Renovate takes") {
  Repository repository;
  repository.put("package.json", "{\"name\": \"x\", \"renovate\": {\"extends\": []}}\n");
  repository.put(".renovaterc", renovate);
  repository.put(".gitlab/renovate.json5", "{extends: ['config:recommended']}\n");
  CHECK(repository.apply().code == 0);
  CHECK(repository.text(".renovaterc") == renovate);
  CHECK(repository.text(".gitlab/renovate.json5") ==
        "{extends: ['config:recommended', 'local>tools/presets:default#2026.05.14']}\n");
  fs::remove_all(repository / ".gitlab");
  fs::remove(repository / ".renovaterc");
  CHECK(repository.apply().code == 0);
  CHECK(has(repository.text("package.json"), "\"local>tools/presets:default#2026.05.14\""));
}

TEST_CASE("apply: which preset comes from the arguments, else from the settings") {
  struct Row {
    const char* settings;
    const char* more;
    const char* wanted;
  };
  const Row rows[] = {
      {"preset = \"local>a/b:{track}\"", "", "local>a/b:default"},
      {"preset = \"local>a/b:{track}\"", "--track latest", "local>a/b:latest"},
      {"base_url = \"https://h/p\"", "", "https://h/p/default.json"},
      {"base_url = \"https://h/p/\"\npreset = \"local>a/b\"", "", "local>a/b"},
      {"preset = \"local>a/b\"", "--preset 'gitlab>c/d//e/{track}'", "gitlab>c/d//e/default"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.wanted);
    Repository repository;
    repository.put("buildable.toml", std::string(row.settings) + "\n");
    const Ran ran = repository.apply(row.more);
    CHECK_MESSAGE(ran.code == 0, ran.err);
    CHECK(has(repository.text("renovate.json"), std::string("\"") + row.wanted + "\""));
  }
}

TEST_CASE("apply: exit 2 says what is wrong, and the file stays as it was") {
  struct Row {
    const char* name;
    const char* file;
    std::string text;
    std::string more;
    const char* says;
  };
  const Row rows[] = {
      {"no preset", "renovate.json", renovate, "", "no preset is given for Renovate to extend"},
      {"a preset of another track", "renovate.json", renovate, "--preset 'local>a/b:latest'",
       "is that of the track \"latest\", not \"default\""},
      {"a preset with a quote", "renovate.json", renovate, "--preset 'a\"b'", "quotes"},
      {"no such track", "renovate.json", renovate, preset + "--track newest", "tracks then"},
      {"broken JSON", "renovate.json", "{\n", preset, "renovate.json:2:1: not JSON"},
      {"an alias", ".github/dependabot.yml",
       "updates:\n  - package-ecosystem: docker\n    labels: &a []\n    assignees: *a\n", preset,
       ".github/dependabot.yml:4:16: a YAML alias"},
      {"an entry in braces", ".github/dependabot.yml", "updates: [{package-ecosystem: docker}]\n",
       preset, "put in by hand, under `ignore:`\n      - dependency-name: \"python\""},
      {"a pin file that cannot be read", ".github/dependabot.yml",
       "updates:\n  - package-ecosystem: npm\n    directory: /\n", preset + "sub",
       "sub/package.json"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Repository repository;
    const bool in_folder = has(row.more, "sub");
    const std::string file = (in_folder ? "sub/" : "") + std::string(row.file);
    repository.put(file, row.text);
    repository.put("sub/package.json", "{\"engines\": ");
    if (!in_folder) fs::remove_all(repository / "sub");
    const Ran ran = repository.apply(row.more);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, row.says), ran.err);
    CHECK(repository.text(file) == row.text);
  }
}

TEST_CASE("apply: a directory elsewhere is named as it was given; a file is none") {
  Repository repository;
  repository.put("tool/renovate.json", "[]\n");
  CHECK(has(repository.apply(preset + "tool").err, "tool/renovate.json:1:1: "));
  repository.put("tool/renovate.json", renovate);
  CHECK(has(repository.apply(preset + "tool").out, "--- a/tool/renovate.json\n"));
  CHECK(repository.apply(preset + "tool/renovate.json").code == 2);
  CHECK(repository.apply(preset + "nowhere").code == 2);
}

TEST_CASE(
    "apply: permissions stay; links inside are followed, links out of the repository are not") {
  Repository repository;
  repository.put("bots/config.json", renovate);
  REQUIRE(::chmod((repository / "bots/config.json").c_str(), 0640) == 0);
  fs::create_symlink("bots/config.json", repository / "renovate.json");
  CHECK(repository.apply().code == 0);
  CHECK(fs::is_symlink(repository / "renovate.json"));
  CHECK(has(repository.text("bots/config.json"), "local>tools/presets"));
  struct stat about {};
  REQUIRE(::stat((repository / "bots/config.json").c_str(), &about) == 0);
  CHECK((about.st_mode & 07777) == 0640);

  const Scratch outside;
  put(outside / "renovate.json", renovate);
  put(outside / "dependabot.yml", dependabot);
  fs::remove(repository / "renovate.json");
  fs::create_symlink(outside / "renovate.json", repository / "renovate.json");
  fs::create_directory_symlink(outside.path, repository / ".github");
  const Ran ran = repository.apply();
  CHECK(ran.code == 2);
  CHECK(has(ran.err, "renovate.json: leads out of the repository"));
  CHECK(has(ran.err, ".github/dependabot.yml: leads out of the repository"));
  CHECK(content(outside / "renovate.json") == renovate);
  CHECK(content(outside / "dependabot.yml") == dependabot);
}

TEST_CASE("apply: where one configuration is refused, nothing is written at all") {
  for (const char* more : {"", "--check"}) {
    Repository repository;
    repository.put_both();
    repository.put("renovate.json", "[]\n");
    const Ran ran = repository.apply(preset + more);
    CHECK(ran.code == 2);
    CHECK(ran.out == "");
    CHECK(has(ran.err, ".github/dependabot.yml: not changed either"));
    CHECK(repository.text("renovate.json") == "[]\n");
    CHECK(repository.text(".github/dependabot.yml") == dependabot);

    repository.put("renovate.json", renovate);
    repository.put(".github/dependabot.yml", "updates: [{package-ecosystem: docker}]\n");
    const Ran other = repository.apply(preset + more);
    CHECK(other.code == 2);
    CHECK(has(other.err, "renovate.json: not changed either"));
    CHECK(repository.text("renovate.json") == renovate);
  }
}

TEST_CASE("apply: a package.json that holds Renovate's settings is edited or refused") {
  const std::string start = "{\"dependencies\": {\"a\": \"1\", \"a\": \"2\"}, ";
  const std::string settings = "\"renovate\": {\"extends\": [\"config:base\"]}}\n";
  Repository repository;
  repository.put("package.json", start + settings);
  CHECK(repository.apply().code == 0);
  CHECK_FALSE(fs::exists(repository / "renovate.json"));
  CHECK(has(repository.text("package.json"), "local>tools/presets:default#2026.05.14"));
  CHECK(repository.apply(preset + "--remove").code == 0);
  CHECK(repository.text("package.json") == start + settings);

  repository.put("package.json", settings);
  CHECK(repository.apply().code == 2);
  CHECK_FALSE(fs::exists(repository / "renovate.json"));
}

TEST_CASE("apply: a file that no `updates` entry reads may be broken") {
  Repository repository;
  repository.put(".github/dependabot.yml", dependabot);
  repository.put("testdata/package.json", "{\"dependencies\": {\"node\": ");
  repository.put("testdata/global.json", "{\"sdk\": ");
  const Ran ran = repository.apply("");
  CHECK_MESSAGE(ran.code == 0, ran.err);
  CHECK(has(repository.text(".github/dependabot.yml"), "\"python\""));
}

TEST_CASE("apply: each `updates` entry gets the names of its own folders") {
  Repository repository;
  const std::string update = "  - package-ecosystem: docker\n    directory: ";
  repository.put("a/Dockerfile", "FROM golang:1.24\n");
  repository.put("b/Dockerfile", "FROM ruby:3.3\n");
  repository.put(".github/dependabot.yml",
                 "version: 2\nupdates:\n" + update + "/a\n" + update + "/b\n");
  CHECK(repository.apply("").code == 0);
  const std::string text = repository.text(".github/dependabot.yml");
  CAPTURE(text);
  const std::size_t second = text.find("/b");
  CHECK(text.find("golang") < second);
  CHECK(has(text.substr(second), "ruby"));
  CHECK(text.find("golang", second) == std::string::npos);
  CHECK_FALSE(has(text, "python"));
}

TEST_CASE("apply: only what lies above the pins is ignored; a pin that moves up changes nothing") {
  Repository repository;
  repository.put_both();
  repository.put("Dockerfile", "FROM golang:1.24.0\n");
  REQUIRE(repository.apply().code == 0);
  const std::string applied = repository.text(".github/dependabot.yml");
  CHECK(has(applied, "- dependency-name: \"golang\"\n        versions: [\">= 1.24."));
  CHECK_FALSE(has(applied, "< 1.24"));
  repository.put("Dockerfile", "FROM golang:1.26.0\n");
  CHECK(repository.apply(preset + "--check").code == 0);
  repository.put("Dockerfile", "FROM golang:1.20.0\n");
  CHECK(repository.apply(preset + "--check").code == 1);
}
