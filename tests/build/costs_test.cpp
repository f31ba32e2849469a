// What grows with a product in a repository (members × members, globs × folders, conflicts ×
// conflicts, solutions × projects) has a bound or is done once, can be stopped, and says it in few
// words.
#include <optional>

#include "build/support.h"
#include "support/growth.h"
#include "version/range.h"
#include "version/set_many.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;
using buildable::testing::check_linear;

namespace {

constexpr const char* day = "2026-06-01";

std::string number(std::size_t i) { return std::to_string(i); }

std::string requiring(const std::string& range) {
  return "[project]\nrequires-python = \"" + range + "\"\n";
}

// Each member leaves out other releases than the rest.
std::string range_with_holes(std::size_t member, std::size_t holes) {
  std::string range = ">=3.8";
  for (std::size_t i = 0; i < holes; ++i) range += ",!=3." + number(member + 20) + "." + number(i);
  return range;
}

Repository workspace(const std::string& globs) {
  return {{".python-version", "3.13\n"},
          {"uv.lock", "version = 1\nrequires-python = \">=3.8\"\n"},
          {"pyproject.toml", "[project]\nname = \"x\"\n[tool.uv.workspace]\n" + globs}};
}

Repository workspace_of(std::size_t members) {
  Repository files = workspace("members = [\"*\"]\n");
  for (std::size_t i = 0; i < members; ++i)
    files["m" + number(i) + "/pyproject.toml"] = requiring(range_with_holes(i, 80));
  return files;
}

Forecast python(const Repository& files) { return foretell("python", "default", day, files); }

// The costs of repositories of a size, which a text of that length stands for.
template <class Make>
void check_growth(const std::string& what, const std::string& runtime, std::size_t count,
                  Make make) {
  const Repository few = make(count), many = make(10 * count);
  const auto text_of = [](std::size_t size) { return std::string(size, ' '); };
  const auto read = [&](const std::string& text) {
    foretell(runtime, "default", day, text.size() > count ? many : few);
  };
  check_linear(what, text_of, read, count);
}

std::string conflicting(std::size_t package) {
  std::string ranges;
  for (std::size_t i = 0; i < 60; ++i)
    ranges += (i > 0 ? " || " : "") + std::string("8.2.") + number(1000 + 60 * package + i);
  return R"({"name":"a/p)" + number(package) + R"(","version":"1","conflict":{"php":")" + ranges +
         R"("}})";
}

Repository locked(std::size_t packages) {
  std::string lock = R"({"packages":[{"name":"a/a","version":"1","require":{"php":">=8.1"}})";
  for (std::size_t i = 0; i < packages; ++i) lock += "," + conflicting(i);
  return {{"composer.json", "{}"},
          {"composer.lock", lock + R"(],"packages-dev":[],"platform":{}})"}};
}

std::string project(const std::string& framework) {
  return "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>" + framework +
         "</TargetFramework></PropertyGroup></Project>";
}

std::string listed(std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i)
    text += "Project(\"{" + number(i) + "}\") = \"a\", \"a.csproj\", \"{1}\"\n";
  return text;
}

std::size_t longest_text(const Forecast& forecast) {
  std::size_t longest = 0;
  for (const std::string* each :
       {&forecast.error, &forecast.file, &forecast.reason, &forecast.help, &forecast.rule})
    longest = std::max(longest, each->size());
  for (const std::string& each : forecast.versions) longest = std::max(longest, each.size());
  return longest;
}

}  // namespace

TEST_CASE("by halves comes out what comes out one by one") {
  std::vector<VersionSet> sets;
  VersionSet common = VersionSet::all(Scheme::pep440), together = VersionSet::none(Scheme::pep440);
  for (std::size_t i = 0; i < 13; ++i) {
    CHECK(common_to_all(Scheme::pep440, sets) == common);
    CHECK(all_together(Scheme::pep440, sets) == together);
    const auto range =
        parse_range(Grammar::pep440, Scheme::pep440, range_with_holes(i, 1 + i % 3) + ",<4");
    REQUIRE(range);
    sets.push_back(*range);
    common = common.intersect(*range);
    together = together.unite(*range);
  }
}

TEST_CASE("uv: what a workspace demands in more ways than anybody does is not looked at") {
  CHECK(python(workspace_of(90)).outcome == Outcome::builds);
  const Forecast many = python(workspace_of(101));
  CHECK(many.outcome == Outcome::unknown);
  CHECK(many.reason.find("in more than 100 ways") != std::string::npos);
  Repository same = workspace("members = [\"*\"]\n");
  for (std::size_t i = 0; i < 300; ++i)
    same["m" + number(i) + "/pyproject.toml"] = requiring(i % 2 > 0 ? ">=3.8" : ">=3.8,<4");
  CHECK(python(same).reason.find("out of date") != std::string::npos);
  same["uv.lock"] = "version = 1\nrequires-python = \">=3.8,<4\"\n";
  CHECK(python(same).outcome == Outcome::builds);
  check_growth("members with holes", "python", 100, workspace_of);
}

