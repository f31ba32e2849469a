// `check` on limits for bots that a repository has already.
#include <doctest/doctest.h>

#include "cli/support.h"

using namespace buildable::test;

namespace {

struct Repository : Scratch {
  Repository() {
    put("Dockerfile", "FROM node:22.1.0\n");
    put(".github/dependabot.yml",
        "version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /\n    schedule:\n"
        "      interval: weekly\n    ignore:\n      - dependency-name: node\n"
        "        versions: [\"23.x\"]\n");
  }
  void put(const std::string& name, const std::string& text) {
    buildable::test::put(path / name, text);
  }
  Ran check(const std::string& more) const { return run_in(path, "check --at 2026-08-20 " + more); }
};

}  // namespace

TEST_CASE("check: limits without effect are warnings in every format, and fail nothing") {
  const Repository repository;
  for (const char* format : {"text", "json", "sarif", "codequality", "github", "junit"}) {
    CAPTURE(std::string(format));
    const Ran ran = repository.check(std::string("--format ") + format);
    CHECK_MESSAGE(ran.code == 0, ran.err);
    CHECK_MESSAGE(has(ran.out, "has no effect"), ran.out);
    CHECK_MESSAGE(has(ran.out, "allow what the default builder cannot build"), ran.out);
    CHECK(has(ran.out, ".github/dependabot.yml"));
  }
  CHECK(has(repository.check("").out, ".github/dependabot.yml:9:20: warning: "));
  CHECK(repository.check("--strict").code == 1);
}

TEST_CASE("check: after `apply` no limit lets anything through") {
  const Repository repository;
  REQUIRE(run_in(repository.path, "apply --at 2026-08-20 --bot dependabot").code == 0);
  const Ran ran = repository.check("");
  CHECK(has(ran.out, "has no effect"));  // the entry of the user's own
  CHECK_FALSE(has(ran.out, "allow what the default builder cannot build"));
  CHECK_FALSE(has(ran.out, "cannot read it"));
}

TEST_CASE(
    "check: allowedVersions of the configuration that Renovate takes; what is ignored is not") {
  Repository repository;
  const std::string rule =
      "{\"packageRules\": [{\"matchPackageNames\": [\"python\"], \"allowedVersions\": \"<99\"}]}\n";
  repository.put(".github/renovate.json", rule);
  CHECK(has(repository.check("").out, ".github/renovate.json:1:"));
  repository.put("renovate.json", "{}\n");
  CHECK_FALSE(has(repository.check("").out, ".github/renovate.json:1:"));
  repository.put("renovate.json", rule);
  repository.put("buildable.toml",
                 "[check]\nignore = [{ paths = \"*.json\", reason = \"a\" },"
                 " { paths = \"/.github/\", reason = \"b\" }]\n");
  const Ran ran = repository.check("");
  CHECK_MESSAGE(ran.code == 0, ran.err);
  CHECK_FALSE(has(ran.out, "renovate.json:1:"));
  CHECK_FALSE(has(ran.out, "These limits"));
  CHECK_FALSE(has(ran.out, "This limit"));
}
