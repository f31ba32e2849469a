// Walking a repository, held against git's own idea of what is ignored.
#include "store/repository_walk.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "support/shell.h"

using namespace buildable;
using namespace buildable::store;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

struct Walked {
  std::map<std::string, std::string> texts;
  std::set<std::string> unread;
  std::vector<std::string> order;
  std::vector<Diagnostic> problems;
};

Walked walked(const std::string& root, FileInterest wanted, std::string first = {},
              std::size_t most = 1000) {
  Walked found;
  RepositoryWalk walk;
  walk.interest = [wanted](std::string_view path) {
    return path.ends_with('/') ? FileInterest::none : wanted;
  };
  walk.use = [&](const std::string& path, std::optional<std::string> text) {
    found.order.push_back(path);
    if (text)
      found.texts[path] = *std::move(text);
    else
      found.unread.insert(path);
    return found.order.size() < most;
  };
  walk.first = std::move(first);
  walk.max_bytes = 8U << 20U;
  const auto problems = walk_repository(root, walk);
  REQUIRE(problems);
  found.problems = *problems;
  return found;
}

std::set<std::string> paths_in(const fs::path& root) {
  const Walked found = walked(root.string(), FileInterest::presence);
  return {found.order.begin(), found.order.end()};
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
  // No "a**/b": until 2.41 git looks at the wrong byte to tell that this is not a "**/b".
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
  struct Row {
    const char* name;
    const char* init;
    const char* then;
  };
  const Row rows[] = {
      {"version 2", "git init -q .", "git update-index --index-version 2"},
      {"version 3", "git init -q .", "git add -N later && git update-index --index-version 3"},
      {"version 4", "git init -q .", "git update-index --index-version 4"},
      {"SHA-256", "git init -q --object-format=sha256 .", "true"},
      {"with extensions", "git init -q .",
       "git update-index --untracked-cache --force-untracked-cache"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch scratch;
    put(scratch / ".gitignore", ".python-version\nsub/x\nlong*\n");
    put(scratch / ".python-version", "3.14\n");
    put(scratch / "later", "x");
    put(scratch / "sub/x", "x");
    const std::string longest = "long" + std::string(200, 'a') + "/" + std::string(200, 'b');
    put(scratch / "sub" / longest, "x");
    REQUIRE(run_shell_in(scratch.path, std::string(row.init) + " && git add .gitignore").code == 0);
    CHECK(paths_in(scratch.path) == std::set<std::string>{".gitignore", "later"});
    const Ran ran = run_shell_in(
        scratch.path, "git add -f .python-version sub/long* && " + std::string(row.then));
    REQUIRE_MESSAGE(ran.code == 0, ran.err);
    const Walked found = walked(scratch.path.string(), FileInterest::presence);
    CHECK(found.order == std::vector<std::string>{".gitignore", ".python-version", "later"});
    CHECK(found.problems.empty());
  }
}

TEST_CASE("an index that is not understood is told, and nothing counts as committed") {
  const Scratch scratch;
  put(scratch / ".gitignore", "x\n");
  put(scratch / "x", "x");
  REQUIRE(run_shell_in(scratch.path, "git init -q . && git add -f x").code == 0);
  REQUIRE(walked(scratch.path.string(), FileInterest::presence).order.size() == 2);
  const std::string good = content(scratch / ".git/index");
  for (const std::string& bad :
       {std::string("DIRC"), good.substr(0, good.size() / 2), "X" + good.substr(1),
        good.substr(0, 7) + '\x09' + good.substr(8), std::string(100, '\0')}) {
    put(scratch / ".git/index", bad);
    const Walked found = walked(scratch.path.string(), FileInterest::presence);
    CHECK(found.order == std::vector<std::string>{".gitignore"});
    REQUIRE(found.problems.size() == 1);
    CHECK(found.problems[0].file.ends_with(".git/index"));
  }
  put(scratch / ".git/index", good);
  REQUIRE(run_shell_in(scratch.path, "git update-index --split-index").code == 0);
  const Walked split = walked(scratch.path.string(), FileInterest::presence);
  REQUIRE(split.problems.size() == 1);
  CHECK(split.problems[0].message.find("split over two files") != std::string::npos);
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
  const Walked found = walked(scratch.path.string(), FileInterest::text);
  CHECK(found.texts == std::map<std::string, std::string>{
                           {".node-version", "22\n"}, {".nvmrc", "22\n"}, {"sub/x", "x"}});
  std::set<std::string> problems;
  for (const Diagnostic& problem : found.problems) problems.insert(problem.message);
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
  const Walked found = walked(scratch.path.string(), FileInterest::text);
  CHECK(found.order == std::vector<std::string>{"a", "big", "z"});
  CHECK(found.unread == std::set<std::string>{"big"});
  REQUIRE(found.problems.size() == 3);
  CHECK(found.problems[0].message.find("larger than 8388608 bytes") != std::string::npos);
  CHECK(found.problems[1].message == "is too deep: not looked into");
  CHECK(found.problems[2].message == "is a named pipe, not a regular file: it is not read");
}

TEST_CASE("where the name alone is of interest, nothing is opened, whatever it is") {
  const Scratch scratch;
  put(scratch / "a", "1");
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0644) == 0);
  put(scratch / "big", "");
  fs::resize_file(scratch / "big", 100U << 20U);
  fs::create_symlink("/etc/hostname", scratch / "out");
  fs::create_symlink("nowhere", scratch / "gone");
  const Walked found = walked(scratch.path.string(), FileInterest::name);
  CHECK(found.unread == std::set<std::string>{"a", "big", "gone", "out", "pipe"});
  CHECK(found.problems.empty());
  CHECK(walked((scratch / "pipe").string(), FileInterest::name).order.empty());
}