TEST_CASE("uv: globs that have to be held against too many folders are not") {
  const auto with = [](std::size_t globs, std::size_t folders, const std::string& glob,
                       const std::string& folder) {
    std::string list = "members = [";
    for (std::size_t i = 0; i < globs; ++i) list += "\"" + glob + number(i) + "\",";
    Repository files = workspace(list + "]\n");
    for (std::size_t i = 0; i < folders; ++i)
      files[folder + number(i) + "/pyproject.toml"] = requiring(">=3.8");
    return python(files);
  };
  CHECK(with(20, 500, "*/packages-", "tools/packages-").outcome == Outcome::builds);
  const std::string pattern = "*" + std::string(200, 'a') + "b", folder(230, 'a');
  const Forecast many = with(500, 500, pattern, folder);
  CHECK(many.outcome == Outcome::unknown);
  CHECK(many.reason.find("globs") != std::string::npos);
  // Without a wildcard they are looked up.
  CHECK(with(2000, 900, folder, folder).outcome == Outcome::builds);
}

TEST_CASE("the demands of locked packages are held together, and bounded") {
  const auto php = [](const Repository& files) {
    return foretell("php", "default", day, files).outcome;
  };
  CHECK(php(locked(199)) == Outcome::builds);
  CHECK(php(locked(200)) == Outcome::unknown);
  check_growth("conflicts", "php", 19, locked);
}

TEST_CASE("a project is kept once, however often and by whomever it is listed") {
  check_growth("a long framework in one solution", "dotnet", 300, [](std::size_t count) {
    return Repository{{"a.sln", listed(count)},
                      {"a.csproj", project("net8.0" + std::string(200 * count, 'x'))}};
  });
  const Repository twice{{"a.sln", listed(2)}, {"a.csproj", project("net8.0")}};
  CHECK(foretell("dotnet", "default", day, twice).outcome == Outcome::builds);
}

TEST_CASE("a forecast can be stopped wherever it is") {
  std::vector<Repository> all{workspace_of(60), locked(100)};
  all.push_back({{"a.sln", listed(50)}, {"a.csproj", project("net8.0")}});
  all.push_back({{"package.json", R"({"engines":{"node":"1 || 2"}})"}});
  for (const Repository& files : all) {
    std::size_t asked = 0;
    const auto whole = Day::of(day).foretell("default", files, [&asked] {
      ++asked;
      return false;
    });
    CHECK(!whole.empty());
    // At least for each member, each known Node.js, or each PHP and demand.
    CAPTURE(files.begin()->first);
    CHECK(asked > 60);
    for (const std::size_t last : {std::size_t{0}, asked / 3, asked / 2, asked - 1}) {
      std::size_t since = 0, before = 0;
      const auto stopped = Day::of(day).foretell("default", files, [&] {
        if (before < last) return ++before == 0;
        ++since;
        return true;
      });
      CHECK(stopped.empty());
      CHECK(since < 40);  // and is not asked for long after it was told
    }
  }
}

TEST_CASE("a forecast is short, however long the texts are that it is made of") {
  const std::string longest(300'000, '8'), hidden = [] {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "\x1b[31m\xe2\x80\xae";
    return text;
  }();
  std::vector<Repository> all;
  for (const std::string& text : {longest, hidden, "1." + longest + ".0", "~" + longest}) {
    const std::string json = text == hidden ? longest : text;
    all.push_back({{"requirements.txt", ""}, {".python-version", text}});
    all.push_back({{"Gemfile", ""}, {"Gemfile.lock", "RUBY VERSION\n   ruby " + text + ".1.1\n"}});
    all.push_back(
        {{"Gemfile", ""}, {"Gemfile.lock", "RUBY VERSION\n   ruby 3." + text + ".1 (jruby 9)\n"}});
    all.push_back({{"go.mod", "module " + json + "\ngo " + json + "\n"}});
    all.push_back({{"package.json", R"({"engines":{"node":")" + json + R"("}})"}});
    all.push_back({{"a.csproj", project(json)}});
    all.push_back(
        {{"a.csproj", project("net8.0")},
         {"global.json", R"({"sdk":{"version":")" + json + R"(","rollForward":"major"}})"}});
    all.push_back({{"pom.xml", ""}, {"system.properties", "java.runtime.version=" + json}});
    all.push_back({{"composer.json", R"({"require":{"php":")" + json + R"("}})"},
                   {"composer.lock",
                    R"({"packages":[],"packages-dev":[],"platform":{"php":")" + json + R"("}})"}});
    all.push_back({{"build.sbt", ""}, {"project/build.properties", "sbt.version=" + json}});
  }
  std::string engines;
  for (int i = 0; i < 3000; ++i) engines += R"({"name":"b"},)";
  all.push_back({{"package-lock.json", R"({"packages":{}})"},
                 {"package.json", R"({"packageManager":"npm@11.0.0","devEngines":{"runtime":[)" +
                                      engines + R"({"name":"c"}]}})"}});
  for (const Repository& files : all)
    for (const Forecast& each : Day::of(day).foretell("default", files)) {
      CAPTURE(files.begin()->first);
      CAPTURE(each.reason.substr(0, 300));
      CHECK(longest_text(each) < 8000);
    }
  const auto npm = foretell("npm", "default", day, all.back());
  CHECK(npm.reason.find("\"b\" or \"b\" or \"b\" or one of 2998 others") != std::string::npos);
}
