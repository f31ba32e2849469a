// Pins that belong together move together or not at all.
#include "fix_repository_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

std::string kept(const std::string& framework) {
  return "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>\n<TargetFramework>" + framework +
         "</TargetFramework> <!-- buildable: ignore it waits for us -->\n"
         "</PropertyGroup></Project>\n";
}
std::string project(const std::string& range, const std::string& comment = "") {
  return "[project]\nname = \"a\"\nversion = \"0\"\nrequires-python = \"" + range + "\"" + comment +
         "\n";
}
std::string go(const std::string& lines) { return "module x\n\n" + lines; }

constexpr const char* ignored = " # buildable: ignore it waits for us";
constexpr const char* together = "change both by hand";

std::string wrapper(const std::string& version, const std::string& more = "") {
  return more + "distributionUrl=https\\://services.gradle.org/distributions/gradle-" + version +
         "-bin.zip\n";
}
const std::string sum = "distributionSha256Sum=" + std::string(64, '0') + "\n";
const std::string of_gradle = "gradle/wrapper/gradle-wrapper.properties";
const std::string no_lock = "{\"packages\": [], \"platform\": {\"php\": \"~8.2.0\"}}\n";

// As of 2026-05-14, default: Go up to 1.26.2, .NET SDK up to 10, Python 3.10 to 3.14.
const FixRow rows[] = {
    // The toolchain line is never older than the go line.
    {"a toolchain goes up with the go line",
     FixAim::upgrade,
     {{"go.mod", go("go 1.22.1\n\ntoolchain go1.24.2 // fast\n")}},
     {{"go.mod", go("go 1.26.2\n\ntoolchain go1.26.2 // fast\n")}},
     "go1.24.2 -> go1.26.2"},
    {"with a go line of two numbers",
     FixAim::upgrade,
     {{"go.mod", go("go 1.24\ntoolchain go1.24.2\n")}},
     {{"go.mod", go("go 1.26\ntoolchain go1.26.2\n")}},
     ""},
    {"a newer toolchain stays",
     FixAim::upgrade,
     {{"go.mod", go("go 1.22.1\ntoolchain go1.27.0\n")}},
     {{"go.mod", go("go 1.26.2\ntoolchain go1.27.0\n")}},
     ""},
    {"and so it does where the go line goes down",
     FixAim::nearest,
     {{"go.mod", go("go 1.29.0\ntoolchain go1.29.1\n")}},
     {{"go.mod", go("go 1.26.2\ntoolchain go1.29.1\n")}},
     ""},
    {"a go line stays with its toolchain that is ignored",
     FixAim::upgrade,
     {{"go.mod", go("go 1.22.1\ntoolchain go1.24.2 // buildable: ignore it waits for us\n")}},
     {},
     together},
    {"of a workspace",
     FixAim::upgrade,
     {{"go.mod", go("go 1.22.1\n")}, {"go.work", "go 1.22.1\ntoolchain go1.24.2\nuse .\n"}},
     {{"go.mod", go("go 1.26.2\n")}, {"go.work", "go 1.26.2\ntoolchain go1.26.2\nuse .\n"}},
     ""},
    {"a module stays with its workspace that is ignored",
     FixAim::upgrade,
     {{"go.mod", go("go 1.22.1\n")},
      {"go.work", "go 1.22.1 // buildable: ignore it waits for us\nuse .\n"}},
     {},
     together},
    // global.json and what is built with its SDK.
    {"an SDK and its target",
     FixAim::upgrade,
     {{"global.json", global_json("8.0.100", "disable")}, {"a.csproj", project_of("net8.0")}},
     {{"global.json", global_json("10.0.201", "disable")}, {"a.csproj", project_of("net10.0")}},
     ""},
    {"an SDK with a target that stays",
     FixAim::upgrade,
     {{"global.json", global_json("8.0.100", "disable")}, {"a.csproj", kept("net8.0")}},
     {},
     together},
    {"the same in a folder",
     FixAim::upgrade,
     {{"global.json", global_json("8.0.100", "latestPatch")},
      {"src/a/a.csproj", kept("net8.0")},
      {"src/b/b.csproj", project_of("net8.0")}},
     {},
     together},
    {"an SDK with a list of targets",
     FixAim::upgrade,
     {{"global.json", global_json("8.0.100", "feature")},
      {"src/a.csproj", project_of("net6.0;net8.0", "TargetFrameworks")}},
     {},
     together},
    {"a target that would outgrow its SDK",
     FixAim::upgrade,
     {{"global.json",
       "{\"sdk\": {\n\"version\": \"8.0.100\", // buildable: ignore it waits for us\n"
       "\"rollForward\": \"disable\"}}\n"},
      {"a.csproj", project_of("net6.0")}},
     {},
     together},
    {"an SDK that takes any newer one",
     FixAim::upgrade,
     {{"global.json", global_json("8.0.100", "latestMajor")}, {"a.csproj", project_of("net8.0")}},
     {{"a.csproj", project_of("net10.0")}},
     ""},
    {"an SDK that cannot be built goes down with its target",
     FixAim::nearest,
     {{"global.json", global_json("11.0.100", "disable")}, {"src/a.csproj", project_of("net11.0")}},
     {{"global.json", global_json("10.0.201", "disable")}, {"src/a.csproj", project_of("net10.0")}},
     ""},
    {"and not without it",
     FixAim::nearest,
     {{"global.json", global_json("11.0.100", "disable")}, {"src/a.csproj", kept("net11.0")}},
     {},
     together},
    // Ranges that tools hold the version to.
    {"a version and the range of its project",
     FixAim::upgrade,
     {{".python-version", "3.12\n"}, {"pyproject.toml", project(">=3.10,<3.13")}},
     {{".python-version", "3.14\n"}, {"pyproject.toml", project(">=3.10,<3.15")}},
     ""},
    {"a range that is ignored holds it",
     FixAim::upgrade,
     {{".python-version", "3.11\n"}, {"pyproject.toml", project(">=3.10,<3.13", ignored)}},
     {{".python-version", "3.12\n"}},
     ""},
    {"also where nothing of it builds",
     FixAim::nearest,
     {{".python-version", "3.15\n"}, {"pyproject.toml", project(">=3.15", ignored)}},
     {},
     together},
    {"a Gemfile and its lock",
     FixAim::upgrade,
     {{"Gemfile", "ruby '~> 3.3.0'\n"}, {"Gemfile.lock", "RUBY VERSION\n   ruby 3.3.1p55\n"}},
     {{"Gemfile", "ruby '~> 4.0.0'\n"}, {"Gemfile.lock", "RUBY VERSION\n   ruby 4.0.3\n"}},
     "`bundle update --ruby`"},
    {"a lock whose Gemfile stays",
     FixAim::upgrade,
     {{"Gemfile", "ruby '~> 3.3.0' # buildable: ignore it waits for us\n"},
      {"Gemfile.lock", "RUBY VERSION\n   ruby 3.3.1p55\n"}},
     {{"Gemfile.lock", "RUBY VERSION\n   ruby 3.3.11\n"}},
     ""},
    {"composer.json and its lock",
     FixAim::upgrade,
     {{"composer.json", "{\"require\": {\"php\": \"~8.2.0\"}}\n"}, {"composer.lock", no_lock}},
     {{"composer.json", "{\"require\": {\"php\": \"~8.5.0\"}}\n"},
      {"composer.lock", "{\"packages\": [], \"platform\": {\"php\": \"~8.5.0\"}}\n"}},
     "`composer update --lock`"},
    {"Java and what the code is compiled for",
     FixAim::nearest,
     {{"system.properties", "java.runtime.version=27\n"},
      {"pom.xml",
       "<project><properties>\n<maven.compiler.release>27</maven.compiler.release> "
       "<!-- buildable: ignore it waits for us -->\n</properties></project>\n"}},
     {},
     together},
    {"a range that decides is not held by itself",
     FixAim::upgrade,
     {{"package.json", "{\"engines\": {\"node\": \"^22.11.0\"}}\n"}},
     {{"package.json", "{\"engines\": {\"node\": \"^24.14.0\"}}\n"}},
     ""},
    {"but by others",
     FixAim::upgrade,
     {{"package.json",
       "{\"engines\": {\"node\": \"^22.11.0\"}, \"devEngines\": {\"runtime\": {\"name\": \"node\", "
       "\"version\": \">=20 <23\"}}}\n"}},
     {{"package.json",
       "{\"engines\": {\"node\": \"^24.14.0\"}, \"devEngines\": {\"runtime\": {\"name\": \"node\", "
       "\"version\": \">=20 <25\"}}}\n"}},
     ""},
    // A checksum belongs to one version alone.
    {"a checksum beside an address", FixAim::upgrade, {{of_gradle, wrapper("8.5", sum)}}, {}, ""},
    // What only people and their tools read does not hold the build back.
    {"a mirror that is ignored",
     FixAim::upgrade,
     {{"package.json", "{\"engines\": {\"node\": \"22.x\"}}\n"},
      {".nvmrc", "22 # buildable: ignore it waits for us\n"}},
     {{"package.json", "{\"engines\": {\"node\": \"24.x\"}}\n"}},
     ""},
};

}  // namespace

