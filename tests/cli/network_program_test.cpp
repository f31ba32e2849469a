// What needs buildable-network, where it is missing and where it ends badly.
#include <doctest/doctest.h>

#include <filesystem>

#include "cli/support.h"
#include "support/paths.h"

using namespace buildable::test;
namespace fs = std::filesystem;
using buildable::testing::program_file;

namespace {

// The program in a folder of its own.
struct Alone {
  Scratch scratch;

  Alone() {
    fs::create_directories(scratch / "bin");
    fs::copy_file(program_file(), scratch / "bin/buildable");
    REQUIRE(run_shell_in(scratch.path, "git init -q --bare presets.git").code == 0);
  }
  Ran run(const std::string& words) const {
    return run_shell_in(scratch.path, "./bin/buildable " + words);
  }
};

}  // namespace

TEST_CASE("without buildable-network what needs it cannot run, exit 2") {
  const Alone alone;
  for (const char* words :
       {"observe", "serve", "publish --observe --repo presets.git",
        "verify https://example.org/ --key key", "verify git+https://example.org/x --key key"}) {
    CAPTURE(words);
    const Ran ran = alone.run(words);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, "buildable-network cannot be run"), ran.err);
  }
  CHECK(alone.run("publish --repo presets.git --at 2026-04-10").code == 0);
}

TEST_CASE("publish --observe leaves with what an observation may leave with, else with 2") {
  const Alone alone;
  const fs::path program = alone.scratch / "bin/buildable-network";
  struct Row {
    const char* ends;
    int code;
  };
  for (const Row& row : {Row{"exit 1", 2}, Row{"exit 2", 2}, Row{"exit 3", 3}, Row{"exit 4", 2},
                         Row{"exit 5", 5}, Row{"exit 127", 2}, Row{"kill -9 $$", 2}}) {
    CAPTURE(row.ends);
    put(program, std::string("#!/bin/sh\n") + row.ends + "\n");
    fs::permissions(program, fs::perms::owner_all);
    const Ran ran = alone.run("publish --observe --repo presets.git");
    CHECK(ran.code == row.code);
    CHECK_MESSAGE(has(ran.err, "Nothing was published"), ran.err);
  }
}
