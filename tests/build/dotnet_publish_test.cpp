// heroku/dotnet: what `dotnet publish` refuses once an SDK is installed.
#include "build/dotnet_repositories.h"
#include "support/growth.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;
using namespace buildable::build::testing::dotnet;

namespace {

constexpr const char* no_sdk = "A compatible .NET SDK was not found";

Repository with_sdk(Repository files, const std::string& sdk) {
  files["global.json"] = "{\"sdk\":{" + sdk + "}}";
  return files;
}
std::string version(const std::string& number, const std::string& policy) {
  return "\"version\":\"" + number + "\",\"rollForward\":\"" + policy + "\"";
}

const std::string first_id = "11111111-1111-1111-1111-11111111111A";
const std::string second_id = "22222222-2222-2222-2222-22222222222B";

std::string configured(const std::string& id, const std::string& configuration, bool built = true) {
  const std::string key = "\t\t{" + id + "}." + configuration;
  return key + ".ActiveCfg = " + configuration + "\r\n" +
         (built ? key + ".Build.0 = " + configuration + "\r\n" : "");
}

// Two projects, of which the second is built as the lines say.
Repository solution(const std::string& second_framework, const std::string& second_lines) {
  return {{"x.sln", listed("a\\A.csproj", "A", first_id) + listed("b\\B.csproj", "B", second_id) +
                        "Global\r\n"
                        "\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\r\n"
                        "\t\tDebug|Any CPU = Debug|Any CPU\r\n"
                        "\t\tRelease|Any CPU = Release|Any CPU\r\n"
                        "\tEndGlobalSection\r\n"
                        "\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\r\n" +
                        configured(first_id, "Debug|Any CPU") +
                        configured(first_id, "Release|Any CPU") + second_lines +
                        "\tEndGlobalSection\r\nEndGlobal\r\n"},
          {"a/A.csproj", project(group("net9.0"))},
          {"b/B.csproj", project(group(second_framework))}};
}
const std::string both_built =
    configured(second_id, "Debug|Any CPU") + configured(second_id, "Release|Any CPU");

}  // namespace

TEST_CASE("global.json: dotnet itself takes no SDK below the version, whatever rollForward says") {
  const auto sdk = [](const std::string& number, const std::string& policy) {
    return with_sdk(framework("net8.0"), version(number, policy));
  };
  check(
      std::vector<Failed>{
          {"latestFeature", sdk("10.0.300", "latestFeature"), no_sdk},
          {"feature", sdk("10.0.300", "feature"), no_sdk},
          {"minor", sdk("10.0.300", "minor"), no_sdk},
          {"latestMinor", sdk("9.0.400", "latestMinor"), no_sdk},
          {"major", sdk("11.0.100", "major"), no_sdk},
          {"latestMajor", sdk("11.0.100-preview.1", "latestMajor"), no_sdk},
          {"a later release of the same band", sdk("8.0.499", "latestFeature"), no_sdk},
          {"without prereleases",
           with_sdk(framework("net8.0"),
                    version("10.0.300", "feature") + ",\"allowPrerelease\":false"),
           no_sdk},
          {"patch is refused by the buildpack", sdk("10.0.300", "patch"), "ResolveSdkVersion"},
      },
      now);
  check(
      std::vector<Built>{
          {"as new", sdk("10.0.201", "latestFeature"), ten},
          {"older", sdk("10.0.100", "feature"), ten},
          {"a prerelease of what is installed", sdk("10.0.100-rc.1", "latestFeature"), ten},
          {"an older major", sdk("8.0.100", "latestMajor"), ten},
          {"a policy that dotnet cannot read along with it",
           with_sdk(framework("net8.0"),
                    version("10.0.300", "feature") + ",\"allowPrerelease\":\"no\""),
           ten},
          {"other places for SDKs",
           with_sdk(framework("net8.0"),
                    version("10.0.300", "feature") + ",\"paths\":[\".dotnet\"]"),
           ten},
      },
      now);
  const Forecast forecast = now(sdk("10.0.300", "latestFeature"));
  CHECK(forecast.rule == "dotnet-global-json");
  CHECK(forecast.file == "global.json");
  CHECK(forecast.line == 1);
}

