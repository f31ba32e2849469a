#include "fix_support.h"
#include "pins/roll_forward.h"
#include "policy/explain.h"
#include "policy/forms.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  std::string date;
  std::string track;
  std::string runtime;
  std::string file;
  std::string key;
  std::string text;     // the version in braces
  std::string grammar;  // of a range
  std::string nearest;  // the whole value; empty: left as it is
  std::string newest;
};

const Row rows[] = {
    // Python: a series keeps its length, an exact version its patch.
    {"2025-10-23", "latest", "python", ".python-version", "", "3.14.0", "", "3.13.3", "3.13.3"},
    {"2025-10-23", "latest", "python", ".python-version", "", "3.14", "", "3.13", "3.13"},
    {"2025-10-23", "latest", "python", ".python-version", "", "3.13.9", "", "", ""},
    {"2025-10-23", "latest", "python", ".python-version", "", "3.12", "", "", "3.13"},
    {"2025-10-23", "latest", "python", ".python-version", "", "3.8.1", "", "3.9.21", "3.13.3"},
    {"2026-03-23", "latest", "python", ".python-version", "", "3.14.7", "", "", ""},
    {"2026-03-23", "latest", "python", ".python-version", "", "3.15.0rc1", "", "3.14.3", "3.14.3"},
    {"2026-03-23", "latest", "python", ".python-version", "", "3.9", "", "3.10", "3.14"},
    {"2025-10-23", "latest", "python", ".python-version", "", "3", "", "3.13", "3.13"},
    {"2025-10-23", "default", "python", "runtime.txt", "", "python-{3.13.1}", "", "python-3.12.3",
     "python-3.12.3"},
    {"2025-10-23", "default", "python", "runtime.txt", "", "python-{3.12}", "", "python-3.12.3",
     "python-3.12.3"},
    {"2025-10-23", "latest", "python", "runtime.txt", "", "python-{3.14}", "", "python-3.13",
     "python-3.13"},
    {"2025-10-23", "latest", "python", "Dockerfile", "FROM", "{3.14}-slim-bookworm", "",
     "3.13-slim-bookworm", "3.13-slim-bookworm"},
    {"2025-10-23", "latest", "python", "Dockerfile", "FROM", "{3.14.1}-slim@sha256:0123ab", "", "",
     ""},
    {"2026-03-23", "latest", "python", "pyproject.toml", "project.requires-python", ">=3.10,<3.13",
     "pep440", "", ">=3.10,<3.15"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "project.requires-python", "==3.12.*",
     "pep440", "", "==3.14.*"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "project.requires-python", "~=3.12.0",
     "pep440", "", "~=3.14.0"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "project.requires-python", ">=3.10",
     "pep440", "", ""},
    {"2025-10-23", "latest", "python", "pyproject.toml", "project.requires-python", ">=3.14",
     "pep440", ">=3.13", ">=3.13"},
    {"2025-10-23", "latest", "python", "pyproject.toml", "project.requires-python", ">=3.14.2",
     "pep440", ">=3.13.3", ">=3.13.3"},
    {"2025-10-23", "latest", "python", "pyproject.toml", "project.requires-python",
     ">= 3.14, < 3.15", "pep440", ">= 3.13, < 3.15", ">= 3.13, < 3.15"},
    {"2025-10-23", "latest", "python", "pyproject.toml", "project.requires-python", ">3.13.99",
     "pep440", "", ""},
    {"2025-10-23", "latest", "python", "pyproject.toml", "project.requires-python", ">3.14",
     "pep440", ">=3.13", ">=3.13"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "project.requires-python", ">=3.7,<3.9",
     "pep440", ">=3.7,<3.11", ">=3.7,<3.15"},
    {"2025-10-23", "latest", "python", "pyproject.toml", "project.requires-python",
     ">=3.14,!=3.14.1", "pep440", ">=3.13,!=3.14.1", ">=3.13,!=3.14.1"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "tool.poetry.dependencies.python", "^3.10",
     "poetry", "", ""},
    {"2026-03-23", "latest", "python", "pyproject.toml", "tool.poetry.dependencies.python", "~3.12",
     "poetry", "", "~3.14"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "tool.poetry.dependencies.python", "^4.0",
     "poetry", "^3.14", "^3.14"},
    {"2026-03-23", "latest", "python", "pyproject.toml", "tool.poetry.dependencies.python",
     "3.12.*", "poetry", "", "3.14.*"},

    // Node.js
    {"2026-03-23", "default", "node", "package.json", "engines.node", "22.x", "npm", "20.x",
     "21.x"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "^22.11.0", "npm", "^20.10.0",
     "^21.5.0"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "^22.0.0", "npm", "^20.0.0",
     "^21.0.0"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "~22.11.3", "npm", "~20.10.0",
     "~21.5.0"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "22.14", "npm", "20.10",
     "21.5"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "22", "npm", "20", "21"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "v22.11.0", "npm", "v20.10.0",
     "v21.5.0"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", ">=22.12.0 <23", "npm",
     ">=21.5.0 <23", ">=21.5.0 <23"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", ">=22.0.0 <23.0.0-0", "npm",
     ">=21.0.0 <23.0.0-0", ">=21.0.0 <23.0.0-0"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "22 - 24", "npm", "21 - 24",
     "21 - 24"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "22 || 24", "npm", "20 || 24",
     "21 || 24"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "^20.19.0 || >=22.12.0",
     "npm", "^20.10.0 || >=22.12.0", "^20.19.0 || >=21.5.0"},
    {"2026-03-23", "default", "node", "package.json", "engines.node", "20 || 22", "npm", "",
     "20 || 21 || 22"},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", "20 || 22", "npm", "",
     "20 || 22 || 25"},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", ">=20 <23", "npm", "",
     ">=20 <26"},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", ">=20", "npm", "", ""},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", "*", "npm", "", ""},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", "latest", "npm", "", ""},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", ">=26.7.0 <27", "npm",
     ">=25.7.0 <27", ">=25.7.0 <27"},
    {"2026-03-23", "latest", "node", "package.json", "engines.node", "26.x", "npm", "24.x", "25.x"},
    {"2026-03-23", "latest", "node", ".nvmrc", "", "v{26}", "", "v24", "v25"},
    {"2026-03-23", "latest", "node", ".nvmrc", "", "{22}", "", "", "25"},
    {"2026-03-23", "default", "node", ".nvmrc", "", "{22.20}", "", "20.10", "21.5"},

    // Go
    {"2026-03-23", "default", "go", "go.mod", "go", "1.23.0", "", "1.21.5", "1.21.5"},
    {"2026-03-23", "default", "go", "go.mod", "go", "1.23", "", "1.21", "1.21"},
    {"2026-03-23", "default", "go", "go.mod", "go", "1.22rc2", "", "1.21.5", "1.21.5"},
    {"2026-03-23", "default", "go", "go.mod", "go", "1.21.3", "", "", "1.21.5"},
    {"2026-03-23", "default", "go", "go.mod", "// +heroku goVersion", "go1.23", "cargo", "go1.21",
     "go1.21"},
    {"2026-03-23", "default", "go", "go.mod", "// +heroku goVersion", "~1.23", "cargo", "~1.21",
     "~1.21"},
    {"2026-03-23", "default", "go", "go.mod", "// +heroku goVersion", ">=1.23, <1.25", "cargo",
     ">=1.21, <1.25", ">=1.21, <1.25"},

    // Java: the old numbering where the file takes it, the new one elsewhere. Of archives that are
    // listed nowhere nothing is known: newest moves none of them down.
    {"2026-03-23", "latest", "java", "system.properties", "java.runtime.version", "27", "", "25",
     "25"},
    {"2026-03-23", "latest", "java", "system.properties", "java.runtime.version", "zulu-{27}", "",
     "zulu-25", "zulu-25"},
    {"2026-03-23", "latest", "java", "system.properties", "java.runtime.version", "21.0.99", "",
     "21.0.10", "25.0.2"},
    {"2026-03-23", "latest", "java", "system.properties", "java.runtime.version", "8u442", "",
     "8u432", "25.0.2"},
    {"2026-03-23", "latest", "java", "system.properties", "java.runtime.version", "1.8.0_442", "",
     "1.8.0_432", "25.0.2"},
    {"2026-03-23", "latest", "java", "system.properties", "java.runtime.version", "9.0.4", "",
     "1.8.0_482", "25.0.2"},
    {"2026-03-23", "default", "java", "system.properties", "java.runtime.version", "25", "", "21",
     ""},
    {"2026-03-23", "default", "java", "pom.xml", "maven.enforcer", "[25,)", "maven", "[21,)", ""},
    {"2026-03-23", "latest", "java", "pom.xml", "maven.enforcer", "[17,18)", "maven", "",
     "[17,26)"},
    {"2026-03-23", "default", "java", "pom.xml", "maven.enforcer", "(21.0.1,22]", "maven",
     "[21.0.1,22]", ""},

    // .NET
    {"2026-03-23", "latest", "dotnet", "Web.csproj", "TargetFramework", "net{11.0}", "", "net10.0",
     "net10.0"},
    {"2026-03-23", "latest", "dotnet", "Web.csproj", "TargetFramework", "net{8.0}", "", "",
     "net10.0"},

    // PHP: where only series are known, they are what is written.
    {"2026-03-23", "latest", "php", "composer.json", "require.php", "~8.1.0", "composer", "~8.2.0",
     "~8.5.0"},
    {"2026-03-23", "latest", "php", "composer.json", "require.php", "~8.2", "composer", "", ""},
    {"2026-03-23", "latest", "php", "composer.json", "require.php", "^9.0", "composer", "^8.5",
     "^8.5"},
    {"2026-03-23", "latest", "php", "composer.json", "require.php", "8.1.*", "composer", "8.2.*",
     "8.5.*"},
    {"2026-03-23", "default", "php", "composer.json", "require.php", "^8.4", "composer", "^8.2",
     ""},
    {"2026-03-23", "latest", "php", "composer.json", "require.php", "7.4.* | 8.0.*", "composer",
     "7.4.* | 8.2.*", "7.4.* | 8.5.*"},

    // Ruby
    {"2026-03-23", "latest", "ruby", "Gemfile.lock", "RUBY VERSION", "ruby {3.3.99}p55", "",
     "ruby 3.3.10", "ruby 4.0.2"},
    {"2026-03-23", "latest", "ruby", "Gemfile", "ruby", "~> 4.1.0", "ruby", "~> 4.0.0", ""},
    {"2026-03-23", "latest", "ruby", "Gemfile", "ruby", "~> 3.3.0", "ruby", "", "~> 4.0.0"},
    {"2026-03-23", "latest", "ruby", ".ruby-version", "", "ruby-{4.1.0}", "", "ruby-4.0.2", ""},

    // Build tools
    {"2026-03-23", "latest", "maven", "system.properties", "maven.version", "3.9.9", "", "3.9.4",
     "3.9.4"},
    {"2026-03-23", "latest", "sbt", "project/build.properties", "sbt.version", "2.0.0", "", "", ""},
};