TEST_CASE("files come by path, whatever folders they lie in, after the one that is wanted first") {
  const Scratch scratch;
  for (const char* path : {"a/z", "a.x", "a-", "b", "a/b/c", "m"}) put(scratch / path, "x");
  using Order = std::vector<std::string>;
  const std::string root = scratch.path.string();
  CHECK(walked(root, FileInterest::text).order == Order{"a-", "a.x", "a/b/c", "a/z", "b", "m"});
  CHECK(walked(root, FileInterest::text, "m").order ==
        Order{"m", "a-", "a.x", "a/b/c", "a/z", "b"});
  CHECK(walked(root, FileInterest::text, "z").order.size() == 6);  // that of the root alone
  CHECK(walked(root, FileInterest::text, "", 3).order == Order{"a-", "a.x", "a/b/c"});
}

TEST_CASE("of many files that cannot be read some are named and the others counted") {
  const Scratch scratch;
  for (int i = 0; i < 1200; ++i) fs::create_symlink("nowhere", scratch / ("l" + std::to_string(i)));
  const Walked found = walked(scratch.path.string(), FileInterest::text);
  REQUIRE(found.problems.size() == 1001);
  CHECK(found.problems.back().message == "200 more files cannot be read");
}

TEST_CASE("reading again: what the walk would not follow is not followed") {
  const Scratch outside;
  const Scratch scratch;
  put(outside / "secret", "1");
  put(scratch / "a", "2");
  fs::create_symlink("a", scratch / "inside");
  fs::create_symlink(outside / "secret", scratch / "out");
  const std::string root = scratch.path.string();
  CHECK(read_again(root, "a", 10) == "2");
  CHECK(read_again(root, "inside", 10) == "2");
  CHECK_FALSE(read_again(root, "out", 10));
  CHECK_FALSE(read_again(root, "none", 10));
  CHECK_FALSE(read_again(root, "a", 0));
}

TEST_CASE("a single file is looked at as if it lay in the root; no file at all is an error") {
  const Scratch scratch;
  put(scratch / "sub/.python-version", "3.14\n");
  const std::string file = (scratch / "sub/.python-version").string();
  CHECK(walked(file, FileInterest::text).order == std::vector<std::string>{".python-version"});
  CHECK(directory_of_repository(file) == (scratch / "sub").string());
  CHECK_FALSE(walk_repository((scratch / "none").string(), {}));
}

TEST_CASE("paths are shown as seen from the working directory") {
  CHECK(path_in(".", "a/b") == "a/b");
  CHECK(path_in("./", "a") == "a");
  CHECK(path_in("./tool/", "a") == "tool/a");
  CHECK(path_in("/", "a") == "/a");
  CHECK(path_in("../x", ".") == "../x");
}

namespace {

std::vector<std::string> folders_in(const fs::path& root) {
  std::vector<std::string> folders;
  RepositoryWalk walk;
  walk.interest = [](std::string_view path) {
    return path.ends_with('/') ? FileInterest::presence : FileInterest::none;
  };
  walk.use = [&](const std::string& path, const std::optional<std::string>& text) {
    CHECK_FALSE(text);
    folders.push_back(path);
    return true;
  };
  walk.max_bytes = 1;
  REQUIRE(walk_repository(root.string(), walk));
  return folders;
}

}  // namespace

TEST_CASE("a folder is met once, before its files, and one without files is none") {
  Scratch scratch;
  for (const char* file : {"a/b/c/x", "a/b/y", "a/z", "a/d/x", "b/x", ".yarn/releases/yarn-4.cjs",
                           ".yarn/cache/x", "top"})
    put(scratch / file, "");
  fs::create_directories(scratch / "empty/inside");
  CHECK(folders_in(scratch.path) == std::vector<std::string>{".yarn/", ".yarn/releases/", "a/",
                                                             "a/b/", "a/b/c/", "a/d/", "b/"});
}

TEST_CASE("a folder whose files are all ignored is none; one passed over is where git knows it") {
  Scratch scratch;
  for (const char* file :
       {"venv/x", "sub/vendor/x", "node_modules/x", "built/x", "kept/x", "kept/y"})
    put(scratch / file, "");
  put(scratch / ".gitignore", "node_modules/\nbuilt/*\n/kept/x\n");
  const std::vector<std::string> without{"kept/"};
  CHECK(folders_in(scratch.path) == without);
  const Ran ran = run_shell_in(scratch.path, "git init -q && git add -A && git add -f venv/x");
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(folders_in(scratch.path) == std::vector<std::string>{"kept/", "venv/"});
}

TEST_CASE("patterns that take too long leave out nothing more") {
  Scratch scratch;
  const std::string pattern = "*" + std::string(100, 'a') + "b?\n", name(120, 'a');
  std::string patterns;
  for (int i = 0; i < 100; ++i) patterns += pattern;
  put(scratch / ".gitignore", patterns + "left-*\n");
  for (const char* file : {"x", "y", "z/x"}) put(scratch / (name + file), "");
  put(scratch / "left-out", "");
  const auto walk_within = [&](std::size_t steps) {
    std::set<std::string> met;
    RepositoryWalk walk;
    walk.interest = [](std::string_view) { return FileInterest::presence; };
    walk.use = [&](const std::string& path, const std::optional<std::string>&) {
      met.insert(path);
      return true;
    };
    walk.max_bytes = 1;
    if (steps > 0) walk.max_pattern_steps = steps;
    const auto problems = walk_repository(scratch.path.string(), walk);
    REQUIRE(problems);
    CHECK(problems->size() == (steps > 0 ? 1 : 0));
    return met.contains("left-out");
  };
  CHECK_FALSE(walk_within(0));
  CHECK(walk_within(100'000));  // a name of 120 letters takes 20 times as many
}
