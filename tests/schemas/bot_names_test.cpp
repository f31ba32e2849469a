// The names in rules/ by which bots know runtimes: each row of what Renovate extracts is hit by the
// right runtime, and nothing that is not a runtime is hit. How a list of names matches:
// https://docs.renovatebot.com/configuration-options/#matchpackagenames
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "rules/load.h"
#include "support/files.h"
#include "support/paths.h"

using namespace buildable;

namespace {

const std::vector<RuntimeRules>& runtimes() {
  static const std::vector<RuntimeRules> all = [] {
    std::vector<RuntimeRules> read;
    const std::filesystem::path folder = testing::source_dir() / "rules/runtimes";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      auto rules =
          parse_runtime(buildable::testing::read_file(entry.path()), entry.path().string());
      REQUIRE_MESSAGE(rules, rules.error().to_text());
      read.push_back(*std::move(rules));
    }
    return read;
  }();
  return all;
}

bool one_matches(std::string_view pattern, const std::string& package) {
  if (!pattern.starts_with('/')) return pattern == package;
  const std::string expression(pattern.substr(1, pattern.size() - 2));
  return std::regex_search(package, std::regex(expression));
}

// Some positive pattern and every negative one.
bool list_matches(const std::vector<std::string>& patterns, const std::string& package) {
  bool hit = patterns.empty();
  for (const std::string& pattern : patterns) {
    if (!pattern.starts_with('!'))
      hit = hit || one_matches(pattern, package);
    else if (one_matches(std::string_view(pattern).substr(1), package))
      return false;
  }
  return hit;
}

// "python", "dotnet by series"; several are joined, none is empty.
std::string hit_by(const std::string& datasource, const std::string& package) {
  std::string hits;
  for (const RuntimeRules& runtime : runtimes())
    for (const RenovateMatch& match : runtime.renovate.matches) {
      const auto& sources = match.datasources;
      if (match.granularity == Granularity::unlimited ||
          std::find(sources.begin(), sources.end(), datasource) == sources.end() ||
          !list_matches(match.packages, package))
        continue;
      hits += (hits.empty() ? "" : "+") + runtime.id;
      if (match.granularity == Granularity::series) hits += " by series";
    }
  return hits;
}

// What the custom managers of a runtime take out of a file, joined with blanks. The expressions
// have one group with a name, which this library does not know, and no other that captures.
std::string taken(const std::string& id, const std::string& file, const std::string& text) {
  std::string values;
  for (const RuntimeRules& runtime : runtimes()) {
    if (runtime.id != id) continue;
    for (const RenovateManager& manager : runtime.renovate.managers) {
      if (!list_matches(manager.files, file)) continue;
      for (std::string expression : manager.matches) {
        expression.replace(expression.find("?<currentValue>"), 15, "");
        const std::regex regex(expression);
        for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end;
             ++match)
          values += (values.empty() ? "" : " ") + match->str(1);
      }
    }
  }
  return values;
}

}  // namespace

