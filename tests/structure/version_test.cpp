// What people copy names the version that this source tree is: one place decides.
#include <doctest/doctest.h>

#include <array>
#include <regex>
#include <string>

#include "support/files.h"

using buildable::testing::read_file;
using buildable::testing::source_dir;

TEST_CASE("every file that names a release names that of CMakeLists.txt") {
  const std::string lists = read_file(source_dir() / "CMakeLists.txt");
  std::smatch declared;
  REQUIRE(std::regex_search(lists, declared, std::regex("project\\(buildable VERSION (\\S+)")));
  const std::string version = declared[1];
  constexpr std::array files{"README.md",
                             "action.yml",
                             "templates/check.yml",
                             "deploy/image/Dockerfile",
                             "deploy/toolforge/release.env",
                             "deploy/toolforge/package.json",
                             "deploy/toolforge/package-lock.json",
                             "docs/ci/build-github.yml",
                             "docs/ci/build-gitlab.yml",
                             "docs/ci/github-check.yml",
                             "docs/ci/gitlab-check.yml",
                             "docs/jobs/github-actions.yml",
                             "docs/jobs/gitlab-ci.yml"};
  const std::regex named(
      "(BUILDABLE_VERSION(?:=|: )|buildable[-_:/]|buildable@v|check@v|The release, such as "
      "|\\bversion: "
      "|\"version\": \")(\\d+\\.\\d+\\.\\d+)");
  for (const char* file : files) {
    const std::string text = read_file(source_dir() / file);
    int found = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), named), end; it != end; ++it, ++found)
      CHECK_MESSAGE((*it)[2].str() == version, file << ": " << (*it)[0].str());
    CHECK_MESSAGE(found > 0, file);
  }
  CHECK(read_file(source_dir() / "CHANGELOG.md").find("## [" + version + "]") != std::string::npos);
}