std::string value_of(const Row& row, FixAim aim) {
  const RuntimePolicy& runtime = runtime_at(row.date, row.track, row.runtime);
  const Pin pin = pin_of(runtime, row.file, row.key, row.text, row.grammar);
  const auto fixed = fix(pin, runtime, aim);
  if (!fixed) return {};
  // The edit and the value say the same.
  CHECK(apply_edits(pin.value, {fixed->edit}) == fixed->value);
  return fixed->value;
}

}  // namespace

TEST_CASE("a pin is fixed in its own spelling") {
  for (const Row& row : rows) {
    CAPTURE(row.runtime);
    CAPTURE(row.track);
    CAPTURE(row.text);
    CHECK(value_of(row, FixAim::nearest) == row.nearest);
    CHECK(value_of(row, FixAim::newest) == row.newest);
  }
}

namespace {

// A runtime of which 9.1.0, 9.1.2 and 10.0.1 build, and what its buildpack reads.
RuntimePolicy small_runtime(Scheme scheme, std::vector<PinFile> reads = {}) {
  RuntimePolicy runtime;
  runtime.runtime = "tool";
  runtime.name = "Tool";
  runtime.scheme = scheme;
  for (const char* text : {"9.1.0", "9.1.2", "10.0.1"})
    runtime.known.push_back(*Version::parse(scheme, text));
  runtime.buildable = VersionSet::of(scheme, runtime.known);
  runtime.unbuildable = runtime.buildable.complement();
  runtime.reads = std::move(reads);
  return runtime;
}

std::string why_left(const Pin& pin, const RuntimePolicy& runtime, FixAim aim = FixAim::nearest) {
  std::string why;
  CHECK_FALSE(fix(pin, runtime, aim, &why));
  return why;
}

}  // namespace

