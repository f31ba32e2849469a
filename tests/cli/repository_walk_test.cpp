// Walking a repository, held against git's own idea of what is ignored.
#include "cli/repository_walk.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <set>

#include "support/program.h"

using namespace buildable;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

FileInterest everything(std::string_view) { return FileInterest::presence; }
FileInterest every_text(std::string_view) { return FileInterest::text; }

std::set<std::string> paths_in(const fs::path& root) {
  const auto walked = walk_repository(root.string(), everything);
  REQUIRE(walked);
  std::set<std::string> paths;
  for (const RepositoryFile& file : walked->files) paths.insert(file.path);
  return paths;
}

std::set<std::string> paths_by_git(const fs::path& root) {
  const Ran ran = run_shell_in(root,
                               "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1; "
                               "git ls-files --others --exclude-standard -z");
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  std::set<std::string> paths;
  for (std::size_t at = 0; at < ran.out.size();) {
    const std::size_t end = ran.out.find('\0', at);
    paths.insert(ran.out.substr(at, end - at));
    at = end + 1;
  }
  return paths;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : engine_(seed) {}
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(engine_); }
  template <std::size_t N>
  std::string one_of(const char* const (&texts)[N]) {
    return texts[below(N)];
  }

  std::string name() {
    return one_of({"a", "b", "ab", "abc", "a.txt", "b.log", "foo", "bar", ".x", "#h", "!n", "a b",
                   "x ", "[q]", "*s", "\\e", "\xC3\xA4", "B", "7"});
  }
  // No "a**/b": until 2.41 git looks at the wrong byte to tell that this is no "**/b".
  std::string part() {
    return one_of({"a",     "b",   "ab",  "foo",  "bar",  "*",      "**",          "?",    "*.txt",
                   "*.log", "a*",  "*b*", "[ab]", "[!a]", "[a-c]*", "[[:upper:]]", "\\*s", "\\[q]",
                   "\\\\e", "***", "**b", "[]a]", "[a",   "a b",    "x\\ ",        "7",    ".x"});
  }
  std::string pattern() {
    std::string text = one_of({"", "", "", "!", "\\!", "\\#", "#"});
    if (below(4) == 0) text += '/';
    const int parts = 1 + below(3);
    for (int i = 0; i < parts; ++i) text += (i > 0 ? "/" : "") + part();
    if (below(4) == 0) text += '/';
    if (below(8) == 0) text += "  ";
    return text + (below(10) == 0 ? "\r\n" : "\n");
  }
  std::string ignore_file() {
    std::string text;
    for (int i = below(6); i >= 0; --i) text += pattern();
    return text;
  }

 private:
  std::mt19937 engine_;
};

void fill(Generator& generate, const fs::path& directory, int depth) {
  for (int i = 3 + generate.below(5); i > 0; --i) {
    const fs::path path = directory / generate.name();
    if (fs::exists(path)) continue;
    if (depth < 3 && generate.below(3) == 0) {
      fs::create_directory(path);
      fill(generate, path, depth + 1);
    } else {
      put(path, "x");
    }
  }
  if (generate.below(3) == 0 || depth == 0) put(directory / ".gitignore", generate.ignore_file());
}

}  // namespace

TEST_CASE("over generated trees the files that are left are those that git leaves") {
  Generator generate(20260514);
  std::size_t seen = 0, ignored = 0;
  for (int i = 0; i < 120; ++i) {
    const Scratch scratch;
    REQUIRE(run_shell_in(scratch.path, "git init -q .").code == 0);
    fill(generate, scratch.path, 0);
    if (generate.below(3) == 0) put(scratch / ".git/info/exclude", generate.ignore_file());
    const auto ours = paths_in(scratch.path);
    const auto theirs = paths_by_git(scratch.path);
    std::vector<std::string> different;
    std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                  std::back_inserter(different));
    for (const std::string& path : different) {
      const auto ours_too = run_shell_in(scratch.path, "git check-ignore -v -n -- '" + path + "'");
      MESSAGE(path << (ours.contains(path) ? " is left by us alone: " : " is left by git alone: ")
                   << ours_too.out);
    }
    CHECK(ours == theirs);
    seen += ours.size();
    for (const auto& entry : fs::recursive_directory_iterator(scratch.path))
      ignored += entry.is_regular_file() ? 1 : 0;
  }
  CHECK(seen > 500);
  CHECK(ignored > seen + 500);
}

