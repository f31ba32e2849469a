// What Poetry and uv say to a project before they install anything.
#include "build/newer_toml.h"
#include "build/support.h"

using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

constexpr const char* day = "2026-06-01";
constexpr const char* not_allowed = "not allowed by requires-python";

struct ProjectRow {
  const char* name;
  std::string project;
  const char* error = "";  // empty: it builds
  int line = 0;
};

void check_projects(const Repository& beside, const std::vector<ProjectRow>& rows) {
  for (const ProjectRow& row : rows) {
    CAPTURE(row.name);
    Repository files = beside;
    files["pyproject.toml"] = row.project;
    const Forecast forecast = foretell("python", "default", day, files);
    CAPTURE(forecast.reason);
    const bool builds = *row.error == '\0';
    CHECK(name_of(forecast.outcome) == (builds ? "builds" : "fails"));
    CHECK(forecast.error == row.error);
    CHECK(forecast.help.empty() == builds);
    if (row.line > 0) CHECK(forecast.line == row.line);
  }
}

std::string with_requirement(const std::string& value) {
  return "[project]\nname = \"m\"\nversion = \"0\"\nrequires-python = " + value + "\n";
}

std::string with_dependency(const std::string& requires_python, const std::string& python) {
  return with_requirement(requires_python) + "[tool.poetry]\npackage-mode = false\n" +
         "[tool.poetry.dependencies]\n" + python + "\n";
}

}  // namespace

TEST_CASE("Poetry reads requires-python in its own grammar") {
  const Repository poetry{{".python-version", "3.13\n"}, {"poetry.lock", "package = []\n"}};
  check_projects(
      poetry,
      {{"a range", with_requirement("\">=3.12,<3.14\"")},
       {"a caret", with_requirement("\"^3.12\"")},
       {"a caret that excludes it", with_requirement("\"^3.14\""), not_allowed},
       {"a tilde", with_requirement("\"~3.13\"")},
       {"a number is that release alone", with_requirement("\"3.13\""), not_allowed, 4},
       {"alternatives", with_requirement("\">=3.10,<3.11 || >=3.13\"")},
       {"alternatives without it", with_requirement("\">=3.10,<3.11 || >=3.14\""), not_allowed},
       {"words", with_requirement("\"three\""), "ParseConstraintError", 4},
       {"no text", with_requirement("[\">=3.12\"]"), "The Poetry configuration is invalid"},
       {"nothing is required", "[project]\nname = \"m\"\nversion = \"0\"\n"}});
}

TEST_CASE("Poetry's own dependency on Python goes before requires-python, and lies within it") {
  const Repository poetry{{".python-version", "3.13\n"}, {"poetry.lock", "package = []\n"}};
  constexpr const char* beyond = "is not a subset of \"requires-python\"";
  check_projects(
      poetry,
      {{"both take it", with_dependency("\">=3.10\"", "python = \">=3.12,<4\"")},
       {"it is excluded", with_dependency("\">=3.10\"", "python = \">=3.14,<4\""), not_allowed, 8},
       {"beyond", with_dependency("\">=3.12\"", "python = \">=3.10\""), beyond, 8},
       {"anything is beyond a range", with_dependency("\">=3.12\"", "python = \"*\""), beyond},
       {"in another case", with_dependency("\">=3.10\"", "Python = \"^3.14\""), not_allowed},
       {"the last of a list", with_dependency("\">=3.10\"", "python = [\"^3.12\", \"^3.14\"]"),
        not_allowed},
       {"a table says nothing", with_dependency("\">=3.10\"", "python = {version = \"^3.14\"}")},
       {"alone", "[tool.poetry.dependencies]\npython = \"^3.14\"\n", not_allowed, 2},
       {"anything, alone", "[tool.poetry.dependencies]\npython = \"*\"\n"},
       {"words", "[tool.poetry.dependencies]\npython = \"new\"\n", "ParseConstraintError", 2}});
}

