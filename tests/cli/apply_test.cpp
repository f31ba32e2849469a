// `apply` as people and CI run it.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/paths.h"
#include "support/program.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string words = "apply --at 2026-08-20 ";
const std::string preset = "--preset 'local>tools/presets:{track}#2026.05.14' ";

const std::string renovate = "{\n  \"extends\": [\n    \"config:recommended\" // ours\n  ]\n}\n";
const std::string dependabot =
    "version: 2\n"
    "updates:\n"
    "  - package-ecosystem: docker # images\n"
    "    directory: /\n"
    "    schedule:\n"
    "      interval: weekly\n"
    "  - package-ecosystem: github-actions\n"
    "    directory: /\n";

struct Repository : Scratch {
  Repository() { put("Dockerfile", "FROM python:3.12\n"); }
  void put(const std::string& name, const std::string& text) {
    buildable::test::put(path / name, text);
  }
  std::string text(const std::string& name) const { return content(path / name); }
  Ran apply(const std::string& more = preset) const { return run_in(path, words + more); }
  void put_both() {
    put("renovate.json", renovate);
    put(".github/dependabot.yml", dependabot);
  }
};

}  // namespace

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
  CHECK(has(ran.err, "would switch Dependabot's updates on"));
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
  CHECK(has(ran.err, "no configuration of Renovate"));
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
      {"no preset", "renovate.json", renovate, "", "which preset Renovate is to extend"},
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
      {"a pin file that cannot be read", ".github/dependabot.yml", dependabot, preset + "sub",
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

TEST_CASE("apply: a refusal of one configuration does not hold up the other") {
  Repository repository;
  repository.put_both();
  repository.put("renovate.json", "[]\n");
  CHECK(repository.apply().code == 2);
  CHECK(repository.text("renovate.json") == "[]\n");
  CHECK(has(repository.text(".github/dependabot.yml"), "# buildable: end"));
  CHECK_FALSE(fs::exists(repository / "renovate.json.new"));
}

TEST_CASE("apply: only what lies above the pins is ignored; a pin that moves up changes nothing") {
  Repository repository;
  repository.put_both();
  repository.put("Dockerfile", "FROM golang:1.24\n");
  REQUIRE(repository.apply().code == 0);
  const std::string applied = repository.text(".github/dependabot.yml");
  CHECK(has(applied, "- dependency-name: \"golang\"\n        versions: [\">= 1.24."));
  CHECK_FALSE(has(applied, "< 1.24"));
  repository.put("Dockerfile", "FROM golang:1.26\n");
  CHECK(repository.apply(preset + "--check").code == 0);
  repository.put("Dockerfile", "FROM golang:1.20\n");
  CHECK(repository.apply(preset + "--check").code == 1);
}

namespace {

// What stands between the marks, without them.
std::string entries_in(const std::string& text) {
  const std::size_t begin = text.find("# buildable: begin");
  if (begin == std::string::npos) return {};
  const std::size_t line = text.find('\n', begin) + 1;
  return text.substr(line, text.rfind('\n', text.find("# buildable: end")) + 1 - line);
}

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    ++found;
  return found;
}

std::string update(const std::string& ecosystem) {
  return "version: 2\nupdates:\n  - package-ecosystem: " + ecosystem +
         "\n    directory: /\n    schedule:\n      interval: weekly\n";
}

}  // namespace

TEST_CASE("apply: one image takes two lines, beside the marks and what is said of them") {
  Repository repository;
  repository.put("Dockerfile", "FROM eclipse-temurin:21\n");
  repository.put(".github/dependabot.yml", update("docker"));
  CHECK(repository.apply("").code == 0);
  const std::string text = repository.text(".github/dependabot.yml");
  CAPTURE(text);
  CHECK(count(text, "\n") == count(update("docker"), "\n") + 6);
  const std::string entries = entries_in(text);
  CHECK(has(entries, "      # What the default builder of Toolforge cannot build, as of 20"));
  CHECK(has(entries, "      # They age: run \"buildable apply\" again"));
  CHECK(has(entries, "      - dependency-name: \"eclipse-temurin\"\n        versions: [\">= "));
  CHECK(count(entries, "dependency-name") == 1);
  // From one number Dependabot only goes to another: what is between them is out of its reach.
  CHECK(count(entries, ">=") == 1);
}

