// The real program, run as a user or a script runs it: output, exit codes, what is on the disk.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "base/text.h"
#include "cli/support.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string> tree_at(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) {
      files[entry.path().lexically_relative(directory).string()] = content(entry.path());
    }
  }
  return files;
}

}  // namespace

TEST_CASE("explain: exit 0 buildable, 1 unbuildable, 4 unknown, 2 could not run") {
  struct Case {
    const char* words;
    int code;
    const char* says;
  };
  const Case cases[] = {
      {"explain python 3.14.0 --track latest --at 2025-10-10", 1, "unbuildable"},
      {"explain python 3.14.0 --track latest --at 2026-03-20", 0, "buildable"},
      {"explain python 3.14.0 --track default --at 2026-03-20", 1, "unbuildable"},
      {"explain python 3.14.0 --track default --at 2026-04-02", 0, "buildable"},
      {"explain python 3.13.9 --track latest --at 2025-10-23", 0, "buildable"},
      {"explain go 1.22 --at 2024-04-30", 1, "unbuildable"},
      {"explain node 26.7.0 --at 2026-08-10", 1, "unbuildable"},
      {"explain php 8.4 --track latest --at 2025-10-10", 4, "unknown"},
      {"explain python 3.12 --track deprecated --at 2026-04-26", 0, "buildable"},
      {"explain python 3.12 --track deprecated --at 2026-04-27", 1, "2026-04-27"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.words);
    const Ran ran = run(it.words);
    CHECK(ran.code == it.code);
    CHECK(has(ran.out, it.says));
    CHECK(ran.err == "");
  }
}

TEST_CASE("what makes no sense exits 2, says what is wrong and what there is, and prints nothing") {
  struct Case {
    const char* words;
    const char* says;
  };
  const Case cases[] = {
      {"explain pyton 3.14", "did you mean \"python\"?"},
      {"explain python three", "three"},
      {"explain python 3.14 --track newest", "tracks then: "},
      {"explain python 3.14 --at yesterday", "--at"},
      {"explain python 3.14 --at 2019-01-01", "2023-06-06"},
      {"explain python", "which version of Python?"},
      {"versions --format yaml", "--format"},
      {"builder --colour always", "--colour"},
      {"generate", "--out"},
      {"generate --out t --snapshot nowhere.json", "nowhere.json"},
      {"diff 2026-03-19 2026-03-20", "known states"},
      {"frobnicate", "no command \"frobnicate\""},
      {"explane python 3.14", "did you mean \"explain\"?"},
      {"", "A subcommand is required"},
      {"versions --config nowhere.toml", "nowhere.toml"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.words);
    const Ran ran = run(it.words);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
    CHECK(ran.out == "");
  }
}

TEST_CASE("generate writes the whole tree for the three tracks and prints a table") {
  Scratch scratch;
  const Ran ran = run("generate --out " + (scratch.path / "out").string());
  CHECK_MESSAGE(ran.code == 0, ran.err);
  CHECK(has(ran.err, "compiled in"));
  for (const char* word : {"default", "latest", "deprecated", "Python", "Node.js", "3.14"}) {
    CHECK_MESSAGE(has(ran.out, word), word);
  }
  const auto tree = tree_at(scratch.path / "out");
  for (const char* path :
       {"default.json", "latest.json", "deprecated.json", "renovate/default/python.json",
        "renovate/latest/coverage.json", "renovate/default/libraries.json",
        "renovate/latest/take-back.json", "datasources/default/node.json", "dependabot/default.yml",
        "dependabot/latest.json", "policy.json", "snapshot.json", "history.json", "feed.atom",
        "index.html", "manifest.json"}) {
    CHECK_MESSAGE(tree.contains(path), path);
  }
}

TEST_CASE("same snapshot, same bytes, whatever the locale, the time zone and the directory") {
  Scratch scratch;
  const std::string words = "generate --quiet --at 2026-06-01 --out ";
  REQUIRE(run(words + (scratch.path / "a").string()).code == 0);
  const auto first = tree_at(scratch.path / "a");
  REQUIRE(first.size() > 50);
  const char* environments[] = {"LC_ALL=C TZ=UTC", "LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu",
                                "LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=America/St_Johns",
                                "LC_ALL=C.UTF-8 TZ=Pacific/Kiritimati HOME=/nonexistent"};
  for (const char* environment : environments) {
    CAPTURE(environment);
    REQUIRE(run(words + (scratch.path / "b").string(), environment).code == 0);
    CHECK(tree_at(scratch.path / "b") == first);
  }
}

