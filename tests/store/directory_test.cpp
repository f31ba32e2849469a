#include "store/directory.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/file_reader.h"
#include "support/scratch.h"

using namespace buildable;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string> tree(const std::string& content, const std::string& extra = {}) {
  std::map<std::string, std::string> files{{"default.json", content}, {"a/b.json", content}};
  std::string manifest = R"({"files":{"default.json":{},"a/b.json":{})";
  if (!extra.empty()) {
    files[extra] = content;
    manifest += ",\"" + extra + "\":{}";
  }
  files["manifest.json"] = manifest + "}}";
  return files;
}

std::string text_of(const fs::path& path) {
  auto text = read_file(path);
  return text ? *text : "error: " + text.error().to_text();
}

std::size_t entries(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a tree is written into a new directory, parents included") {
  Scratch scratch;
  REQUIRE(write_tree(scratch.path / "x" / "out", tree("1")));
  CHECK(text_of(scratch.path / "x/out/a/b.json") == "1");
  CHECK(entries(scratch.path / "x") == 1);
}

TEST_CASE("a later tree replaces the earlier one: what it lacks is gone, what is foreign stays") {
  Scratch scratch;
  const fs::path out = scratch.path / "out/";
  REQUIRE(write_tree(out, tree("1", "old/only.json")));
  put(out / "README.md", "mine");
  put(out / "notes/today.txt", "mine too");
  REQUIRE(write_tree(out, tree("2")));
  CHECK(text_of(out / "default.json") == "2");
  CHECK(text_of(out / "README.md") == "mine");
  CHECK(text_of(out / "notes/today.txt") == "mine too");
  CHECK_FALSE(fs::exists(out / "old"));
  CHECK(entries(scratch.path) == 1);
}

TEST_CASE("a directory that is not ours is refused and left as it was") {
  Scratch scratch;
  const fs::path out = scratch.path / "out";
  for (const char* manifest : {"", "[]", "{\"files\":[]}", "not json"}) {
    CAPTURE(manifest);
    fs::remove_all(out);
    put(out / "precious.txt", "keep");
    if (*manifest != '\0') put(out / "manifest.json", manifest);
    auto written = write_tree(out, tree("1"));
    REQUIRE_FALSE(written);
    CHECK_FALSE(written.error().diagnostics().front().hint.empty());
    CHECK(text_of(out / "precious.txt") == "keep");
    CHECK_FALSE(fs::exists(out / "default.json"));
    CHECK(entries(scratch.path) == 1);
  }
}

TEST_CASE("an empty directory is ours to fill") {
  Scratch scratch;
  fs::create_directories(scratch.path / "out");
  REQUIRE(write_tree(scratch.path / "out", tree("1")));
  CHECK(text_of(scratch.path / "out/default.json") == "1");
}

TEST_CASE("where nothing can be written there is an error and no trace") {
  Scratch scratch;
  put(scratch.path / "file", "x");
  auto written = write_tree(scratch.path / "file" / "out", tree("1"));
  REQUIRE_FALSE(written);
  CHECK(written.error().to_text().find((scratch.path / "file").string()) != std::string::npos);
  CHECK(text_of(scratch.path / "file") == "x");
}