TEST_CASE("apply: names as they stand in the repository, from where it is") {
  struct Row {
    const char* name;
    const char* ecosystem;
    const char* file;
    const char* text;
    const char* dependency;  // empty: there is nothing to ignore
  };
  const Row rows[] = {
      {"an official image", "docker", "Dockerfile", "FROM python:3.12\n", "python"},
      {"from a registry", "docker", "Dockerfile", "FROM docker.io/library/python:3.12-slim\n",
       "library/python"},
      {"from a mirror", "docker", "Dockerfile", "FROM public.ecr.aws/docker/library/golang:1.24\n",
       "docker/library/golang"},
      {"from a registry that a variable names", "docker", "Dockerfile",
       "ARG MIRROR\nFROM ${MIRROR}/node:22\n", "node"},
      {".NET's", "docker", "Dockerfile", "FROM mcr.microsoft.com/dotnet/sdk:8.0\n", "dotnet/sdk"},
      {".NET's runtime", "docker", "Dockerfile", "FROM mcr.microsoft.com/dotnet/aspnet:8.0\n",
       "dotnet/aspnet"},
      {"a build of Java", "docker", "Dockerfile", "FROM azul/zulu-openjdk-alpine:21\n",
       "azul/zulu-openjdk-alpine"},
      {"Kubernetes", "docker", "deploy/pod.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: node:22.1.0\n", "node"},
      {"a compose file", "docker-compose", "docker-compose.yml",
       "services:\n  web:\n    image: ruby:3.3\n", "ruby"},
      {"Helm's values", "helm", "chart/values.yaml",
       "image:\n  repository: python\n  tag: \"3.12\"\n", "python"},
      {"conda", "conda", "environment.yml", "dependencies:\n  - python=3.12\n", "python"},
      {"Node.js of conda", "conda", "environment.yml", "dependencies:\n  - nodejs=22\n", "nodejs"},
      {"Java of conda", "conda", "environment.yml", "dependencies:\n  - openjdk=21\n", "openjdk"},
      {"Go of conda", "conda", "environment.yaml", "dependencies:\n  - go=1.24.1\n", "go"},
      {"the npm package", "npm", "package.json", "{\"dependencies\": {\"node\": \"^22.1.0\"}}\n",
       "node"},
      {"the npm package, deeper", "npm", "web/package.json",
       "{\"devDependencies\": {\"node\": \"22.1.0\"}}\n", "node"},
      {"the npm package by Bun", "bun", "package.json",
       "{\"dependencies\": {\"node\": \"22.1.0\"}}", "node"},
      {"global.json", "dotnet-sdk", "global.json", "{\"sdk\": {\"version\": \"8.0.100\"}}\n",
       "dotnet-sdk"},
      {"sbt", "sbt", "project/build.properties", "sbt.version=1.10.0\n", "org.scala-sbt:sbt"},
      {"engines, which Dependabot never changes", "npm", "package.json",
       "{\"engines\": {\"node\": \"22.x\"}}\n", ""},
      {"a pin that no image is", "docker", ".python-version", "3.12\n", ""},
      {"a tag that is never moved", "docker", "Dockerfile", "FROM python:slim-bookworm\n", ""},
      {"a workflow, which nobody moves", "docker", ".github/workflows/ci.yml",
       "jobs:\n  a:\n    runs-on: x\n    container: node:22\n    steps: []\n", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Repository repository;
    fs::remove(repository / "Dockerfile");
    repository.put(row.file, row.text);
    repository.put(".github/dependabot.yml", update(row.ecosystem));
    const Ran ran = repository.apply("");
    CHECK_MESSAGE(ran.code == 0, ran.err);
    const std::string entries = entries_in(repository.text(".github/dependabot.yml"));
    CAPTURE(entries);
    const std::string dependency = row.dependency;
    CHECK(count(entries, "dependency-name") == (dependency.empty() ? 0 : 1));
    if (!dependency.empty()) CHECK(has(entries, "- dependency-name: \"" + dependency + "\"\n"));
  }
}

TEST_CASE("apply: entries of each name start from its own lowest place") {
  Repository repository;
  repository.put("Dockerfile", "FROM golang:1.22.0\nFROM golang:1.26.0-alpine\n");
  repository.put("b/Dockerfile", "FROM library/golang:1.26.0\n");
  repository.put(".github/dependabot.yml", update("docker"));
  CHECK(repository.apply("").code == 0);
  const std::string entries = entries_in(repository.text(".github/dependabot.yml"));
  CAPTURE(entries);
  const std::size_t second = entries.find("library/golang");
  REQUIRE(second != std::string::npos);
  CHECK(has(entries.substr(0, second), "< 1.23.a"));
  CHECK_FALSE(has(entries.substr(second), "< 1.2"));
  CHECK(has(entries.substr(second), ">= 1.26."));
}

TEST_CASE("apply --bot: Renovate beside Dependabot only where it is asked for") {
  Repository repository;
  repository.put(".github/dependabot.yml", dependabot);
  const Ran given = repository.apply();
  CHECK(given.code == 0);
  CHECK(has(given.err, "--bot renovate makes one"));
  CHECK_FALSE(fs::exists(repository / "renovate.json"));
  CHECK(repository.apply(preset + "--remove").code == 0);

  CHECK(repository.apply(preset + "--bot renovate").code == 0);
  CHECK(has(repository.text("renovate.json"), "local>tools/presets:default#2026.05.14"));
  CHECK(repository.text(".github/dependabot.yml") == dependabot);
  CHECK(repository.apply(preset + "--bot renovate --remove").code == 0);
  CHECK_FALSE(fs::exists(repository / "renovate.json"));

  repository.put("renovate.json", renovate);
  CHECK(repository.apply("--bot dependabot").code == 0);
  CHECK(repository.text("renovate.json") == renovate);
  CHECK(has(repository.text(".github/dependabot.yml"), "# buildable: end"));
  CHECK(repository.apply("--bot bert").code == 2);
}

TEST_CASE("apply --remove: without --preset where one entry names a track") {
  struct Row {
    const char* name;
    std::string text;
    std::string after;
    int code;
    const char* says;
  };
  const Row rows[] = {
      {"a string before", R"({"extends": ["config:base" , "local>a/b:default#1"]})",
       R"({"extends": "config:base"})", 0, ""},
      {"by its address", R"({"extends": ["x", "https://h/p/latest.json"]})",
       R"({"extends": ["x"]})", 0, ""},
      {"an address without a name", R"({"extends": ["x", "local>a/b"]})",
       R"({"extends": ["x", "local>a/b"]})", 0, "give it with --preset"},
      {"two", R"({"extends": ["local>c/d:default", "local>a/b:default"]})",
       R"({"extends": ["local>c/d:default", "local>a/b:default"]})", 2,
       "several presets may be ours: local>c/d:default, local>a/b:default"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Repository repository;
    repository.put("renovate.json", row.text);
    const Ran ran = repository.apply("--remove");
    CHECK_MESSAGE(ran.code == row.code, ran.err);
    CHECK_MESSAGE(has(ran.err, row.says), ran.err);
    CHECK(repository.text("renovate.json") == row.after);
  }
}

TEST_CASE("apply: what stands behind ours is moved before it, or told of") {
  Repository repository;
  const std::string ours = "\"local>tools/presets:default#2026.05.14\"";
  repository.put("renovate.json", "{\"extends\": [" + ours + ", \"x\"]}");
  CHECK(repository.apply().code == 0);
  CHECK(repository.text("renovate.json") == "{\"extends\": [\"x\", " + ours + "]}");
  repository.put("renovate.json", "{\"extends\": [" + ours + ", /* why */ \"x\"]}");
  const Ran ran = repository.apply();
  CHECK(ran.code == 0);
  CHECK(has(ran.err, "renovate.json: x stands behind our preset"));
}

TEST_CASE("apply: there and back, for every configuration that is known to be fine") {
  const fs::path data = buildable::testing::source_dir() / "tests/data/apply";
  int tried = 0;
  for (const char* bot : {"dependabot", "renovate"}) {
    for (const auto& entry : fs::directory_iterator(data / bot)) {
      const std::string file = entry.path().filename().string();
      const std::string text = content(entry.path());
      const bool has_ours = has(text, "tools/presets\"") || has(text, "tools/presets:") ||
                            has(text, "presets//deprecated") || has(text, "# buildable: ");
      if (!file.starts_with("good_") || file.ends_with(".applied") || has_ours) continue;
      CAPTURE(file);
      Repository repository;
      const std::string name = std::string(bot) == "dependabot" ? ".github/dependabot.yml"
                               : has(file, "_package_")
                                   ? "package.json"
                                   : "renovate" + entry.path().extension().string();
      repository.put(name, text);
      const std::string only = preset + "--bot " + bot;
      const Ran first = repository.apply(only);
      CHECK_MESSAGE(first.code == 0, first.err);
      const std::string once = repository.text(name);
      CHECK(repository.apply(only).out == "");
      CHECK(repository.text(name) == once);
      CHECK(repository.apply(only + " --check").code == 0);
      CHECK(repository.apply("--remove --bot " + std::string(bot)).code == 0);
      CHECK(repository.text(name) == text);
      ++tried;
    }
  }
  CHECK(tried >= 60);
}