TEST_CASE("NETSDK1045: global.json names an SDK older than the framework") {
  const auto sdk = [](const std::string& text) {
    return with_sdk(framework(text), version("8.0.100", "latestFeature"));
  };
  check(
      std::vector<Failed>{
          {"newer", sdk("net9.0"), "NETSDK1045"},
          {"capitals", sdk("NET9.0"), "NETSDK1045"},
          {"for one operating system", sdk("net10.0-windows"), "NETSDK1045"},
          {"newer than any", sdk("net11.0"), "NETSDK1045"},
          {"in Directory.Build.props",
           with_sdk({{"a.csproj", project("<PropertyGroup/>")},
                     {"Directory.Build.props", "<Project>" + group("net9.0") + "</Project>"}},
                    version("8.0.100", "patch")),
           "NETSDK1045"},
          {"the SDK is an element",
           with_sdk({{"a.csproj", "<Project><Sdk Name=\"Microsoft.NET.Sdk.Web\"/>" +
                                      group("net9.0") + "</Project>"}},
                    version("8.0.100", "patch")),
           "NETSDK1045"},
      },
      now);
  const auto content = [](const std::string& text) {
    return with_sdk(with(text), version("8.0.100", "latestFeature"));
  };
  check(
      std::vector<Built>{
          {"as new", sdk("net8.0"), eight},
          {"older", sdk("net6.0"), eight},
          {"for one operating system", sdk("net8.0-windows"), eight},
          {".NET Core", sdk("netcoreapp3.1"), eight},
          {".NET Standard", sdk("netstandard2.1"), eight},
          {".NET Framework", sdk("net48"), eight},
          {".NET Framework with dots", sdk("net4.8"), eight},
          {"no dot: .NET Framework 1.0", sdk("net10"), eight},
          {"a property", sdk("$(Target)"), eight},
          // What MSBuild may see otherwise.
          {"a condition",
           content("<PropertyGroup Condition=\"'$(A)' == ''\"><TargetFramework>net9.0"
                   "</TargetFramework></PropertyGroup>"),
           eight},
          {"a condition of its own",
           content("<PropertyGroup><TargetFramework Condition=\"'$(A)' == ''\">net9.0"
                   "</TargetFramework></PropertyGroup>"),
           eight},
          {"an import behind it", content(group("net9.0") + "<Import Project=\"b.props\"/>"),
           eight},
          {"named again in Choose",
           content(group("net9.0") + "<Choose><When Condition=\"true\">" + group("net8.0") +
                   "</When></Choose>"),
           eight},
          {"named again in small letters",
           content(group("net9.0") +
                   "<PropertyGroup><targetframework>net8.0</targetframework></PropertyGroup>"),
           eight},
          {"a list beside it",
           content("<PropertyGroup><TargetFramework>net9.0</TargetFramework>"
                   "<TargetFrameworks>net8.0</TargetFrameworks></PropertyGroup>"),
           eight},
          {"another SDK",
           with_sdk({{"a.csproj", "<Project Sdk=\"Microsoft.Build.NoTargets/3.7.0\">" +
                                      group("net9.0") + "</Project>"}},
                    version("8.0.100", "latestFeature")),
           eight},
          {"a list where Directory.Build.props names one",
           with_sdk({{"a.csproj", project("<PropertyGroup><TargetFrameworks>net8.0"
                                          "</TargetFrameworks></PropertyGroup>")},
                     {"Directory.Build.props", "<Project>" + group("net9.0") + "</Project>"}},
                    version("8.0.100", "latestFeature")),
           eight},
      },
      now);
  const Forecast forecast = now(sdk("net9.0"));
  CHECK(forecast.rule == "dotnet-sdk");
  CHECK(forecast.file == "a.csproj");
  CHECK(forecast.line == 1);
  CHECK(forecast.help == "write a newer SDK in global.json, for example 9.0.312");
}

TEST_CASE("NETSDK1045: a solution with a newer project than the one that names the SDK") {
  check(
      std::vector<Failed>{
          {"the greatest text is not the newest", solution("net10.0", both_built), "NETSDK1045"},
          {"ids in other letters",
           solution("net10.0", configured("22222222-2222-2222-2222-22222222222b", "Debug|Any CPU") +
                                   configured(second_id, "Release|Any CPU")),
           "NETSDK1045"},
          {"global.json",
           with_sdk(solution("net8.0", both_built), version("8.0.100", "latestFeature")),
           "NETSDK1045"},
          {"slnx",
           {{"x.slnx",
             "<Solution><Folder Name=\"/b/\"><Project Path=\"b/B.csproj\"/></Folder>"
             "<Project Path=\"a/A.csproj\"/></Solution>"},
            {"a/A.csproj", project(group("net9.0"))},
            {"b/B.csproj", project(group("net10.0"))}},
           "NETSDK1045"},
      },
      now);
  check(
      std::vector<Built>{
          {"older", solution("net8.0", both_built), nine},
          {"both as new",
           with_sdk(solution("net10.0", both_built), version("10.0.100", "latestFeature")), ten},
          {"listed, and not built", solution("net10.0", ""), nine},
          {"built in one configuration",
           solution("net10.0", configured(second_id, "Debug|Any CPU") +
                                   configured(second_id, "Release|Any CPU", false)),
           nine},
          {"without configurations",
           {{"x.sln", listed("a\\A.csproj", "A", first_id) + listed("b\\B.csproj", "B", second_id)},
            {"a/A.csproj", project(group("net9.0"))},
            {"b/B.csproj", project(group("net10.0"))}},
           nine},
          {"slnx that does not build it",
           {{"x.slnx",
             "<Solution><Project Path=\"a/A.csproj\"/><Project Path=\"b/B.csproj\">"
             "<Build Solution=\"Release|*\" Project=\"false\"/></Project></Solution>"},
            {"a/A.csproj", project(group("net9.0"))},
            {"b/B.csproj", project(group("net10.0"))}},
           nine},
      },
      now);
  CHECK(now(solution("net10.0", both_built)).file == "b/B.csproj");
}

