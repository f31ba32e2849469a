// What is not a regular file, in the place of every file that the program reads or writes. Each
// command ends by itself, says what is there, and leaves it.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/paths.h"
#include "support/program.h"

using namespace buildable::test;
namespace fs = std::filesystem;
using buildable::testing::program_file;

namespace {

// Runs at most 20 seconds, so that a command that waits is a failure and not the end of the tests.
Ran run_bounded(const fs::path& directory, const std::string& words) {
  return run_shell_in(directory, "timeout -s KILL 20 " + program_file() + " " + words);
}

struct Place {
  const char* file;  // where something else is
  const char* words;
};

const std::vector<Place>& places() {
  static const std::vector<Place> list{
      {"buildable.toml", "versions"},
      {"settings.toml", "versions --config settings.toml"},
      {"renovate.json", "apply . --preset 'local>group/repo:{track}'"},
      {".github/dependabot.yml", "apply . --preset 'local>group/repo:{track}'"},
      {"list", "check --paths-from list"},
      {"snapshot.json", "generate --snapshot snapshot.json --out out"},
      {"tree/snapshot.json", "diff tree 2026-03-20"},
      {"key.pub", "verify tree --key key.pub"},
      {"kept/verified-revision", "verify tree --key good.pub --state kept"},
      {"new.key", "keygen --out new.key"},
      {"new.key.pub", "keygen --out new.key"},
  };
  return list;
}

struct Kind {
  const char* name;
  void (*make)(const fs::path&);
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> list{
      {"a named pipe", [](const fs::path& path) { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }},
      {"a directory", [](const fs::path& path) { fs::create_directory(path); }},
      {"a device", [](const fs::path& path) { fs::create_symlink("/dev/zero", path); }},
      {"a link to a named pipe",
       [](const fs::path& path) {
         const fs::path pipe = path.string() + ".pipe";
         REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
         fs::create_symlink(pipe, path);
       }},
  };
  return list;
}

}  // namespace

TEST_CASE("what is not a regular file holds no command up, and is named") {
  for (const Place& place : places()) {
    for (const Kind& kind : kinds()) {
      CAPTURE(place.file);
      CAPTURE(kind.name);
      const Scratch scratch;
      fs::create_directories(scratch / "tree");
      fs::create_directories(scratch / "kept");
      fs::create_directories((scratch / place.file).parent_path());
      REQUIRE(run_in(scratch.path, "keygen --out good").code == 0);
      kind.make(scratch / place.file);
      const fs::file_type before = fs::symlink_status(scratch / place.file).type();
      const Ran ran = run_bounded(scratch.path, place.words);
      CHECK(ran.code == 2);
      CHECK_MESSAGE(ran.err.find(fs::path(place.file).filename().string()) != std::string::npos,
                    ran.err);
      const bool told = ran.err.find("not a regular file") != std::string::npos ||
                        ran.err.find("never overwritten") != std::string::npos ||
                        ran.err.find("snapshot.json/snapshot.json: cannot read") !=
                            std::string::npos ||  // of a tree, which is a directory
                        ran.err.find("out of the repository") != std::string::npos;
      CHECK_MESSAGE(told, ran.err);
      CHECK(fs::symlink_status(scratch / place.file).type() == before);
      CHECK_FALSE(fs::exists(scratch / "out"));
    }
  }
}

TEST_CASE("streams of the shell are arguments like files") {
  const Scratch scratch;
  put(scratch / "a/.python-version", "3.13\n");
  put(scratch / "a/requirements.txt", "flask\n");
  put(scratch / "settings.toml", "track = \"latest\"\n");
  struct Row {
    const char* before;
    const char* words;
    int code;
  };
  for (const Row& row :
       {Row{"printf 'a\\n' |", "check --paths-from -", 0},
        Row{"printf 'a\\n' |", "check --paths-from /dev/stdin", 0},
        Row{"cat settings.toml |", "versions --config /dev/stdin", 0},
        Row{"printf 'nonsense = 1' |", "versions --config /dev/stdin", 2},
        Row{"", "versions --config /dev/null", 0},
        Row{"yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa |", "check --paths-from -", 2}}) {
    CAPTURE(row.before);
    CAPTURE(row.words);
    const Ran ran = run_shell_in(scratch.path, std::string(row.before) + " timeout -s KILL 60 " +
                                                   program_file() + " " + row.words);
    CHECK_MESSAGE(ran.code == row.code, ran.err);
  }
}
