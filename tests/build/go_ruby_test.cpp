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

TEST_CASE("go: GoModConfig: a go line takes no prefix, the comment does") {
  CHECK(go("go go1.22\n").error ==
        "GoModConfig unexpected character 'g' while parsing major version number");
  CHECK(go("// +heroku goVersion go1.22\n").outcome == Outcome::builds);
}

TEST_CASE("go: GoList, what Go itself cannot read in go.mod") {
  struct Case {
    const char* text;
    const char* error;
    int line;
  };
  for (const Case& each : {
           Case{"", "GoList missing module declaration", 0},
           Case{"go 1.24\n", "GoList missing module declaration", 0},
           Case{"// module a/b\n", "GoList missing module declaration", 0},
           Case{"module a/b\nmodule c/d\n", "GoList repeated module statement", 2},
           Case{"module a/b c\n", "GoList usage: module module/path", 1},
           Case{"module a/b\n\ntoolchain 1.27\n", "GoList invalid toolchain version '1.27'", 3},
           Case{"module a/b\ntoolchain local\n", "GoList invalid toolchain version 'local'", 2},
           Case{"module a/b\ntoolchain\n", "GoList toolchain directive expects", 2},
           Case{"module a/b\n/* c */\ngo 1.24\n", "GoList mod files must use //", 2},
           Case{"module a/b\ngo 1.24 /* c */\n", "GoList mod files must use //", 2},
           Case{"module a/b\nrequire (\n\ta/c v1.0.0 /*\n)\n", "GoList mod files must use //", 3},
           Case{"module a/b\ngo 1.24 1.23\n", "GoList go directive expects", 2},
           Case{"module a/b\ngo 1.24.x\n", "GoList invalid go version '1.24.x'", 2},
           Case{"module a/b\nrequire (\n\ta/c v1.0.0\n", "GoList syntax error", 2},
           Case{"module \"a/b\n", "GoList unexpected newline in string", 1},
           Case{"\xEF\xBB\xBFmodule a/b\n", "GoList unexpected input character", 1},
       }) {
    CAPTURE(each.text);
    const Forecast forecast = foretell("go", "default", now, {{"go.mod", each.text}});
    CHECK(forecast.outcome == Outcome::fails);
    CHECK_MESSAGE(forecast.error.starts_with(each.error), forecast.error);
    CHECK(forecast.rule == "go-mod-file");
    CHECK(forecast.line == each.line);
    CHECK_FALSE(forecast.help.empty());
  }
}

TEST_CASE("go: what Go can read in go.mod builds") {
  for (const char* text : {
           "module a/b\n",
           "module \"a/b\"\ngo 1.24\n",
           "module (\n\ta/b // c\n)\n",
           "module a/b // a /* b */\n",
           "module a/b\ngo 1.24.2\ntoolchain go1.24.3\n",
           "module a/b\ntoolchain default\n",
           "module a/b\nrequire (\n\ta/c v1.0.0 // indirect /* */\n)\nrequire ()\n",
           "module a/b\nreplace a/c => \"./*\"\n",
           "module a/b\r\n\r\ngo 1.24\r\n",
           "module a/b\n\ngo 1\n",
           "module a/b\nsomething new\n",
       }) {
    CAPTURE(text);
    CHECK(foretell("go", "default", now, {{"go.mod", text}}).outcome == Outcome::builds);
  }
}

TEST_CASE("go: a Go without modules as they are now does not mind") {
  CHECK(foretell("go", "default", now, {{"go.mod", "go 1.13\n"}}).outcome == Outcome::builds);
}