TEST_CASE("Poetry and uv need a pyproject.toml that they can read") {
  const Repository poetry{{".python-version", "3.13\n"}, {"poetry.lock", ""}};
  const Repository uv{{".python-version", "3.13\n"}, {"uv.lock", "version = 1\n"}};
  CHECK(foretell("python", "default", day, poetry).error ==
        "Poetry could not find a pyproject.toml file");
  CHECK(foretell("python", "default", day, uv).error ==
        "No `pyproject.toml` found in current directory");
  const std::string marked = "\xEF\xBB\xBF" + with_requirement("\">=3.12\"");
  check_projects(poetry, {{"a byte order mark", marked, "TOMLDecodeError", 1},
                          {"TOML 1.1", "a = {\n}\n", "TOML parse error"}});
  check_projects(uv, {{"no TOML at all", "a = \n", "TOML parse error"}});
  Repository newer = uv;
  newer["pyproject.toml"] = "a = { b = 1, }\n";
  CHECK(foretell("python", "default", day, newer).outcome == Outcome::unknown);
}

TEST_CASE("uv reads requires-python as PEP 440 alone, and refuses what is not") {
  const Repository uv{{".python-version", "3.13\n"}, {"uv.lock", "version = 1\n"}};
  constexpr const char* unreadable = "Failed to parse: `pyproject.toml`";
  std::vector<ProjectRow> rows{
      {"a range", with_requirement("\">=3.12,<3.14\"")},
      {"blanks", with_requirement("\" >= 3.12 , < 3.14 \"")},
      {"a series", with_requirement("\"==3.13.*\"")},
      {"compatible", with_requirement("\"~=3.12\"")},
      {"excluded", with_requirement("\">=3.14\""), not_allowed, 4},
      {"a list", with_requirement("[\">=3.12\"]"), unreadable, 4},
      {"a number", with_requirement("3.13"), unreadable, 4},
      {"not managed", "[tool.uv]\nmanaged = false\n", "The project is marked as unmanaged"}};
  for (const char* value :
       {"3.13", "^3.13", "*", "3.*", ">=3.12 <3.14", "~=3", "<=3.13.*", "three"})
    rows.push_back({value, with_requirement('"' + std::string(value) + '"'), unreadable, 4});
  check_projects(uv, rows);
}

TEST_CASE("uv: every member of the workspace has its say") {
  const std::string root = with_requirement("\">=3.12\"") +
                           "[tool.uv.workspace]\nmembers = [\"packages/*\", \"./x/\"]\n";
  const auto with_member = [&](const std::string& folder, const std::string& value,
                               const std::string& more = {}) {
    return Repository{{".python-version", "3.13\n"},
                      {"uv.lock", "version = 1\n"},
                      {"pyproject.toml", root + more},
                      {folder + "/pyproject.toml", with_requirement(value)}};
  };
  const auto of = [](const Repository& files) { return foretell("python", "default", day, files); };
  CHECK(of(with_member("packages/a", "\">=3.12\"")).outcome == Outcome::builds);
  const Forecast excluded = of(with_member("packages/a", "\">=3.14\""));
  CHECK(excluded.error == not_allowed);
  CHECK(excluded.file == "packages/a/pyproject.toml");
  CHECK(excluded.line == 4);
  CHECK(of(with_member("x", "\">=3.14\"")).error == not_allowed);
  CHECK(of(with_member("packages/a/b", "\">=3.14\"")).outcome == Outcome::builds);
  CHECK(of(with_member("other", "\">=3.14\"")).outcome == Outcome::builds);
  CHECK(of(with_member("packages/a", "\">=3.14\"", "exclude = [\"packages/a\"]\n")).outcome ==
        Outcome::builds);
}

