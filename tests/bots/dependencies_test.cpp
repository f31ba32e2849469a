// What of a repository Dependabot can move, and from where.
#include "bots/dependencies.h"

#include "bots/support.h"
#include "pins/find.h"
#include "rules/embedded.h"

using namespace buildable;
using namespace buildable::bots;

namespace {

struct File {
  std::string path;
  std::string text;
};

DependencyCollector collected(const std::vector<File>& files) {
  static const pins::PinFinder finder(embedded_rules());
  DependencyCollector collector(embedded_rules());
  for (const File& file : files) {
    if (is_package_json(file.path)) REQUIRE(collector.add_package({file.path, file.text}));
    for (const pins::Pin& pin : finder.find({file.path, file.text}).pins)
      collector.add(pin, std::string_view(file.text));
  }
  return collector;
}

// "golang >= 1.22 (2)", and the like.
std::string shown(const UpdatedByName& moved) {
  std::string text;
  for (const auto& [name, place] : moved) {
    text += (text.empty() ? "" : "; ") + name;
    text += place.lowest ? " >= " + place.lowest->at.text() : " from anywhere";
    if (place.tag_parts > 0) text += " (" + std::to_string(place.tag_parts) + ")";
  }
  return text;
}

std::string moved_by(const std::string& ecosystem, const std::vector<File>& files) {
  return shown(collected(files).in(ecosystem, {}));
}

}  // namespace

TEST_CASE("only names in files that the ecosystem reads") {
  const std::string compose = "services:\n  web:\n    image: node:22\n";
  const std::string pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: node:22\n";
  struct Case {
    const char* ecosystem;
    File file;
    const char* moves;
  };
  const Case cases[] = {
      {"docker", {"docker-compose.yml", compose}, ""},
      {"docker", {".gitlab-ci.yml", "image: node:22\n"}, ""},
      {"docker",
       {".circleci/config.yml", "jobs:\n  a:\n    docker:\n      - image: node:22\n"},
       ""},
      {"docker", {"ci/pipeline.yml", "a:\n  image: node:22\n"}, ""},
      {"docker", {"deploy/.pod.yaml", pod}, ""},
      {"docker", {"deploy/pod.yaml", pod}, "node >= 22 (1)"},
      {"docker",
       {"values-prod.yaml", "image:\n  repository: node\n  tag: \"22\"\n"},
       "node >= 22 (1)"},
      {"docker", {"web.Dockerfile", "FROM node:22\n"}, "node >= 22 (1)"},
      {"docker", {"Containerfile.dev", "FROM node:22\n"}, "node >= 22 (1)"},
      {"docker-compose", {"docker-compose.yml", compose}, "node >= 22 (1)"},
      {"docker-compose", {"deploy/pod.yaml", pod}, ""},
      {"helm", {"docker-compose.yml", compose}, ""},
      {"helm", {"pod.yaml", pod}, ""},
      {"helm",
       {"chart/values.yaml", "image:\n  repository: node\n  tag: \"22\"\n"},
       "node >= 22 (1)"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.ecosystem);
    CAPTURE(it.file.path);
    CHECK(moved_by(it.ecosystem, {it.file}) == it.moves);
  }
}

TEST_CASE("of a Dockerfile only what FROM says itself") {
  struct Case {
    const char* text;
    const char* moves;
  };
  const Case cases[] = {
      {"FROM python:3.12\n", "python >= 3.12 (2)"},
      {"ARG V=3.12\nFROM python:${V}\n", ""},
      {"FROM python:${V:-3.12}\n", ""},
      {"FROM python:3.12\nCOPY --from=node:22 /a /b\n", "python >= 3.12 (2)"},
      {"ARG MIRROR\nFROM ${MIRROR}/node:22\n", "node >= 22 (1)"},
      {"FROM --platform=linux/amd64 python:3.12-slim AS x\nFROM x\n", "python >= 3.12 (2)"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.text);
    CHECK(moved_by("docker", {{"Dockerfile", it.text}}) == it.moves);
  }
}