TEST_CASE("what belongs to one version alone goes with it") {
  const RuntimePolicy runtime = small_runtime(
      Scheme::semver, {{.file = "package.json", .key = "packageManager", .forms = {"tool@X.Y.Z"}}});
  const Pin hashed = pin_of(runtime, "package.json", "packageManager", "tool@{9.1.9}+sha512.abc=");
  const auto fixed = fix(hashed, runtime, FixAim::nearest);
  REQUIRE(fixed);
  CHECK(fixed->value == "tool@9.1.2");
  CHECK(apply_edits(hashed.value, {fixed->edit}) == "tool@9.1.2");
  CHECK(fixed->remark.find("hash") != std::string::npos);
  CHECK(fix(pin_of(runtime, "Dockerfile", "", "{9.1.9}-slim"), runtime, FixAim::nearest)
            ->remark.empty());
}

TEST_CASE("the build of another version is not made up") {
  const RuntimePolicy& java = runtime_at("2026-03-23", "latest", "java");
  for (const char* text : {"{21.0.99_7}-jre", "{21.0.99}_7-jre", "temurin-{21.0.99+12.0.LTS}",
                           "temurin-{21.0.99}+12.0.LTS"}) {
    CAPTURE(text);
    CHECK(why_left(pin_of(java, "Dockerfile", "image", text), java).find("build") !=
          std::string::npos);
  }
  // An update of Java 8 is not a build.
  CHECK(fix(pin_of(java, "Dockerfile", "image", "{8u442}-jre"), java, FixAim::nearest)->value ==
        "8u432-jre");
}

