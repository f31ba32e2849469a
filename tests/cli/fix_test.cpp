// `fix` as a maintainer runs it: what is on the disk afterwards, what is printed, how it ends.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>

#include "cli/support.h"
#include "support/paths.h"
#include "support/skip.h"

using namespace buildable::test;
namespace fs = std::filesystem;
using buildable::testing::program_file;

namespace {

constexpr const char* at = " --at 2026-05-14";

Files tree_at(const fs::path& directory) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file() && !entry.is_symlink())
      files[entry.path().lexically_relative(directory).string()] = content(entry.path());
  return files;
}

Ran fix_in(const fs::path& directory, const std::string& words) {
  return run_in(directory, "fix " + words + at);
}

const Files tool{{"requirements.txt", "flask\n"},
                 {".python-version", "# ours\r\n3.15.0\r\n"},
                 {"Dockerfile", "FROM python:3.15-slim # base\n"},
                 {"package.json", "{\n\t\"engines\": {\"node\": \">=26.7.0 <27\"}\n}"}};
const Files fixed{{"requirements.txt", "flask\n"},
                  {".python-version", "# ours\r\n3.14.4\r\n"},
                  {"Dockerfile", "FROM python:3.14-slim # base\n"},
                  {"package.json", "{\n\t\"engines\": {\"node\": \">=26.1.0 <27\"}\n}"}};

}  // namespace

TEST_CASE("fix: what cannot be built is fixed, then check is content and fix has nothing to do") {
  const Scratch scratch;
  put_all(scratch.path, tool);
  CHECK(run_in(scratch.path, std::string("check") + at).code == 1);
  const Ran first = fix_in(scratch.path, "");
  CHECK(first.code == 0);
  CHECK(has(first.err, ".python-version:2:1: 3.15.0 -> 3.14.4"));
  CHECK(tree_at(scratch.path) == fixed);
  CHECK(run_in(scratch.path, std::string("check") + at).code == 0);
  const Ran second = fix_in(scratch.path, "");
  CHECK(second.code == 0);
  CHECK(second.out.empty());
  CHECK(has(second.err, "nothing to change"));
  CHECK(tree_at(scratch.path) == fixed);
}

TEST_CASE("fix --dry-run: the diff, which patch applies, and nothing written") {
  const Scratch scratch;
  put_all(scratch / "tool", tool);
  put(scratch / "tool/runtime.txt", "python-3.13.1\n");
  const Ran dry = fix_in(scratch.path, "tool --dry-run");
  CHECK(dry.code == 0);
  CHECK(has(dry.out, "--- a/tool/Dockerfile\n+++ b/tool/Dockerfile\n"));
  CHECK(tree_at(scratch / "tool").size() == tool.size() + 1);
  CHECK(content(scratch / "tool/Dockerfile") == tool.at("Dockerfile"));
  const Ran real = fix_in(scratch.path, "tool");
  CHECK(real.out == dry.out);
  CHECK(tree_at(scratch / "tool") == fixed);
  put_all(scratch / "copy/tool", tool);
  put(scratch / "copy/tool/runtime.txt", "python-3.13.1\n");
  put(scratch / "d.patch", dry.out);
  REQUIRE(run_shell_in(scratch / "copy", "git apply --unsafe-paths ../d.patch").code == 0);
  CHECK(tree_at(scratch / "copy/tool") == fixed);
}

TEST_CASE("fix --upgrade: every pin to the newest that can be built") {
  const Scratch scratch;
  put_all(scratch.path, {{".python-version", "3.12\n"},
                         {"requirements.txt", "flask\n"},
                         {"Dockerfile", "FROM node:20.1.0-alpine\n"},
                         {"pyproject.toml", "[project]\nrequires-python = \">=3.10,<3.13\"\n"}});
  CHECK(fix_in(scratch.path, "").out.empty());
  CHECK(fix_in(scratch.path, "--upgrade").code == 0);
  CHECK(tree_at(scratch.path) ==
        Files{{".python-version", "3.14\n"},
              {"requirements.txt", "flask\n"},
              {"Dockerfile", "FROM node:24.15.0-alpine\n"},
              {"pyproject.toml", "[project]\nrequires-python = \">=3.10,<3.15\"\n"}});
  CHECK(fix_in(scratch.path, "--upgrade").out.empty());
  CHECK(fix_in(scratch.path, "--newest").code == 0);
  CHECK(content(scratch / "Dockerfile") == "FROM node:26.1.0-alpine\n");
}

