#include "fix_repository_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  std::string date;
  std::string track;
  std::string path;
  std::string before;
  std::string after;   // of `fix`
  std::string newest;  // of `fix --newest`
};

const Row rows[] = {
    // .python-version
    {"2025-10-23", "latest", ".python-version", "3.14.0\n", "3.13.3\n", "3.13.3\n"},
    {"2025-10-23", "latest", ".python-version", "# kept\r\n3.14\r\n", "# kept\r\n3.13\r\n",
     "# kept\r\n3.13\r\n"},
    {"2025-10-23", "latest", ".python-version", "3.13.9\n", "3.13.9\n", "3.13.9\n"},
    {"2026-03-23", "latest", ".python-version", "3.12", "3.12", "3.14"},
    {"2026-05-14", "default", ".python-version", "3.14.7\n", "3.14.7\n", "3.14.7\n"},
    {"2026-03-23", "latest", ".python-version", "python-3.12.4\n", "3.12.4\n", "3.14.3\n"},
    {"2026-03-23", "latest", ".python-version", "python-3.12\n", "3.12\n", "3.14\n"},
    {"2025-10-23", "default", "runtime.txt", "3.12.1\n", "python-3.12.1\n", "python-3.12.3\n"},
    {"2025-10-23", "default", "runtime.txt", "python-3.11\n", "python-3.11.9\n", "python-3.12.3\n"},
    // pyproject.toml
    {"2026-03-23", "latest", "pyproject.toml",
     "[project]\nname = \"x\"\nrequires-python = \">=3.12,<3.14\" # T408108\n",
     "[project]\nname = \"x\"\nrequires-python = \">=3.12,<3.14\" # T408108\n",
     "[project]\nname = \"x\"\nrequires-python = \">=3.12,<3.15\" # T408108\n"},
    {"2025-10-23", "latest", "pyproject.toml",
     "[project]\nname = 'x'\nrequires-python='>=3.14' # new\n",
     "[project]\nname = 'x'\nrequires-python='>=3.13' # new\n",
     "[project]\nname = 'x'\nrequires-python='>=3.13' # new\n"},
    {"2025-10-23", "latest", "pyproject.toml",
     "[tool.poetry.dependencies]\npython = \"^3.14\"\nflask = \"*\"\n",
     "[tool.poetry.dependencies]\npython = \"^3.13\"\nflask = \"*\"\n",
     "[tool.poetry.dependencies]\npython = \"^3.13\"\nflask = \"*\"\n"},
    {"2025-10-23", "latest", "Pipfile", "[requires]\npython_version = \"3.14\"\n",
     "[requires]\npython_version = \"3.13\"\n", "[requires]\npython_version = \"3.13\"\n"},
    // package.json
    {"2026-03-23", "default", "package.json",
     "{\n  \"name\": \"x\",\n  \"engines\": { \"node\": \">=22.12.0 <23\" }\n}\n",
     "{\n  \"name\": \"x\",\n  \"engines\": { \"node\": \">=21.5.0 <23\" }\n}\n",
     "{\n  \"name\": \"x\",\n  \"engines\": { \"node\": \">=21.5.0 <23\" }\n}\n"},
    {"2026-03-23", "default", "package.json", "{\"engines\":{\"node\":\"22.x\"}}",
     "{\"engines\":{\"node\":\"20.x\"}}", "{\"engines\":{\"node\":\"21.x\"}}"},
    {"2026-03-23", "latest", "package.json",
     "{\"engines\":{\"node\":\">=26.7.0 <27\",\"npm\":\">=11\"}}",
     "{\"engines\":{\"node\":\">=25.7.0 <27\",\"npm\":\">=11\"}}",
     "{\"engines\":{\"node\":\">=25.7.0 <27\",\"npm\":\">=11\"}}"},
    {"2026-03-23", "default", "package.json", "{\"volta\":{\"node\":\"22.11.0\"}}",
     "{\"volta\":{\"node\":\"20.10.0\"}}", "{\"volta\":{\"node\":\"21.5.0\"}}"},
    // The others of Node.js
    {"2026-03-23", "default", ".nvmrc", "v22\n", "v20\n", "v21\n"},
    {"2026-03-23", "default", ".nvmrc", "22.20", "20.10", "21.5"},
    {"2026-03-23", "default", ".nvmrc", "lts/*\n", "lts/*\n", "lts/*\n"},
    {"2026-03-23", "default", "frontend/.nvmrc", "lts/jod\n", "20\n", "21\n"},
    // go.mod
    {"2026-03-23", "default", "go.mod", "module x\n\ngo 1.23.4\n\ntoolchain go1.24.2\n",
     "module x\n\ngo 1.21.5\n\ntoolchain go1.24.2\n",
     "module x\n\ngo 1.21.5\n\ntoolchain go1.24.2\n"},
    {"2026-03-23", "default", "go.mod", "// +heroku goVersion go1.23\nmodule x\n",
     "// +heroku goVersion go1.21\nmodule x\n", "// +heroku goVersion go1.21\nmodule x\n"},
    {"2026-03-23", "default", "go.mod", "module x\ngo 1.22\n", "module x\ngo 1.21\n",
     "module x\ngo 1.21\n"},
    // Java
    // Of archives that are listed nowhere nothing is known: never called unbuildable, never moved
    // down.
    {"2026-03-23", "default", "system.properties", "java.runtime.version=25\n",
     "java.runtime.version=25\n", "java.runtime.version=25\n"},
    {"2026-03-23", "default", "system.properties", "java.runtime.version=20.0.1\n",
     "java.runtime.version=20.0.1\n", "java.runtime.version=21.0.1\n"},
    {"2026-03-23", "latest", "system.properties", "java.runtime.version = zulu-27\r\n",
     "java.runtime.version = zulu-25\r\n", "java.runtime.version = zulu-25\r\n"},
    {"2026-03-23", "latest", "system.properties", "java.runtime.version=1.8.0_442\n",
     "java.runtime.version=1.8.0_432\n", "java.runtime.version=25.0.2\n"},
    {"2026-03-23", "latest", "system.properties", "maven.version=3.9.9", "maven.version=3.9.4",
     "maven.version=3.9.4"},
    // .NET
    {"2026-03-23", "latest", "src.csproj",
     "<Project><PropertyGroup>\n  "
     "<TargetFramework>net11.0</TargetFramework>\n</PropertyGroup></Project>\n",
     "<Project><PropertyGroup>\n  "
     "<TargetFramework>net10.0</TargetFramework>\n</PropertyGroup></Project>\n",
     "<Project><PropertyGroup>\n  "
     "<TargetFramework>net10.0</TargetFramework>\n</PropertyGroup></Project>\n"},
    {"2026-03-23", "latest", "global.json",
     "{ \"sdk\": { \"version\": \"10.0.300\", \"rollForward\": \"latestPatch\" } }",
     "{ \"sdk\": { \"version\": \"10.0.103\", \"rollForward\": \"latestPatch\" } }",
     "{ \"sdk\": { \"version\": \"10.0.103\", \"rollForward\": \"latestPatch\" } }"},
    {"2026-03-23", "latest", "Dockerfile", "FROM mcr.microsoft.com/dotnet/aspnet:11.0.1-alpine\n",
     "FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine\n",
     "FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine\n"},
    // PHP
    {"2026-03-23", "latest", "composer.json", "{\"require\": {\"php\": \"~8.1.0\"}}",
     "{\"require\": {\"php\": \"~8.2.0\"}}", "{\"require\": {\"php\": \"~8.5.0\"}}"},
    {"2026-03-23", "latest", "composer.json", "{\"config\": {\"platform\": {\"php\": \"8.1.2\"}}}",
     "{\"config\": {\"platform\": {\"php\": \"8.2.30\"}}}",
     "{\"config\": {\"platform\": {\"php\": \"8.5.3\"}}}"},
    // Ruby
    {"2026-03-23", "latest", "Gemfile.lock", "RUBY VERSION\n   ruby 3.0.7p220\n\nBUNDLED WITH\n",
     "RUBY VERSION\n   ruby 3.0.7p220\n\nBUNDLED WITH\n",
     "RUBY VERSION\n   ruby 4.0.2\n\nBUNDLED WITH\n"},
    {"2026-03-23", "latest", "Gemfile", "ruby '~> 3.3.0'\n", "ruby '~> 3.3.0'\n",
     "ruby '~> 4.0.0'\n"},
    // Images and CI
    {"2025-10-23", "latest", "Dockerfile", "FROM python:3.14-slim AS build # base\n",
     "FROM python:3.13-slim AS build # base\n", "FROM python:3.13-slim AS build # base\n"},
    {"2026-03-23", "default", "compose.yaml", "services:\n  web:\n    image: \"node:22-alpine\"\n",
     "services:\n  web:\n    image: \"node:20-alpine\"\n",
     "services:\n  web:\n    image: \"node:21-alpine\"\n"},
    {"2026-05-14", "default", ".github/workflows/ci.yml",
     "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
     "          python-version: 3.9 # old\n",
     "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
     "          python-version: \"3.10\" # old\n",
     "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
     "          python-version: 3.14 # old\n"},
    // Not touched
    {"2025-10-23", "latest", ".python-version", "3.14.0 # buildable: ignore told so\n",
     "3.14.0 # buildable: ignore told so\n", "3.14.0 # buildable: ignore told so\n"},
    {"2025-10-23", "latest", ".tool-versions", "python 3.14.1 3.12.1\n", "python 3.14.1 3.12.1\n",
     "python 3.14.1 3.12.1\n"},
    {"2025-10-23", "latest", "README.md", "Python 3.14.0\n", "Python 3.14.0\n", "Python 3.14.0\n"},
};