TEST_CASE("a version that rolls forward keeps its policy") {
  const RuntimePolicy& dotnet = runtime_at("2026-03-23", "latest", "dotnet");
  const auto pinned = [&](const char* version, const char* policy) {
    Pin pin = pin_of(dotnet, "global.json", "sdk.version", version);
    pin.form = PinForm::range;
    pin.grammar = "since_0_12";
    pin.accepts = *sdks_by_roll_forward(*Version::parse(Scheme::dotnet, version), policy,
                                        RollForwardReading::since_0_12);
    return pin;
  };
  CHECK(fix(pinned("10.0.300", "latestPatch"), dotnet, FixAim::nearest)->value == "10.0.103");
  CHECK(fix(pinned("8.0.100", "latestPatch"), dotnet, FixAim::newest)->value == "10.0.103");
  CHECK_FALSE(fix(pinned("8.0.100", "latestMajor"), dotnet, FixAim::newest));
  CHECK_FALSE(fix(pinned("10.0.100", "latestFeature"), dotnet, FixAim::nearest));
  CHECK(fix(pinned("11.0.100", "latestFeature"), dotnet, FixAim::nearest)->value == "10.0.103");
}

TEST_CASE("why a pin is left is said") {
  const RuntimePolicy runtime = small_runtime(Scheme::semver);
  Pin pin = pin_of(runtime, ".tool-version", "", "9.1.2");
  CHECK(why_left(pin, runtime) == "it can be built as it is");
  CHECK(why_left(pin_of(runtime, ".tool-version", "", "10.0.1"), runtime, FixAim::newest) ==
        "it takes the newest version that builds");
  pin.form = PinForm::moving;
  pin.accepts.reset();
  CHECK(why_left(pin, runtime) == "it means different versions over time; write a version number");
  pin.form = PinForm::unreadable;
  pin.problem = "\"nine\" is not a version";
  CHECK(why_left(pin, runtime) == "\"nine\" is not a version");
  RuntimePolicy nothing = small_runtime(Scheme::semver);
  nothing.known.clear();
  nothing.buildable = VersionSet::none(Scheme::semver);
  CHECK(why_left(pin_of(nothing, ".tool-version", "", "9.1.9"), nothing).find("known by name") !=
        std::string::npos);
  nothing.governed = false;
  CHECK(why_left(pin_of(nothing, ".tool-version", "", "9.1.9"), nothing) ==
        "no limit is known for Tool");
}