TEST_CASE("how many numbers a tag has, and where it stands") {
  struct Case {
    const char* image;
    const char* moves;
  };
  const Case cases[] = {
      {"python:3.12", "python >= 3.12 (2)"},
      {"python:3.12-slim-bookworm", "python >= 3.12 (2)"},
      {"python:3.12.4-slim", "python >= 3.12.4"},
      {"python:3", "python >= 3 (1)"},
      {"php:8.2-fpm", "php >= 8.2 (2)"},
      {"ruby:3.3-alpine3.20", "ruby >= 3.3 (2)"},
      {"golang:1.22", "golang >= 1.22 (2)"},
      {"golang:1.22rc1", "golang >= 1.22"},
      {"node:22-alpine", "node >= 22 (1)"},
      {"node:22.1-alpine", "node >= 22.1 (2)"},
      {"python:slim", ""},
      {"python:3.12\nFROM python:3.13.1", "python >= 3.12"},
      {"python:3.13\nFROM python:3.12", "python >= 3.12 (2)"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.image);
    CHECK(moved_by("docker", {{"Dockerfile", "FROM " + std::string(it.image) + "\n"}}) == it.moves);
  }
}

TEST_CASE("the version that is written is the lowest; what names none is never moved") {
  struct Case {
    const char* ecosystem;
    File file;
    const char* moves;
  };
  const auto package = [](const std::string& range) {
    return File{"package.json", "{\"dependencies\": {\"node\": \"" + range + "\"}}"};
  };
  const Case cases[] = {
      {"dotnet-sdk",
       {"global.json", R"({"sdk": {"version": "9.0.100", "rollForward": "latestMajor"}})"},
       "dotnet-sdk >= 9.0.100"},
      {"npm", package("^22.1.0"), "node >= 22.1.0"},
      {"npm", package("22.1.0"), "node >= 22.1.0"},
      {"npm", package("<24"), "node from anywhere"},
      {"npm", package("latest"), ""},
      {"npm", package("npm:@x/y@1"), ""},
      {"npm", package("*"), ""},
      {"npm", package(""), ""},
      {"npm", package("workspace:*"), ""},
      {"conda", {"environment.yml", "dependencies:\n  - python=3.12\n"}, "python >= 3.12"},
      {"conda", {"environment.yml", "dependencies:\n  - python\n"}, ""},
  };
  for (const Case& it : cases) {
    CAPTURE(it.ecosystem);
    CAPTURE(it.file.text);
    CHECK(moved_by(it.ecosystem, {it.file}) == it.moves);
  }
}

TEST_CASE("only names in the folders of the `updates` entry; where that is unclear, in all") {
  const auto found =
      collected({{"Dockerfile", "FROM ruby:3.3\n"},
                 {"a/Dockerfile", "FROM python:3.12\n"},
                 {"a/b/Dockerfile", "FROM php:8.2\n"},
                 {"c/Dockerfile", "FROM node:22\n"},
                 {"w/p/package.json", "{\"dependencies\": {\"node\": \"22.1.0\"}}"}});
  const auto names = [&](const std::string& ecosystem, const std::vector<std::string>& folders) {
    std::string text;
    for (const auto& [name, place] : found.in(ecosystem, UpdateDirectories(folders)))
      text += (text.empty() ? "" : " ") + name;
    return text;
  };
  CHECK(names("docker", {"/"}) == "ruby");
  CHECK(names("docker", {"."}) == "ruby");
  CHECK(names("docker", {"/a"}) == "python");
  CHECK(names("docker", {"./a/"}) == "python");
  CHECK(names("docker", {"a", "/c"}) == "node python");
  CHECK(names("docker", {"/a/*"}) == "php python");
  CHECK(names("docker", {"/a*"}) == "node php python ruby");
  CHECK(names("docker", {"**/*"}) == "node php python ruby");
  CHECK(names("docker", {"../x"}) == "node php python ruby");
  CHECK(names("docker", {}) == "node php python ruby");
  CHECK(names("docker", {"/x"}) == "");
  CHECK(names("npm", {"/"}) == "node");
  CHECK(names("npm", {"/w"}) == "node");
  CHECK(names("npm", {"/c"}) == "");
}