std::string text_after(const Row& row, FixAim aim) {
  const Files files{{row.path, row.before}};
  return applied(files, fixing_of(row.date, row.track, files, aim))[row.path];
}

std::vector<std::string> order_of(const RepositoryEdits& fixing) {
  std::vector<std::string> order;
  for (const FileChange& change : fixing.changes)
    order.push_back((change.after ? change.before ? "~" : "+" : "-") + change.path);
  return order;
}

}  // namespace

TEST_CASE("each shape of pin is edited in its place") {
  for (const Row& row : rows) {
    CAPTURE(row.date);
    CAPTURE(row.track);
    CAPTURE(row.path);
    CAPTURE(row.before);
    CHECK(text_after(row, FixAim::nearest) == row.after);
    CHECK(text_after(row, FixAim::newest) == row.newest);
  }
}

TEST_CASE("a byte order mark stays") {
  const Files files{{".python-version",
                     "\xEF\xBB\xBF"
                     "3.14\n"}};
  CHECK(applied(files, fixing_of("2025-10-23", "latest", files))[".python-version"] ==
        "\xEF\xBB\xBF"
        "3.13\n");
}

TEST_CASE("a file that the track refuses gives its version to the one that is read") {
  const Files files{{"runtime.txt", "python-3.13.1\r\n"}};
  const auto fixing = fixing_of("2026-03-23", "latest", files);
  CHECK(order_of(fixing) == std::vector<std::string>{"+.python-version", "-runtime.txt"});
  CHECK(applied(files, fixing) == Files{{".python-version", "3.13.1\n"}});
  CHECK(fixing.remaining.empty());
  CHECK(fixing.problems.empty());
  REQUIRE(fixing.done.size() == 1);
  CHECK(fixing.done[0].what.message.find("moves to .python-version") != std::string::npos);
}

