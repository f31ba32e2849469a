// Every shape of pin that the facts list: what is found in a file, and what it accepts.
#include "find_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  std::string path;
  std::string text;
  std::string found;
};

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.text);
    CHECK(finder().wants(row.path));
    const RepositoryFile file{row.path, row.text};
    const FoundPins found = finder().find(file);
    CHECK(summary(found) == row.found);
    check_places(file, found);
  }
}

}  // namespace

TEST_CASE("files of lines") {
  check_rows({
      {".python-version", "3.14.7\n", "python [] 3.14.7 -> 3.14.7 exact {3.14.7} @1:1"},
      {".python-version", "3.14", "python [] 3.14 -> 3.14 series [3.14, 3.15) @1:1"},
      {".python-version", "# why\n\n  3.13.9\r\n",
       "python [] 3.13.9 -> 3.13.9 exact {3.13.9} @3:3"},
      {".python-version",
       "\xEF\xBB\xBF"
       "3.13\n",
       "python [] 3.13 -> 3.13 series [3.13, 3.14) @1:4"},
      {".python-version", "3.13\n3.12\n",
       "python [] 3.13 -> 3.13 series [3.13, 3.14) @1:1\n"
       "python [] 3.12 -> 3.12 series [3.12, 3.13) @2:1"},
      {".python-version", "3.13t", "python [] 3.13t -> 3.13t unreadable @1:1"},
      {".python-version", "3.13 # comment",
       "python [] 3.13 # comment -> 3.13 # comment unreadable @1:1"},
      {".python-version", "3.14.0rc1",
       "python [] 3.14.0rc1 -> 3.14.0rc1 exact none; pre {3.14.0rc1} @1:1"},
      {"backend/.python-version", "python-3.12",
       "python [] python-3.12 -> 3.12 series [3.12, 3.13) @1:1"},
      {".python-version", "", ""},
      {"runtime.txt", "python-3.13\n", "python [] python-3.13 -> 3.13 series [3.13, 3.14) @1:1"},
      {"backend/runtime.txt", "python-3.12.1",
       "python [] python-3.12.1 -> 3.12.1 exact {3.12.1} @1:1"},
      {"runtime.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "python [] 1 -> 1 unreadable @1:1"},
      {".nvmrc", "v20", "node [] v20 -> 20 series [20.0.0, 21.0.0) @1:1"},
      {"frontend/.nvmrc", "22.20\n", "node [] 22.20 -> 22.20 series [22.20.0, 22.21.0) @1:1"},
      {".nvmrc", "lts/*", "node [] lts/* -> lts/* moving @1:1"},
      {".nvmrc", "lts/jod", "node [] lts/jod -> lts/jod series [22.0.0, 23.0.0) @1:1"},
      {".nvmrc", "node", "node [] node -> node moving @1:1"},
      {".nvmrc", "stable", "node [] stable -> stable moving @1:1"},
      {".node-version", "22.11.0\n", "node [] 22.11.0 -> 22.11.0 exact {22.11.0} @1:1"},
      {".ruby-version", "ruby-3.3.1\n", "ruby [] ruby-3.3.1 -> 3.3.1 exact {3.3.1} @1:1"},
      {".ruby-version", "3.3", "ruby [] 3.3 -> 3.3 series [3.3, 3.4) @1:1"},
      {".ruby-version", "jruby-9.4.5.0", "ruby [] jruby-9.4.5.0 -> jruby-9.4.5.0 moving @1:1"},
      {".java-version", "temurin-21.0.2", "java [] temurin-21.0.2 -> 21.0.2 exact {21.0.2} @1:1"},
      {".go-version", "1.23.4", "go [] 1.23.4 -> 1.23.4 exact {1.23.4} @1:1"},
      {".php-version", "8.3", "php [] 8.3 -> 8.3 series [8.3, 8.4) @1:1"},
  });
}

TEST_CASE("package.json") {
  const auto engines = [](const std::string& range) {
    return R"({"engines": {"node": ")" + range + R"("}})";
  };
  const std::string node = "node [engines.node] ";
  check_rows({
      {"package.json", engines("26.x"), node + "26.x -> 26.x series [26.0.0, 27.0.0) @1:23"},
      {"package.json", engines(">=22.12.0 <23"),
       node + ">=22.12.0 <23 -> >=22.12.0 <23 range [22.12.0, 23.0.0) @1:23"},
      {"package.json", engines(">=20.19.0 || >=22.12.0"),
       node + ">=20.19.0 || >=22.12.0 -> >=20.19.0 || >=22.12.0 range [20.19.0, *) @1:23"},
      {"package.json", engines("^20.19.0 || >=22.12.0"),
       node + "^20.19.0 || >=22.12.0 -> ^20.19.0 || >=22.12.0 range "
              "[20.19.0, 21.0.0) | [22.12.0, *) @1:23"},
      {"package.json", engines("21.5.0"), node + "21.5.0 -> 21.5.0 exact {21.5.0} @1:23"},
      {"package.json", engines("v22"), node + "v22 -> 22 series [22.0.0, 23.0.0) @1:23"},
      {"package.json", engines("latest"), node + "latest -> latest range [*, *) @1:23"},
      {"package.json", engines("*"), node + "* -> * range [*, *) @1:23"},
      {"package.json", engines(">=20.19 or >=22.12"),
       node + ">=20.19 or >=22.12 -> >=20.19 or >=22.12 unreadable @1:23"},
      {"package.json", engines("\\u003e=22"),
       node + "\\u003e=22 -> \\u003e=22 range [22.0.0, *) @1:23"},
      {"package.json", "{\n  'engines': {\n    // why\n    node: '22',\n  },\n}\n",
       node + "22 -> 22 series [22.0.0, 23.0.0) @4:12"},
      {"package.json", R"({"engines": {"node": 22}})", node + "22 -> 22 unreadable @1:22"},
      {"package.json", R"({"engines": {"node": null, "npm": ["x"]}, "volta": 3})",
       "npm [engines.npm] x -> x range [*, *) @1:37"},
      {"package.json", R"({"engines": {"npm": ">=10", "yarn": "1.22.19", "pnpm": "^9"}})",
       "npm [engines.npm] >=10 -> >=10 range [10.0.0, *) @1:22\n"
       "yarn [engines.yarn] 1.22.19 -> 1.22.19 exact {1.22.19} @1:38\n"
       "pnpm [engines.pnpm] ^9 -> ^9 range [9.0.0, 10.0.0) @1:57"},
      {"package.json", R"({"packageManager": "pnpm@9.15.9+sha512.abc"})",
       "pnpm [packageManager] pnpm@9.15.9+sha512.abc -> 9.15.9 exact {9.15.9} @1:21"},
      {"package.json", R"({"packageManager": "yarn@4.5.0"})",
       "yarn [packageManager] yarn@4.5.0 -> 4.5.0 exact {4.5.0} @1:21"},
      {"package.json", R"({"packageManager": "bun@1.2"})", ""},
      {"package.json", R"({"packageManager": "npm"})",
       "npm [packageManager] npm ->  unreadable @1:21"},
      {"package.json", R"({"volta": {"node": "22.11.0", "npm": "10.9.0"}})",
       "node [volta.node] 22.11.0 -> 22.11.0 exact {22.11.0} @1:21\n"
       "npm [volta.npm] 10.9.0 -> 10.9.0 exact {10.9.0} @1:39"},
      {"package.json", R"({"devEngines": {"runtime": {"name": "node", "version": ">=22"}}})",
       "node [devEngines.runtime[node].version] >=22 -> >=22 range [22.0.0, *) @1:57"},
      {"package.json",
       R"({"devEngines": {"runtime": [{"name": "bun", "version": "1"}, {"name": "node", "version": "22"}], "packageManager": {"name": "pnpm", "version": "9"}}})",
       "node [devEngines.runtime[node].version] 22 -> 22 series [22.0.0, 23.0.0) @1:91\n"
       "pnpm [devEngines.packageManager[pnpm].version] 9 -> 9 series [9.0.0, 10.0.0) @1:145"},
  });
}

TEST_CASE("Python's projects") {
  check_rows({
      {"pyproject.toml", "[project]\nrequires-python = \">=3.12,<3.14\" # T408108\n",
       "python [project.requires-python] >=3.12,<3.14 -> >=3.12,<3.14 range [3.12, 3.14) @2:20"},
      {"pyproject.toml", "project.requires-python = '==3.12.*'",
       "python [project.requires-python] ==3.12.* -> ==3.12.* range [3.12, 3.13) @1:28"},
      {"pyproject.toml", "[project]\nrequires-python = \"3.12\"\n",
       "python [project.requires-python] 3.12 -> 3.12 unreadable @2:20"},
      {"pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.10\"\n",
       "python [tool.poetry.dependencies.python] ^3.10 -> ^3.10 range [3.10, 4) @2:11"},
      {"pyproject.toml", "[tool.poetry.dependencies]\npython = {version = \"~3.12\"}\n",
       "python [tool.poetry.dependencies.python] ~3.12 -> ~3.12 range [3.12, 3.13) @2:22"},
      {"pyproject.toml",
       "# \xC3\xA9\n[project]\nname = \"\xC3\xA9\"\nrequires-python = \"\"\"~=3.12\"\"\"\n",
       "python [project.requires-python] ~=3.12 -> ~=3.12 range [3.12, 4) @4:22"},
      {"Pipfile", "[requires]\npython_version = \"3.12\"\npython_full_version = '3.12.1'\n",
       "python [requires.python_version] 3.12 -> 3.12 series [3.12, 3.13) @2:19\n"
       "python [requires.python_full_version] 3.12.1 -> 3.12.1 exact {3.12.1} @3:24"},
      {"Pipfile", "[requires]\npython_version = \"*\"\n",
       "python [requires.python_version] * -> * moving @2:19"},
  });
}

TEST_CASE("Go's modules") {
  check_rows({
      {"go.mod",
       "module x\n\ngo 1.23.0\n\ntoolchain go1.24.2\n\nrequire (\n\tgo.example/x v1.2.3\n)\n",
       "go [go] 1.23.0 -> 1.23.0 exact {1.23.0} @3:4\n"
       "go [toolchain] go1.24.2 -> 1.24.2 exact {1.24.2} @5:11"},
      {"go.mod", "// +heroku goVersion go1.23\ngo 1.22 // old\n",
       "go [// +heroku goVersion] go1.23 -> 1.23 series [1.23.0, 1.24.0) @1:22\n"
       "go [go] 1.22 -> 1.22 series [1.22.0, 1.23.0) @2:4"},
      {"go.mod", "//+heroku  goVersion 1.23\n",
       "go [// +heroku goVersion] 1.23 -> 1.23 range [1.23.0, 2.0.0) @1:22"},
      {"go.mod", "//  +heroku goVersion ~1.23\n",
       "go [// +heroku goVersion] ~1.23 -> ~1.23 range [1.23.0, 1.24.0) @1:23"},
      {"sub/go.mod", "go 1.21rc2\ntoolchain default\n",
       "go [go] 1.21rc2 -> 1.21rc2 exact none; pre {1.21rc2} @1:4\n"
       "go [toolchain] default -> default moving @2:11"},
      {"go.mod", "go.sum\ngolang 1.2\n", ""},
  });
  const FoundPins found = finder().find({"go.mod", "toolchain go1.24.2\n"});
  REQUIRE(found.pins.size() == 1);
  CHECK(found.pins[0].granularity == Granularity::unlimited);
}

TEST_CASE("Java's projects and their build tools") {
  check_rows({
      {"system.properties", "java.runtime.version=25\n",
       "java [java.runtime.version] 25 -> 25 series [25, 26) @1:22"},
      {"system.properties", "# c\njava.runtime.version = zulu-17.0.9\r\nmaven.version: 3.9.4",
       "java [java.runtime.version] zulu-17.0.9 -> 17.0.9 exact {17.0.9} @2:24\n"
       "maven [maven.version] 3.9.4 -> 3.9.4 exact {3.9.4} @3:16"},
      {"system.properties", "java.runtime.version=1.8.0_442\njava.runtime.versions=7\n",
       "java [java.runtime.version] 1.8.0_442 -> 1.8.0_442 exact {8.0.442} @1:22"},
      {"system.properties", "java.runtime.version=99\nmaven.version=3\njava.runtime.version=17\n",
       "maven [maven.version] 3 -> 3 exact {3} @2:15\n"
       "java [java.runtime.version] 17 -> 17 series [17, 18) @3:22"},
      {"system.properties", "java.runtime.version=>=17",
       "java [java.runtime.version] >=17 -> >=17 unreadable @1:22"},
      {"pom.xml",
       "<project><!-- <java.version>8</java.version> --><properties>\n"
       "<java.version> 17 </java.version><maven.compiler.release/>\n"
       "<maven.compiler.release>${java.version}</maven.compiler.release></properties></project>",
       "java [java.version] 17 -> 17 series [17, *) @2:16\n"
       "java [maven.compiler.release] ${java.version} -> ${java.version} moving @3:25"},
      {".sdkmanrc", "java=21.0.2-tem\n", "java [java] 21.0.2-tem -> 21.0.2 exact {21.0.2} @1:6"},
      {"app/gradle/wrapper/gradle-wrapper.properties",
       "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.5-bin.zip\n",
       "gradle [distributionUrl] https\\://services.gradle.org/distributions/gradle-8.5-bin.zip "
       "-> 8.5 exact {8.5} @1:17"},
      {".mvn/wrapper/maven-wrapper.properties",
       "distributionUrl=https://repo/apache-maven/3.9.6/apache-maven-3.9.6-bin.zip\n",
       "maven [distributionUrl] https://repo/apache-maven/3.9.6/apache-maven-3.9.6-bin.zip -> "
       "3.9.6 exact {3.9.6} @1:17"},
      {"project/build.properties", "sbt.version=1.10.1\n",
       "sbt [sbt.version] 1.10.1 -> 1.10.1 exact {1.10.1} @1:13"},
  });
}

TEST_CASE(".NET's projects") {
  check_rows({
      {"global.json", R"({"sdk": {"version": "10.0.100"}})",
       "dotnet [sdk.version] 10.0.100 -> 10.0.100 range [10.0.100, 10.0.200) @1:22"},
      {"global.json", R"({"sdk": {"version": "9.0.100", "rollForward": "latestMinor"}})",
       "dotnet [sdk.version] 9.0.100 -> 9.0.100 range [9.0.100, 10.0.0) @1:22"},
      {"global.json", R"({"sdk": {"version": "9.0.100", "rollForward": "disable"}})",
       "dotnet [sdk.version] 9.0.100 -> 9.0.100 exact {9.0.100} @1:22"},
      {"global.json", R"({"sdk": {"version": "9.0.100", "rollForward": "up"}})",
       "dotnet [sdk.version] 9.0.100 -> 9.0.100 unreadable @1:22"},
      {"src/app.csproj",
       "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n"
       "    <TargetFramework>net10.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n",
       "dotnet [TargetFramework] net10.0 -> 10.0 series [10.0.0, 10.1.0) @3:22"},
      {"app.fsproj",
       "<Project><PropertyGroup><TargetFrameworks>net8.0; net9.0;netstandard2.0;"
       "</TargetFrameworks></PropertyGroup></Project>",
       "dotnet [TargetFrameworks] net8.0 -> 8.0 series [8.0.0, 8.1.0) @1:43\n"
       "dotnet [TargetFrameworks] net9.0 -> 9.0 series [9.0.0, 9.1.0) @1:51\n"
       "dotnet [TargetFrameworks] netstandard2.0 -> netstandard2.0 moving @1:58"},
      {"framework.csproj",
       "<Project><PropertyGroup><TargetFrameworks>net462;net48;net4.8;netstandard2.0"
       "</TargetFrameworks></PropertyGroup></Project>",
       "dotnet [TargetFrameworks] net462 -> net462 moving @1:43\n"
       "dotnet [TargetFrameworks] net48 -> net48 moving @1:50\n"
       "dotnet [TargetFrameworks] net4.8 -> net4.8 moving @1:56\n"
       "dotnet [TargetFrameworks] netstandard2.0 -> netstandard2.0 moving @1:63"},
      {"app.csproj",
       "<Project><PropertyGroup><TargetFramework Condition=\"x\">net8.0-windows"
       "</TargetFramework></PropertyGroup></Project>",
       "dotnet [TargetFramework] net8.0-windows -> net8.0-windows unreadable @1:56"},
      {"Directory.Build.props",
       "<Project><PropertyGroup><TargetFramework>net9.0</TargetFramework>"
       "</PropertyGroup></Project>",
       "dotnet [TargetFramework] net9.0 -> 9.0 series [9.0.0, 9.1.0) @1:42"},
      {"app.cs", "#:property TargetFramework=net10.0\n",
       "dotnet [#:property TargetFramework] net10.0 -> 10.0 series [10.0.0, 10.1.0) @1:28"},
  });
}

TEST_CASE("PHP's and Ruby's projects") {
  check_rows({
      {"composer.json", R"({"config": {"platform": {"php": "8.2.7"}}})",
       "php [config.platform.php] 8.2.7 -> 8.2.7 exact {8.2.7} @1:34"},
      {"composer.json", R"({"require": {"php": "~8.2", "ext-x": "*"}})",
       "php [require.php] ~8.2 -> ~8.2 range [8.2, 9) @1:22"},
      {"composer.json", R"({"require": {"php": "8.2.*"}})",
       "php [require.php] 8.2.* -> 8.2.* series [8.2, 8.3) @1:22"},
      {"composer.lock", R"({"platform": {"php": ">=8.1"}, "platform-overrides": {"php": "8.2"}})",
       "php [platform.php] >=8.1 -> >=8.1 range [8.1, *) @1:23\n"
       "php [platform-overrides.php] 8.2 -> 8.2 series [8.2, 8.3) @1:63"},
      {"composer.lock", R"({"platform": [], "packages": []})", ""},
      {"Gemfile", "source 'x'\nruby \"3.3.1\"\ngem 'ruby'\n",
       "ruby [ruby] 3.3.1 -> 3.3.1 exact {3.3.1} @2:7"},
      {"Gemfile", "ruby('~> 3.3') # why\n",
       "ruby [ruby] ~> 3.3 -> ~> 3.3 range [3.3, 4); pre [3.3, ~4) @1:7"},
      {"Gemfile", "  ruby \">= 3.2\", \"< 3.4\"\n",
       "ruby [ruby] >= 3.2\", \"< 3.4 -> >= 3.2\", \"< 3.4 range [3.2, 3.4); pre [3.2, 3.4) @1:9"},
      {"Gemfile", "ruby file: '.ruby-version'\nruby_version = '3'\n", ""},
      {"Gemfile", "ruby '3.1.4', engine: 'jruby', engine_version: '9.4'\n",
       "ruby [ruby] 3.1.4 -> 3.1.4 moving @1:7"},
      {"Gemfile.lock", "RUBY VERSION\n   ruby 3.3.1p55\n\nBUNDLED WITH\n   2.5.9\n",
       "ruby [RUBY VERSION] ruby 3.3.1p55 -> 3.3.1 exact {3.3.1} @2:4"},
      {"Gemfile.lock", "RUBY VERSION\r\n   ruby 3.4.0.preview1\r\n",
       "ruby [RUBY VERSION] ruby 3.4.0.preview1 -> 3.4.0.preview1 exact none; pre "
       "{3.4.0.preview1} @2:4"},
      {"Gemfile.lock", "RUBY VERSION\n   ruby 3.1.4p0 (jruby 9.4.5.0)\n",
       "ruby [RUBY VERSION] ruby 3.1.4p0 (jruby 9.4.5.0) -> ruby 3.1.4p0 (jruby 9.4.5.0) moving "
       "@2:4"},
  });
}

TEST_CASE("managers of many tools") {
  check_rows({
      {".tool-versions",
       "# c\nnodejs 22.1.0 20 # c\npython 3.12.1\njava temurin-21.0.1+12.0.LTS\nruby system\nbun "
       "1\n",
       "node [nodejs] 22.1.0 -> 22.1.0 exact {22.1.0} @2:8\n"
       "node [nodejs] 20 -> 20 series [20.0.0, 21.0.0) @2:15\n"
       "python [python] 3.12.1 -> 3.12.1 exact {3.12.1} @3:8\n"
       "java [java] temurin-21.0.1+12.0.LTS -> 21.0.1+12.0.LTS exact {21.0.1} @4:6\n"
       "ruby [ruby] system -> system moving @5:6"},
      {"mise.toml",
       "[env]\nnode = \"1\"\n[tools]\nnode = \"22\"\npython = [\"3.12\", \"3.11.4\"]\ngo = "
       "{version = \"latest\"}\nruby = 3.3\n",
       "node [node] 22 -> 22 series [22.0.0, 23.0.0) @4:9\n"
       "python [python] 3.12 -> 3.12 series [3.12, 3.13) @5:12\n"
       "python [python] 3.11.4 -> 3.11.4 exact {3.11.4} @5:20\n"
       "go [go] latest -> latest moving @6:18\n"
       "ruby [ruby] 3.3 -> 3.3 unreadable @7:8"},
      {".config/mise/config.toml", "[tools.python]\nversion = '3.12'\n",
       "python [python] 3.12 -> 3.12 series [3.12, 3.13) @2:12"},
      {".prototools", "node = \"22.1.0\"\n", "node [node] 22.1.0 -> 22.1.0 exact {22.1.0} @1:9"},
      {".readthedocs.yaml", "build:\n  tools:\n    python: \"3.12\"\n",
       "python [build.tools.python] 3.12 -> 3.12 series [3.12, 3.13) @3:14"},
      {".travis.yml", "node_js:\n  - 22\n  - lts/*\npython: 3.10\n",
       "node [node_js] 22 -> 22 series [22.0.0, 23.0.0) @2:5\n"
       "node [node_js] lts/* -> lts/* moving @3:5\n"
       "python [python] 3.10 -> 3.10 unreadable @4:9"},
  });
}

TEST_CASE("the places of a POM are paths: an element of the same name elsewhere is another thing") {
  const auto plugin = [](const std::string& name, const std::string& configuration) {
    return "<plugins><plugin><artifactId>" + name + "</artifactId>" + configuration +
           "</plugin></plugins>";
  };
  const auto compiled = [](const std::string& version) {
    return "<configuration><release>" + version + "</release></configuration>";
  };
  const std::string required =
      "<executions><execution><configuration><rules><requireJavaVersion><version>[17,22)</version>"
      "</requireJavaVersion></rules></configuration></execution></executions>";
  const auto project = [](const std::string& inner) { return "<project>" + inner + "</project>"; };
  const std::string release = "java [maven.compiler.release] 17 -> 17 series [17, *)";
  check_rows({
      {"pom.xml",
       project("<properties><maven.compiler.release>17</maven.compiler.release></properties>"),
       release + " @1:46"},
      {"pom.xml",
       project("<profiles><profile><properties><maven.compiler.release>17</maven.compiler.release>"
               "</properties></profile></profiles>"),
       release + " @1:65"},
      {"pom.xml", project("<build>" + plugin("maven-compiler-plugin", compiled("17")) + "</build>"),
       release + " @1:104"},
      {"pom.xml",
       project("<build><pluginManagement>" + plugin("maven-compiler-plugin", compiled("17")) +
               "</pluginManagement></build>"),
       release + " @1:122"},
      {"pom.xml", project("<build>" + plugin("maven-enforcer-plugin", required) + "</build>"),
       "java [maven.enforcer] [17,22) -> [17,22) range [17, 22); pre [17, 22) @1:154"},
      // Nobody reads these.
      {"pom.xml", project("<build>" + plugin("another-plugin", compiled("17")) + "</build>"), ""},
      {"pom.xml", project("<maven.compiler.release>17</maven.compiler.release>"), ""},
      {"pom.xml", "<properties><java.version>17</java.version></properties>", ""},
      {"pom.xml",
       project("<build>" +
               plugin("maven-enforcer-plugin",
                      "<configuration><java.version>17</java.version></configuration>") +
               "</build>"),
       ""},
      // What is written in another way than it says.
      {"pom.xml", project("<properties><java.version>&#49;7</java.version></properties>"),
       "java [java.version] &#49;7 -> &#49;7 series [17, *) @1:36"},
      {"pom.xml", project("<properties><java.version><![CDATA[17]]></java.version></properties>"),
       "java [java.version] 17 -> 17 series [17, *) @1:45"},
      {"pom.xml", project("<properties><java.version></java.version></properties>"),
       "java [java.version]  ->  unreadable @1:36"},
      {"pom.xml", "<project><properties><java.version>17</properties>",
       "! pom.xml:1:40: not XML: mismatched tag"},
      {"pom.xml", "<!DOCTYPE project [<!ENTITY v \"17\">]><project/>",
       "! pom.xml:1:1: a document type declaration, which is not taken here\n  remove \"<!DOCTYPE "
       "…>\" and write its entities out"},
  });
}
