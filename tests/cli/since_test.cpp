// `check --since` in real repositories of git.
#include <doctest/doctest.h>

#include <map>

#include "cli/support.h"
#include "support/paths.h"

using namespace buildable::test;
namespace fs = std::filesystem;
using buildable::testing::program_file;

namespace {

constexpr const char* at = " --at 2026-08-20";
// A repository with a commit of these files on "main", then a branch "change".
struct Project {
  Scratch scratch;
  fs::path path = scratch / "tool";

  explicit Project(const Files& files) {
    fs::create_directories(path);
    git("init -q -b main");
    commit(files);
    git("checkout -q -b change");
  }

  void git(const std::string& words) const {
    const std::string identity =
        "git -c user.name=A -c user.email=a@example.org -c commit.gpgSign=false ";
    const Ran ran = run_shell_in(path, "HOME='" + scratch.path.string() + "' " + identity + words);
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
  }
  void commit(const Files& files) const {
    for (const auto& [name, text] : files) put(path / name, text);
    git("add -A");
    git("commit -q -m change");
  }
  Ran check(const std::string& words, const fs::path& where) const {
    return run_in(where, "check " + words + at, "HOME='" + scratch.path.string() + "'");
  }
  Ran check(const std::string& words = "--since main") const { return check(words, path); }
};

const Files python = {{"requirements.txt", "flask\n"}, {".python-version", "3.13\n"}};
const Files go = {{"go.mod", "module example.org/x\n\ngo 1.25.0\n"}, {"main.go", "package main\n"}};

}  // namespace

TEST_CASE("check --since: only what the change brings counts") {
  struct Row {
    const char* name;
    Files before;
    Files change;
    int code;
    const char* says;
    const char* says_not;
  };
  Files failing = python;
  failing[".python-version"] = "3.15\n";
  Files mirrored = python;
  mirrored["Dockerfile"] = "FROM python:3.9\n";
  const Row rows[] = {
      {"nothing of it", python, {{"README", "x"}}, 0, "builds: Python", "fails"},
      {"a version that cannot be built",
       python,
       {{".python-version", "3.15\n"}},
       1,
       "before this change it builds with 3.13",
       "already"},
      {"it failed before", failing, {{"README", "x"}}, 0, "already fails before this change", "+"},
      {"it failed before, in another way",
       failing,
       {{".python-version", "3.14\n3.13\n"}},
       1,
       "two versions",
       "already"},
      {"fixed", failing, {{".python-version", "3.13\n"}}, 0, "builds: Python", "fails"},
      {"a mirror that was there", mirrored, {{"README", "x"}}, 0, "builds", "unbuildable-mirror"},
      {"a mirror that is new",
       python,
       {{"Dockerfile", "FROM python:3.9\n"}},
       0,
       "unbuildable-mirror",
       "fails"},
      {"the go line, raised by the patch of a module",
       go,
       {{"go.mod", "module example.org/x\n\ngo 1.99.0\n\nrequire example.org/module v1.2.4\n"}},
       1,
       "before this change it builds with 1.25",
       "already"},
      {"a file that failed is gone",
       python,
       {{"README", "x"}, {"runtime.txt", "python-3.13.1\n"}},
       1,
       "runtime.txt",
       "already"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Project project(row.before);
    project.commit(row.change);
    const Ran ran = project.check();
    CAPTURE(ran.out);
    CAPTURE(ran.err);
    CHECK(ran.code == row.code);
    CHECK(has(ran.out, row.says));
    CHECK_FALSE(has(ran.out, row.says_not));
  }
}

TEST_CASE("check --since: what is not committed counts too") {
  const Project project(python);
  put(project.path / ".python-version", "3.15\n");
  CHECK(project.check("--since HEAD").code == 1);
}

TEST_CASE("check --since compares with where the histories part") {
  const Project project(python);
  project.commit({{"README", "x"}});
  project.git("checkout -q main");
  project.commit({{".python-version", "3.14\n"}});
  project.git("checkout -q change");
  put(project.path / ".python-version", "3.15\n");
  CHECK(has(project.check().out, "before this change it builds with 3.13"));
}

TEST_CASE("check --since in a folder of the work tree compares that folder") {
  const Project project({{"a/requirements.txt", ""}, {"a/.python-version", "3.15\n"}});
  put(project.path / "a/README", "x");
  const Ran ran = project.check("--since main", project.path / "a");
  CAPTURE(ran.out);
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "already fails before this change"));
}

TEST_CASE("check --since follows links of the commit, and passes folders of tools over") {
  const Project project(
      {{"requirements.txt", ""}, {"real", "3.15\n"}, {"vendor/Dockerfile", "FROM python:3.9\n"}});
  fs::create_symlink("real", project.path / ".python-version");
  project.git("add -A");
  project.git("commit -q -m link");
  const Ran ran = project.check("--since HEAD");
  CAPTURE(ran.out);
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "already fails before this change"));
}

