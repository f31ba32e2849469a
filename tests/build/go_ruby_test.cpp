// heroku/go and heroku/ruby, by the names of their own errors, and the order of buildpacks.
#include "build/rust_requirement.h"
#include "build/support.h"

using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

constexpr const char* now = "2026-06-01";

Forecast go(const std::string& text, const char* track = "default") {
  return foretell("go", track, now, {{"go.mod", "module example.com/x\n" + text}});
}

std::string requirement(const std::string& text) {
  std::string error;
  const auto read = rust::Requirement::parse(text, error);
  return read ? read->text() : error;
}

bool matches(const std::string& text, rust::Numbers version) {
  std::string error;
  const auto read = rust::Requirement::parse(text, error);
  REQUIRE_MESSAGE(read, error);
  return read->matches(version);
}

std::string lock(const std::string& ruby) {
  return "GEM\n  specs:\n\nRUBY VERSION\n" + ruby + "\n\nBUNDLED WITH\n   2.5.23\n";
}

Forecast ruby(const std::string& text, const char* track = "default", const char* at = now) {
  return foretell("ruby", track, at, {{"Gemfile", ""}, {"Gemfile.lock", text}});
}

}  // namespace

TEST_CASE("go: the comment goes before the line, of two the last counts, only its first word") {
  CHECK(go("go 1.21\n").versions.front() == "1.21.13");
  CHECK(go("// +heroku goVersion go1.22\n// +heroku goVersion go1.21 go1.99\n").versions.front() ==
        "1.21.13");
  CHECK(go("//+heroku goVersion go1.99\ngo 1.21\n").versions.front() == "1.21.13");
  CHECK(go("go 1.21.0\n").versions.front() == "1.21.0");
  CHECK(go("").rule == "go-default");
}

TEST_CASE("go: errors in the crate's words") {
  CHECK(go("go 1.99\n").error == "Couldn't resolve go version for =1.99");
  CHECK(go("// +heroku goVersion >= 1.20\n").error ==
        "GoModConfig unexpected end of input while parsing major version number");
  CHECK(go("go 1.22rc1\n").error ==
        "GoModConfig expected comma after minor version number, found 'r'");
  CHECK(go("go 1.99\n").line == 2);
}

TEST_CASE("go: where Go itself reads a newer line the outcome is not known") {
  CHECK(go("go 1.99 // comment\n").outcome == Outcome::unknown);
  CHECK(go("go 1.24\n// +heroku goVersion go1.21\n").outcome == Outcome::unknown);
  CHECK(go("go 1.21 // comment\n").outcome == Outcome::builds);
  CHECK(go("go 1.21 // comment\n").help == "write the comment on a line of its own");
  CHECK(go("").help == "");
}

TEST_CASE("Rust's requirements: read and printed") {
  CHECK(requirement("1.2") == "^1.2");
  CHECK(requirement(">=1.20, <1.22") == ">=1.20, <1.22");
  CHECK(requirement("1.x") == "1.*");
  CHECK(requirement("*") == "*");
  CHECK(requirement("") == "unexpected end of input while parsing major version number");
  CHECK(requirement("1.02") == "invalid leading zero in minor version number");
  CHECK(requirement("1.x.3") == "unexpected character after wildcard in version req");
  CHECK(requirement("v1") == "unexpected character 'v' while parsing major version number");
}

TEST_CASE("Rust's requirements: judged") {
  CHECK(matches("^0.2.3", {0, 2, 9, {}}));
  CHECK_FALSE(matches("^0.2.3", {0, 3, 0, {}}));
  CHECK_FALSE(matches("^0.0.3", {0, 0, 4, {}}));
  CHECK(matches("~1.2.3", {1, 2, 9, {}}));
  CHECK_FALSE(matches(">1.21", {1, 21, 9, {}}));
  CHECK(matches("<=1.21", {1, 21, 9, {}}));
  CHECK_FALSE(matches(">=1.0.0", {1, 2, 0, "rc1"}));
  CHECK(matches("=1.2.0-rc1", {1, 2, 0, "rc1"}));
}

TEST_CASE("ruby: the lock as each release matches it") {
  CHECK(ruby(lock("   ruby 3.2.8p263")).versions.front() == "3.2.8");
  CHECK(ruby(lock("  ruby 3.2.8p263")).versions.front() == "3.2.8");
  CHECK(ruby(lock("  ruby 3.2.8p263"), "latest", "2025-06-01").versions.front() == "3.3.7");
  CHECK(ruby(lock("   ruby 3.4.0.preview2")).versions.front() == "3.4.0.preview2");
  CHECK(ruby(lock("   ruby 3.4.0.preview2"), "default", "2025-06-01").versions.front() == "3.4.0");
  CHECK(ruby(lock("   ruby 3.2")).rule == "ruby-default");
  CHECK(ruby(lock("   ruby 3.2.99")).outcome == Outcome::unknown);
  CHECK(ruby("no ruby here\n").versions.front() == "3.3.9");
  const Forecast windows = ruby("RUBY VERSION\r\n   ruby 3.2.8\r\n");
  CHECK(windows.versions.front() == "3.3.9");
  CHECK_FALSE(windows.help.empty());
}

TEST_CASE("ruby: MissingGemfileLock") {
  CHECK(foretell("ruby", "default", now, {{"Gemfile", ""}}).error == "MissingGemfileLock");
}

TEST_CASE("order: Python before the rest, Node.js beside Ruby, and alone last") {
  const auto runtimes = [](const Repository& files) {
    std::vector<std::string> names;
    for (const Forecast& each : Day::of(now).foretell("default", files))
      names.push_back(each.runtime);
    return names;
  };
  using Names = std::vector<std::string>;
  const std::string gems = lock("   ruby 3.4.1");
  CHECK(runtimes({{"requirements.txt", ""}, {"package.json", "{}"}}) == Names{"python"});
  CHECK(runtimes({{"Gemfile.lock", gems}, {"package.json", "{}"}}) == Names{"node", "npm", "ruby"});
  CHECK(runtimes({{"Gemfile.lock", gems}}) == Names{"ruby"});
  CHECK(runtimes({{"go.mod", "module x\n"}, {"package.json", "{}"}}) == Names{"go"});
  CHECK(runtimes({{"package.json", "{}"}}) == Names{"node", "npm"});
}
