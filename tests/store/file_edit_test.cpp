#include "store/file_edit.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/scratch.h"

using namespace buildable;
using namespace buildable::store;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

std::size_t count_in(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

mode_t mode_of(const fs::path& path) {
  struct stat about {};
  REQUIRE(::lstat(path.c_str(), &about) == 0);
  return about.st_mode & 07777;
}

}  // namespace

TEST_CASE("a text is replaced, with its permissions and owner, and nothing is left beside it") {
  const Scratch scratch;
  const fs::path file = scratch / "pin";
  put(file, "3.14\n");
  fs::permissions(file, fs::perms(0640));
  const bool root = ::geteuid() == 0;
  if (root) REQUIRE(::chown(file.c_str(), 12, 34) == 0);
  REQUIRE(replace_text(file, "3.14\n", "3.13\n"));
  CHECK(content(file) == "3.13\n");
  CHECK(mode_of(file) == 0640);
  struct stat about {};
  REQUIRE(::stat(file.c_str(), &about) == 0);
  if (root) CHECK((about.st_uid == 12 && about.st_gid == 34));
  CHECK(count_in(scratch.path) == 1);
}

TEST_CASE("a text that is another one by now is left alone") {
  const Scratch scratch;
  const fs::path file = scratch / "pin";
  for (const char* now : {"3.15\n", "3.14\n# mine\n", "3.1", ""}) {
    put(file, now);
    CHECK_FALSE(replace_text(file, "3.14\n", "3.13\n"));
    CHECK_FALSE(remove_text(file, "3.14\n"));
    CHECK(content(file) == now);
  }
  CHECK(count_in(scratch.path) == 1);
  CHECK(replace_text(file, "3.14\n", "").error().to_text().find("changed while buildable ran") !=
        std::string::npos);
  CHECK_FALSE(replace_text(scratch / "none", "", "x"));
  CHECK_FALSE(fs::exists(scratch / "none"));
}

TEST_CASE("what is not a regular file is left alone") {
  const Scratch scratch;
  put(scratch / "pin", "3.14\n");
  fs::create_symlink("pin", scratch / "link");
  REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  for (const char* name : {"link", "pipe", "."}) {
    CHECK_FALSE(replace_text(scratch / name, "3.14\n", "3.13\n"));
    CHECK_FALSE(remove_text(scratch / name, "3.14\n"));
  }
  CHECK(fs::is_symlink(scratch / "link"));
  CHECK(content(scratch / "pin") == "3.14\n");
}

TEST_CASE("a file is made only where there is none, and removed only if it says what it said") {
  const Scratch scratch;
  REQUIRE(create_text(scratch / "new", "3.13\n"));
  CHECK(content(scratch / "new") == "3.13\n");
  CHECK_FALSE(create_text(scratch / "new", "3.12\n"));
  CHECK(content(scratch / "new") == "3.13\n");
  fs::create_symlink("nowhere", scratch / "link");
  CHECK_FALSE(create_text(scratch / "link", "3.12\n"));
  CHECK_FALSE(fs::exists(scratch / "nowhere"));
  CHECK_FALSE(create_text(scratch / "none/new", "3.12\n"));
  REQUIRE(remove_text(scratch / "new", "3.13\n"));
  CHECK_FALSE(fs::exists(scratch / "new"));
  CHECK(count_in(scratch.path) == 1);
}

TEST_CASE("large texts are compared to their end") {
  const Scratch scratch;
  const std::string text(100'000, 'x');
  put(scratch / "pin", text);
  CHECK_FALSE(replace_text(scratch / "pin", text + "y", "z"));
  CHECK_FALSE(replace_text(scratch / "pin", text.substr(1), "z"));
  CHECK(replace_text(scratch / "pin", text, "z"));
}