TEST_CASE("a pin that decides goes where the ranges of the root agree") {
  const auto fixed = [](Files files) {
    return applied(files, fixing_of("2026-05-14", "default", files)).at(".python-version");
  };
  const auto project = [](const std::string& range) {
    return "[project]\nname = \"x\"\nrequires-python = \"" + range + "\"\n";
  };
  const Files plain{{".python-version", "3.9\n"}};
  CHECK(fixed(plain) == "3.10\n");
  CHECK(fixed({{".python-version", "3.9\n"}, {"pyproject.toml", project(">=3.12")}}) == "3.12\n");
  CHECK(fixed({{".python-version", "3.16\n"}, {"pyproject.toml", project("<3.13")}}) == "3.12\n");
  CHECK(fixed({{"runtime.txt", "python-3.9.2\n"}, {"pyproject.toml", project("==3.13.*")}})
            .starts_with("3.13."));
  // One that no version fits, and one in a folder, say nothing.
  CHECK(fixed({{".python-version", "3.9\n"}, {"pyproject.toml", project("<3.9")}}) == "3.10\n");
  CHECK(fixed({{".python-version", "3.9\n"}, {"lib/pyproject.toml", project(">=3.12")}}) ==
        "3.10\n");
}

TEST_CASE("on its way the version is fixed") {
  CHECK(applied({}, fixing_of("2026-03-23", "latest", {{"runtime.txt", "python-3.9.1"}})) ==
        Files{{".python-version", "3.10.19\n"}});
  CHECK(applied({}, fixing_of("2026-03-23", "latest", {{"runtime.txt", "python-3.12"}},
                              FixAim::newest)) == Files{{".python-version", "3.14\n"}});
}

