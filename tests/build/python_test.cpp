// heroku/python, by the names of its own errors.
#include "build/support.h"

using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

struct Row {
  const char* name;
  const char* track;
  const char* at;
  Repository files;
  Outcome outcome;
  const char* says;  // the version that is installed, or the error
  const char* reason = "";
  int line = 0;
};

void check(const std::string& runtime, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Forecast forecast = foretell(runtime, row.track, row.at, row.files);
    CAPTURE(forecast.reason);
    CHECK(name_of(forecast.outcome) == name_of(row.outcome));
    if (row.outcome == Outcome::builds) {
      REQUIRE(!forecast.versions.empty());
      CHECK(forecast.versions.front() == row.says);
      CHECK(forecast.error.empty());
    } else {
      CHECK(forecast.error == row.says);
      CHECK(forecast.versions.empty());
    }
    if (row.outcome == Outcome::fails) CHECK_FALSE(forecast.help.empty());
    CHECK(forecast.reason.find(row.reason) != std::string::npos);
    if (row.line > 0) CHECK(forecast.line == row.line);
  }
}

Repository with(std::string version_file) {
  return {{"requirements.txt", "flask\n"}, {".python-version", std::move(version_file)}};
}

constexpr const char* now = "2026-06-01";

}  // namespace

TEST_CASE("python: .python-version as a whole, by the buildpack's errors") {
  check("python",
        {{"a series", "default", now, with("3.13\n"), Outcome::builds, "3.13.13"},
         {"comments", "default", now, with("# a\n\n 3.13 \r\n# b"), Outcome::builds, "3.13.13"},
         {"a plus sign is a number to Rust", "default", now, with("+3.+13"), Outcome::builds,
          "3.13.13"},
         {"NoVersion", "default", now, with("# none\n"), Outcome::fails, "NoVersion"},
         {"MultipleVersions", "default", now, with("3.13\n3.13\n"), Outcome::fails,
          "MultipleVersions", "holds two versions; the build takes exactly one", 2},
         {"InvalidVersion", "default", now, with("3\n"), Outcome::fails, "InvalidVersion", "", 1},
         {"InvalidVersion: a mark", "default", now,
          with("\xEF\xBB\xBF"
               "3.13\n"),
          Outcome::fails, "InvalidVersion", "byte order mark", 1},
         {"ReadPythonVersionFile", "default", now, with("3.13\xff\n"), Outcome::fails,
          "ReadPythonVersionFile"},
         {"EolVersion", "default", now, with("3.9\n"), Outcome::fails, "EolVersion"},
         {"UnknownVersion", "default", now, with("3.15.0\n"), Outcome::fails, "UnknownVersion"},
         {"UnknownVersion: Python 4", "default", now, with("4.0\n"), Outcome::fails,
          "UnknownVersion"}});
}

TEST_CASE("python: a later patch builds once it is released") {
  const Forecast later = foretell("python", "default", now, with("3.14.99\n"));
  CHECK(later.outcome == Outcome::builds);
  CHECK(later.awaited);
  const Forecast known = foretell("python", "default", now, with("3.14.4\n"));
  CHECK_FALSE(known.awaited);
}

TEST_CASE("python: runtime.txt by release of the buildpack") {
  const Repository old{{"requirements.txt", ""}, {"runtime.txt", "python-3.12.3\n"}};
  const Repository both{
      {"requirements.txt", ""}, {"runtime.txt", "python-3.12.3\n"}, {".python-version", "3.13\n"}};
  check("python", {{"read", "default", "2025-06-01", old, Outcome::builds, "3.12.3"},
                   {"goes first", "latest", "2025-06-01", both, Outcome::builds, "3.12.3"},
                   {"RuntimeTxtNotSupported", "default", now, both, Outcome::fails,
                    "RuntimeTxtNotSupported"}});
}

TEST_CASE("python: package managers by release of the buildpack") {
  const Repository uv{{"uv.lock", "version = 1\n"},
                      {"pyproject.toml", "[project]\nname = \"x\"\n"}};
  Repository pinned = uv;
  pinned[".python-version"] = "3.13\n";
  const Repository two{{"requirements.txt", ""}, {"poetry.lock", ""}, {"pyproject.toml", ""}};
  const Repository poetry{
      {"poetry.lock", ""},
      {"pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.12,<3.14\"\n"}};
  check("python", {{"PythonVersionFileRequiredWithUv", "default", now, uv, Outcome::fails,
                    "PythonVersionFileRequiredWithUv"},
                   {"uv", "default", now, pinned, Outcome::builds, "3.13.13"},
                   {"NoneFound: no uv yet", "latest", "2025-06-01", pinned, Outcome::fails,
                    "DeterminePackageManager NoneFound"},
                   {"NoneFound: Pipenv",
                    "default",
                    now,
                    {{"Pipfile", ""}},
                    Outcome::fails,
                    "DeterminePackageManager NoneFound"},
                   {"MultipleFound", "default", now, two, Outcome::fails,
                    "DeterminePackageManager MultipleFound"},
                   {"the old builder takes pip first", "default", "2025-06-01", two,
                    Outcome::builds, "3.12.1"},
                   {"Poetry excludes the default", "default", now, poetry, Outcome::fails,
                    "not allowed by requires-python", "", 2},
                   {"Poetry takes the older default", "latest", "2025-06-01", poetry,
                    Outcome::builds, "3.13.2"}});
}

TEST_CASE("python: what to do where pyproject.toml excludes the Python") {
  const auto help = [](const std::string& range, const char* pinned) {
    Repository files{
        {"poetry.lock", ""},
        {"pyproject.toml", "[project]\nname = \"x\"\nrequires-python = \"" + range + "\"\n"}};
    if (*pinned != '\0') files[".python-version"] = pinned;
    return foretell("python", "default", now, files).help;
  };
  CHECK(help(">=3.12,<3.14", "") == "add .python-version with 3.13");
  CHECK(help(">=3.12,<3.14", "3.14\n") == "write 3.13 to .python-version");
  CHECK(help(">=3.15", "") == "require a Python in pyproject.toml that this builder has");
}

TEST_CASE("python: a repository of another kind takes no part") {
  CHECK(foretell("python", "default", now, {{"README.md", ""}}).error == "not detected");
  const auto nothing = Day::of(now).foretell("default", {{"README.md", ""}});
  REQUIRE(nothing.size() == 1);
  CHECK(nothing[0].outcome == Outcome::unknown);
  const auto meant = Day::of(now).foretell("default", {{"Gemfile.lock", ""}, {"x", ""}});
  CHECK(meant[0].runtime == "ruby");
}

TEST_CASE("an ended track fails, whatever the files are") {
  const Forecast forecast = foretell("python", "deprecated", now, with("3.13\n"));
  CHECK(forecast.outcome == Outcome::fails);
  CHECK(forecast.rule == "track-ended");
}
