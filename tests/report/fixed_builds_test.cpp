// Generated repositories that lack nothing but a version that the build takes: what fix made of
// them builds, or fix says what it left.
#include <algorithm>
#include <random>

#include "build/foretell.h"
#include "pins/fix_repository_support.h"

using namespace buildable;
namespace world = buildable::testing;

namespace {

using Texts = std::map<std::string, std::string>;

constexpr int repositories_each = 60;  // for each runtime below

struct TrackAt {
  const char* date;
  const char* track;
};
constexpr TrackAt states[] = {{"2025-10-23", "latest"},  {"2026-03-23", "latest"},
                              {"2026-04-10", "default"}, {"2026-05-14", "default"},
                              {"2026-08-20", "default"}, {"2026-08-20", "latest"}};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  const TrackAt& state() { return states[below(std::size(states))]; }

  std::string number(int low, int high) {
    return std::to_string(low + static_cast<int>(below(static_cast<std::size_t>(high - low) + 1)));
  }
  std::string one_of(std::initializer_list<std::string> texts) {
    return *(texts.begin() + static_cast<std::ptrdiff_t>(below(texts.size())));
  }
  bool sometimes() { return below(3) == 0; }

  std::string python() { return "3." + number(8, 16) + one_of({"", "", "." + number(0, 20)}); }
  std::string node() {
    const std::string major = number(16, 28);
    return one_of({major, major + ".x", major + "." + number(0, 20) + "." + number(0, 3),
                   "^" + major, "~" + major + "." + number(0, 20), ">=" + major,
                   ">=" + major + " <" + number(29, 30), major + " || " + number(16, 28),
                   ">=" + number(12, 18) + " <=" + major, "v" + major + ".0.0"});
  }
  std::string java() {
    return one_of({"8", "1.8", "8u" + number(1, 500), "1.8.0_" + number(1, 999), "11",
                   "17.0." + number(1, 30), "zulu-21", "21.0." + number(1, 40), number(7, 31)});
  }

 private:
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  std::mt19937 random_;
};

Texts python_tool(Generator& any) {
  Texts files{{"app.py", "print()\n"}};
  const std::string manager = any.one_of({"pip", "pip", "poetry", "uv"});
  const std::string project = "[project]\nname = \"x\"\nversion = \"1\"\nrequires-python = \">=3." +
                              any.number(8, 13) + "\"\n";
  if (manager == "pip") files["requirements.txt"] = "flask\n";
  if (manager != "pip") files["pyproject.toml"] = project;
  if (manager == "poetry") files["poetry.lock"] = "\n";
  if (manager == "uv") files["uv.lock"] = "version = 1\n";
  const std::string version = any.python();
  if (manager == "uv" || any.sometimes())
    files[".python-version"] = any.one_of({"", "# chosen\n"}) + version + "\n";
  else
    files["runtime.txt"] = "python-3." + any.number(8, 16) + "." + any.number(0, 20) + "\n";
  return files;
}

Texts node_tool(Generator& any) {
  const std::string manager = any.one_of({"npm", "yarn", "pnpm"});
  Texts files{{"package-lock.json", "{}\n"}};
  if (manager == "yarn") files = {{"yarn.lock", "# yarn lockfile v1\n"}};
  if (manager == "pnpm") files = {{"pnpm-lock.yaml", "lockfileVersion: '9.0'\n"}};
  const std::string field = manager == "pnpm" ? ", \"packageManager\": \"pnpm@9.15.0\"" : "";
  files["package.json"] = "{\"name\": \"x\", \"version\": \"1.0.0\", \"engines\": {\"node\": \"" +
                          any.node() + "\"}" + field + "}\n";
  if (any.sometimes()) files[".nvmrc"] = "v" + any.number(16, 28) + "\n";
  return files;
}

Texts go_tool(Generator& any) {
  const std::string line = "1." + any.number(16, 28) + any.one_of({"", ".0", ".99"});
  const std::string comment =
      any.sometimes() ? "// +heroku goVersion go1." + any.number(16, 28) + "\n" : "";
  const std::string toolchain =
      any.sometimes() ? "\ntoolchain go1." + any.number(21, 28) + "." + any.number(0, 9) + "\n"
                      : "";
  Texts files{{"main.go", "package main\n"},
              {"go.mod", "module example.org/x\n\n" + comment + "go " + line + "\n" + toolchain}};
  if (any.sometimes()) files["go.work"] = "go " + line + "\n\nuse .\n";
  return files;
}

Texts ruby_tool(Generator& any) {
  const std::string ruby =
      any.sometimes() ? "3.1.4p0 (jruby 9.4.8.0)"
                      : any.number(2, 4) + "." + any.number(0, 9) + "." + any.number(0, 12);
  const std::string call = any.sometimes() && ruby.find('(') == std::string::npos
                               ? "ruby '>= " + ruby.substr(0, ruby.rfind('.')) + "'\n"
                               : "";
  return {{"Gemfile", "source 'https://rubygems.org'\n" + call},
          {"Gemfile.lock",
           "GEM\n  specs:\n\nRUBY VERSION\n   ruby " + ruby + "\n\nBUNDLED WITH\n   2.5.23\n"}};
}