TEST_CASE("pins that belong together move together or not at all") {
  for (const FixRow& row : rows) check_fixing(row);
}

TEST_CASE("the checksum of an address is not left beside another version") {
  const Pin plain = finder().find({of_gradle, wrapper("8.5")}).pins.at(0);
  CHECK_FALSE(plain.has_digest);
  for (const std::string& more : {sum, "distributionSha256Sum: " + std::string(64, '0') + "\n"}) {
    const Pin pin = finder().find({of_gradle, wrapper("8.5", more)}).pins.at(0);
    CHECK(pin.has_digest);
  }
  for (const std::string& more :
       {std::string("wrapperSha256Sum=0\n"), std::string("distributionSha256Sum=\n"),
        std::string("# distributionSha256Sum=0\n"), std::string("distributionBase=X\n")})
    CHECK_FALSE(finder().find({of_gradle, wrapper("8.5", more)}).pins.at(0).has_digest);
}

TEST_CASE("the command of the tool that locks is named") {
  struct {
    const char* lock;
    std::string path;
    std::string text;
    const char* command;
  } const cases[] = {
      {"Pipfile.lock", "Pipfile", "[requires]\npython_version = \"3.12\"\n", "`pipenv lock`"},
      {"pdm.lock", "pyproject.toml", project(">=3.10,<3.13"), "`pdm lock`"},
      {"package-lock.json", "package.json", "{\"engines\": {\"node\": \"22.x\"}}\n",
       "`npm install --package-lock-only`"},
      {"composer.lock", "composer.json", "{\"require\": {\"php\": \"~8.2.0\"}}\n",
       "`composer update --lock`"},
      {"devbox.lock", "devbox.json", "{\"packages\": [\"python@3.12\"]}\n", "`devbox update`"},
      {"pixi.lock", "pixi.toml", "[dependencies]\npython = \"3.12.*\"\n", "`pixi lock`"},
      {"pixi.lock", "pyproject.toml", "[tool.pixi.dependencies]\npython = \"3.12.*\"\n",
       "`pixi lock`"},
      {"conda-lock.yml", "environment.yml", "dependencies:\n  - python=3.12\n", "`conda-lock`"},
      {"mise.lock", "mise.toml", "[tools]\npython = \"3.12\"\n", "`mise lock`"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.path);
    const std::string command = each.command;
    const auto said = [&](const Files& files) {
      return told_of(fixing_of(files, FixAim::upgrade)).find(command) != std::string::npos;
    };
    CHECK(said({{each.path, each.text}, {each.lock, "{}"}}));
    CHECK_FALSE(said({{each.path, each.text}}));
  }
  // Where the build compares the two, both are left.
  const Files files{{"package.json",
                     "{\"devEngines\": {\"runtime\": {\"name\": \"node\", \"version\": "
                     "\"^22.0.0\"}}}\n"},
                    {"pnpm-lock.yaml", "lockfileVersion: '9.0'\n"}};
  const RepositoryEdits edits = fixing_of(files, FixAim::upgrade);
  CHECK(edits.changes.empty());
  CHECK(told_of(edits).find("`pnpm install --lockfile-only`") != std::string::npos);
}