TEST_CASE("check --since says what is wrong with a revision") {
  const Project project(python);
  for (const char* revision : {"nowhere", "HEAD^{tree}", "-h", "''", "HEAD~9"}) {
    CAPTURE(revision);
    const Ran ran = project.check("--since=" + std::string(revision));
    CAPTURE(ran.out);
    CHECK(ran.code == 2);
    CHECK(has(ran.out + ran.err, "not judged"));
  }
  const Scratch bare;
  put(bare / "requirements.txt", "");
  const Ran ran = run_in(bare.path, std::string("check --since main") + at,
                         "GIT_CEILING_DIRECTORIES='" + bare.path.string() + "'");
  CHECK(ran.code == 2);
  CHECK(has(ran.out, "not a git repository"));
}

TEST_CASE("check --since in a shallow clone says how to get the commit") {
  const Project project(python);
  project.commit({{"README", "x"}});
  const fs::path clone = project.scratch / "clone";
  project.git("clone -q --depth=1 --single-branch -b change 'file://" + project.path.string() +
              "' '" + clone.string() + "'");
  const Ran missing = project.check("--since origin/main", clone);
  CAPTURE(missing.out);
  CHECK(missing.code == 2);
  CHECK(has(missing.out, "git fetch --depth=1 origin"));
  // A job of CI reads another form, and is where a shallow clone is usual.
  for (const char* form : {"json", "sarif", "codequality", "github", "junit"}) {
    CAPTURE(form);
    const Ran told = project.check("--since origin/main --format " + std::string(form), clone);
    CAPTURE(told.out);
    CHECK(told.code == 2);
    CHECK(has(told.out, "fetch-depth: 0"));
  }
  const Ran fetched = run_shell_in(clone, "git fetch -q --depth=1 origin main:refs/heads/main");
  REQUIRE(fetched.code == 0);
  put(clone / ".python-version", "3.15\n");
  const Ran found = project.check("--since main", clone);
  CAPTURE(found.out);
  CHECK(found.code == 1);
  CHECK(has(found.out, "compared as they are"));
}

TEST_CASE("check --changed-from: only what the named files bring counts") {
  struct Row {
    const char* name;
    Files files;
    const char* changed;
    int code;
    const char* says;
    const char* says_not;
  };
  const Files failing = {{"requirements.txt", "flask\n"}, {".python-version", "3.15\n"}};
  const Files two_managers = {
      {"requirements.txt", ""}, {"poetry.lock", ""}, {"pyproject.toml", ""}};
  Files mirrored = python;
  mirrored["Dockerfile"] = "FROM python:3.9\n";
  mirrored["left/Dockerfile"] = "FROM python:3.9\n";
  Files broken = python;
  broken["left/package.json"] = "{";
  const Files no_lock = {{"composer.json", "{\"require\": {\"php\": \"^8.3\"}}"}};
  const Row rows[] = {
      {"the file that fails", failing, ".python-version\n", 1, "fails", "not the cause"},
      {"another file", failing, "README\n", 0, "the changed files are not the cause", "fails:"},
      {"no file", failing, "", 0, "the changed files are not the cause", "fails:"},
      {"a file of the build that changes nothing", failing, "requirements.txt\n", 0,
       "not the cause", "fails:"},
      {"a file that is gone, which the build needs", no_lock, "composer.lock\n", 1, "composer.lock",
       "not the cause"},
      {"a file that brings another package manager", two_managers, "poetry.lock\n", 1, "fails",
       "not the cause"},
      {"a mirror", mirrored, "Dockerfile\n", 0, "\nDockerfile:1", "left/Dockerfile"},
      {"not a mirror", mirrored, "README\n", 0, "builds", "unbuildable-mirror"},
      {"a broken file", broken, "./left/package.json\n", 2, "not judged", "fails"},
      {"a broken file that is left as it was", broken, "README\n", 0, "builds", "not judged"},
      {"names that end with NUL", failing, "README\\0.python-version\\0", 1, "fails",
       "not the cause"},
      {"a name that git quoted", failing, "\"b\\303\\244r\"\n", 2, "", "fails"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    for (const auto& [path, text] : row.files) put(scratch / "tool" / path, text);
    const Ran ran =
        run_shell_in(scratch / "tool", "printf '" + std::string(row.changed) + "' | " +
                                           program_file() + " check --changed-from -" + at);
    CAPTURE(ran.out);
    CAPTURE(ran.err);
    CHECK(ran.code == row.code);
    CHECK(has(ran.out, row.says));
    CHECK_FALSE(has(ran.out, row.says_not));
  }
}

TEST_CASE("check --changed-from: names as seen from here, and what does not fit") {
  const Scratch scratch;
  put(scratch / "tool/requirements.txt", "");
  put(scratch / "tool/.python-version", "3.15\n");
  put(scratch / "list", "tool/.python-version\n");
  const auto check = [&](const std::string& words) {
    return run_in(scratch.path, "check tool " + words + at);
  };
  CHECK(check("--changed-from list").code == 1);
  put(scratch / "list", "tool/README\n");
  CHECK(check("--changed-from list").code == 0);
  CHECK(check("--changed-from nowhere").code == 2);
  CHECK(check("--changed-from list --since HEAD").code == 2);
  CHECK(check("--changed-from - --paths-from -").code == 2);
}
