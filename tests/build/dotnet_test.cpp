// heroku/dotnet, by the buildpack's own errors.
#include "build/dotnet_repositories.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;
using namespace buildable::build::testing::dotnet;

TEST_CASE("TargetFramework: what quick-xml lets through") {
  check(
      std::vector<Built>{
          {"plain", framework("net8.0"), eight},
          {"a lone major", framework("net9"), nine},
          {"three numbers", framework("net9.0.1"), nine},
          {"a comment inside", framework("net<!-- c -->9.0"), nine},
          {"CDATA", framework("<![CDATA[net9.0]]>"), nine},
          {"a character reference", framework("net&#57;.0"), nine},
          {"the last group decides", with(group("net8.0") + "\n<!-- c -->\n" + group("net9.0")),
           nine},
          {"elements before and after the groups",
           with("<Import Project=\"a\"/>" + group("net9.0") + "<ItemGroup/>"), nine},
          {"groups in targets do not count",
           with(group("net9.0") + "<Target>" + group("net8.0") + "</Target>"), nine},
          {"any root", {{"a.csproj", "<x:Foo xmlns:x='u'>" + group("net9.0") + "</x:Foo>"}}, nine},
          {"anything after the root", {{"a.csproj", project(group("net9.0")) + "</x>&"}}, nine},
          {"a mark",
           {{"a.csproj", "\xEF\xBB\xBF<?xml version=\"1.0\"?>" + project(group("net9.0"))}},
           nine},
          {"< in an attribute",
           with("<PropertyGroup Condition=\"a < b & c\"><TargetFramework>net9.0</TargetFramework>"
                "</PropertyGroup>"),
           nine},
          {"a broken attribute where nobody looks", with(group("net9.0") + "<A b=c d/>"), nine},
          {"twice the same of others",
           with("<PropertyGroup><TargetFramework>net9.0</TargetFramework><N>a</N><N>b</N>"
                "</PropertyGroup>"),
           nine},
          {"Visual Basic", {{"a.vbproj", project(group("net9.0"))}}, nine},
          {"F#", {{"a.fsproj", project(group("net9.0"))}}, nine},
      },
      now);
}

TEST_CASE("XmlParse: what quick-xml refuses") {
  const std::string one = "<TargetFramework>net8.0</TargetFramework>";
  check(
      std::vector<Failed>{
          {"groups apart", with(group("net8.0") + "<ItemGroup/>" + group("net9.0")), "XmlParse"},
          {"text between groups", with(group("net8.0") + "x" + group("net9.0")), "XmlParse"},
          {"twice in a group", with("<PropertyGroup>" + one + one + "</PropertyGroup>"),
           "XmlParse"},
          {"OutputType twice",
           with("<PropertyGroup>" + one +
                "<OutputType>Exe</OutputType><OutputType/>"
                "</PropertyGroup>"),
           "XmlParse"},
          {"an element inside", framework("<b>net8.0</b>"), "XmlParse"},
          {"not closed", {{"a.csproj", "<Project>" + group("net8.0")}}, "XmlParse"},
          {"crossed", with("<A><B></A></B>" + group("net8.0")), "XmlParse"},
          {"a bare ampersand", with(group("net8.0") + "<A>a && b</A>"), "XmlParse"},
          {"an unknown entity", with(group("net8.0") + "<A>&nbsp;</A>"), "XmlParse"},
          {"an attribute twice",
           {{"a.csproj", "<Project Sdk=\"a\" Sdk=\"b\">" + group("net8.0") + "</Project>"}},
           "XmlParse"},
          {"no quotes",
           {{"a.csproj", "<Project Sdk=a>" + group("net8.0") + "</Project>"}},
           "XmlParse"},
          {"Sdk without a name", with("<Sdk/>" + group("net8.0")), "XmlParse"},
          {"two Sdk", with("<Sdk Name=\"a\"/><Sdk Name=\"b\"/>" + group("net8.0")), "XmlParse"},
          {"empty", {{"a.csproj", ""}}, "XmlParse"},
          {"a comment not closed", with("<!-- " + group("net8.0")), "XmlParse"},
          {"UTF-16", {{"a.csproj", std::string("\xFF\xFE<\0", 4)}}, "ReadProjectFile"},
      },
      now);
}

