// Which version is written follows what else the repository says: what the build takes, what is
// built with it, what packages demand.
#include "fix_repository_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

std::string pom(const std::string& release) {
  return "<project><properties><maven.compiler.release>" + release +
         "</maven.compiler.release></properties></project>\n";
}
std::string composer(const std::string& range, const std::string& name = "php") {
  return "{\"require\": {\"" + name + "\": \"" + range + "\"}}\n";
}
std::string composer_lock(const std::string& range, const std::string& of_package,
                          const std::string& name = "php") {
  return "{\"packages\": [{\"name\": \"a/b\", \"require\": {\"" + name + "\": \"" + of_package +
         "\"}}], \"platform\": {\"" + name + "\": \"" + range + "\"}}\n";
}
std::string engines(const std::string& range) {
  return "{\"engines\": {\"node\": \"" + range + "\"}}\n";
}

const std::string workflow_312 =
    "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n"
    "        with:\n          python-version: '3.12'\n";
const std::string uv_project = "[project]\nname = \"a\"\nrequires-python = \"==3.12.*\"\n";
const std::string uv_lock_text = "version = 1\nrequires-python = \"==3.12.*\"\n";

// As of 2026-05-14, default.
const FixRow wanted_rows[] = {
    {"mirrors stay with a version that a lock file holds",
     FixAim::upgrade,
     {{".python-version", "3.12\n"},
      {"pyproject.toml", uv_project},
      {"uv.lock", uv_lock_text},
      {"Dockerfile", "FROM python:3.12-slim\n"},
      {".github/workflows/a.yml", workflow_312}},
     {},
     "uv lock"},
    {"and with one that is ignored",
     FixAim::upgrade,
     {{".python-version", "# buildable: ignore prod\n3.12\n"},
      {"Dockerfile", "FROM python:3.12-slim\n"}},
     {},
     ""},
    {"go as far as it goes",
     FixAim::upgrade,
     {{".python-version", "3.11\n"},
      {"pyproject.toml",
       "[project]\nname = \"a\"\nrequires-python = \">=3.10,<3.13\" # buildable: ignore prod\n"},
      {"Dockerfile", "FROM python:3.11-slim\n"}},
     {{".python-version", "3.12\n"}, {"Dockerfile", "FROM python:3.12-slim\n"}},
     ""},
    {"one that is newer already goes on",
     FixAim::upgrade,
     {{".python-version", "# buildable: ignore prod\n3.12\n"},
      {"Dockerfile", "FROM python:3.13-slim\n"}},
     {{"Dockerfile", "FROM python:3.14-slim\n"}},
     ""},
    {"and no further than the default, where no file decides",
     FixAim::newest,
     {{"package.json", "{\"name\": \"a\"}\n"}, {".nvmrc", "22\n"}},
     {{".nvmrc", "24\n"}},
     ""},
    {"an end that the build reads in its own way",
     FixAim::upgrade,
     {{"package.json", engines("<=22")}},
     {{"package.json", engines("<25")}},
     ""},
    {"beside a lower one",
     FixAim::upgrade,
     {{"package.json", engines(">=18.0.0 <=20")}},
     {{"package.json", engines(">=18.0.0 <25")}},
     ""},
    {"the end of what is no more than a mirror",
     FixAim::upgrade,
     {{"package.json", engines("24.x")}, {"web/package.json", engines("<=22")}},
     {{"web/package.json", engines("<=24")}},
     ""},
    {"an SDK that is newer than the builder's, whatever it rolls forward to",
     FixAim::nearest,
     {{"global.json", global_json("9.0.999", "latestFeature")}, {"a.csproj", project_of("net8.0")}},
     {{"global.json", global_json("9.0.312", "latestFeature")}},
     ""},
    {"and its target",
     FixAim::nearest,
     {{"global.json", global_json("11.0.100", "major")}, {"a.csproj", project_of("net11.0")}},
     {{"global.json", global_json("10.0.201", "major")}, {"a.csproj", project_of("net10.0")}},
     ""},
    {"an SDK follows the target beside it",
     FixAim::nearest,
     {{"global.json", global_json("7.0.100", "disable")}, {"a.csproj", project_of("net9.0")}},
     {{"global.json", global_json("9.0.100", "disable")}},
     ""},
    {"a list of which nothing is known",
     FixAim::nearest,
     {{"a.csproj", project_of("net48;net11.0", "TargetFrameworks")}},
     {{"a.csproj", project_of("net48;net10.0", "TargetFrameworks")}},
     ""},
    {"Java no older than what the code is compiled for",
     FixAim::nearest,
     {{"system.properties", "java.runtime.version=19\n"}, {"pom.xml", pom("19")}},
     {{"system.properties", "java.runtime.version=21\n"}},
     ""},
    {"PHP that locked packages take",
     FixAim::nearest,
     {{"composer.json", composer("~8.6.0")},
      {"composer.lock", composer_lock("~8.6.0", "~8.3.0 || ~8.6.0")}},
     {{"composer.json", composer("~8.3.0")},
      {"composer.lock", composer_lock("~8.3.0", "~8.3.0 || ~8.6.0")}},
     ""},
    {"PHP by its longer name",
     FixAim::nearest,
     {{"composer.json", composer("~8.6.0", "php-64bit")},
      {"composer.lock", composer_lock("~8.6.0", ">=8.1", "php-64bit")}},
     {{"composer.json", composer("~8.5.0", "php-64bit")},
      {"composer.lock", composer_lock("~8.5.0", ">=8.1", "php-64bit")}},
     ""},
    {"Ruby that the gem of the repository takes",
     FixAim::upgrade,
     {{"Gemfile", "source 'https://rubygems.org'\nruby '~> 3.2.0'\ngemspec\n"},
      {"Gemfile.lock",
       "PATH\n  remote: .\n  specs:\n    a (0.1.0)\n      b\n\nGEM\n  remote: "
       "https://rubygems.org/\n  specs:\n    b (1.0)\n"},
      {"a.gemspec",
       "Gem::Specification.new do |spec|\n  spec.name = 'a'\n"
       "  spec.required_ruby_version = ['>= 3.0', '< 3.4']\nend\n"}},
     {{"Gemfile", "source 'https://rubygems.org'\nruby '~> 3.3.0'\ngemspec\n"}},
     ""},
    {"of a key that is there twice the last counts",
     FixAim::nearest,
     {{"package.json", "{\"engines\": {\"node\": \"22.x\", \"node\": \"28.x\"}}\n"}},
     {{"package.json", "{\"engines\": {\"node\": \"22.x\", \"node\": \"24.x\"}}\n"}},
     ""},
    {"and not the first",
     FixAim::nearest,
     {{"package.json", "{\"engines\": {\"node\": \"28.x\", \"node\": \"22.x\"}}\n"}},
     {},
     ""},
    {"a framework of another kind",
     FixAim::nearest,
     {{"a.csproj", project_of("net48")}},
     {},
     "it is a framework of another kind than .NET's own"},
    {"a property",
     FixAim::nearest,
     {{"a.csproj", project_of("$(Tf)")}},
     {},
     "it comes from the property $(Tf)"},
};

}  // namespace

