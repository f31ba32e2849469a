// `check` as people and CI systems run it.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/document.h"
#include "cli/support.h"
#include "support/paths.h"

using namespace std::literals;

using namespace buildable::test;
namespace fs = std::filesystem;
using buildable::testing::program_file;
using buildable::testing::source_dir;
using Json = nlohmann::json;

namespace {

constexpr const char* at = " --at 2026-08-20";

void put_tool(const fs::path& directory, const std::string& python) {
  put(directory / ".python-version", python + "\n");
  put(directory / "requirements.txt", "flask\n");
}

}  // namespace

TEST_CASE("check: exit 0 none unbuildable, 1 some, 2 where something could not be judged") {
  struct Row {
    const char* name;
    std::map<std::string, std::string> files;
    const char* words;
    int code;
    const char* says;
  };
  const Row rows[] = {
      {"good",
       {{".python-version", "3.14.7\n"}, {"requirements.txt", ""}},
       "",
       0,
       "1 buildable, 0 unbuildable"},
      {"a good pin, and nothing that installs packages",
       {{".python-version", "3.14.7\n"}},
       "",
       1,
       "fails: the build finds no list of packages"},
      {"two versions",
       {{".python-version", "3.14\n3.13\n"}, {"requirements.txt", ""}},
       "",
       1,
       "fails: .python-version holds two versions; the build takes exactly one"},
      {"empty", {{"README", "x"}}, "", 0, "0 pins"},
      {"too new",
       {{".python-version", "3.15.0\n"}, {"requirements.txt", ""}},
       "",
       1,
       "fails: Python 3.15.0 is newer than this builder knows"},
      {"too new, in the buildpack's own words",
       {{".python-version", "3.15.0\n"}, {"requirements.txt", ""}},
       "--verbose",
       1,
       "isn't recognised"},
      {"a mirror too new", {{"Dockerfile", "FROM python:3.15\n"}}, "", 0, "unbuildable-mirror"},
      {"a mirror too new, strictly",
       {{"Dockerfile", "FROM python:3.15\n"}},
       "--strict",
       1,
       "unbuildable-mirror"},
      {"a mirror, only errors",
       {{"Dockerfile", "FROM python:3.15\n"}},
       "--only errors",
       0,
       "0 pins"},
      {"ignored",
       {{".python-version", "3.15.0 # buildable: ignore we build elsewhere\n"}},
       "",
       0,
       "we build elsewhere"},
      {"binary junk", {{".python-version", "\x00\xff\x01"s}}, "", 2, "not judged"},
      {"a broken document beside a good pin",
       {{"package.json", "{"}, {".python-version", "3.14\n"}},
       "",
       2,
       "1 buildable"},
      {"the track of the components",
       {{"toolforge.yaml", "components:\n  web:\n    build:\n      use_latest_versions: true\n"},
        {"requirements.txt", ""},
        {".python-version", "3.14\n"}},
       "",
       0,
       "track latest (component web of toolforge.yaml)"},
      {"components on two tracks",
       {{"toolforge.yaml",
         "components:\n  web:\n    build: {use_latest_versions: true}\n  job:\n    build: {}\n"},
        {"requirements.txt", ""},
        {".python-version", "3.14\n"}},
       "",
       0,
       "component web on latest: builds: Python 3.14"},
      {"components on one track",
       {{"toolforge.yaml", "components:\n  web:\n    build: {}\n  job:\n    build: {}\n"},
        {"requirements.txt", ""},
        {".python-version", "3.14\n"}},
       "--format json",
       0,
       R"("component": "web")"},
      {"an ended track", {{".python-version", "3.14\n"}}, "--track deprecated", 1, "2026-04-27"},
      {"a project of a solution, in a folder, is read by the build",
       {{"app.sln",
         "Microsoft Visual Studio Solution File, Format Version 12.00\n"
         "Project(\"{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}\") = \"web\", \"src/web/web.csproj\", "
         "\"{11111111-1111-1111-1111-111111111111}\"\nEndProject\n"},
        {"src/web/web.csproj",
         "<Project Sdk=\"Microsoft.NET.Sdk\">\n<PropertyGroup><TargetFramework>net11.0"
         "</TargetFramework></PropertyGroup></Project>\n"}},
       "",
       1,
       "fails: src/web/web.csproj asks for net11.0"},
      {"a project in a folder alone is not meant to be deployed",
       {{"src/lib.csproj",
         "<Project><PropertyGroup><TargetFrameworks>net462;net48</TargetFrameworks>"
         "</PropertyGroup></Project>\n"}},
       "--strict",
       0,
       "unknown: no buildpack"},
      {"a key twice: the last one decides",
       {{"pom.xml", "<project/>\n"},
        {"system.properties", "java.runtime.version=99\njava.runtime.version=21\n"}},
       "--strict",
       0,
       "1 pin: 1 buildable"},
      {"settings: ignore",
       {{"buildable.toml", "[check]\nignore = [{paths = \"Dockerfile\", reason = \"not ours\"}]\n"},
        {"Dockerfile", "FROM python:3.15\n"}},
       "",
       0,
       "not ours"},
      {"settings: level",
       {{"buildable.toml", "[check.levels]\nunbuildable-mirror = \"note\"\n"},
        {"Dockerfile", "FROM python:3.15\n"}},
       "",
       0,
       "note: Python"},
      {"settings: level of a build's rule",
       {{"buildable.toml",
         "[check.levels]\npython-version-file = \"warning\"\n"
         "unreadable-pin = \"note\"\n"},
        {".python-version", "3.14\n3.13\n"},
        {"requirements.txt", ""}},
       "",
       0,
       "warning: .python-version holds two versions"},
      {"settings: no such rule",
       {{"buildable.toml", "[check.levels]\nunbuildable = \"note\"\n"}},
       "",
       2,
       ""},
      {"no such track", {{"x", "y"}}, "--track newest", 2, ""},
      {"no such place", {{"x", "y"}}, "nowhere", 2, "nowhere"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    for (const auto& [path, text] : row.files) put(scratch / path, text);
    const Ran ran = run_in(scratch.path, std::string("check ") + row.words + at);
    CHECK_MESSAGE(ran.code == row.code, ran.out << ran.err);
    CHECK_MESSAGE(has(ran.out, row.says), ran.out << ran.err);
  }
}

TEST_CASE("check and fix: a file that the settings ignore is not opened") {
  const std::string settings =
      "[check]\nignore = [{paths = \"/left/\", reason = \"not ours\"},"
      " {paths = \"/.python-version\", reason = \"made elsewhere\"}]\n";
  struct Row {
    const char* name;
    const char* file;  // ignored
    void (*make)(const fs::path& path);
    bool refused_unignored;  // without the settings: something cannot be judged
  };
  const auto fifo = [](const fs::path& path) { REQUIRE(mkfifo(path.c_str(), 0600) == 0); };
  const auto huge = [](const fs::path& path) {
    put(path, "FROM python:3.9\n");
    fs::resize_file(path, 9U << 20U);
  };
  const auto link_out = [](const fs::path& path) { fs::create_symlink("/etc/hostname", path); };
  const auto no_text = [](const fs::path& path) { put(path, "\xff\xfe\x00junk"s); };
  const auto broken = [](const fs::path& path) { put(path, "{"); };
  const auto unbuildable = [](const fs::path& path) { put(path, "3.99.0\n"); };
  const auto folder = [](const fs::path& path) { fs::create_directory(path); };
  const Row rows[] = {
      {"a FIFO", "left/Dockerfile", fifo, true},
      {"9 MiB", "left/Dockerfile", huge, true},
      {"a link out of the repository", "left/Dockerfile", link_out, true},
      {"no text", "left/.python-version", no_text, true},
      {"a broken document", "left/package.json", broken, true},
      {"a FIFO that the build would read", ".python-version", fifo, true},
      {"9 MiB that the build would read", ".python-version", huge, true},
      {"a version that cannot be built", ".python-version", unbuildable, false},
      {"a folder of that name", ".python-version", folder, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    put(scratch / "requirements.txt", "flask\n");
    fs::create_directory(scratch / "left");
    row.make(scratch / row.file);
    const Ran unignored = run_in(scratch.path, std::string("check") + at);
    if (row.refused_unignored) CHECK_MESSAGE(unignored.code == 2, unignored.out);
    put(scratch / "buildable.toml", settings);
    const Ran checked = run_in(scratch.path, std::string("check --strict") + at);
    CHECK_MESSAGE(checked.code == 0, checked.out << checked.err);
    CHECK_FALSE(has(checked.out, "fails"));
    const Ran fixed = run_in(scratch.path, std::string("fix") + at);
    CHECK_MESSAGE(fixed.code == 0, fixed.out << fixed.err);
    CHECK(fixed.out == "");
  }
}

TEST_CASE("fix leaves a refused file alone that the settings ignore") {
  const Scratch scratch;
  put(scratch / "requirements.txt", "flask\n");
  put(scratch / "runtime.txt", "python-3.13.1\n");
  put(scratch / "buildable.toml",
      "[check]\nignore = [{paths = \"runtime.txt\", reason = \"kept for another host\"}]\n");
  for (const char* other : {"", "3.13\n"}) {
    if (*other != '\0') put(scratch / ".python-version", other);
    const Ran fixed = run_in(scratch.path, std::string("fix") + at);
    CHECK_MESSAGE(fixed.code == 0, fixed.out << fixed.err);
    CHECK(content(scratch / "runtime.txt") == "python-3.13.1\n");
    const Ran checked = run_in(scratch.path, std::string("check") + at);
    CHECK_MESSAGE(checked.code == 0, checked.out);
    CHECK(has(checked.out, "kept for another host"));
  }
}

TEST_CASE(
    "check: many repositories, in the order they were given, from arguments and from a list") {
  const Scratch scratch;
  std::string list;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "r" + std::to_string(i);
    put_tool(scratch / name, i % 2 == 0 ? "3.14" : "3.15.0");
    if (i > 0) list += name + "\n";
  }
  put(scratch / "list", list);
  const Ran ran =
      run_in(scratch.path, std::string("check r0 --paths-from list --format json") + at);
  CHECK(ran.code == 1);
  const Json json = Json::parse(ran.out);
  REQUIRE(json["repositories"].size() == 40);
  for (std::size_t i = 0; i < 40; ++i) {
    CHECK(json["repositories"][i]["path"] == "r" + std::to_string(i));
    CHECK(json["pins"][i]["file"] == "r" + std::to_string(i) + "/.python-version");
  }
  CHECK(json["summary"]["buildable"] == 20);
  CHECK(json["summary"]["unbuildable"] == 20);
  const Ran piped = run_shell_in(scratch.path, "printf 'r2\\n' | " + program_file() +
                                                   " check --paths-from -" + std::string(at));
  CHECK(piped.code == 0);
}

TEST_CASE("check: every format is printed, and data goes to stdout alone") {
  const Scratch scratch;
  put_tool(scratch.path, "3.15.0");
  const std::map<std::string, std::string> begins{
      {"text", "fails: Python 3.15.0 is newer"},
      {"json", "{"},
      {"sarif", "{"},
      {"codequality", "["},
      {"github", "::error file=.python-version,line=1,col=1"},
      {"junit", "<?xml"}};
  for (const auto& [format, beginning] : begins) {
    const Ran ran = run_in(scratch.path, "check --format " + format + at);
    CHECK(ran.code == 1);
    CHECK(ran.err == "");
    CHECK_MESSAGE(ran.out.starts_with(beginning), ran.out);
  }
}

TEST_CASE("check: a directory that cannot be read is a line, the rest is judged") {
  const Scratch scratch;
  put_tool(scratch.path, "3.14");
  put(scratch / "closed/package.json", "{}");
  put(scratch / "big/package.json", "");
  fs::resize_file(scratch / "big/package.json", 100U << 20U);
  fs::permissions(scratch / "closed", fs::perms::none);
  fs::permissions(scratch.path, fs::perms::others_read | fs::perms::others_exec,
                  fs::perm_options::add);
  const std::string as_nobody =
      geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
  const Ran ran =
      run_shell_in(scratch.path, as_nobody + program_file() + " check" + std::string(at));
  fs::permissions(scratch / "closed", fs::perms::owner_all);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.out, "closed/: the directory cannot be read: Permission denied"), ran.out);
  CHECK(has(ran.out, "big/package.json: is larger than 8388608 bytes"));
  CHECK(has(ran.out, "1 buildable"));
}