TEST_CASE("every name of a runtime is hit, once") {
  struct Row {
    const char* datasource;
    const char* package;
    const char* runtime;
  };
  const Row rows[] = {
      {"docker", "python", "python"},
      {"docker", "docker.io/library/python", "python"},
      {"docker", "library/python", "python"},
      {"docker", "registry.example/mirror/library/python", "python"},
      {"docker", "cimg/python", "python"},
      {"python-version", "python", "python"},
      {"conda", "python", "python"},
      {"github-releases", "containerbase/python-prebuild", "python"},
      {"github-releases", "actions/python-versions", "python"},
      {"github-tags", "python/cpython", "python"},
      {"node-version", "node", "node"},
      {"docker", "node", "node"},
      {"docker", "public.ecr.aws/docker/library/node", "node"},
      {"npm", "node", "node"},
      {"conda", "nodejs", "node"},
      {"conda", "conda-forge/openjdk", "java"},
      {"conda", "go", "go"},
      {"conda", "php", "php"},
      {"conda", "ruby", "ruby"},
      {"conda", "dotnet-sdk", "dotnet"},
      {"conda", "sbt", "sbt"},
      {"github-releases", "actions/node-versions", "node"},
      {"github-releases", "containerbase/node-prebuild", "node"},
      {"github-tags", "nodejs/node", "node"},
      {"golang-version", "go", "go"},
      {"docker", "golang", "go"},
      {"docker", "cimg/go", "go"},
      {"github-tags", "golang/go", "go"},
      {"github-releases", "actions/go-versions", "go"},
      {"github-releases", "containerbase/golang-prebuild", "go"},
      {"java-version", "java-jdk", "java"},
      {"java-version", "java-jre", "java"},
      {"java-version", "java?system=true", "java"},
      {"java-version", "oracle-graalvm-jdk", "java"},
      {"docker", "eclipse-temurin", "java"},
      {"docker", "docker.io/library/openjdk", "java"},
      {"docker", "amazoncorretto", "java"},
      {"docker", "azul/zulu-openjdk", "java"},
      {"docker", "azul/zulu-openjdk-alpine", "java"},
      {"docker", "bellsoft/liberica-openjre-debian", "java"},
      {"docker", "mcr.microsoft.com/openjdk/jdk", "java"},
      {"dotnet-version", "dotnet-sdk", "dotnet"},
      {"dotnet-version", "dotnet-runtime", "dotnet by series"},
      {"docker", "mcr.microsoft.com/dotnet/sdk", "dotnet"},
      {"docker", "mcr.microsoft.com/dotnet/nightly/sdk", "dotnet"},
      {"docker", "mcr.microsoft.com/dotnet/aspnet", "dotnet by series"},
      {"docker", "mcr.microsoft.com/dotnet/runtime-deps", "dotnet by series"},
      {"github-tags", "containerbase/php-prebuild", "php"},
      {"github-releases", "containerbase/php-prebuild", "php"},
      {"github-tags", "php/php-src", "php"},
      {"docker", "php", "php"},
      {"ruby-version", "ruby", "ruby"},
      {"ruby-version", "ruby-version", "ruby"},
      {"docker", "ruby", "ruby"},
      {"github-releases", "containerbase/ruby-prebuild", "ruby"},
      {"github-releases", "sbt/sbt", "sbt"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.datasource);
    CHECK_MESSAGE(hit_by(row.datasource, row.package) == row.runtime, row.package);
  }
}

TEST_CASE("nothing that is not a runtime is hit") {
  struct Row {
    const char* datasource;
    const char* package;
  };
  const Row rows[] = {
      {"docker", "kindest/node"},
      {"docker", "docker.io/kindest/node"},
      {"docker", "quay.io/calico/node"},
      {"docker", "ghcr.io/devcontainers/features/python"},
      {"docker", "ghcr.io/devcontainers/features/node"},
      {"docker", "mcr.microsoft.com/devcontainers/python"},
      {"docker", "mcr.microsoft.com/vscode/devcontainers/php"},
      {"docker", "mcr.microsoft.com/azure-functions/python"},
      {"docker", "paketobuildpacks/ruby"},
      {"docker", "gcr.io/paketo-buildpacks/python"},
      {"docker", "nikolaik/python-nodejs"},
      {"docker", "pypy"},
      {"docker", "maven"},
      {"docker", "gradle"},
      {"docker", "tomcat"},
      {"docker", "ibm-semeru-runtimes"},
      {"docker", "mcr.microsoft.com/dotnet/monitor"},
      {"docker", "mcr.microsoft.com/dotnet/framework/sdk"},
      {"docker", "tools-harbor.wmcloud.org/toolforge/heroku-builder"},
      {"docker", "heroku/builder"},
      {"conda", "conda-forge/go-sqlite"},
      {"conda", "ruby-sass"},
      {"npm", "@types/node"},
      {"npm", "npm"},
      {"npm", "pnpm"},
      {"npm", "yarn"},
      {"npm", "python"},
      {"pypi", "python"},
      {"pypi", "poetry"},
      {"maven", "org.apache.maven:apache-maven"},
      {"maven", "org.scala-lang:scala-library"},
      {"gradle-version", "gradle"},
      {"github-tags", "actions/setup-python"},
      {"github-tags", "actions/setup-node"},
      {"github-releases", "apache/maven"},
      {"buildpacks-registry", "heroku/python"},
      {"rust-version", "rust"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.datasource);
    CHECK_MESSAGE(hit_by(row.datasource, row.package) == "", row.package);
  }
}