TEST_CASE("a prerelease is never moved to") {
  RuntimePolicy runtime = small_runtime(Scheme::semver);
  runtime.known.push_back(*Version::parse(Scheme::semver, "11.0.0-rc.1"));
  runtime.buildable = VersionSet::of(Scheme::semver, runtime.known);
  const Pin pin = pin_of(runtime, ".tool-version", "", "11.0.0");
  CHECK(fix(pin, runtime, FixAim::nearest)->value == "10.0.1");
  CHECK(fix(pin, runtime, FixAim::newest)->value == "10.0.1");
}

TEST_CASE("a place takes the forms that the rules list") {
  struct {
    const char* form;
    const char* text;
    bool matches;
  } const cases[] = {{"X.Y", "3.14", true},
                     {"X.Y", "3.14.2", false},
                     {"X.Y", "3", false},
                     {"python-X.Y.Z", "python-3.12.1", true},
                     {"python-X.Y.Z", "3.12.1", false},
                     {"8uN", "8u442", true},
                     {"8uN", "11u4", false},
                     {"1.8.0_N", "1.8.0_442", true},
                     {"N.x.y", "21.0.2", true},
                     {"X.Y.ZZZ", "10.0.100", true},
                     {"netX.Y", "net10.0", true},
                     {"npm range", "^22", false},
                     {"X.Y.Z.previewN", "3.5.0.preview1", true}};
  for (const auto& each : cases) {
    CAPTURE(each.form);
    CAPTURE(each.text);
    CHECK(matches_form(each.form, each.text) == each.matches);
  }
}

TEST_CASE("versions are told as the file that decides takes them") {
  const RuntimePolicy& java = runtime_at("2026-03-23", "latest", "java");
  CHECK(spelled_for_people(java, "8.0.432") == "1.8.0_432");
  CHECK(spelled_for_people(java, "21.0.10") == "21.0.10");
  CHECK(spelled_for_people(java, "nothing") == "nothing");
  const RuntimePolicy& python = runtime_at("2025-10-23", "default", "python");
  CHECK(spelled_for_people(python, "3.12.3") == "3.12.3");
  const auto asked = explain(track_at("2026-03-23", "latest"), java, "8u442");
  REQUIRE(asked);
  CHECK(asked->nearest_buildable == "1.8.0_432");
}

TEST_CASE("an edit fits its file") {
  const RuntimePolicy& python = runtime_at("2026-03-23", "latest", "python");
  const auto written = [&](const std::string& before, const std::string& version,
                           const std::string& after, const char* file) {
    Pin pin = pin_of(python, file, "python-version", version);
    pin.value_span = pin.version_span = {before.size(), before.size() + version.size()};
    const std::string text = before + version + after;
    const auto fixed = fix(pin, python, FixAim::nearest);
    REQUIRE(fixed);
    return apply_edits(text, {fitted(*fixed, pin, text).edit});
  };
  CHECK(written("python-version: ", "3.9", "\n", "ci.yml") == "python-version: \"3.10\"\n");
  CHECK(written("python-version: '", "3.9", "'\n", "ci.yml") == "python-version: '3.10'\n");
  CHECK(written("python: [", "3.9", ", 3.12]\n", "ci.yaml") == "python: [\"3.10\", 3.12]\n");
  CHECK(written("image: python:", "3.9", "\n", "ci.yml") == "image: python:3.10\n");
  CHECK(written("", "3.9", "\n", ".python-version") == "3.10\n");
}
