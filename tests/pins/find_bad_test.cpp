// Ignores, and what is not a text of its syntax.
#include <array>

#include "find_support.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;
using namespace std::literals;

namespace {

std::string ignored_of(const std::string& path, const std::string& text) {
  const FoundPins found = finder().find({path, text});
  std::string list;
  for (const Pin& pin : found.pins) {
    list += (list.empty() ? "" : ", ") + pin.value;
    if (pin.ignored) list += " (" + pin.ignored_reason + ")";
  }
  for (const Diagnostic& problem : found.problems) list += "\n" + to_text(problem);
  return list;
}

const std::vector<RepositoryFile>& good_files() {
  static const std::vector<RepositoryFile> files = {
      {".python-version", "# c\n3.14.7\n"},
      {"runtime.txt", "python-3.12.1"},
      {"pyproject.toml",
       "[project]\nrequires-python = \">=3.12,<3.14\" # c\n[tool.poetry.dependencies]\npython = "
       "{version = '^3.12'}\n"},
      {"package.json",
       R"({"engines": {"node": "^22 || >=24", "npm": "10"}, "packageManager": "pnpm@9.1.0+sha512.a", "devEngines": {"runtime": [{"name": "node", "version": "22"}]}})"},
      {"go.mod", "// +heroku goVersion go1.23\nmodule x\ngo 1.23.0\ntoolchain go1.24.2\n"},
      {"pom.xml",
       "<project><properties><!-- x --><java.version>17</java.version>"
       "<![CDATA[<java.version>]]></properties></project>"},
      {"a.csproj",
       "<Project><PropertyGroup><TargetFrameworks>net8.0;net9.0</TargetFrameworks>"
       "</PropertyGroup></Project>"},
      {"global.json", R"({"sdk": {"version": "9.0.100", "rollForward": "latestMinor"}})"},
      {"Gemfile", "ruby '>= 3.2', \"< 3.4\" # c\n"},
      {"Gemfile.lock", "RUBY VERSION\n   ruby 3.3.1p55\n"},
      {"system.properties", "java.runtime.version = zulu-17.0.9\nmaven.version: 3.9.4\n"},
      {".tool-versions", "nodejs 22.1.0 20 # c\njava temurin-21\n"},
      {"mise.toml", "[tools]\nnode = \"22\"\npython = [\"3.12\", {version = '3.11'}]\n"},
      {"Dockerfile",
       "ARG V=3.12\nFROM --platform=x python:${V:-3.11}-slim AS a\nCOPY --from=node:$W /a /b\nRUN "
       "<<EOF\nFROM x\nEOF\n"},
      {".github/workflows/a.yml",
       "jobs:\n  a:\n    strategy: {matrix: {py: ['3.11', 3.12]}}\n    container: python:${{ "
       "matrix.py }}\n    steps:\n    - uses: actions/setup-python@v5\n      with:\n        "
       "python-version: ${{ matrix.py }}\n"},
      {".gitlab-ci.yml",
       "variables: {V: '3'}\na:\n  image: {name: \"python:$V\"}\n  services: [node:22]\n  script: "
       "[!reference [x]]\n"},
      {".devcontainer.json",
       R"({"image": "python:3", "features": {"ghcr.io/devcontainers/features/go:1": {"version": "1.23"}}})"},
  };
  return files;
}

}  // namespace

TEST_CASE("a comment on the line or alone on the line above ignores, with a reason") {
  CHECK(ignored_of(".python-version", "# buildable: ignore built by hand\n3.15\n") ==
        "3.15 (built by hand)");
  CHECK(ignored_of("go.mod", "go 1.30 // buildable: ignore not deployed\ntoolchain go1.30\n") ==
        "1.30 (not deployed), go1.30");
  CHECK(ignored_of("go.mod", "// buildable: ignore not deployed\ngo 1.30\ntoolchain go1.30\n") ==
        "1.30 (not deployed), go1.30");
  CHECK(ignored_of("a.csproj",
                   "<Project><PropertyGroup>\r\n<!-- buildable: ignore a library -->\r\n"
                   "<TargetFramework>net6.0</TargetFramework></PropertyGroup></Project>") ==
        "net6.0 (a library)");
  CHECK(ignored_of("package.json",
                   "{\"engines\": {\"node\": \"30\" /* buildable: ignore x y */}}") == "30 (x y)");
  CHECK(ignored_of(".tool-versions", "python 3.15 3.14 # buildable: ignore on my machine\n") ==
        "3.15 (on my machine), 3.14 (on my machine)");
  CHECK(ignored_of("Dockerfile", "# buildable: ignore\nFROM python:3.15\n") ==
        "3.15\nDockerfile:1:3: \"buildable: ignore\" names no reason, so nothing is ignored\n"
        "  write the reason behind it: buildable: ignore <reason>");
  CHECK(ignored_of("Dockerfile", "# buildable: ignore x\n\nFROM python:3.15\n") == "3.15");
  CHECK(ignored_of("Dockerfile", "RUN echo buildable: ignore x\nFROM python:3.15\n") == "3.15");
  CHECK(ignored_of("Dockerfile", "FROM node:1 # buildable: ignore x\nFROM python:3\n") ==
        "1 (x), 3");
}

