// Repositories cut down from real ones that fix once damaged, or changed as no maintainer would.
#include <doctest/doctest.h>

#include <map>

#include "cli/support.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

struct Row {
  const char* name;
  Files files;
  Files fixed;       // what other text the files have after fix
  Files upgraded;    // and after fix --upgrade
  std::string says;  // of fix --upgrade, with what it prints
  int code;          // of fix
};

const std::string digest = "@sha256:" + std::string(64, '0');

std::string project(const std::string& properties) {
  return "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    " + properties +
         "\n  </PropertyGroup>\n</Project>";
}
std::string target(const std::string& framework) {
  return project("<TargetFramework>" + framework + "</TargetFramework>");
}

std::string solution() {
  std::string text = "Microsoft Visual Studio Solution File, Format Version 12.00\n";
  for (const char* name : {"web", "worker"})
    text += std::string("Project(\"{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}\") = \"") + name +
            "\", \"" + name + "\\" + name +
            ".csproj\", \"{00000000-0000-0000-0000-000000000001}\"\nEndProject\n";
  return text;
}

std::string matrix(const std::string& rows) {
  return "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n" +
         rows +
         "    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
         "          python-version: ${{ matrix.python }}\n";
}
const std::string included =
    "        include:\n          - python: \"3.9\"\n          - python: \"3.12\"\n"
    "          - python: \"3.13\"\n";

const Row rows[] = {
    {"a lock is left behind",
     {{".python-version", "3.13\n"},
      {"pyproject.toml",
       "[project]\nname = \"a\"\nversion = \"0\"\nrequires-python = \">=3.12,<3.14\"\n"},
      {"uv.lock", "version = 1\nrequires-python = \">=3.12, <3.14\"\n"}},
     {},
     {},
     "run `uv lock`",
     0},
    {"a digest behind the tag",
     {{"Dockerfile", "FROM python:3.15-slim" + digest + "\nFROM python:3.15" + digest + "\n"}},
     {},
     {},
     "write 3.14-slim with the digest of that image",
     1},
    {"matrix.include",
     {{".github/workflows/t.yml", matrix(included)}},
     {},
     {},
     "other versions in its list can be built; change or remove this one by hand",
     1},
    {".NET Framework",
     {{"src/lib.csproj", project("<TargetFrameworks>net462;net48</TargetFrameworks>")},
      {"src/one.csproj", target("net4.6.2")},
      {"src/two.csproj", target("net40-client")}},
     {},
     {},
     "",
     0},
    {"a prerelease by its exact name",
     {{"app.csproj", target("net10.0")},
      {"global.json",
       "{\n  \"sdk\": {\n    \"version\": \"10.0.100-preview.7.25380.108\",\n"
       "    \"rollForward\": \"disable\"\n  }\n}\n"}},
     {},
     {{"global.json",
       "{\n  \"sdk\": {\n    \"version\": \"10.0.203\",\n    \"rollForward\": \"disable\"\n"
       "  }\n}\n"}},
     "",
     0},
    {"the image of a toolchain",
     {{"Dockerfile", "FROM golang:1.27.0-alpine\n"},
      {"go.mod", "module x\n\ngo 1.25.0\n\ntoolchain go1.27.0\n"}},
     {},
     {{"go.mod", "module x\n\ngo 1.26.3\n\ntoolchain go1.27.0\n"}},
     "",
     0},
    {"long-term releases",
     {{"package.json", "{\"name\": \"a\", \"engines\": {\"node\": \"22.x\"}}\n"},
      {"system.properties", "java.runtime.version=25\n"}},
     {},
     {{"package.json", "{\"name\": \"a\", \"engines\": {\"node\": \"24.x\"}}\n"}},
     "22.x -> 24.x",
     0},
    {"distributions of long ago",
     {{"Dockerfile", "FROM python:3.12-slim-bullseye\nFROM node:14.15.4-buster-slim AS b\n"}},
     {},
     {},
     "choose a distribution that has them",
     0},
    {"a key that is given twice",
     {{"system.properties", "java.runtime.version=99\njava.runtime.version=17\n"}},
     {},
     {{"system.properties", "java.runtime.version=99\njava.runtime.version=25\n"}},
     "17 -> 25",
     0},
    {"a solution with an older sibling",
     {{"app.sln", solution()},
      {"web/web.csproj", target("net8.0")},
      {"worker/worker.csproj", target("net6.0")}},
     {},
     {{"web/web.csproj", target("net10.0")}, {"worker/worker.csproj", target("net10.0")}},
     "net8.0 -> net10.0",
     0},
    {"a range that is given in several lines, of another engine",
     {{"Gemfile",
       "ruby \"2.6.8\",\n  :engine => \"jruby\", # it is\n  :engine_version => \"9.4.8.0\"\n"},
      {"Gemfile.lock", "RUBY VERSION\n   ruby 3.1.4p0 (jruby 9.4.8.0)\n\nBUNDLED WITH\n   2.5.6\n"},
      {".ruby-version", "jruby-9.4.8.0\n"}},
     {},
     {},
     "",
     0},
};

Files tree_at(const fs::path& directory) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(directory).string()] = content(entry.path());
  return files;
}

Ran fix_in(const fs::path& directory, const std::string& words) {
  return run_in(directory, "fix " + words + " --at 2026-05-14");
}

void check_tree(const fs::path& directory, const Row& row, const Files& changed) {
  Files wanted = row.files;
  for (const auto& [path, text] : changed) wanted[path] = text;
  const Files found = tree_at(directory);
  for (const auto& each : wanted) {
    CAPTURE(each.first);
    CHECK(found.at(each.first) == each.second);
  }
  CHECK(found.size() == wanted.size());
}

}  // namespace

TEST_CASE("fix: repositories cut down from real ones") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    for (const auto& [path, text] : row.files) put(scratch / path, text);
    const Ran first = fix_in(scratch.path, "");
    CHECK_MESSAGE(first.code == row.code, first.err);
    check_tree(scratch.path, row, row.fixed);
    const Ran upgraded = fix_in(scratch.path, "--upgrade");
    CHECK_MESSAGE((upgraded.code == row.code || !row.upgraded.empty()), upgraded.err);
    CHECK_MESSAGE(upgraded.err.find(row.says) != std::string::npos, upgraded.err);
    Files all = row.fixed;
    for (const auto& [path, text] : row.upgraded) all[path] = text;
    check_tree(scratch.path, row, all);
    CHECK(fix_in(scratch.path, "--upgrade").out.empty());
  }
}

TEST_CASE("check: an older target beside the one that decides is built, a newer one is not") {
  const auto checked = [](const std::string& sibling) {
    const Scratch scratch;
    put(scratch / "app.sln", solution());
    put(scratch / "web/web.csproj", target("net8.0"));
    put(scratch / "worker/worker.csproj", target("net8.0"));
    put(scratch / "tests/tests.csproj", target(sibling));
    const Ran ran = run_in(scratch.path, "check --at 2026-05-14");
    CHECK_MESSAGE(ran.code == 0, ran.out);
    return ran.out.find("warning") == std::string::npos;
  };
  CHECK(checked("net6.0"));
  CHECK_FALSE(checked("net11.0"));
}