TEST_CASE("a file that is ignored but committed is what a build gets") {
  const Scratch scratch;
  put(scratch / ".gitignore", ".python-version\nsub/x\n");
  put(scratch / ".python-version", "3.14\n");
  put(scratch / "sub/x", "x");
  REQUIRE(run_shell_in(scratch.path, "git init -q . && git add .gitignore").code == 0);
  CHECK(paths_in(scratch.path) == std::set<std::string>{".gitignore"});
  REQUIRE(run_shell_in(scratch.path, "git add -f .python-version").code == 0);
  CHECK(paths_in(scratch.path) == std::set<std::string>{".gitignore", ".python-version"});
}

TEST_CASE("vendored folders and git's own are passed over, hidden files are not") {
  const Scratch scratch;
  for (const char* path :
       {"a/.python-version", ".nvmrc", ".github/workflows/x.yml", "node_modules/x/package.json",
        "a/vendor/composer.json", ".git/config", ".venv/pyvenv.cfg", "target/x", "a/__pycache__/y"})
    put(scratch / path, "x");
  CHECK(paths_in(scratch.path) ==
        std::set<std::string>{"a/.python-version", ".nvmrc", ".github/workflows/x.yml"});
}

TEST_CASE("links: a file inside is read under its own name, nothing outside is") {
  const Scratch outside;
  const Scratch scratch;
  put(outside / "secret", "3.14\n");
  put(scratch / ".node-version", "22\n");
  put(scratch / "sub/x", "x");
  fs::create_symlink(".node-version", scratch / ".nvmrc");
  fs::create_symlink(outside / "secret", scratch / ".python-version");
  fs::create_symlink("nowhere", scratch / "runtime.txt");
  fs::create_directory_symlink(outside.path, scratch / "linked");
  fs::create_directory_symlink(".", scratch / "sub/loop");
  const auto walked = walk_repository(scratch.path.string(), every_text);
  REQUIRE(walked);
  std::map<std::string, std::string> texts;
  for (const RepositoryFile& file : walked->files) texts[file.path] = file.text;
  CHECK(texts == std::map<std::string, std::string>{
                     {".node-version", "22\n"}, {".nvmrc", "22\n"}, {"sub/x", "x"}});
  std::set<std::string> problems;
  for (const Diagnostic& problem : walked->problems) problems.insert(problem.message);
  CHECK(problems.contains("is a symbolic link out of the repository, which is not followed"));
  CHECK(problems.contains("is a symbolic link that leads nowhere"));
}

TEST_CASE("what cannot be read is a problem, and the rest is read") {
  const Scratch scratch;
  put(scratch / "a", "1");
  put(scratch / "z", "2");
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0644) == 0);
  put(scratch / "big", "");
  fs::resize_file(scratch / "big", 100U << 20U);
  fs::path deep = scratch.path;
  for (int i = 0; i < 70; ++i) deep /= "d";
  put(deep / "x", "x");
  const auto walked = walk_repository(scratch.path.string(), every_text);
  REQUIRE(walked);
  CHECK(walked->files.size() == 2);
  REQUIRE(walked->problems.size() == 3);
  CHECK(walked->problems[0].message.find("104857600 bytes") != std::string::npos);
  CHECK(walked->problems[1].message == "is too deep: not looked into");
  CHECK(walked->problems[2].message == "is no regular file");
}

TEST_CASE("a single file is looked at as if it lay in the root; no file at all is an error") {
  const Scratch scratch;
  put(scratch / "sub/.python-version", "3.14\n");
  const std::string file = (scratch / "sub/.python-version").string();
  const auto walked = walk_repository(file, every_text);
  REQUIRE(walked);
  REQUIRE(walked->files.size() == 1);
  CHECK(walked->files[0].path == ".python-version");
  CHECK(directory_of_repository(file) == (scratch / "sub").string());
  CHECK_FALSE(walk_repository((scratch / "none").string(), every_text));
}

TEST_CASE("paths are shown as seen from the working directory") {
  CHECK(path_in(".", "a/b") == "a/b");
  CHECK(path_in("./", "a") == "a");
  CHECK(path_in("./tool/", "a") == "tool/a");
  CHECK(path_in("/", "a") == "/a");
  CHECK(path_in("../x", ".") == "../x");
}