TEST_CASE("what is not a text of its syntax is a problem with a place, and the rest is read") {
  const auto problem = [](const std::string& path, const std::string& text) {
    const FoundPins found = finder().find({path, text});
    REQUIRE(found.problems.size() == 1);
    CHECK(found.problems[0].file == path);
    CHECK(!found.problems[0].message.empty());
    return to_text(found.problems[0]);
  };
  CHECK(problem(".python-version", "3\0.\0"s) ==
        ".python-version:1:2: not text: it has a zero byte\n"
        "  save it as UTF-8 (some shells write UTF-16)");
  CHECK(problem(".nvmrc", std::string(max_pin_file_size + 1, '2')) ==
        ".nvmrc: larger than 8 MB, not read\n"
        "  leave it out of the check if it is not the file that its name says");
  problem("package.json", "{\"engines\": {\"node\": \"22\"");
  problem("package.json", std::string(100000, '['));
  problem("pyproject.toml", "[project\n");
  problem("compose.yml", "a: [python\n");
  problem("compose.yml", "python: " + std::string(100000, '['));
  problem(".github/workflows/a.yml", "python-version: {");
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "FROM python:3." + std::to_string(i) + "\n";
  problem("Dockerfile", many);
  CHECK(finder().find({"Dockerfile", many}).pins.size() == 1000);
}

TEST_CASE("large files that were made to take long do not") {
  const auto repeated = [](std::string_view piece, std::size_t size) {
    std::string text;
    while (text.size() < size) text += piece;
    return text;
  };
  constexpr std::size_t size = 4U << 20U;
  const std::string nested = "ARG A=" + repeated("$B", 1000) + "\nARG B=" + repeated("$C", 1000) +
                             "\nARG C=" + repeated("$D", 1000) + "\nARG D=\nFROM python:$A\n";
  for (const RepositoryFile& file : std::vector<RepositoryFile>{
           {"Dockerfile", repeated("RUN <<A\n", size)},
           {"Dockerfile", nested},
           {"Dockerfile", "FROM python:" + repeated("${", size)},
           {"Dockerfile", "FROM python:3 " + repeated("# buildable: ignore", size)},
           {"a.csproj", "<Project><PropertyGroup>" +
                            repeated("<TargetFramework>net8.0</TargetFramework>", size) +
                            "</PropertyGroup></Project>"},
           {"a.csproj", repeated("<", size)},
           {"Gemfile", repeated("ruby '3\n", size)},
           {"go.mod", repeated("go 1.2\n", size)},
           {".tool-versions", "python" + repeated(" 3", size)},
           {".github/workflows/a.yml",
            "jobs: {a: {strategy: {matrix: {include: [" + repeated("{},", 200'000) + "]}}, x: [" +
                repeated("{image: 'python:${{ matrix.v }}'},", 200'000) + "]}}\n"}}) {
    CAPTURE(file.path);
    CAPTURE(file.text.substr(0, 100));
    check_places(file, finder().find(file));
  }
}

TEST_CASE("whatever the bytes, every pin stands where it says") {
  Generator generator(20260514);
  for (int i = 0; i < 4000; ++i) {
    const auto& good = good_files()[static_cast<std::size_t>(i) % good_files().size()];
    const RepositoryFile file{good.path, generator.mutated(good.text)};
    CAPTURE(file.path);
    CAPTURE(file.text);
    check_places(file, finder().find(file));
  }
}

TEST_CASE("in every file of a syntax the newline and a mark at the begin make no difference") {
  for (const RepositoryFile& good : good_files()) {
    CAPTURE(good.path);
    const FoundPins plain = finder().find(good);
    CHECK(!plain.pins.empty());
    CHECK(plain.problems.empty());
    std::string returned;
    for (const char c : good.text) returned += c == '\n' ? "\r\n" : std::string(1, c);
    for (const std::string& text : {returned, "\xEF\xBB\xBF" + good.text}) {
      const RepositoryFile file{good.path, text};
      const FoundPins found = finder().find(file);
      check_places(file, found);
      REQUIRE(found.pins.size() == plain.pins.size());
      CHECK(found.problems.empty());
      for (std::size_t i = 0; i < found.pins.size(); ++i) {
        CHECK(found.pins[i].value == plain.pins[i].value);
        CHECK(found.pins[i].line == plain.pins[i].line);
        CHECK(found.pins[i].accepts == plain.pins[i].accepts);
      }
    }
  }
}