TEST_CASE("uv: a lock file that was made for other files installs nothing") {
  struct LockRow {
    const char* name;
    std::string project;
    std::string lock;
    const char* error = "";
    int line = 0;
  };
  constexpr const char* stale = "the lockfile needs to be updated, but `--locked` was provided";
  const std::vector<LockRow> rows{
      {"the same", "\">=3.12,<3.14\"", "requires-python = \">=3.12, <3.14\"\n"},
      {"the same in other words", "\"==3.13.*\"", "requires-python = \">=3.13,<3.14\"\n"},
      {"a gap is not compared", "\">=3.12,!=3.12.3\"", "requires-python = \">=3.12\"\n"},
      {"the project was widened", "\">=3.11\"", "requires-python = \">=3.12\"\n", stale, 2},
      {"the project was bounded", "\">=3.12,<3.14\"", "requires-python = \">=3.12\"\n", stale, 2},
      {"a version of tomorrow", "\">=3.12\"", "", "unsupported lockfile version", 1},
      {"a merge was left open", "\">=3.12\"",
       "[[package]]\n<<<<<<< HEAD\nname = \"a\"\n=======\n>>>>>>> x\n", "Failed to parse `uv.lock`",
       3},
      {"no TOML", "\">=3.12\"", "]\n", "Failed to parse `uv.lock`"}};
  for (const LockRow& row : rows) {
    CAPTURE(row.name);
    const bool newer = std::string_view(row.name) == "a version of tomorrow";
    const Forecast forecast =
        foretell("python", "default", day,
                 {{".python-version", "3.13\n"},
                  {"pyproject.toml", with_requirement(row.project)},
                  {"uv.lock", (newer ? "version = 2\n" : "version = 1\n") + row.lock}});
    CAPTURE(forecast.reason);
    CHECK(forecast.error == row.error);
    if (*row.error != '\0') CHECK(forecast.file == "uv.lock");
    if (row.line > 0) CHECK(forecast.line == row.line);
  }
}

TEST_CASE("uv: a stale lock names the project that differs") {
  const std::string root =
      with_requirement("\">=3.12\"") + "[tool.uv.workspace]\nmembers = [\"a\", \"b\"]\n";
  const Forecast forecast = foretell("python", "default", day,
                                     {{".python-version", "3.13\n"},
                                      {"pyproject.toml", root},
                                      {"a/pyproject.toml", with_requirement("\">=3.10\"")},
                                      {"b/pyproject.toml", with_requirement("\">=3.13\"")},
                                      {"uv.lock", "version = 1\nrequires-python = \">=3.12\"\n"}});
  CHECK_MESSAGE(forecast.reason.find("b/pyproject.toml requires \">=3.13\"") != std::string::npos,
                forecast.reason);
}

TEST_CASE("uv: the example of a version file is one that the project accepts") {
  const auto help = [](const std::string& range) {
    return foretell("python", "default", day,
                    {{"pyproject.toml", with_requirement(range)}, {"uv.lock", "version = 1\n"}})
        .help;
  };
  CHECK(help("\">=3.11,<3.13\"") == "add .python-version with one line, for example 3.12");
  CHECK(help("\">=3.99\"").starts_with("add .python-version with one line, for example 3.1"));
}

TEST_CASE("folders take part as files do") {
  const Repository node{{"package.json", "{\"engines\": {\"node\": \"22.x\"}}"},
                        {"package-lock.json", "{}"}};
  CHECK(foretell("node", "default", day, node).outcome == Outcome::builds);
  for (const char* folder : {"requirements/", "venv/", ".venv/"}) {
    CAPTURE(folder);
    Repository with_folder = node;
    with_folder[folder] = "";
    CHECK(foretell("python", "default", day, with_folder).error ==
          "DeterminePackageManager NoneFound");
    CHECK(foretell("node", "default", day, with_folder).error == "not detected");
  }
  const Repository removed{{"requirements.txt", ""}, {"runtime.txt/", ""}};
  CHECK(foretell("python", "default", day, removed).error == "RuntimeTxtNotSupported");
}

TEST_CASE("what may be TOML 1.1 is told from what is broken") {
  struct TomlRow {
    const char* text;
    bool newer;
  };
  for (const TomlRow& row : {TomlRow{"a = { b = 1,\n  c = 2 }\n", true},
                             {"a = { b = 1, }\n", true},
                             {"a = \"\\e[0m\"\n", true},
                             {"a = \"\\x41\"\n", true},
                             {"a = 07:32\n", true},
                             {"a = 07:32:10\n", false},
                             {"a = { b = 1 }\nc = \n", false},
                             {"[a\n", false},
                             {"a = [1,\n 2,]\n", false},
                             {"", false}})
    CHECK_MESSAGE(may_be_newer_toml(row.text) == row.newer, row.text);
}