TEST_CASE("a refused file goes where the other one is there already") {
  const Files files{{"runtime.txt", "python-3.12.1\n"}, {".python-version", "3.13\n"}};
  const auto fixing = fixing_of("2026-03-23", "latest", files);
  CHECK(order_of(fixing) == std::vector<std::string>{"-runtime.txt"});
  CHECK(fixing.remaining.empty());
}

TEST_CASE("a refused file without a version stays, and it is said why") {
  const auto fixing = fixing_of("2026-03-23", "latest", {{"runtime.txt", "whatever\n"}});
  CHECK(fixing.changes.empty());
  REQUIRE(fixing.remaining.size() == 1);
  CHECK(fixing.remaining[0].reason.find("move the version by hand") != std::string::npos);
}

TEST_CASE("below the root nothing is refused") {
  CHECK(fixing_of("2026-03-23", "latest", {{"backend/runtime.txt", "python-3.13.1\n"}})
            .changes.empty());
}

TEST_CASE("of a single file nothing moves") {
  const auto fixing = fixing_of("2026-03-23", "latest", {{"runtime.txt", "python-3.13.1\n"}},
                                FixAim::nearest, false);
  CHECK(fixing.changes.empty());
  CHECK(fixing.remaining.size() == 1);
}

TEST_CASE("a track that reads another file gets the version there; the first file stays") {
  const Files files{{".python-version", "3.13\n"}, {"requirements.txt", ""}};
  const auto fixing = fixing_of("2025-10-23", "default", files);
  CHECK(applied(files, fixing) == Files{{".python-version", "3.12\n"},
                                        {"requirements.txt", ""},
                                        {"runtime.txt", "python-3.12.3\n"}});
  CHECK(fixing.remaining.empty());
  const Files both{{".python-version", "3.13\n"}, {"runtime.txt", "python-3.12.1\n"}};
  CHECK(applied(both, fixing_of("2025-10-23", "default", both)) ==
        Files{{".python-version", "3.12\n"}, {"runtime.txt", "python-3.12.1\n"}});
}

TEST_CASE("pins that mirror agree with the one that decides") {
  const Files files{{".python-version", "3.12.4\n"},
                    {"Dockerfile", "FROM python:3.16-slim\n"},
                    {"pyproject.toml", "[project]\nrequires-python = \">=3.15\"\n"}};
  CHECK(applied(files, fixing_of("2026-03-23", "latest", files)) ==
        Files{{".python-version", "3.12.4\n"},
              {"Dockerfile", "FROM python:3.12-slim\n"},
              {"pyproject.toml", "[project]\nrequires-python = \">=3.12\"\n"}});
  // Also where that one had to be fixed itself.
  const Files both{{".python-version", "3.9\n"}, {"Dockerfile", "FROM python:3.15\n"}};
  CHECK(applied(both, fixing_of("2026-03-23", "latest", both)) ==
        Files{{".python-version", "3.10\n"}, {"Dockerfile", "FROM python:3.10\n"}});
}

TEST_CASE("a list is meant to differ") {
  const std::string matrix =
      "jobs:\n  a:\n    strategy:\n      matrix:\n        python-version: [\"3.12\", \"3.13\"]\n"
      "    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
      "          python-version: ${{ matrix.python-version }}\n";
  const Files files{{".github/workflows/ci.yml", matrix},
                    {".tool-versions", "nodejs 22.1.0 20.1.0\n"}};
  CHECK(fixing_of("2026-03-23", "latest", files, FixAim::newest).changes.empty());
  // One of it cannot be built, and nothing says what to put there.
  const auto fixing =
      fixing_of("2026-03-23", "default", {{".tool-versions", "nodejs 22.1.0 20.1.0\n"}});
  CHECK(fixing.changes.empty());
  REQUIRE(fixing.remaining.size() == 1);
  CHECK(fixing.remaining[0].reason.find("list") != std::string::npos);
}

