// What the models cost grows with the repository, not with its square.
#include "support/growth.h"
#include "build/support.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;
using buildable::testing::check_linear;
using buildable::testing::repeated;

namespace {

struct Hostile {
  std::string what;
  std::string runtime;
  std::string file;
  std::string begin, piece, end;
  Repository others;
};

}  // namespace

TEST_CASE("hostile repositories take time in proportion to their size") {
  const std::string project = "<Project><PropertyGroup/></Project>";
  const std::string packages = R"({"packages":[)";
  for (const Hostile& each : std::vector<Hostile>{
           {"a solution that lists one project many times",
            "dotnet",
            "a.sln",
            "",
            "Project(\"{#}\") = \"a\", \"a.csproj\", \"{1}\"\n",
            "",
            {{"a.csproj", project}, {"Directory.Build.props", project}}},
           {"a line that begins projects", "dotnet", "a.sln", "", "Project(\"{", "", {}},
           {"attributes", "dotnet", "a.csproj", "<Project", " a#=\"1\"", "/>", {}},
           {"property groups",
            "dotnet",
            "a.csproj",
            "<Project>",
            "<PropertyGroup><A/></PropertyGroup>",
            "</Project>",
            {}},
           {"entities", "dotnet", "a.csproj", "<Project>", "&amp;", "</Project>", {}},
           {"comments", "dotnet", "a.csproj", "<Project>", "<!-- -->", "</Project>", {}},
           {"quotes", "dotnet", "a.csproj", "<Project>", "<a b='", "", {}},
           {"document types", "dotnet", "a.csproj", "", "<!D", "", {}},
           {"projects of a slnx",
            "dotnet",
            "a.slnx",
            "<Solution>",
            "<Project Path=\"a.csproj\"/>",
            "</Solution>",
            {{"a.csproj", project}}},
           {"continued lines", "java", "system.properties", "a=", "\\\n", "", {{"pom.xml", ""}}},
           {"backslashes", "java", "system.properties", "a=", "\\", "", {{"pom.xml", ""}}},
           {"properties", "java", "system.properties", "", "a#=1\n", "", {{"pom.xml", ""}}},
           {"processes", "procfile", "Procfile", "", "a-#: b\n# c\n", "", {{"pom.xml", ""}}},
           {"blanks of a Procfile", "procfile", "Procfile", "", " ", "", {{"pom.xml", ""}}},
           {"requirements of Go", "go", "go.mod", "module a/b\n", "require (\na v#\n)\n", "", {}},
           {"calls in a Gemfile", "ruby", "Gemfile", "", "ruby ", "", {{"Gemfile.lock", ""}}},
           {"groups in a Gemfile",
            "ruby",
            "Gemfile",
            "",
            "group do\nend\n",
            "ruby '3.4.4'\n",
            {{"Gemfile.lock", ""}}},
           {"locked packages",
            "php",
            "composer.lock",
            packages + R"({"name":"a","version":"1"})",
            R"(,{"name":"a#","version":"1","require":{"php":">=#"},"conflict":{"ext-a":"*"}})",
            R"(],"packages-dev":[],"platform":{}})",
            {{"composer.json", "{}"}}},
           {"links of a package",
            "php",
            "composer.lock",
            packages + R"({"name":"a","version":"1","require":{"a":"1")",
            R"(,"ext-a#":"*")",
            R"(}}],"packages-dev":[],"platform":{}})",
            {{"composer.json", "{}"}}},
       }) {
    const auto read = [&](const std::string& text) {
      Repository files = each.others;
      files[each.file] = text;
      foretell(each.runtime, "default", "2026-06-01", files);
    };
    read("");
    const auto text_of = [&](std::size_t count) {
      return repeated(each.begin, each.piece, count, each.end);
    };
    check_linear(each.what, text_of, read, 1000);
  }
}