TEST_CASE("what is written follows what else the repository says") {
  for (const FixRow& row : wanted_rows) check_fixing(row);
}

TEST_CASE("a file that the settings ignore holds what belongs to it") {
  const std::string range = "[project]\nname = \"a\"\nrequires-python = \">=3.10,<3.13\"\n";
  const struct {
    const char* unseen;
    Files files;
  } rows[] = {
      {"global.json",
       {{"global.json", global_json("8.0.100", "disable")}, {"a.csproj", project_of("net8.0")}}},
      {"pyproject.toml", {{".python-version", "3.12\n"}, {"pyproject.toml", range}}},
      {"Gemfile",
       {{"Gemfile", "ruby '~> 3.3.0'\n"}, {"Gemfile.lock", "RUBY VERSION\n   ruby 3.3.11p55\n"}}},
      {"composer.lock",
       {{"composer.json", composer("~8.2.0")}, {"composer.lock", composer_lock("~8.2.0", "*")}}},
      {"go.work", {{"go.mod", "module x\n\ngo 1.22.1\n"}, {"go.work", "go 1.22.1\nuse .\n"}}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.unseen);
    CHECK(!fixing_of(row.files, FixAim::upgrade).changes.empty());
    const RepositoryEdits edits =
        fixing_of("2026-05-14", "default", row.files, FixAim::upgrade, true, {row.unseen});
    CHECK_MESSAGE(edits.changes.empty(), told_of(edits));
  }
}