TEST_CASE("fix --upgrade: what stays although newer versions build is told, and is no failure") {
  const Scratch scratch;
  const std::string digest = "@sha256:" + std::string(64, '0');
  const Files files{
      {".python-version", "3.13\n"},
      {"pyproject.toml",
       "[project]\nname = \"a\"\nversion = \"0\"\nrequires-python = \">=3.12,<3.14\"\n"},
      {"uv.lock", "version = 1\nrequires-python = \">=3.12, <3.14\"\n"},
      {"Dockerfile", "FROM python:3.12-slim-bullseye\nFROM python:3.12" + digest + "\n"}};
  put_all(scratch.path, files);
  CHECK(fix_in(scratch.path, "").err.find("left as it is") == std::string::npos);
  const Ran ran = fix_in(scratch.path, "--upgrade");
  CHECK(ran.code == 0);
  CHECK(ran.out.empty());
  CHECK(has(ran.err, "`uv lock`"));
  CHECK(has(ran.err, "Dockerfile:1:13: left as it is"));
  CHECK(has(ran.err, "Dockerfile:2:13: left as it is"));
  CHECK(tree_at(scratch.path) == files);
}

TEST_CASE("fix: the only version that there is does not go for a file without one") {
  const Scratch scratch;
  const Files files{{".python-version", "# none yet\n"},
                    {"requirements.txt", ""},
                    {"runtime.txt", "python-3.12.1\n"}};
  put_all(scratch.path, files);
  const Ran ran = fix_in(scratch.path, "");
  CHECK(ran.code == 1);
  CHECK(has(ran.err, ".python-version is there, but holds no version"));
  CHECK(tree_at(scratch.path) == files);
}

TEST_CASE("fix leaves what the lock file of a workspace repeats of its members") {
  const Scratch scratch;
  const std::string member = "[project]\nname = \"a\"\nversion = \"0\"\nrequires-python = ";
  const Files files{
      {".python-version", "3.12\n"},
      {"pyproject.toml",
       "[project]\nname = \"m\"\nversion = \"0\"\nrequires-python = \">=3.12,<3.13\"\n"
       "[tool.uv.workspace]\nmembers = [\"p/*\"]\n"},
      {"uv.lock", "version = 1\nrequires-python = \"==3.12.*\"\n"},
      {"p/a/pyproject.toml", member + "\">=3.12,<3.13\"\n"}};
  put_all(scratch.path, files);
  const Ran ran = fix_in(scratch.path, "--upgrade");
  CHECK(ran.code == 0);
  CHECK(has(ran.err, "`uv lock`"));
  CHECK(tree_at(scratch.path) == files);
}

TEST_CASE("fix: a version moves to the file that the track reads") {
  const Scratch scratch;
  const auto is = [&](Files files) {
    files.emplace("requirements.txt", "flask\n");
    return tree_at(scratch.path) == files;
  };
  put(scratch / "requirements.txt", "flask\n");
  put(scratch / "runtime.txt", "python-3.13.1\n");
  CHECK(fix_in(scratch.path, "").code == 0);
  CHECK(is({{".python-version", "3.13.1\n"}}));
  CHECK(run_in(scratch.path, "fix --at 2025-10-23 --track default").code == 0);
  CHECK(is({{".python-version", "3.12.3\n"}, {"runtime.txt", "python-3.12.3\n"}}));
  CHECK(fix_in(scratch.path, "").code == 0);
  CHECK(is({{".python-version", "3.12.3\n"}}));
}

TEST_CASE("fix: exit 1 where something that cannot be built is left, with the reason") {
  const Scratch scratch;
  put_all(scratch.path,
          {{"package.json", "{\"engines\":{\"node\":\">=20 or >=22\"}}"}, {".nvmrc", "27\n"}});
  const Ran ran = fix_in(scratch.path, "--quiet");
  CHECK(ran.code == 1);
  CHECK(has(ran.err, "package.json:1:21: left as it is"));
  CHECK_FALSE(has(ran.err, ".nvmrc"));
  CHECK(content(scratch / ".nvmrc") == "24\n");
}

