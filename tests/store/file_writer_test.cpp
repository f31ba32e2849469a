#include "store/file_writer.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/durable_directory.h"
#include "support/scratch.h"

using namespace buildable;
using namespace buildable::store;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

std::string error_of(const Result<void>& result) {
  return result ? std::string("no error") : result.error().to_text();
}

// Every combination of what a writer may ask for.
std::vector<WriteOptions> all_options() {
  std::vector<WriteOptions> list;
  for (const bool synced : {false, true})
    for (const bool makes : {false, true})
      list.push_back({.synced = synced, .makes_directories = makes});
  return list;
}

}  // namespace

TEST_CASE("a file is replaced as a whole, and nothing is left beside it") {
  for (const WriteOptions& options : all_options()) {
    const Scratch scratch;
    REQUIRE(write_file(scratch / "f", "1", options));
    REQUIRE(write_file(scratch / "f", "2", options));
    CHECK(content(scratch / "f") == "2");
    CHECK(bool(write_file(scratch / "a/b/f", "1", options)) == options.makes_directories);
    CHECK(entries(scratch.path) == (options.makes_directories ? 2 : 1));
  }
}

TEST_CASE("what is not a regular file is not replaced, and a link is not written through") {
  const Scratch scratch;
  put(scratch / "file", "mine");
  fs::create_directory(scratch / "directory");
  REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  fs::create_symlink("file", scratch / "link");
  fs::create_symlink("new", scratch / "nowhere");
  const std::size_t before = entries(scratch.path);
  for (const WriteOptions& options : all_options()) {
    for (const auto& taken : {std::pair{"directory", "a directory"},
                              {"pipe", "a named pipe"},
                              {"link", "a symbolic link"},
                              {"nowhere", "a symbolic link"}}) {
      CAPTURE(taken.first);
      CHECK(error_of(write_file(scratch / taken.first, "x", options)) ==
            (scratch / taken.first).string() + ": is " + taken.second +
                ", not a regular file: it is not replaced");
    }
  }
  CHECK_FALSE(write_file("/dev/null", "x"));
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(content(scratch / "file") == "mine");
  CHECK(entries(scratch.path) == before);
}

TEST_CASE("a name that is taken is kept where that is asked for") {
  const Scratch scratch;
  const WriteOptions kept{.existing = Existing::kept, .mode = 0600};
  REQUIRE(write_file(scratch / "f", "1", kept));
  CHECK(error_of(write_file(scratch / "f", "2", kept)).find("exists already") != std::string::npos);
  fs::create_symlink("nowhere", scratch / "link");
  CHECK_FALSE(write_file(scratch / "link", "2", kept));
  CHECK(content(scratch / "f") == "1");
  CHECK((fs::status(scratch / "f").permissions() & fs::perms::group_all) == fs::perms::none);
  CHECK(entries(scratch.path) == 2);
}

TEST_CASE("the longest name that a file may have can be written") {
  const Scratch scratch;
  const std::string name(255, 'n');
  REQUIRE(write_file(scratch / name, "1"));
  CHECK(content(scratch / name) == "1");
  CHECK_FALSE(write_file(scratch / (name + "n"), "1"));
  CHECK(entries(scratch.path) == 1);
}

TEST_CASE("what a killed writer left is found and removed; nothing else is") {
  const Scratch scratch;
  put(scratch / "file", "mine");
  {
    auto fresh = FreshFile::beside(scratch / "file", 0644);
    REQUIRE(fresh);
    CHECK(entries(scratch.path) == 2);
    remove_leftovers(scratch.path);
    CHECK(entries(scratch.path) == 1);
  }
  CHECK(content(scratch / "file") == "mine");
}

TEST_CASE("a lock is a regular file: nothing else is opened in its place") {
  const Scratch scratch;
  REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  put(scratch / "file", "");
  fs::create_symlink("file", scratch / "link");
  for (const char* name : {"pipe", "link", "."}) {
    CAPTURE(name);
    CHECK_FALSE(FileLock::take(scratch / name));
  }
  CHECK(FileLock::take(scratch / "file"));
  CHECK(FileLock::take(scratch / "new"));
}
