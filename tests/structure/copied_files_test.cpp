// What people copy into their own repositories: names that GitLab keeps for itself, references to
// a release, as the tags are called; and the options that they build with.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "support/files.h"

namespace fs = std::filesystem;
using buildable::testing::read_file;
using buildable::testing::source_dir;

namespace {

std::vector<fs::path> yaml_files() {
  std::vector<fs::path> files{source_dir() / "action.yml"};
  for (const char* folder : {"docs", "templates", "deploy"})
    for (const auto& entry : fs::recursive_directory_iterator(source_dir() / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".yml" || extension == ".yaml") files.push_back(entry.path());
    }
  return files;
}

// What stands at the left margin, with the keys that are directly below.
std::map<std::string, std::set<std::string>> outline_of(const std::string& yaml) {
  static const std::regex key("^(  )?\"?([^\\s\"#-][^:\"]*)\"?:(?: .*|)$");
  std::map<std::string, std::set<std::string>> outline;
  std::string above;
  std::size_t begin = 0;
  while (begin < yaml.size()) {
    const std::size_t end = std::min(yaml.find('\n', begin), yaml.size());
    const std::string line = yaml.substr(begin, end - begin);
    begin = end + 1;
    std::smatch found;
    if (!std::regex_match(line, found, key)) continue;
    if (found[1].matched) {
      outline[above].insert(found[2]);
    } else {
      above = found[2];
      outline[above];
    }
  }
  return outline;
}

// https://docs.gitlab.com/ci/yaml/ and https://docs.gitlab.com/ci/jobs/#job-names
const std::set<std::string> reserved{"image",        "services",  "stages", "before_script",
                                     "after_script", "variables", "cache",  "include",
                                     "default",      "workflow",  "spec",   "pages",
                                     "true",         "false",     "nil"};

}  // namespace

TEST_CASE("no job of GitLab has a name that GitLab keeps for itself") {
  int jobs = 0;
  for (const fs::path& file : yaml_files())
    for (const auto& entry : outline_of(read_file(file))) {
      const std::string& name = entry.first;
      const std::set<std::string>& keys = entry.second;
      if (keys.count("script") + keys.count("trigger") + keys.count("extends") == 0) continue;
      ++jobs;
      CHECK_MESSAGE(reserved.count(name) == 0, file.string() << ": " << name);
    }
  CHECK(jobs >= 3);
  // The component's job has the name of an input.
  std::smatch job;
  const std::string component = read_file(source_dir() / "templates/check.yml");
  REQUIRE(std::regex_search(
      component, job, std::regex("\n    job:\n      description: .*\n      default: (\\S+)")));
  CHECK(reserved.count(job[1]) == 0);
}

TEST_CASE("what is taken by the name of a release is taken by its tag") {
  const std::regex named("([\\w./-]+)@(v?)\\d+\\.\\d+\\.\\d+");
  std::set<std::string> ours;
  for (const fs::path& file : yaml_files()) {
    const std::string text = read_file(file);
    for (std::sregex_iterator it(text.begin(), text.end(), named), end; it != end; ++it) {
      CHECK_MESSAGE((*it)[2].str() == "v", file.string() << ": " << (*it)[0].str());
      ours.insert((*it)[1]);
    }
  }
  CHECK(ours.count("OWNER/buildable") == 1);
  CHECK(ours.count("CI_SERVER_FQDN/GROUP/buildable/check") == 1);
}

TEST_CASE("docs/installing.md names every option of CMakeLists.txt") {
  const std::string lists = read_file(source_dir() / "CMakeLists.txt");
  const std::string documented = read_file(source_dir() / "docs/installing.md");
  const std::regex declared("(?:option\\(|set\\()(BUILDABLE_\\w+)[^)\n]*(?:ON|OFF|CACHE [^)]*)\\)");
  int found = 0;
  for (std::sregex_iterator it(lists.begin(), lists.end(), declared), end; it != end; ++it, ++found)
    CHECK_MESSAGE(documented.find("`" + (*it)[1].str() + "`") != std::string::npos, (*it)[1].str());
  CHECK(found >= 15);
}