TEST_CASE("many configurations of a solution take time in proportion to their number") {
  const auto text_of = [](std::size_t count) {
    std::string names, built;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = "C" + std::to_string(i) + "|Any CPU";
      names += name + " = " + name + "\n";
      built += configured(first_id, name);
    }
    return listed("a\\A.csproj", "A", first_id) +
           "GlobalSection(SolutionConfigurationPlatforms) = preSolution\n" + names +
           "EndGlobalSection\nGlobalSection(ProjectConfigurationPlatforms) = postSolution\n" +
           built + "EndGlobalSection\n";
  };
  const auto read = [](const std::string& text) {
    now({{"x.sln", text}, {"a/A.csproj", project(group("net9.0"))}});
  };
  read("");
  buildable::testing::check_linear("configurations", text_of, read, 1000);
}

TEST_CASE("file-based apps need the SDK that brought them") {
  const Repository app{{"app.cs", "Console.WriteLine(1);\n"}};
  const Repository older{{"app.cs", "#:property TargetFramework=net8.0\n"}};
  check(
      std::vector<Failed>{
          {"global.json", with_sdk(app, version("8.0.100", "latestFeature")), "MSB4025"},
          {"global.json names the SDK before", with_sdk(app, version("9.0.100", "latestFeature")),
           "MSB4025"},
          {"a directive", older, "MSB4025"},
          {"Directory.Build.props",
           {{"app.cs", ""}, {"Directory.Build.props", project(group("net8.0"))}},
           "MSB4025"},
          {"newer than the SDK",
           with_sdk({{"app.cs", "#!/usr/bin/env dotnet\n#:property TargetFramework=net11.0\n"}},
                    version("10.0.100", "latestFeature")),
           "NETSDK1045"},
      },
      now);
  check(
      std::vector<Built>{
          {"the default", app, ten},
          {"an older framework by a newer SDK",
           with_sdk(older, version("10.0.100", "latestFeature")), ten},
          {"a directive in a comment",
           with_sdk({{"app.cs", "/*\n#:property TargetFramework=net11.0\n*/\n"}},
                    version("10.0.100", "latestFeature")),
           ten},
          {"a project beside it",
           with_sdk({{"app.cs", ""}, {"a.csproj", project(group("net8.0"))}},
                    version("8.0.100", "latestFeature")),
           eight},
      },
      now);
}

TEST_CASE("a project that a solution lists may lie where nobody looks") {
  const auto lists = [](const std::string& path, const Repository& others = {}) {
    Repository files = others;
    files["x.sln"] = listed(path);
    return files;
  };
  const std::string nine_project = project(group("net9.0"));
  check_unknown({
      {"in a folder that is passed over", lists("vendor\\A.csproj", {{"vendor/", ""}})},
      {"deep in it", lists("vendor\\a\\b\\A.csproj", {{"vendor/", ""}})},
      {"in such a folder below the root",
       lists("src\\vendor\\A.csproj", {{"src/", ""}, {"src/B.csproj", nine_project}})},
      {"behind a link", lists("l\\A.csproj", {{"l", ""}, {"src/A.csproj", nine_project}})},
      {"of another kind", lists("a\\A.targets", {{"a/", ""}, {"a/B.csproj", nine_project}})},
      {"in capitals", lists("a\\A.CSPROJ")},
  });
  check(
      std::vector<Failed>{
          {"there is no such folder", lists("vendor\\A.csproj"), "ProjectNotFound"},
          {"other files are known of the folder",
           lists("src\\A.csproj", {{"src/", ""}, {"src/B.csproj", nine_project}}),
           "ProjectNotFound"},
          {"in the root", lists("A.csproj", {{"vendor/", ""}}), "ProjectNotFound"},
          {"no project in the root", lists("A.targets"), "ProjectNotFound"},
      },
      now);
  check(
      std::vector<Built>{
          {"there", lists("src\\A.csproj", {{"src/", ""}, {"src/A.csproj", nine_project}}), nine}},
      now);
}
