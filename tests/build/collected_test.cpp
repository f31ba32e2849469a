// What is kept of a repository's files for foretelling.
#include "build/collected.h"

#include <doctest/doctest.h>

using namespace buildable::build;

TEST_CASE("texts that a model reads are kept, of the root everything is known to be there") {
  CollectedFiles collected;
  collected.add("package.json", "{}");
  collected.add("requirements.txt", "flask\n");
  collected.add("docs/readme.md", "no build looks at it");
  const Files files = collected.files();
  REQUIRE(files.find("package.json"));
  CHECK(files.find("package.json")->text == "{}");
  REQUIRE(files.find("requirements.txt"));
  CHECK_FALSE(files.find("requirements.txt")->known);
  CHECK_FALSE(files.exists("docs/readme.md"));
}

TEST_CASE("texts beyond the bound count as not read") {
  CollectedFiles collected;
  const std::string large(CollectedFiles::max_bytes - 1, ' ');
  collected.add("go.mod", large);
  collected.add("package.json", "{}");
  const Files files = collected.files();
  CHECK(files.find("go.mod")->known);
  REQUIRE(files.find("package.json"));
  CHECK_FALSE(files.find("package.json")->known);
}

TEST_CASE("files: folders exist by what is in them, and lists are by folder") {
  const Files files({{.path = "a/b.txt", .text = "1"},
                     {.path = "a.txt", .text = "2"},
                     {.path = "a/c/d", .text = "3"},
                     {.path = "a.txt", .text = "later"}});
  CHECK(files.exists("a"));
  CHECK(files.exists("a/"));
  CHECK(files.exists("a/c/"));
  CHECK_FALSE(files.exists("a.txt/"));
  CHECK_FALSE(files.exists("b"));
  CHECK(files.find("a.txt")->text == "2");
  CHECK(files.in_folder("").size() == 1);
  CHECK(files.in_folder("a").size() == 1);
}
