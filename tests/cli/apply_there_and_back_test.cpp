// `apply` writes little, only for the bots that are wanted, and takes back all of it.
#include "cli/apply_support.h"
#include "support/paths.h"

using namespace buildable::test;
namespace fs = std::filesystem;

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
         "\n    directories: [\"**/*\"]\n    schedule:\n      interval: weekly\n";
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
  CHECK(has(given.err, "--bot renovate sets it up"));
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
       R"({"extends": ["x", "local>a/b"]})", 0, "name the one to remove with --preset"},
      {"two", R"({"extends": ["local>c/d:default", "local>a/b:default"]})",
       R"({"extends": ["local>c/d:default", "local>a/b:default"]})", 2,
       "several presets may be the one to remove: local>c/d:default, local>a/b:default"},
      {"one that was there before ours", R"({"extends": ["local>corp/cfg:default", "local>g/r"]})",
       R"({"extends": ["local>corp/cfg:default", "local>g/r"]})", 2,
       "local>corp/cfg:default may be someone else's preset: nothing is removed"},
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
  CHECK(has(ran.err, "renovate.json: x comes after buildable's preset"));
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
      // Where others may have put it there as well, it asks which, and changes nothing.
      const Ran back = repository.apply("--remove --bot " + std::string(bot));
      CHECK((back.code == 0 || has(back.err, "say which with --preset")));
      CHECK(repository.text(name) == (back.code == 0 ? text : once));
      CHECK(repository.apply(only + " --remove").code == 0);
      CHECK(repository.text(name) == text);
      ++tried;
    }
  }
  CHECK(tried >= 60);
}