TEST_CASE("custom managers take what Renovate's own leave, and nothing that the build refuses") {
  struct Row {
    const char* runtime;
    const char* file;
    const char* text;
    const char* value;  // empty: nothing is taken
  };
  const Row rows[] = {
      {"python", "runtime.txt", "python-3.12.1\n", "3.12.1"},
      {"python", "backend/runtime.txt", "python-3.12", "3.12"},
      {"python", "runtime.txt", "python-3.12.1", ""},  // Renovate's own manager
      {"python", "runtime.txt", "python-3\n", ""},
      {"python", ".python-version", "# why\n3.13\n", "3.13"},
      {"python", ".python-version", "3.13.2\n# why\n", "3.13.2"},
      {"python", ".python-version", "# 3.12\r\n\r\n3.13\r\n# end", "3.13"},
      {"python", ".python-version", "3.13\n", ""},  // Renovate's own manager
      {"python", ".python-version", "3.12\n3.13\n", ""},
      {"python", ".python-version", "# why\n3.12\n3.13\n", ""},
      {"python", ".python-version", "3.13\n# why\n3.12\n", ""},
      {"python", ".python-version", "3.13 # why\n", ""},
      {"python", "Pipfile", "[packages]\n[requires]\npython_version = \"3.12\"\n", "3.12"},
      {"python", "Pipfile", "[requires]\npython_full_version = '3.12.4'\n", "3.12.4"},
      {"python", "Pipfile", "[requires]\n[other]\npython_version = \"3.12\"\n", ""},
      {"go", "go.mod", "module m\n// +heroku goVersion go1.23\ngo 1.22\n", "1.23"},
      {"go", "go.mod", "// +heroku goVersion 1.23.4", "1.23.4"},
      {"go", "go.mod", "// +heroku goVersion ~1.23\n", ""},
      {"java", "system.properties", "java.runtime.version=17\n", "17"},
      {"java", "system.properties", "a=b\r\njava.runtime.version = zulu-21\r\n", "21"},
      {"java", "system.properties", "java.runtime.version=21.0.2", "21.0.2"},
      {"java", "system.properties", "java.runtime.version=1.8.0_442\n", ""},
      {"java", "system.properties", "# java.runtime.version=17\n", ""},
      {"maven", "system.properties", "java.runtime.version=17\nmaven.version=3.9.4\n", "3.9.4"},
      {"dotnet", "app/web.csproj", "<TargetFramework>net10.0</TargetFramework>", "10.0"},
      {"dotnet", "Directory.Build.props", "<TargetFramework>net8.0</TargetFramework>", "8.0"},
      {"dotnet", "web.csproj", "<TargetFramework>net8.0-windows</TargetFramework>", ""},
      {"dotnet", "web.csproj", "<TargetFramework>netstandard2.0</TargetFramework>", ""},
      {"dotnet", "web.xml", "<TargetFramework>net8.0</TargetFramework>", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file);
    CAPTURE(row.text);
    CHECK(taken(row.runtime, row.file, row.text) == row.value);
  }
}

// Dependabot drops the registry of an image before it compares names.
TEST_CASE("Dependabot's names of images have no registry") {
  for (const RuntimeRules& runtime : runtimes())
    for (const DependabotNames& names : runtime.dependabot) {
      if (!names.ecosystem.starts_with("docker") && names.ecosystem != "helm") continue;
      for (const std::string& name : names.dependencies)
        CHECK_MESSAGE(name.find('.') == std::string::npos, runtime.id << ": " << name);
    }
}