TEST_CASE("go: Proc, a package that no process can be named after") {
  const auto built = [](const std::string& text, Repository files = {}, const char* at = now) {
    files["go.mod"] = text;
    return foretell("go", "default", at, files);
  };
  const Repository program{{"main.go", "// A tool.\npackage main\n\nfunc main() {}\n"}};
  const Repository with_procfile{{"main.go", "package main\n"}, {"Procfile", "web: myapp\n"}};
  CHECK(built("module myapp\ngo 1.24\n", program).error ==
        "Proc Invalid Go package import path: myapp");
  CHECK(built("module myapp\ngo 1.24\n", program).rule == "go-process-name");
  CHECK(built("go 1.24\nmodule myapp\n", program).line == 2);
  CHECK(built("module a/b+c\n", program).error ==
        "Proc Invalid CNB process name: Invalid Value: b+c");
  CHECK(built("module a/b\n// +heroku install .\n").error ==
        "Proc Invalid Go package import path: .");
  CHECK(built("module a/b\n// +heroku install ./\n").error ==
        "Proc Invalid CNB process name: Invalid Value: ");
  CHECK(built("module a/b\n// +heroku install ./cmd/web .\n").line == 2);
  CHECK(built("module a/b\n// +heroku install .\ngo 1.99 // newer\n").outcome == Outcome::fails);
  // Whether a package of the root is a program is known of what is read alone.
  CHECK(built("module myapp\n").outcome == Outcome::builds);
  CHECK(built("module myapp\n", {{"app.go", ""}}).outcome == Outcome::builds);
  for (const char* text :
       {"package app\n", "package mainly\n", "//go:build ignore\n\npackage main\n",
        "// +build ignore\n\npackage main\n", "package main\n\nimport \"C\"\n",
        "/*\npackage main\n", ""})
    CHECK(built("module myapp\n", {{"main.go", text}}).outcome == Outcome::builds);
  CHECK(built("module myapp\n", {{"main.go", "/* c */ // d\n\npackage main // e\n"}}).outcome ==
        Outcome::fails);
  CHECK(built("module myapp\n// +heroku install ./cmd/web\n", program).outcome == Outcome::builds);
  CHECK(built("module a/b\n// +heroku install ./...\n").outcome == Outcome::builds);
  CHECK(built("module a/myapp\n", program).outcome == Outcome::builds);
  CHECK(built("module myapp\n", with_procfile).outcome == Outcome::builds);
  CHECK(built("module a/b\n// +heroku install .\n", with_procfile).outcome == Outcome::builds);
  // Before 0.5.0 the build did not mind a Procfile.
  CHECK(built("module myapp\n", with_procfile, "2025-06-01").error ==
        "Proc Invalid Go package import path: myapp");
}

