// heroku/dotnet: what project.toml says, below com.heroku.buildpacks.dotnet.
#include "build/dotnet_repositories.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;
using namespace buildable::build::testing::dotnet;

namespace {

Repository with_toml(const std::string& text) {
  return {{"a.sln", listed("p.csproj")},
          {"p.csproj", project(group("net9.0"))},
          {"project.toml", text}};
}
Repository settings(const std::string& text) {
  return with_toml("[com.heroku.buildpacks.dotnet]\n" + text);
}

}  // namespace

TEST_CASE("project.toml names the solution") {
  const auto two = [](const std::string& text) {
    Repository files = settings(text);
    files["b.sln"] = listed("p.csproj");
    files["a.sln"] = "";
    return files;
  };
  check(std::vector<Built>{{"named", two("solution_file = 'b.sln'"), nine}}, now);
  check(
      std::vector<Failed>{
          {"not there", two("solution_file = 'c.sln'"), "ConfiguredSolutionFileNotFound"},
          {"a path", two("solution_file = './b.sln'"), "SolutionFileContainsPath"},
          {"no solution", two("solution_file = 'p.csproj'"), "SolutionFileInvalidExtension"},
          {"empty", two("solution_file = ''"), "SolutionFileInvalidExtension"},
          {"an extension alone", two("solution_file = '.sln'"), "SolutionFileInvalidExtension"},
          {"capitals", two("solution_file = 'b.SLN'"), "SolutionFileInvalidExtension"},
          {"a type", two("solution_file = 1"), "ParseProjectToml"},
          {"no TOML", two("solution_file = "), "ParseProjectToml"},
          {"nothing named", two(""), "MultipleSolutionFiles"},
      },
      now);
  CHECK(now(settings("solution_file = ''")).error == "SolutionFileInvalidExtension");
  CHECK(now(settings("\nsolution_file = ''")).line == 3);
}

TEST_CASE("project.toml: the types of settings") {
  check(
      std::vector<Built>{
          {"text", settings("msbuild.configuration = 'Debug'\nmsbuild.verbosity = 'Quiet'"), nine},
          {"an empty configuration", settings("msbuild.configuration = ''"), nine},
          {"an empty table", settings("msbuild = {}"), nine},
          {"what nobody reads", settings("msbuild.other = 5\nother = 5"), nine},
          {"another table", with_toml("[_]\nschema-version = '0.2'\n[build]\nexclude = ['a']"),
           nine},
      },
      now);
  check(
      std::vector<Failed>{
          {"a verbosity", settings("msbuild.verbosity = 'loud'"), "ParseVerbosityLevelError"},
          {"no verbosity", settings("msbuild.verbosity = ''"), "ParseVerbosityLevelError"},
          {"a verbosity of another type", settings("msbuild.verbosity = 1"), "ParseProjectToml"},
          {"a configuration of another type", settings("msbuild.configuration = 5"),
           "ParseProjectToml"},
          {"msbuild is text", settings("msbuild = 'x'"), "ParseProjectToml"},
          {"msbuild is a number", settings("msbuild = 1"), "ParseProjectToml"},
          {"dotnet is text", with_toml("com.heroku.buildpacks.dotnet = 'x'"), "ParseProjectToml"},
          {"com is a number", with_toml("com = 1"), "ParseProjectToml"},
          {"types go before values", settings("msbuild.verbosity = 'loud'\nsolution_file = 1"),
           "ParseProjectToml"},
          {"the solution goes before the verbosity",
           settings("msbuild.verbosity = 'loud'\nsolution_file = 'a/b.sln'"),
           "SolutionFileContainsPath"},
      },
      now);
  check_unknown({{"a list of tables", with_toml("[[com.heroku]]\nbuildpacks = {}")},
                 {"a list for a table", settings("msbuild = ['Release', 'quiet']")}});
}

TEST_CASE("project.toml: what only TOML 1.1 allows is no certain fault") {
  check_unknown({{"an inline table in lines", with_toml("a = {\n  b = 1\n}\n")},
                 {"a comma at its end", with_toml("a = { b = 1, }\n")},
                 {"the same with blanks", with_toml("a = { b = { c = 1 } , }\n")},
                 {"an escape", with_toml("a = \"\\e[1m\"\n")},
                 {"a code in two digits", with_toml("a = \"\\x41\"\n")},
                 {"a time without seconds", with_toml("a = 07:32\n")},
                 {"a date with such a time", with_toml("a = 1979-05-27T07:32\n")}});
  check(std::vector<Built>{{"inline tables", with_toml("a = { b = { c = 1 }, d = [1,] }\n"), nine},
                           {"a time", with_toml("a = 07:32:00\nb = \"{\"\n"), nine}},
        now);
  check(std::vector<Failed>{{"no value", with_toml("a =\n"), "ParseProjectToml"},
                            {"twice", with_toml("a = { b = 1 }\na = 1\n"), "ParseProjectToml"},
                            {"a bad escape", with_toml("a = \"\\q\"\n"), "ParseProjectToml"}},
        now);
}