TEST_CASE("files that a tool wrote are named") {
  const auto fixing =
      fixing_of("2026-03-23", "latest", {{"Gemfile.lock", "RUBY VERSION\n   ruby 3.0.7p220\n"}},
                FixAim::newest);
  REQUIRE(fixing.done.size() == 1);
  CHECK(fixing.done[0].what.message ==
        "ruby 3.0.7p220 -> ruby 4.0.2; the patch level belonged to the other version and is "
        "dropped; now regenerate this file with the tool that made it");
}

TEST_CASE("nothing is fixed on a track that has ended, and that is said") {
  const auto fixing = fixing_of("2026-05-14", "deprecated", {{".python-version", "3.12\n"}});
  CHECK(fixing.changes.empty());
  REQUIRE(fixing.remaining.size() == 1);
  CHECK(fixing.remaining[0].reason == "the deprecated track has ended");
}

TEST_CASE("each real place of a POM is fixed, and nothing else in it") {
  const auto pom = [](const std::string& version, const std::string& required) {
    const std::string compiler =
        "<plugins><plugin>\n<artifactId>maven-compiler-plugin</artifactId><configuration>"
        "<release> " +
        version + " </release><other>25</other></configuration></plugin></plugins>";
    const std::string properties = "<properties>\r\n<maven.compiler.release>" + version +
                                   "</maven.compiler.release><a>25</a></properties>";
    return "<?xml version='1.0'?>\n<project><version>25</version>" + properties +
           "<profiles><profile>" + properties + "</profile></profiles>\n<build>" + compiler +
           "<pluginManagement>" + compiler + "</pluginManagement></build>\n<!-- 25 --></project>" +
           required;
  };
  const auto enforced = [](const std::string& range) {
    return "<project><build><plugins><plugin><artifactId>maven-enforcer-plugin</artifactId>\n"
           "<executions><execution><configuration><rules><requireJavaVersion><version>" +
           range +
           "</version></requireJavaVersion></rules></configuration></execution></executions>"
           "</plugin></plugins></build></project>\n";
  };
  CHECK(finder().find({"pom.xml", pom("25", "\n")}).pins.size() == 4);
  for (const auto& [before, after] :
       {std::pair{pom("27", "\n"), pom("25", "\n")}, std::pair{pom("17", ""), pom("17", "")},
        std::pair{enforced("[27,)"), enforced("[26,)")},
        std::pair{enforced("[17,22)"), enforced("[17,22)")}}) {
    const Files files{{"pom.xml", before}};
    CHECK(applied(files, fixing_of("2026-05-14", "default", files)).at("pom.xml") == after);
  }
}

TEST_CASE("a file that says something else by now is left alone, and so is one that is gone") {
  const Files files = {{"a/.nvmrc", "27\n"}, {"b/.nvmrc", "27\n"}, {"c/.nvmrc", "27\n"}};
  const PinJudge judge(embedded_rules(), policy_at("2026-05-14"), "default");
  int read = 0;
  const FixTools tools{.rules = embedded_rules(),
                       .track = track_at("2026-05-14", "default"),
                       .finder = finder(),
                       .judge = judge,
                       .read = [&](const std::string& path) -> Result<std::string> {
                         ++read;
                         if (path == "a/.nvmrc") return std::string("# new\n27\n");
                         if (path == "b/.nvmrc") return fail("cannot be read");
                         return files.at(path);
                       },
                       .adjust = {}};
  const RepositoryEdits fixing = fix_pins(tools, found_in(files), FixAim::nearest);
  REQUIRE(fixing.changes.size() == 1);
  CHECK(fixing.changes[0].path == "c/.nvmrc");
  REQUIRE(fixing.problems.size() == 2);
  CHECK(fixing.problems[0].message == "changed while buildable ran, so it was not edited");
  CHECK(fixing.problems[1].message == "cannot be read");
  CHECK(fixing.remaining.size() == 2);
  CHECK(read == 3);  // each once
}