TEST_CASE("a tree generated from the tree's own snapshot is the same tree") {
  Scratch scratch;
  const std::string a = (scratch.path / "a").string();
  const std::string b = (scratch.path / "b").string();
  REQUIRE(run("generate -q --at 2026-06-01 --out " + a).code == 0);
  REQUIRE(run("generate -q --at 2026-06-01 --snapshot " + a + "/snapshot.json --out " + b).code ==
          0);
  CHECK(tree_at(a) == tree_at(b));
}

TEST_CASE("a bad snapshot is refused with file and place, and the directory stays as it was") {
  Scratch scratch;
  const std::string out = (scratch.path / "out").string();
  REQUIRE(run("generate -q --at 2026-06-01 --out " + out).code == 0);
  const auto before = tree_at(out);
  const std::string good = before.at("snapshot.json");
  struct Case {
    const char* name;
    std::string text;
  };
  std::string wrong_key = good;
  wrong_key.replace(wrong_key.find("\"platform\""), 10, "\"platfrom\"");
  std::string wrong_builder = good;
  wrong_builder.replace(wrong_builder.find("heroku-builder:"), 14, "heroku-bulider");
  const Case cases[] = {{"truncated", good.substr(0, good.size() / 2)},
                        {"empty", ""},
                        {"not JSON", "<html></html>"},
                        {"wrong key", wrong_key},
                        {"a track whose builder is not described", wrong_builder},
                        {"an array", "[]"}};
  for (const Case& it : cases) {
    CAPTURE(it.name);
    const fs::path file = scratch.path / "bad.json";
    std::ofstream(file) << it.text;
    const Ran ran = run("generate --out " + out + " --snapshot " + file.string());
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, file.string()), ran.err);
    CHECK(ran.out == "");
    CHECK(tree_at(out) == before);
  }
}

TEST_CASE("a snapshot with names or texts of an attacker is refused, and nothing is written") {
  Scratch scratch;
  const std::string out = (scratch.path / "deep/er/out").string();
  REQUIRE(run("generate -q --at 2026-06-01 --out " + out).code == 0);
  const auto before = tree_at(scratch.path);
  const std::string good = before.at("deep/er/out/snapshot.json");
  const std::string name = "\"name\": \"latest\"";
  REQUIRE(has(good, name));
  struct Case {
    const char* name;
    std::string from, to;
  };
  std::vector<Case> cases;
  for (const char* track : {"../../../x", "..", "/tmp/buildable-x", ".git", "a/b", "-x", "a\\nb",
                            "", "caf\xc3\xa9", "a\\u001b[2J", "nul"})
    cases.push_back({track, name, "\"name\": \"" + std::string(track) + "\""});
  cases.push_back({"a runtime", "\"runtime\": \"python\"", "\"runtime\": \"../python\""});
  cases.push_back({"a store", "\"python/heroku-22\"", "\"../python\""});
  cases.push_back({"a control character in a text", "heroku-builder:", "heroku\\u001b[2J:"});
  cases.push_back({"a line break in a text", "heroku-builder:", "heroku\\nx:"});
  for (const Case& it : cases) {
    CAPTURE(it.name);
    const fs::path file = scratch.path / "bad.json";
    std::ofstream(file) << buildable::replace_all(good, it.from, it.to);
    const Ran ran = run("generate --out " + out + " --snapshot " + file.string());
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, file.string()), ran.err);
    CHECK(ran.err.find('\x1b') == std::string::npos);
    fs::remove(file);
    CHECK(tree_at(scratch.path) == before);
  }
}

TEST_CASE("generate writes beside what others have in the directory, or says what is in the way") {
  Scratch scratch;
  const fs::path out = scratch.path / "out";
  fs::create_directories(out / ".git/refs/tags");
  std::ofstream(out / "README.md") << "mine";
  const std::string words = "generate -q --at 2026-06-01 --out " + out.string();
  REQUIRE(run(words).code == 0);
  CHECK(fs::is_directory(out / ".git/refs/tags"));
  CHECK(tree_at(out).at("README.md") == "mine");
  std::ofstream(out / "default.json") << "edited";
  const auto before = tree_at(out);
  const Ran ran = run(words);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, "default.json: was changed since buildable wrote it"), ran.err);
  CHECK(tree_at(out) == before);
}