TEST_CASE("MissingTargetFramework, InvalidFormat, UnsupportedOSTfm") {
  check(
      std::vector<Failed>{
          {"none", with("<PropertyGroup/>"), "MissingTargetFramework"},
          {"only TargetFrameworks",
           with(
               "<PropertyGroup><TargetFrameworks>net8.0;net9.0</TargetFrameworks></PropertyGroup>"),
           "MissingTargetFramework"},
          {"wrong case",
           with("<propertygroup/><PropertyGroup><targetframework>net8.0"
                "</targetframework></PropertyGroup>"),
           "MissingTargetFramework"},
          {"in Choose", with("<Choose><When>" + group("net8.0") + "</When></Choose>"),
           "MissingTargetFramework"},
          {"empty", framework(""), "InvalidFormat"},
          {"blanks", framework(" net8.0 "), "InvalidFormat"},
          {"a line of its own", framework("\n  net8.0\n  "), "InvalidFormat"},
          {"capitals", framework("NET8.0"), "InvalidFormat"},
          {"two in one", framework("net8.0;net9.0"), "InvalidFormat"},
          {"a property", framework("$(DotNetVersion)"), "InvalidFormat"},
          {"netstandard", framework("netstandard2.0"), "InvalidFormat"},
          {"netcoreapp", framework("netcoreapp3.1"), "InvalidFormat"},
          {"net alone", framework("net"), "InvalidFormat"},
          {"Windows", framework("net8.0-windows"), "UnsupportedOSTfm"},
          {"Android", framework("net9.0-android35.0"), "UnsupportedOSTfm"},
          {"four numbers", framework("net8.0.0.0"), "InvalidVersionRequirement"},
          {"a leading zero", framework("net08.0"), "InvalidVersionRequirement"},
      },
      now);
}

TEST_CASE("ResolveSdkVersion") {
  check(std::vector<Failed>{{"too new", framework("net11.0"), "ResolveSdkVersion"},
                            {".NET Framework", framework("net472"), "ResolveSdkVersion"},
                            {"too old", framework("net6.0"), "ResolveSdkVersion"}},
        now);
}

