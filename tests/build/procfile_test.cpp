// heroku/procfile: what it reads and what ends the build, and that it says nothing otherwise.
#include "build/procfile_reader.h"
#include "build/support.h"

using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

const std::string deployed = "2026-06-01";   // heroku/procfile 4.2.2
const std::string old_track = "2025-06-01";  // default: 2.0.2; latest: 4.2.1

Forecast procfile(const std::string& text, const std::string& track = "default",
                  const std::string& at = deployed) {
  return foretell("procfile", track, at, {{"requirements.txt", ""}, {"Procfile", text}});
}

std::vector<std::string> runtimes(const Repository& files) {
  std::vector<std::string> names;
  for (const Forecast& each : Day::of(deployed).foretell("default", files))
    names.push_back(each.runtime);
  return names;
}

}  // namespace

TEST_CASE("Procfile: what can be read adds nothing") {
  for (const char* text : {
           "",
           "web: gunicorn app:app\n",
           "web: gunicorn app:app",
           "web:x",
           "web: x\r\nworker: y\r\n",
           "web: x  \n",
           "# comment\n\n  # another\nweb: x\n\n# and one more",
           "Web_1: x",
           "  web: x",
           "web: x\n\tworker-2: y\n",
           "web: echo foo: bar # not a comment",
           "web: x\nweb: y\n",
           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: 63",
       }) {
    CAPTURE(text);
    CHECK_FALSE(procfile_fault(text));
    CHECK(procfile(text).error == "not detected");
    CHECK(runtimes({{"requirements.txt", ""}, {"Procfile", text}}) ==
          std::vector<std::string>{"python"});
  }
}

TEST_CASE("Procfile: ProcfileParsingError, with the line") {
  struct Case {
    const char* text;
    int line;
    const char* says;
  };
  for (const Case& each : {
           Case{"web:\n", 1, "no command"},
           Case{"web: x\nworker:  \nclock: z\n", 2, "no command"},
           Case{"web:\n  x\n", 1, "no command"},
           Case{"&&&&&", 1, "without a colon"},
           Case{"web: x\n\n# c\nworker y\n", 4, "without a colon"},
           Case{"worker y\nweb: x\n", 1, "without a colon"},
           Case{"web.1: x", 1, "\"web.1\""},
           Case{"web : x", 1, "\"web \""},
           Case{"web: x\n-w: y", 2, "\"-w\""},
           Case{"_web: x", 1, "\"_web\""},
           Case{": x", 1, "\"\""},
           Case{"caf\xC3\xA9: x", 1, "caf"},
           Case{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: 64", 1, "63"},
           Case{"# only a comment\n", 1, "no process"},
           Case{"\n", 1, "no process"},
           Case{"web: x\n  ", 2, "blanks"},
           Case{"\xEF\xBB\xBFweb: x\n", 1, "byte order mark"},
           Case{"web: x\ry", 1, "carriage return"},
           Case{"# a\rb\nweb: x\n", 1, "carriage return"},
       }) {
    CAPTURE(each.text);
    const Forecast forecast = procfile(each.text);
    CHECK(forecast.outcome == Outcome::fails);
    CHECK(forecast.error == "ProcfileParsingError");
    CHECK(forecast.file == "Procfile");
    CHECK(forecast.line == each.line);
    CHECK_MESSAGE(forecast.reason.find(each.says) != std::string::npos, forecast.reason);
    CHECK_FALSE(forecast.help.empty());
  }
}

TEST_CASE("Procfile: CannotReadProcfileContents") {
  CHECK(procfile("\xFF\xFEw\0", "default").error == "CannotReadProcfileContents");
  CHECK(procfile("web: \xFF\n").error == "CannotReadProcfileContents");
  CHECK(foretell("procfile", "default", deployed, {{"go.mod", "module a/b"}, {"Procfile/web", ""}})
            .error == "CannotReadProcfileContents");
}

TEST_CASE("Procfile: before 4.0.0 what cannot be read is passed over") {
  CHECK(procfile("web:\n", "default", old_track).error == "not detected");
  CHECK(procfile("&&&&&", "default", old_track).error == "not detected");
  CHECK(procfile("&&&&&", "latest", old_track).error == "ProcfileParsingError");
  CHECK(procfile("\xFF", "default", old_track).error == "CannotReadProcfileContents");
}

TEST_CASE("Procfile: it is read in every group, and is none of its own") {
  const std::string bad = "&&&&&";
  for (const std::string file : {"requirements.txt", "pom.xml", "go.mod", "package.json"}) {
    CAPTURE(file);
    const auto names = runtimes({{file, file == "package.json" ? "{}" : ""}, {"Procfile", bad}});
    CHECK(names.size() > 1);
    CHECK(names.back() == "procfile");
  }
  const Forecast alone = Day::of(deployed).foretell("default", {{"Procfile", "web: x"}}).front();
  CHECK(alone.rule == "no-buildpack");
  CHECK(alone.outcome == Outcome::fails);
}