namespace {

// The values under a key anywhere in the document: a text, or a list of texts.
void collect(const buildable::Node& node, const std::string& key, std::vector<std::string>& found) {
  for (const buildable::Node& child : node.children) {
    if (child.key == key && child.children.empty()) found.push_back(child.text);
    if (child.key == key)
      for (const buildable::Node& item : child.children) found.push_back(item.text);
    collect(child, key, found);
  }
}

std::string commands_in(const char* file, const std::vector<std::string>& keys) {
  const std::string text = content(source_dir() / file);
  const auto documents = buildable::parse_yaml_documents(text, file);
  REQUIRE_MESSAGE(documents, documents.error().to_text());
  std::vector<std::string> found;
  for (const std::string& key : keys) collect(documents->back(), key, found);
  std::string script = "set -e\n";
  for (const std::string& each : found) script += each + "\n";
  return script;
}

struct Outcome {
  const char* python;
  int code;
};

}  // namespace

TEST_CASE("the steps of the action and of the component do what they say, as they stand") {
  if (std::system("command -v curl >/dev/null") != 0) {
    MESSAGE("skipped: no curl");
    return;
  }
  const Scratch release;
  std::filesystem::create_symlink(program_file(), release / "buildable-1.2.3-linux-x86_64");
  const std::string environment =
      "export BUILDABLE_URL='file://" + release.path.string() +
      "' BUILDABLE_SHA256=" + buildable::sha256_hex(content(program_file())) +
      " BUILDABLE_VERSION=1.2.3 RUNNER_TEMP=$PWD TMPDIR=$PWD CHECK_PATH=.\n";
  const std::string github = commands_in("action.yml", {"run"});
  const std::string gitlab = commands_in("templates/check.yml", {"before_script", "script"});
  CHECK(has(github, "--format github"));
  for (const Outcome& it : {Outcome{"3.13", 0}, Outcome{"3.99.0", 1}}) {
    const Scratch scratch;
    put_tool(scratch.path, it.python);
    put(scratch / "steps", github);  // the action's shell is bash
    const Ran on_github = run_shell_in(scratch.path, environment + "bash steps");
    CHECK_MESSAGE(on_github.code == it.code, on_github.out << on_github.err);
    CHECK(has(on_github.out, "::error") == (it.code == 1));
    const Ran on_gitlab = run_shell_in(scratch.path, environment + gitlab);
    CHECK_MESSAGE(on_gitlab.code == it.code, on_gitlab.out << on_gitlab.err);
    CHECK(Json::parse(content(scratch / "gl-code-quality-report.json")).size() ==
          static_cast<std::size_t>(it.code));
  }
}
