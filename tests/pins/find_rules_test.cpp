// What rules/ says of pins, as a whole: that nothing is missing, and who is asked for which file.
#include <algorithm>
#include <set>

#include "base/ignore.h"
#include "find_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

bool names_file(const PinPlace& place, const std::string& file) {
  return std::any_of(place.files.begin(), place.files.end(), [&file](std::string pattern) {
    if (pattern.starts_with("/")) pattern.erase(0, 1);
    if (pattern.starts_with("**/")) pattern.erase(0, 3);
    return pattern == file;
  });
}

// "python" of "docker/library/python".
std::string repository_of(std::string name) {
  for (const std::string folder : {"docker/library/", "library/"})
    if (name.starts_with(folder)) name.erase(0, folder.size());
  return name;
}

std::set<std::string> image_names(const RuntimeRules& runtime) {
  std::set<std::string> names;
  for (const PinPlace& place : runtime.pins)
    if (place.syntax == PinSyntax::image) names.insert(place.names.begin(), place.names.end());
  return names;
}

}  // namespace

TEST_CASE("every file and key that a buildpack reads is a place of pins") {
  int seen = 0;
  for (const RuntimeRules& runtime : embedded_rules().runtimes) {
    for (const BuildpackRule& rule : runtime.buildpacks) {
      for (const PinFile& read : rule.reads) {
        CAPTURE(runtime.id);
        CAPTURE(read.file);
        CAPTURE(read.key);
        ++seen;
        CHECK(std::any_of(runtime.pins.begin(), runtime.pins.end(), [&](const PinPlace& place) {
          return place.key == read.key && names_file(place, read.file);
        }));
      }
    }
  }
  CHECK(seen > 40);
}

TEST_CASE("a grammar that a buildpack reads a place with is the place's own") {
  for (const RuntimeRules& runtime : embedded_rules().runtimes)
    for (const BuildpackRule& rule : runtime.buildpacks)
      for (const PinFile& read : rule.reads)
        for (const PinPlace& place : runtime.pins) {
          if (place.key != read.key || !names_file(place, read.file)) continue;
          CAPTURE(runtime.id + " " + read.file + " " + read.key);
          CHECK(place.grammar == read.grammar);
          CHECK(place.roll_forward.empty() == read.roll_forward.empty());
        }
}

TEST_CASE("the images whose updates are limited are the images that are found") {
  for (const RuntimeRules& runtime : embedded_rules().runtimes) {
    const std::set<std::string> found = image_names(runtime);
    for (const DependabotNames& names : runtime.dependabot) {
      if (names.ecosystem != "docker") continue;
      for (const std::string& name : names.dependencies) {
        CAPTURE(runtime.id + " " + name);
        CHECK(found.contains(repository_of(name)));
      }
    }
  }
}

TEST_CASE("some names tell what is in the file, others let it be seen") {
  for (const char* path : {".python-version", "Dockerfile", "web/Dockerfile.prod", "compose.yml",
                           "docker-compose.yml", ".github/workflows/x.yml", "environment.yml"})
    CHECK(finder().wants_surely(path));
  for (const char* path : {"x.yml", "Dockerfiles", "dockerfile.png", "compost.yml",
                           "a/.github/workflows/x.yml", ".github/x.yml"}) {
    CAPTURE(std::string(path));
    CHECK(finder().wants(path));
    CHECK_FALSE(finder().wants_surely(path));
    CHECK(summary(finder().find({path, "python: [\x00"})) == "");
  }
}

TEST_CASE("files are wanted by their path alone") {
  struct Row {
    const char* path;
    bool wanted;
  };
  for (const Row row : {Row{".python-version", true},
                        {"a/b/.python-version", true},
                        {"python-version", false},
                        {"runtime.txt", true},
                        {"my-runtime.txt", false},
                        {"Dockerfile", true},
                        {"web/Dockerfile.prod", true},
                        {"prod.Dockerfile", true},
                        {"Docker", false},
                        {"compose.override.yaml", true},
                        {"docker-compose.yml", true},
                        {".github/workflows/x.yml", true},
                        {"x.yml", true},
                        {"a/b/x.csproj", true},
                        {"x.cs", true},
                        {"a/x.cs", false},
                        {"gradle/wrapper/gradle-wrapper.properties", true},
                        {"app/gradle/wrapper/gradle-wrapper.properties", true},
                        {"gradle-wrapper.properties", false},
                        {"", false},
                        {"/", false},
                        {"a/", false}}) {
    CAPTURE(row.path);
    CHECK(finder().wants(row.path) == row.wanted);
    CHECK(summary(finder().find({row.path, ""})) == "");
  }
}