Texts jvm_tool(Generator& any) {
  Texts files{{"system.properties", "java.runtime.version=" + any.java() + "\n"}};
  const std::string tool = any.one_of({"maven", "gradle", "sbt"});
  if (tool == "maven") files["pom.xml"] = "<project/>\n";
  if (tool == "maven" && any.sometimes())
    files["system.properties"] += "maven.version=3.9." + any.number(0, 12) + "\n";
  if (tool == "gradle") {
    files["build.gradle"] = "\n";
    files["gradlew"] = "#!/bin/sh\n";
    files["gradle/wrapper/gradle-wrapper.properties"] =
        "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10-bin.zip\n";
  }
  if (tool == "sbt") {
    files["build.sbt"] = "\n";
    files["project/build.properties"] =
        "sbt.version=" + any.one_of({"0.13.18", "1.9.9", "1.12.1", "2.0.0-RC8"}) + "\n";
  }
  return files;
}

Texts dotnet_tool(Generator& any) {
  Texts files{{"App.csproj",
               "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net" +
                   any.number(6, 12) + ".0</TargetFramework>\n  </PropertyGroup>\n</Project>\n"}};
  const std::string policy =
      any.one_of({"", "", ", \"rollForward\": \"disable\"", ", \"rollForward\": \"latestFeature\"",
                  ", \"rollForward\": \"latestMajor\""});
  if (any.sometimes())
    files["global.json"] = "{\"sdk\": {\"version\": \"" + any.number(7, 11) + ".0." +
                           any.number(1, 4) + "0" + any.number(0, 9) + "\"" + policy + "}}\n";
  if (any.sometimes())
    files["lib/lib.csproj"] = "<Project><PropertyGroup><TargetFrameworks>net462;net" +
                              any.number(6, 12) +
                              ".0;net8.0</TargetFrameworks></PropertyGroup>"
                              "</Project>\n";
  return files;
}

Texts php_tool(Generator& any) {
  const std::string minor = any.number(0, 6);
  const std::string php = any.one_of({"^8." + minor, "~8." + minor + ".0", "8." + minor + ".*",
                                      ">=7." + minor, "8." + minor + "." + any.number(0, 30)});
  return {{"composer.json", "{\"require\": {\"php\": \"" + php + "\"}}\n"},
          {"composer.lock",
           "{\"content-hash\":\"x\",\"packages\":[],\"packages-dev\":[],\"aliases\":[],"
           "\"minimum-stability\":\"stable\",\"stability-flags\":[],\"prefer-stable\":false,"
           "\"prefer-lowest\":false,\"platform\":{\"php\":\"" +
               php + "\"},\"platform-dev\":[],\"plugin-api-version\":\"2.6.0\"}\n"}};
}

// What people and their tools read beside.
void add_mirrors(Generator& any, Texts& files) {
  const std::string python = "3." + any.number(8, 16);
  const std::string digest =
      any.sometimes() ? "@sha256:" + std::string(64, '0') : any.one_of({"", "-slim-bullseye"});
  if (any.sometimes()) files["Dockerfile"] = "FROM python:" + python + digest + " AS build\n";
  if (any.sometimes())
    files[".github/workflows/ci.yml"] =
        "on: push\njobs:\n  t:\n    strategy:\n      matrix:\n        include:\n          - v: "
        "'3." +
        any.number(8, 16) + "'\n          - v: '" + python +
        "'\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n          "
        "python-version: ${{ matrix.v }}\n";
}

struct Kind {
  const char* name;
  Texts (*make)(Generator& any);
};
constexpr Kind kinds[] = {{"python", python_tool}, {"node", node_tool}, {"go", go_tool},
                          {"ruby", ruby_tool},     {"jvm", jvm_tool},   {"dotnet", dotnet_tool},
                          {"php", php_tool}};

std::vector<build::Forecast> foretell(const TrackAt& state, const Texts& texts) {
  const auto foreteller =
      build::Foreteller::make(embedded_rules(), world::track_at(state.date, state.track));
  REQUIRE(foreteller);
  std::vector<build::SourceFile> files;
  for (const auto& [path, text] : texts)
    files.push_back({.path = path, .text = text, .known = build::wants_text(path)});
  return foreteller->foretell(build::Files(std::move(files)));
}

bool is_package_manager(const std::string& runtime) {
  const RuntimeRules* rules = embedded_rules().find(runtime);
  return rules && rules->build_tool;
}