TEST_CASE("settings: track and base URL; an unknown key names the nearest known one") {
  Scratch scratch;
  const fs::path file = scratch.path / "buildable.toml";
  const std::string words = "versions python --config " + file.string();
  std::ofstream(file) << "track = \"latest\"\n";
  CHECK(has(run(words).out, "latest"));
  CHECK(has(run(words + " --track default").out, "default"));
  std::ofstream(file) << "# my settings\ntrak = \"latest\"\n";
  const Ran ran = run(words);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, file.string() + ":2:8"), ran.err);
  CHECK_MESSAGE(has(ran.err, "did you mean \"track\"?"), ran.err);
}

TEST_CASE("diff tells what became buildable between two known states") {
  const Ran ran = run("diff 2025-05-12 2026-03-19");
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "latest: "));
  CHECK(has(ran.out, "Python: gained 3.14"));
  CHECK_FALSE(has(ran.out, "\ndefault: "));
  CHECK(run("diff 2026-03-19 2026-03-19").out == "no change\n");
}

TEST_CASE("builder --format shell prints one pack command that a shell can read") {
  const Ran ran = run("builder --format shell --track default");
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "pack build"));
  CHECK(has(ran.out, "heroku-builder:24_0.21.8"));
  Scratch scratch;
  std::ofstream(scratch.path / "script") << ran.out;
  CHECK(std::system(("sh -n " + (scratch.path / "script").string()).c_str()) == 0);
}

TEST_CASE("help of each command has two examples that are its own") {
  for (const char* command :
       {"generate", "explain", "versions", "builder", "diff", "check", "fix", "apply", "observe",
        "serve", "publish", "verify", "keygen", "completion"}) {
    const Ran help = run(std::string("help ") + command);
    CHECK_MESSAGE(help.code == 0, command);
    CHECK_MESSAGE(help.out == run(std::string(command) + " --help").out, command);
    std::size_t found = 0;
    const std::string example = std::string("\n  buildable ") + command;
    for (std::size_t at = help.out.find(example); at != std::string::npos;
         at = help.out.find(example, at + 1))
      ++found;
    CHECK_MESSAGE(found == 2, command);
  }
  CHECK(run("help").out == run("--help").out);
  CHECK(has(run("help chek").err, "did you mean \"check\"?"));
}

TEST_CASE("an option that there is not is told with the one that was meant") {
  const Ran ran = run("check --strickt");
  CHECK(ran.code == 2);
  CHECK(has(ran.err, "no option \"--strickt\""));
  CHECK(has(ran.err, "did you mean \"--strict\"?"));
  CHECK(has(run("versions --zzzzzzzz=3").err, "`buildable versions --help` lists them"));
}

TEST_CASE("help and version answer on stdout with 0; completion scripts are shell") {
  for (const char* words : {"--help", "--version", "explain --help", "generate --help"}) {
    const Ran ran = run(words);
    CHECK_MESSAGE(ran.code == 0, words);
    CHECK(ran.err == "");
    CHECK(has(ran.out, "buildable"));
  }
  const std::string help = run("--help").out;
  for (int code = 0; code <= 5; ++code)
    CHECK_MESSAGE(has(help, "\n  " + std::to_string(code) + "  "), code);
  CHECK(has(run("--version").out, "facts of 20"));
  Scratch scratch;
  std::ofstream(scratch.path / "bash") << run("completion bash").out;
  CHECK(std::system(("bash -n " + (scratch.path / "bash").string()).c_str()) == 0);
}

TEST_CASE(
    "builder: outputs for GitHub and variables for GitLab are one line each, and the same values") {
  const std::string github = run("builder --at 2026-06-01 --format github").out;
  const std::string gitlab = run("builder --at 2026-06-01 --format gitlab").out;
  const std::string image = "tools-harbor.wmcloud.org/toolforge/heroku-builder:24_0.21.8";
  CHECK(has(github, "\nbuilder=" + image));
  CHECK(has(gitlab, "\nBUILDABLE_BUILDER=" + image));
  CHECK(std::count(github.begin(), github.end(), '\n') == 4);
  CHECK(std::count(gitlab.begin(), gitlab.end(), '\n') == 4);
}

TEST_CASE("colour only where asked for or on a terminal") {
  const std::string words = "explain python 3.13 --at 2026-06-01 --color ";
  CHECK(has(run(words + "always").out, "\033["));
  CHECK_FALSE(has(run(words + "auto").out, "\033["));
}

TEST_CASE("a full disk or a closed pipe is an error, not a success") {
  const Ran ran = run("versions >/dev/full; test $? = 2 && exec true");
  CHECK(ran.code == 0);
}
