// `check` and `fix` on small repositories with places that no build reads.
#include <doctest/doctest.h>

#include <map>

#include "cli/support.h"

using namespace buildable::test;

namespace {

constexpr const char* at = " --at 2026-08-20";
struct Repository {
  Scratch scratch;
  explicit Repository(const Files& files) {
    for (const auto& [name, text] : files) put(scratch / name, text);
  }
  Ran run(const std::string& words) const { return run_in(scratch.path, words + at); }
};

const std::string matrix =
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n"
    "        include:\n          - python: \"3.9\"\n          - python: \"3.12\"\n"
    "          - python: \"3.13\"\n    steps:\n      - uses: actions/setup-python@v5\n"
    "        with:\n          python-version: ${{ matrix.python }}\n";

}  // namespace

TEST_CASE("the versions of a test matrix are left alone, and fail nothing") {
  const Repository repository({{".github/workflows/t.yml", matrix}});
  CHECK(repository.run("check").code == 0);
  for (const char* words : {"fix", "fix --upgrade"}) {
    CAPTURE(words);
    repository.run(words);
    CHECK(content(repository.scratch / ".github/workflows/t.yml") == matrix);
  }
}

TEST_CASE("a file that the settings ignore fails nothing, even if it cannot be read") {
  const Files files = {{"__fixtures__/global.json", "not json\n"}};
  CHECK(Repository(files).run("check").code == 2);
  Files ignored = files;
  ignored["buildable.toml"] =
      "[check]\nignore = [{ paths = \"__fixtures__/\", reason = \"test data\" }]\n";
  const Ran ran = Repository(ignored).run("check");
  CAPTURE(ran.out);
  CHECK(ran.code == 0);
  CHECK_FALSE(has(ran.out, "not judged"));
}

TEST_CASE("Dockerfiles by other names are warnings") {
  const Repository repository(
      {{"Dockerfile_dev", "FROM python:3.9-slim\n"}, {"dockerfile", "FROM python:3.9-slim\n"}});
  const Ran ran = repository.run("check");
  CAPTURE(ran.out);
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "Dockerfile_dev:1:13: warning"));
  CHECK(has(ran.out, "dockerfile:1:13: warning"));
}

TEST_CASE("an image of the toolchain that go.mod names is right") {
  const Files files = {{"go.mod", "module example.org/x\n\ngo 1.25.0\n\ntoolchain go1.27.0\n"},
                       {"main.go", "package main\n"},
                       {"Dockerfile", "FROM golang:1.27.0-alpine\n"}};
  const Repository repository(files);
  const Ran ran = repository.run("check");
  CAPTURE(ran.out);
  CHECK(ran.code == 0);
  CHECK_FALSE(has(ran.out, "unbuildable-mirror"));
  repository.run("fix");
  CHECK(content(repository.scratch / "Dockerfile") == files.at("Dockerfile"));
}