TEST_CASE("fix: what the build still fails on for another reason is said") {
  struct Row {
    const char* name;
    Files files;
    const char* says;
  };
  const Row rows[] = {
      {"two versions",
       {{".python-version", "3.14\n3.13\n"}, {"requirements.txt", "\n"}},
       ".python-version"},
      {"a lock is missing",
       {{"composer.json", "{\"require\": {\"php\": \"^9.0 || ^8.3\"}}\n"}},
       "the build still fails: "},
      {"nothing that installs packages", {{".python-version", "3.15.0\n"}}, "still fails"},
      {"a byte order mark",
       {{".python-version",
         "\xEF\xBB\xBF"
         "3.15\n"},
        {"requirements.txt", "\n"}},
       "still fails"},
      {"good", tool, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    put_all(scratch.path, row.files);
    const Ran ran = fix_in(scratch.path, "");
    CHECK_MESSAGE(has(ran.err, row.says), ran.err);
    CHECK(has(ran.err, "fails") == (row.says[0] != '\0'));
    CHECK(ran.code == (row.says[0] == '\0' ? 0 : 1));
  }
}

TEST_CASE("fix: exit 2 where something could not be judged; the rest is fixed") {
  const Scratch scratch;
  put_all(scratch.path, {{"a/package.json", "{"}, {"a/.nvmrc", "27\n"}, {"b/.nvmrc", "v27\n"}});
  const Ran ran = fix_in(scratch.path, "a nowhere b");
  CHECK(ran.code == 2);
  CHECK(has(ran.err, "a/package.json"));
  CHECK(has(ran.err, "nowhere"));
  CHECK(content(scratch / "a/.nvmrc") == "24\n");
  CHECK(content(scratch / "b/.nvmrc") == "v24\n");
  CHECK(fix_in(scratch.path, "--track none a").code == 2);
}

TEST_CASE("fix: a prerelease that the build takes by its exact name stays") {
  const Scratch scratch;
  const Files files{{"app.csproj",
                     "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>"
                     "<TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n"},
                    {"global.json",
                     "{\"sdk\": {\"version\": \"10.0.100-preview.7.25380.108\", \"rollForward\": "
                     "\"disable\"}}\n"}};
  put_all(scratch.path, files);
  CHECK(fix_in(scratch.path, "").code == 0);
  CHECK(tree_at(scratch.path) == files);
}

TEST_CASE("fix: symbolic links are not written through") {
  const Scratch scratch;
  put(scratch / "outside", "27\n");
  put(scratch / "tool/.node-version", "27\n");
  fs::create_symlink(".node-version", scratch / "tool/.nvmrc");
  fs::create_directory(scratch / "tool/web");
  CHECK(fix_in(scratch.path, "tool").code == 0);
  CHECK(content(scratch / "tool/.node-version") == "24\n");
  CHECK(fs::is_symlink(scratch / "tool/.nvmrc"));
  // What it leads to holds no pins under its own name.
  put(scratch / "tool/version", "27\n");
  fs::create_symlink("../version", scratch / "tool/web/.nvmrc");
  const Ran inside = fix_in(scratch.path, "tool");
  CHECK(inside.code == 2);
  CHECK(has(inside.err, "tool/web/.nvmrc: is a symbolic link"));
  CHECK(content(scratch / "tool/version") == "27\n");
  fs::remove(scratch / "tool/web/.nvmrc");
  fs::create_symlink("../../outside", scratch / "tool/web/.nvmrc");
  CHECK(fix_in(scratch.path, "tool").code == 2);
  CHECK(content(scratch / "outside") == "27\n");
}

TEST_CASE("fix: permissions stay, and what is ignored stays") {
  const Scratch scratch;
  put_all(scratch.path, {{"Dockerfile", "FROM node:27\n"},
                         {".nvmrc", "27 # buildable: ignore we wait for it\n"},
                         {"old/.nvmrc", "27\n"},
                         {"buildable.toml",
                          "[[check.ignore]]\npaths = \"/old/\"\nreason = \"kept as it was\"\n"}});
  fs::permissions(scratch / "Dockerfile", fs::perms(0750));
  CHECK(fix_in(scratch.path, "").code == 0);
  CHECK(content(scratch / "Dockerfile") == "FROM node:24\n");
  CHECK(fs::status(scratch / "Dockerfile").permissions() == fs::perms(0750));
  CHECK(content(scratch / ".nvmrc") == "27 # buildable: ignore we wait for it\n");
  CHECK(content(scratch / "old/.nvmrc") == "27\n");
}

TEST_CASE("fix: a single file") {
  const Scratch scratch;
  put_all(scratch.path, {{".nvmrc", "27\n"}, {"Dockerfile", "FROM node:27\n"}});
  CHECK(fix_in(scratch.path, ".nvmrc").code == 0);
  CHECK(tree_at(scratch.path) == Files{{".nvmrc", "24\n"}, {"Dockerfile", "FROM node:27\n"}});
}

// No file grows in there: what is written beside a file cannot be.
Ran fix_without_writing(const fs::path& directory, const std::string& words) {
  return run_shell_in(directory, "( trap '' XFSZ; ulimit -f 0; " + program_file() + " fix " +
                                     words + at + " 2>&1 ) | cat");
}

TEST_CASE("fix: what could not be written is not told as done") {
  const Scratch scratch;
  put_all(scratch.path, {{"a/.nvmrc", "27\n"}, {"b/runtime.txt", "python-3.13\n"}});
  const Files before = tree_at(scratch.path);
  const Ran ran = fix_without_writing(scratch.path, "a b");
  CHECK(tree_at(scratch.path) == before);
  CHECK(has(ran.out, "cannot write"));
  CHECK_FALSE(has(ran.out, "->"));
  CHECK_FALSE(has(ran.out, "+++"));
  CHECK_FALSE(has(ran.out, "moves to"));
  // The same tree, where it can be written.
  const Ran written = fix_in(scratch.path, "a b");
  CHECK(has(written.err, "27 -> 24"));
  CHECK(has(written.err, "moves to"));
}

TEST_CASE("fix: what one has no right to write is left, and not told as done") {
  // Whoever may write everything becomes somebody who may not.
  const std::string as_other =
      ::geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : "";
  if (!as_other.empty() && run_shell_in("/", "setpriv --version").code != 0)
    return buildable::testing::skip("there is no setpriv");
  const Scratch scratch;
  put(scratch / "file/.nvmrc", "27\n");
  put(scratch / "folder/.nvmrc", "27\n");
  put(scratch / "moved/runtime.txt", "python-3.13.1\n");
  fs::permissions(scratch.path, fs::perms(0755));
  fs::permissions(scratch / "file", fs::perms(0777));
  fs::permissions(scratch / "file/.nvmrc", fs::perms(0444));
  fs::permissions(scratch / "folder", fs::perms(0555));
  fs::permissions(scratch / "moved", fs::perms(0777));
  fs::permissions(scratch / "moved/runtime.txt", fs::perms(0444));
  const Files before = tree_at(scratch.path);
  for (const std::string folder : {"file", "folder"}) {
    CAPTURE(folder);
    const Ran ran = run_shell_in(scratch.path, as_other + program_file() + " fix " + folder + at);
    CHECK(ran.code == 2);
    CHECK(has(ran.err, folder + "/.nvmrc"));
    CHECK_FALSE(has(ran.err, "->"));
    CHECK(ran.out.empty());
  }
  CHECK(tree_at(scratch.path) == before);
  const Ran moved = run_shell_in(scratch.path, as_other + program_file() + " fix moved" + at);
  CHECK(moved.code == 2);
  CHECK_FALSE(has(moved.err, "moves to"));
  CHECK(tree_at(scratch.path) == before);
  fs::permissions(scratch / "folder", fs::perms(0755));
}

TEST_CASE("fix --dry-run says of each change that it is not written") {
  const Scratch scratch;
  put(scratch / ".nvmrc", "27\n");
  CHECK(has(fix_in(scratch.path, "--dry-run").err, "27 -> 24 (not written: --dry-run)"));
  CHECK_FALSE(has(fix_in(scratch.path, "").err, "not written"));
}

TEST_CASE("fix: a link is not told as written; what it leads to is") {
  const Scratch scratch;
  put(scratch / ".node-version", "27\n");
  fs::create_symlink(".node-version", scratch / ".nvmrc");
  const Ran ran = fix_in(scratch.path, "");
  CHECK(ran.code == 0);
  CHECK(has(ran.err, ".node-version:1:1: 27 -> 24"));
  CHECK_FALSE(has(ran.err, ".nvmrc"));
}