TEST_CASE("before 0.11.0 roxmltree reads projects: strictly, and the last element anywhere") {
  const Texts old_eight{"8.0.407", "8.0.408"}, old_nine{"9.0.202", "9.0.203"};
  check(
      std::vector<Built>{
          {"twice in a group",
           with("<PropertyGroup><TargetFramework>net8.0</TargetFramework><TargetFramework>net9.0"
                "</TargetFramework></PropertyGroup>"),
           old_nine},
          {"groups apart", with(group("net8.0") + "<ItemGroup/>" + group("net9.0")), old_nine},
          {"in a target", with(group("net9.0") + "<Target>" + group("net8.0") + "</Target>"),
           old_eight},
          {"in Choose", with("<Choose><When>" + group("net8.0") + "</When></Choose>"), old_eight},
          {"what follows a comment does not count", framework("net8<!-- c -->.5"), old_eight},
          {"CDATA", framework("net<![CDATA[8.0]]>"), old_eight},
          {"another encoding declared",
           {{"a.csproj", "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + project(group("net8.0"))}},
           old_eight},
      },
      before);
  check(
      std::vector<Failed>{
          {"empty", framework(""), "MissingTargetFramework"},
          {"behind a comment", framework("<!-- c -->net8.0"), "MissingTargetFramework"},
          {"only in Directory.Build.props",
           {{"a.csproj", project("")}, {"Directory.Build.props", project(group("net8.0"))}},
           "MissingTargetFramework"},
          {"not closed", {{"a.csproj", "<Project>" + group("net8.0")}}, "XmlParse"},
          {"a document type",
           {{"a.csproj", "<!DOCTYPE a>" + project(group("net8.0"))}},
           "XmlParse"},
          {"anything after the root", {{"a.csproj", project(group("net8.0")) + "x"}}, "XmlParse"},
          {"< in an attribute", with(group("net8.0") + "<A b=\"<\"/>"), "XmlParse"},
          {"an unknown prefix", with(group("net8.0") + "<x:A/>"), "XmlParse"},
          {".slnx is not known", {{"a.slnx", "<Solution/>"}}, "not detected"},
          {".cs is not known", {{"app.cs", ""}}, "not detected"},
      },
      before);
}

TEST_CASE("MultipleProjectFiles, MultipleSolutionFiles, MultipleFileBasedApps") {
  const std::string eight_project = project(group("net8.0"));
  check(
      std::vector<Failed>{
          {"projects",
           {{"a.csproj", eight_project}, {"b.fsproj", eight_project}},
           "MultipleProjectFiles"},
          {"solutions", {{"a.sln", ""}, {"b.slnx", "<Solution/>"}}, "MultipleSolutionFiles"},
          {"files", {{"a.cs", ""}, {"b.cs", ""}}, "MultipleFileBasedApps"},
          {"in folders", {{"src/a.csproj", eight_project}}, "not detected"},
          {"capitals", {{"a.CSPROJ", eight_project}}, "not detected"},
          {"a name that is an extension", {{".csproj", eight_project}}, "not detected"},
      },
      now);
  const Repository two{
      {"a.sln", listed("p.csproj")}, {"b.sln", listed("p.csproj")}, {"p.csproj", eight_project}};
  CHECK(before(two).outcome == Outcome::builds);
  Repository differing = two;
  differing["b.sln"] = "";
  CHECK(before(differing).outcome == Outcome::unknown);
}

TEST_CASE("a solution: every project that it lists decides") {
  const Repository both{{"src/A/A.csproj", project(group("net9.0"))},
                        {"src/B/B.csproj", project(group("net10.0"))}};
  const auto solution = [&](const std::string& name, const std::string& text) {
    Repository files = both;
    files[name] = text;
    return files;
  };
  const std::string head = "\xEF\xBB\xBF\r\nMicrosoft Visual Studio Solution File\r\n";
  check(
      std::vector<Built>{
          {"the greatest text",
           solution("x.sln", head + listed("src\\A\\A.csproj") + listed("src/B/B.csproj")), nine},
          {"folders are none",
           solution("x.sln",
                    listed("Solution Items", "Solution Items") + listed("src\\B\\B.csproj")),
           ten},
          {"steps up", solution("x.sln", listed("src\\..\\.\\src\\B\\B.csproj")), ten},
          {"a commented line counts", solution("x.sln", "# " + listed("src\\A\\A.csproj")), nine},
          {"slnx",
           solution("x.slnx",
                    "<Solution><Folder Name=\"/src/\"><Project "
                    "Path=\"src\\A\\A.csproj\"/></Folder><Project "
                    "Path=\"src/B/B.csproj\"><Build Project=\"false\"/></Project></Solution>"),
           nine},
          {"folders in folders do not count",
           solution("x.slnx",
                    "<Solution><Folder><Project Path=\"src/B/B.csproj\"/><Folder>"
                    "<Project Path=\"src/A/A.csproj\"/></Folder></Folder></Solution>"),
           ten},
          {"before a project of the root",
           {{"x.sln", listed("src\\A\\A.csproj")},
            {"src/A/A.csproj", project(group("net9.0"))},
            {"a.csproj", project(group("net11.0"))}},
           nine},
          {"global.json names the SDK, whatever the frameworks are",
           {{"x.sln", listed("a.csproj")},
            {"a.csproj", project(group("netstandard2.0"))},
            {"global.json", R"({"sdk":{"version":"9.0.300"}})"}},
           nine},
      },
      now);
}

TEST_CASE("ProjectNotFound, SlnxParseError, NoSolutionProjects") {
  const std::string nine_project = project(group("net9.0"));
  const auto slnx = [&](const std::string& content) {
    return Repository{{"x.slnx", "<Solution>" + content + "</Solution>"},
                      {"a.csproj", nine_project}};
  };
  const std::string a = "<Project Path=\"a.csproj\"/>";
  check(
      std::vector<Failed>{
          {"missing", {{"x.sln", listed("src\\A.csproj")}}, "ProjectNotFound"},
          {"other capitals",
           {{"x.sln", listed("A.csproj")}, {"a.csproj", nine_project}},
           "ProjectNotFound"},
          {"a folder with a dot in its name",
           {{"x.sln", listed("My.Folder", "My.Folder")}},
           "ProjectNotFound"},
          {"outside",
           {{"x.sln", listed("..\\a.csproj")}, {"a.csproj", nine_project}},
           "ProjectNotFound"},
          {"missing, though global.json names the SDK",
           {{"x.sln", listed("b.csproj")}, {"global.json", R"({"sdk":{"version":"9.0.300"}})"}},
           "ProjectNotFound"},
          {"a project without a framework",
           {{"x.sln", listed("a.csproj") + listed("d.dcproj")},
            {"a.csproj", nine_project},
            {"d.dcproj", project("")}},
           "MissingTargetFramework"},
          {"a member that is netstandard",
           {{"x.sln", listed("a.csproj") + listed("b.csproj")},
            {"a.csproj", nine_project},
            {"b.csproj", project(group("netstandard2.0"))}},
           "InvalidFormat"},
          {"none", {{"x.sln", ""}}, "NoSolutionProjects"},
          {"none in slnx", {{"x.slnx", "<Solution/>"}}, "NoSolutionProjects"},
          {"folders apart", slnx("<Folder/>" + a + "<Folder/>"), "SlnxParseError"},
          {"files between", slnx("<Folder>" + a + "<File/>" + a + "</Folder>"), "SlnxParseError"},
          {"no path", slnx("<Project path=\"a.csproj\"/>"), "SlnxParseError"},
          {"not closed", {{"x.slnx", "<Solution>"}}, "SlnxParseError"},
          {"UTF-16", {{"x.sln", std::string("\xFF\xFEM\0", 4)}}, "ReadSolutionFile"},
      },
      now);
  CHECK(now({{"x.sln", listed("SRC\\a.csproj")}, {"src/a.csproj", nine_project}}).help ==
        "the build tells capitals from small letters: write src/a.csproj");
}

TEST_CASE("global.json: rollForward since 0.13.0") {
  const auto sdk = [](const std::string& version, const std::string& policy) {
    Repository files = framework("net8.0");
    files["global.json"] = R"({"sdk":{"version":")" + version + "\"" +
                           (policy.empty() ? "" : ",\"rollForward\":" + policy) + "}}";
    return files;
  };
  check(
      std::vector<Built>{
          {"the feature band", sdk("8.0.100", ""), {"8.0.125", "8.0.126"}},
          {"null is none", sdk("8.0.100", "null"), {"8.0.125", "8.0.126"}},
          {"patch", sdk("8.0.100", R"("patch")"), {"8.0.125", "8.0.126"}},
          {"latestFeature", sdk("8.0.100", R"("latestFeature")"), eight},
          {"minor", sdk("9.0.100", R"("minor")"), nine},
          {"major", sdk("8.0.100", R"("major")"), ten},
          {"disable", sdk("8.0.100", R"("disable")"), {"8.0.100"}},
          {"a preview by its name",
           sdk("10.0.100-preview.7.25380.108", R"("disable")"),
           {"10.0.100-preview.7.25380.108"}},
          {"null is not an SDK",
           {{"a.csproj", project(group("net9.0"))}, {"global.json", R"({"sdk":null})"}},
           nine},
          {"without sdk",
           {{"a.csproj", project(group("net9.0"))}, {"global.json", R"({"tools":{"a":1,"a":2}})"}},
           nine},
      },
      now);
  check(
      std::vector<Failed>{
          {"an empty policy", sdk("8.0.100", R"("")"), "InvalidRollForward"},
          {"capitals", sdk("8.0.100", R"("latestpatch")"), "InvalidRollForward"},
          {"two numbers", sdk("8.0", ""), "InvalidVersion"},
          {"a wildcard", sdk("8.0.x", ""), "InvalidVersion"},
          {"a leading zero", sdk("8.0.0100", ""), "InvalidVersion"},
          {"a blank", sdk("8.0.100 ", ""), "InvalidVersion"},
          {"a band that is gone", sdk("8.0.500", ""), "ResolveSdkVersion"},
          {"a preview that is not listed", sdk("10.0.100-rc.9", R"("disable")"),
           "ResolveSdkVersion"},
      },
      now);
  check(
      std::vector<Built>{
          {"^", sdk("8.0.100", ""), {"8.0.407", "8.0.408"}},
          {"whatever else is none", sdk("8.0.100", R"("none")"), {"8.0.407", "8.0.408"}},
          {"an empty policy is none", sdk("8.0.100", R"("")"), {"8.0.407", "8.0.408"}},
          {"~", sdk("9.0.100", R"("latestPatch")"), {"9.0.202", "9.0.203"}},
          {"two numbers", sdk("8.0", ""), {"8.0.407", "8.0.408"}},
          {"a wildcard", sdk("8.0.x", ""), {"8.0.407", "8.0.408"}},
      },
      before);
}

TEST_CASE("ParseGlobalJson, ReadGlobalJsonFile") {
  for (const std::string text :
       {R"({"sdk":{}})", R"({"sdk":{"rollForward":"major"}})", R"({"sdk":{"version":8}})",
        R"({"sdk":"8.0.100"})", R"({"sdk":{"version":"8.0.100",}})",
        R"({"sdk":{"version":"8.0.100"}} x)",
        R"({"sdk":{"version":"8.0.100","version":"8.0.100"}})", R"({"sdk":null,"sdk":null})",
        "// c\n{}", "\xEF\xBB\xBF{}", "", "[1]"}) {
    CAPTURE(text);
    Repository files = framework("net8.0");
    files["global.json"] = text;
    CHECK(now(files).error == "ParseGlobalJson");
    CHECK(before(files).error == "ParseGlobalJson");
  }
  Repository files = framework("net8.0");
  files["global.json"] = std::string("\xFF\xFE{\0}\0", 6);
  CHECK(now(files).error == "ReadGlobalJsonFile");
}

TEST_CASE("Directory.Build.props: the nearest one above, and no other") {
  const std::string props = "Directory.Build.props";
  const std::string none = project("<PropertyGroup/>");
  const Repository nested{{"x.sln", listed("src\\a.csproj")}, {"src/a.csproj", none}};
  const auto and_files = [](Repository files, const Repository& more) {
    files.insert(more.begin(), more.end());
    return files;
  };
  check(
      std::vector<Built>{
          {"in the root", {{"a.csproj", none}, {props, project(group("net9.0"))}}, nine},
          {"above", and_files(nested, {{props, project(group("net9.0"))}}), nine},
          {"the nearest",
           and_files(nested, {{props, project(group("net8.0"))},
                              {"src/" + props, project(group("net9.0"))}}),
           nine},
          {"the project comes first",
           {{"a.csproj", project(group("net9.0"))}, {props, project(group("net8.0"))}},
           nine},
      },
      now);
  check(
      std::vector<Failed>{
          {"the nearest names none",
           and_files(nested, {{props, project(group("net8.0"))}, {"src/" + props, none}}),
           "MissingTargetFramework"},
          {"unreadable", {{"a.csproj", none}, {props, "<Project>"}}, "XmlParse"},
          {"other capitals",
           {{"a.csproj", none}, {"directory.build.props", project(group("net8.0"))}},
           "MissingTargetFramework"},
      },
      now);
}

TEST_CASE("file-based apps") {
  check(
      std::vector<Built>{
          {"the default", {{"app.cs", "Console.WriteLine(1);"}}, ten},
          {"a directive", {{"app.cs", "#:property TargetFramework=net9.0\n"}}, nine},
          {"blanks around it", {{"app.cs", "  #:property TargetFramework= net9.0 \r\n"}}, nine},
          {"the first one",
           {{"app.cs",
             "#:property TargetFramework=net9.0\n#:property "
             "TargetFramework=net8.0\n"}},
           nine},
          {"another spelling", {{"app.cs", "#:property TargetFramework = net8.0\n"}}, ten},
          {"props", {{"app.cs", ""}, {"Directory.Build.props", project(group("net9.0"))}}, nine},
      },
      now);
  check(
      std::vector<Failed>{{"a comment behind it",
                           {{"app.cs", "#:property TargetFramework=net9.0 // c"}},
                           "InvalidFormat"},
                          {"empty", {{"app.cs", "#:property TargetFramework="}}, "InvalidFormat"}},
      now);
}

TEST_CASE("repositories that were judged wrongly") {
  // A prerelease SDK that the inventory lists builds by its exact name.
  check(
      std::vector<Built>{
          {"a preview in global.json",
           {{"app.csproj", project(group("net10.0"))}, {"global.json", R"({
  "sdk": {
    "version": "10.0.100-preview.7.25380.108",
    "rollForward": "disable"
  }
}
)"}},
           {"10.0.100-preview.7.25380.108"}},
          {"an older target beside the one that decides",
           {{"app.sln",
             listed("web\\web.csproj", "web") + listed("worker\\worker.csproj", "worker")},
            {"web/web.csproj", project(group("net8.0"))},
            {"worker/worker.csproj", project(group("net6.0"))}},
           eight},
      },
      now);
  check(
      std::vector<Failed>{
          {"the project of a solution lies in a folder",
           {{"app.sln", listed("src\\web\\web.csproj", "web")},
            {"src/web/web.csproj", project(group("net11.0"))}},
           "ResolveSdkVersion"},
          {"a library for .NET Framework in a folder takes no part",
           {{"src/lib.csproj", project("<PropertyGroup><TargetFrameworks>net462;net48"
                                       "</TargetFrameworks></PropertyGroup>")}},
           "not detected"},
      },
      now);
  CHECK(now({{"app.sln", listed("src\\web\\web.csproj", "web")},
             {"src/web/web.csproj", project(group("net11.0"))}})
            .file == "src/web/web.csproj");
}