// Fix fixes versions: which package managers an old builder had, and that it knew none for a lock
// file, is another matter; of the latter the command says that the build still fails.
build::Outcome worst_of(const std::vector<build::Forecast>& forecasts) {
  build::Outcome worst = build::Outcome::builds;
  for (const build::Forecast& each : forecasts) {
    if (each.rule == "python-package-manager") continue;
    if (each.outcome == build::Outcome::fails) return each.outcome;
    if (each.outcome == build::Outcome::unknown && !is_package_manager(each.runtime))
      worst = each.outcome;
  }
  return worst;
}

std::string shown(const Texts& texts) {
  std::string text;
  for (const auto& [path, content] : texts) text += "--- " + path + "\n" + content;
  return text;
}

std::string shown(const std::vector<build::Forecast>& forecasts) {
  std::string text;
  for (const build::Forecast& each : forecasts)
    text += each.runtime + " " + std::string(name_of(each.outcome)) + ": " + each.reason + "\n";
  return text;
}

struct Counts {
  int made = 0;
  int failed = 0;  // before fix
  int fixed = 0;   // of these: build now
  int told = 0;    // left, and said so
  int open = 0;    // whether it builds was not known before, and is not now
};

// An SDK that is too old for what is built with it: no pin is wrong by itself, so that the command
// says it of the build, not of a pin.
bool is_said_of_the_build(const std::vector<build::Forecast>& forecasts) {
  return std::any_of(forecasts.begin(), forecasts.end(), [](const build::Forecast& each) {
    return each.error == "NETSDK1045" || each.error == "A compatible .NET SDK was not found";
  });
}

void fix_and_build(const Texts& texts, const TrackAt& state, pins::FixAim aim, Counts& counts) {
  const std::vector<build::Forecast> before = foretell(state, texts);
  const pins::RepositoryEdits fixing = world::fixing_of(state.date, state.track, texts, aim);
  const Texts after = world::applied(texts, fixing);
  const std::vector<build::Forecast> now = foretell(state, after);
  const bool failed = worst_of(before) == build::Outcome::fails;
  ++counts.made;
  counts.failed += failed ? 1 : 0;
  // Of what fails without a pin that cannot be built, the command says that it still fails.
  const bool told = !fixing.remaining.empty() || !fixing.problems.empty() ||
                    fixing.changes.empty() || is_said_of_the_build(now);
  switch (worst_of(now)) {
    case build::Outcome::builds:
      counts.fixed += failed ? 1 : 0;
      return;
    case build::Outcome::fails:
      counts.told += told ? 1 : 0;
      CHECK_MESSAGE(told, state.date << ' ' << state.track << ": fix says nothing\n"
                                     << shown(texts) << "=== after\n"
                                     << shown(after) << shown(now));
      return;
    case build::Outcome::unknown:
      ++counts.open;
      CHECK_MESSAGE((told || worst_of(before) == build::Outcome::unknown),
                    state.date << ' ' << state.track << ": not known whether it builds\n"
                               << shown(texts) << "=== after\n"
                               << shown(after) << shown(now));
      return;
  }
}

// Each changed file holds the same pins as before, nothing but them is another, and fixing again
// changes nothing.
void check_harmless(const Texts& texts, const TrackAt& state, pins::FixAim aim) {
  const pins::RepositoryEdits fixing = world::fixing_of(state.date, state.track, texts, aim);
  CAPTURE(shown(texts));
  CAPTURE(state.date);
  for (const pins::FileChange& change : fixing.changes) {
    if (!change.before || !change.after) continue;
    CHECK(*change.before != *change.after);
    CHECK(world::without_versions(change.path, *change.before) ==
          world::without_versions(change.path, *change.after));
    CHECK(world::finder().find({change.path, *change.before}).pins.size() ==
          world::finder().find({change.path, *change.after}).pins.size());
    CHECK(world::finder().find({change.path, *change.after}).problems.empty());
  }
  const Texts after = world::applied(texts, fixing);
  CHECK(world::fixing_of(state.date, state.track, after, aim).changes.empty());
}

void check_all(pins::FixAim aim) {
  for (const Kind& kind : kinds) {
    Generator any(20260820);
    Counts counts;
    for (int i = 0; i < repositories_each; ++i) {
      Texts files = kind.make(any);
      add_mirrors(any, files);
      const TrackAt& state = any.state();
      fix_and_build(files, state, aim, counts);
      check_harmless(files, state, aim);
    }
    MESSAGE(std::string(kind.name)
            << ": " << counts.made << " repositories, " << counts.failed << " fail; of these "
            << counts.fixed << " are fixed; of all " << counts.told << " fail and are told, "
            << counts.open << " are open");
    CHECK((counts.failed == 0 || counts.fixed > 0));
  }
}

}  // namespace

TEST_CASE("what fix wrote builds, or fix says what is left") { check_all(pins::FixAim::nearest); }

TEST_CASE("what fix --upgrade wrote builds, or fix says what is left") {
  check_all(pins::FixAim::upgrade);
}

TEST_CASE("what fix --newest wrote builds, or fix says what is left") {
  check_all(pins::FixAim::newest);
}