TEST_CASE("go: of a workspace Go takes its own line") {
  const auto built = [](const std::string& line, const std::string& workspace) {
    return foretell("go", "default", now,
                    {{"go.mod", "module a/b\n" + line}, {"go.work", workspace}});
  };
  CHECK(built("go 1.24\n", "go 1.99\n\nuse .\n").rule == "go-line-newer");
  CHECK(built("go 1.24\n", "go 1.99 // c\n\nuse .\n").file == "go.work");
  CHECK(built("go 1.24\n", "use .\n\ngo 1.99.1\n").line == 3);
  CHECK(built("go 1.24\n", "go 1.24\n\nuse (\n\t.\n)\n").outcome == Outcome::builds);
  CHECK(built("go 1.24\n", "go 1.23.0\n").outcome == Outcome::builds);
  CHECK(built("go 1.24\n", "use .\n").outcome == Outcome::builds);
  CHECK(built("go 1.17\n", "go 1.99\n").outcome == Outcome::builds);
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

TEST_CASE("ruby: JRuby is known by what was announced") {
  CHECK(ruby(lock("   ruby 3.1.4p0 (jruby 9.4.9.0)")).versions.front() == "3.1.4-jruby-9.4.9.0");
  CHECK(ruby(lock("   ruby 3.4.2p0 (jruby 10.0.0.0)")).outcome == Outcome::builds);
  CHECK(ruby(lock("   ruby 3.1.4p0 (jruby 99.9.9.9)")).outcome == Outcome::unknown);
  CHECK(ruby(lock("   ruby 3.1.4p0 (jruby 9.4.9)")).outcome == Outcome::unknown);
}

TEST_CASE("ruby: BundleInstallCommandError, the Gemfile does not take the Ruby") {
  struct Case {
    const char* gemfile;
    const char* locked;  // null: no RUBY VERSION
    const char* error;
  };
  const auto built = [](const Case& each) {
    return foretell("ruby", "default", now,
                    {{"Gemfile", each.gemfile},
                     {"Gemfile.lock", each.locked ? lock(each.locked) : "GEM\n  specs:\n"}});
  };
  for (const Case& each : {
           Case{"source 'x'\nruby \"3.4.4\"\n", nullptr, "3.3.9, but your Gemfile specified 3.4.4"},
           Case{"ruby '~> 3.4.0'\n", nullptr, "3.3.9, but your Gemfile specified ~> 3.4.0"},
           Case{"ruby \"3.4.4\"\n", "   ruby 3.3.6", "3.3.6, but your Gemfile specified 3.4.4"},
           Case{"ruby \"3.3\"\n", "   ruby 3.3.6", "3.3.6, but your Gemfile specified 3.3"},
           Case{"ruby('>= 3.3', '< 3.3.5')\n", "   ruby 3.3.6p108",
                "3.3.6, but your Gemfile specified >= 3.3, < 3.3.5"},
           Case{"ruby [\"!= 3.3.6\"]\n", "   ruby 3.3.6",
                "3.3.6, but your Gemfile specified != 3.3.6"},
           Case{"group :a do\n  gem 'b'\nend\nruby '4.0.5' # newest\n", nullptr,
                "3.3.9, but your Gemfile specified 4.0.5"},
           Case{"git_source(:github) { |r| \"https://github.com/#{r}.git\" }\nruby '4.0.5'\n",
                nullptr, "3.3.9, but your Gemfile specified 4.0.5"},
           Case{"ruby \"3.4.4\"\n", "   ruby 3.2.99", "3.2.99, but your Gemfile specified 3.4.4"},
       }) {
    CAPTURE(each.gemfile);
    const Forecast forecast = built(each);
    CHECK(forecast.outcome == Outcome::fails);
    CHECK(forecast.error ==
          std::string("BundleInstallCommandError Your Ruby version is ") + each.error);
    CHECK(forecast.rule == "ruby-gemfile");
    CHECK(forecast.file == "Gemfile");
    CHECK(forecast.line > 0);
  }
  // What it takes, and what code, conditions or another engine may decide.
  for (const char* gemfile : {
           "ruby '3.3.6'\n",
           "ruby '~> 3.3'\n",
           "ruby '>= 3.3', '< 4'\n",
           "ruby ENV['RUBY'] || '3.4.4'\n",
           "ruby \"#{version}\"\n",
           "ruby File.read('.ruby-version').strip\n",
           "ruby '3.4.4' if ENV['CI']\n",
           "if ENV['CI']\n  ruby '3.4.4'\nend\n",
           "unless x\nruby '3.4.4'\nelse\nend\n",
           "x = if y\nruby '3.4.4'\nend\n",
           "ruby '3.4.4'\nruby '3.3.6'\n",
           "ruby '3.4.4'\neval_gemfile 'b'\n",
           "ruby '3.4.4', engine: 'jruby', engine_version: '9.4.8.0'\n",
           "ruby '3.4.4',\n  engine: 'jruby'\n",
           "ruby '3.4.4', patchlevel: '1'\n",
           "ruby '3.4.4.preview1'\n",
           "# ruby '3.4.4'\n",
           "=begin\nruby '3.4.4'\n=end\n",
           "__END__\nruby '3.4.4'\n",
           "text = <<~X\nruby '3.4.4'\nX\n",
           "gem 'x', platforms: :ruby\n",
           "ruby_version = '3.4.4'\n",
       }) {
    CAPTURE(gemfile);
    CHECK(built({gemfile, "   ruby 3.3.6p108", ""}).outcome == Outcome::builds);
  }
  CHECK(built({"ruby '3.4.4'\n", "   ruby 3.1.4p0 (jruby 9.4.8.0)", ""}).outcome ==
        Outcome::builds);
}

TEST_CASE("ruby: a Gemfile that names a file") {
  const auto built = [](const std::string& version, const std::string& bundler) {
    return foretell("ruby", "default", now,
                    {{"Gemfile", "ruby file: \".ruby-version\"\n"},
                     {"Gemfile.lock", "GEM\n  specs:\n\nBUNDLED WITH\n   " + bundler + "\n"},
                     {".ruby-version", version}});
  };
  CHECK(built("3.4.4\n", "2.5.23").error ==
        "BundleInstallCommandError Your Ruby version is 3.3.9, but your Gemfile specified 3.4.4");
  CHECK(built("ruby-3.4.4\n", "4.0.3").outcome == Outcome::fails);
  CHECK(built("3.3.9\n", "2.5.23").outcome == Outcome::builds);
  CHECK(built("jruby-9.4.8.0\n", "2.5.23").outcome == Outcome::builds);
  CHECK(built("3.4.4\n", "2.3.4").outcome == Outcome::builds);
}

TEST_CASE("ruby: a lock that cannot be read gives another group its turn") {
  const std::string ill = "GEM\n\xFF\n";
  const auto names = [](const Repository& files, const char* track, const char* at) {
    std::vector<std::string> found;
    for (const Forecast& each : Day::of(at).foretell(track, files)) found.push_back(each.runtime);
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(names({{"Gemfile.lock", ill}, {"go.mod", "module a/b\n"}}, "default", now) == Names{"go"});
  CHECK(names({{"Gemfile.lock/x", ""}, {"go.mod", "module a/b\n"}}, "default", now) == Names{"go"});
  CHECK(ruby(ill).error == "BuildpackDetectionError");
  CHECK(foretell("ruby", "default", now, {{"Gemfile", ""}, {"Gemfile.lock/x", ""}}).error ==
        "BuildpackDetectionError");
  // Before 2.1.3 it counts as none.
  CHECK(ruby(ill, "default", "2025-06-01").error == "MissingGemfileLock");
  CHECK(names({{"Gemfile.lock", ill}, {"go.mod", "module a/b\n"}}, "default", "2025-06-01") ==
        Names{"go"});
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
