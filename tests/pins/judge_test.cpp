// What the judge says of each shape of pin, on the tracks and days of the known history.
#include "judge_support.h"
#include "pins/judge_rules.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::test;

namespace {

struct Case {
  const char* name;
  const char* file;
  const char* text;
  const char* track;
  const char* date;
  const char* key;
  PinRole role;
  Verdict verdict;
  std::string_view rule;
  const char* resolved;
  const char* says;  // in the reason
};

constexpr auto decides = PinRole::decides;
constexpr auto mirrors = PinRole::mirrors;
constexpr auto yes = Verdict::buildable;
constexpr auto no = Verdict::unbuildable;
constexpr auto open = Verdict::unknown;
using namespace judge_rule;

void check_case(const Case& it) {
  CAPTURE(it.name);
  const RepositoryJudgement judgement = judged({{it.file, it.text}}, it.track, it.date);
  const PinFinding* finding = finding_in(judgement, it.file, it.key);
  REQUIRE(finding);
  CHECK_MESSAGE(name_of(finding->role) == name_of(it.role), finding->reason);
  CHECK_MESSAGE(name_of(finding->verdict) == name_of(it.verdict), finding->reason);
  CHECK(finding->rule == it.rule);
  CHECK(finding->resolved == it.resolved);
  CHECK_MESSAGE(has(finding->reason, it.says), finding->reason);
}

}  // namespace

TEST_CASE("python: which file is read and in which form follows from the track's buildpack") {
  const Case cases[] = {
      {"a patch newer than the alias", ".python-version", "3.14.7\n", "default", "2026-08-20", "",
       decides, yes, judge_rule::buildable, "3.14.7", "any patch release"},
      {"a minor", ".python-version", "3.13\n", "default", "2026-08-20", "", decides, yes,
       judge_rule::buildable, "3.13.13", "The build takes 3.13.13"},
      {"a minor that is too new", ".python-version", "3.15.0\n", "default", "2026-08-20", "",
       decides, no, unbuildable, "", "isn't recognised"},
      {"the incident", ".python-version", "3.14.0\n", "latest", "2025-10-23", "", decides, no,
       unbuildable, "", "The build fails"},
      {"its remedy", ".python-version", "3.13.9\n", "latest", "2025-10-23", "", decides, yes,
       judge_rule::buildable, "3.13.9", "can build"},
      {"a form of the other file", ".python-version", "python-3.13\n", "default", "2026-08-20", "",
       decides, no, wrong_form, "", "X.Y or X.Y.Z only"},
      {"a major alone", ".python-version", "3\n", "default", "2026-08-20", "", decides, no,
       wrong_form, "", "exactly one line"},
      {"the file that is refused now", "runtime.txt", "python-3.12.1\n", "default", "2026-08-20",
       "", mirrors, no, refused_file, "", "isn't supported"},
      {"the only file that was read then", "runtime.txt", "python-3.12.1\n", "default",
       "2025-06-01", "", decides, yes, judge_rule::buildable, "3.12.1", "can build"},
      {"a short form there", "runtime.txt", "python-3.12\n", "default", "2025-06-01", "", decides,
       no, wrong_form, "", "python-X.Y.Z only"},
      {"not read then", ".python-version", "3.12.1\n", "default", "2025-06-01", "", mirrors, yes,
       judge_rule::buildable, "", "does not read it"},
      {"a range", "pyproject.toml", "[project]\nrequires-python = \">=3.15\"\n", "default",
       "2026-08-20", "project.requires-python", mirrors, no, unbuildable_mirror, "",
       "does not read it"},
      {"an image", "Dockerfile", "FROM python:3.15-slim\n", "default", "2026-08-20", "", mirrors,
       no, unbuildable_mirror, "", "could not build it"},
      {"after the track's end", ".python-version", "3.12.1\n", "deprecated", "2026-05-01", "",
       mirrors, no, unbuildable_mirror, "", "ended on 2026-04-27"},
      {"before it", "runtime.txt", "python-3.12.1\n", "deprecated", "2026-04-10", "", decides, yes,
       breaks_ahead, "3.12.1", "can build"},
  };
  for (const Case& it : cases) check_case(it);
}

TEST_CASE("ranges become what the buildpack would install") {
  const Case cases[] = {
      {"newer than the inventory", "package.json", R"({"engines": {"node": ">=26.7.0 <27"}})",
       "default", "2026-08-10", "engines.node", decides, no, unbuildable, "",
       "Unknown Node.js version"},
      {"its remedy", "package.json", R"({"engines": {"node": "26.x"}})", "default", "2026-08-10",
       "engines.node", decides, open, unknown, "", "heroku/nodejs 5.7.1 can build it"},
      {"a major that every state has", "package.json", R"({"engines": {"node": "23.x"}})",
       "default", "2026-08-10", "engines.node", decides, yes, judge_rule::buildable, "23.11.1",
       "The build takes 23.11.1"},
      {"two ranges", "package.json", R"({"engines": {"node": ">=20.19.0 || >=22.12.0"}})",
       "default", "2026-08-10", "engines.node", decides, yes, judge_rule::buildable, "",
       " or 26.1.0: "},
      {"no range: passed over", "package.json", R"({"engines": {"node": "banana"}})", "default",
       "2026-08-10", "engines.node", decides, open, unreadable, "", "takes its default 24.x"},
      {"no range on the old builder", "package.json", R"({"engines": {"node": "banana"}})",
       "default", "2025-06-01", "engines.node", decides, no, unreadable, "", "The build fails"},
      {"a go line is exact", "go.mod", "module x\n\ngo 1.26.2\n", "default", "2026-08-20", "go",
       decides, yes, judge_rule::buildable, "1.26.2", "The build takes 1.26.2"},
      {"one that only some states have", "go.mod", "module x\n\ngo 1.26.3\n", "default",
       "2026-08-20", "go", decides, open, unknown, "", "heroku/go 2.2.2 cannot"},
      {"a go minor", "go.mod", "module x\n\ngo 1.25\n", "default", "2026-08-20", "go", decides, yes,
       judge_rule::buildable, "", "The build takes 1.25.9 or 1.25.10"},
      {"a go line too new", "go.mod", "module x\n\ngo 1.28\n", "default", "2026-08-20", "go",
       decides, no, unbuildable, "", "Couldn't resolve go version"},
      {"a toolchain line", "go.mod", "module x\n\ngo 1.24.2\n\ntoolchain go1.99.0\n", "default",
       "2026-08-20", "toolchain", mirrors, yes, judge_rule::buildable, "", "itself"},
      {"a major of Java", "system.properties", "java.runtime.version=25\n", "default", "2026-08-20",
       "java.runtime.version", decides, yes, judge_rule::buildable, "",
       "The build takes 25.0.2 or 25.0.3"},
      {"with its prefix", "system.properties", "java.runtime.version=zulu-21\n", "default",
       "2026-08-20", "java.runtime.version", decides, yes, judge_rule::buildable, "",
       "The build takes 21.0.10 or"},
      {"a project of .NET", "app.csproj",
       "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>"
       "</Project>\n",
       "default", "2026-08-20", "TargetFramework", decides, yes, judge_rule::buildable, "",
       "The build takes 10.0."},
      {"npm with a checksum", "package.json", R"({"packageManager": "npm@10.8.2+sha512.abcdef"})",
       "default", "2026-08-20", "packageManager", decides, yes, judge_rule::buildable, "10.8.2",
       "any version"},
      {"JRuby of which no archive is known", "Gemfile.lock",
       "RUBY VERSION\n   ruby 3.1.4p0 (jruby 9.9.9.0)\n", "default", "2026-08-20", "RUBY VERSION",
       decides, open, unknown, "", "is not known: it names another engine"},
      {"PHP by its longer name", "composer.lock", R"({"platform": {"php-64bit": "~8.99.0"}})",
       "default", "2026-08-20", "platform.php-64bit", decides, no, unbuildable, "",
       "The build fails"},
      {"an SDK that rolls forward to older ones alone", "global.json",
       R"({"sdk": {"version": "9.0.999", "rollForward": "latestFeature"}})", "default",
       "2026-08-20", "sdk.version", decides, no, unbuildable, "", "The build fails"},
      {"a name that moves", ".nvmrc", "lts/*\n", "default", "2026-08-20", "", mirrors, open,
       unknown, "", "different versions over time"},
  };
  for (const Case& it : cases) check_case(it);
}

TEST_CASE("of two files that are read the first in the buildpack's order decides") {
  const Files files{{".python-version", "3.13.2\n"}, {"runtime.txt", "python-3.12.9\n"}};
  const auto judgement = judged(files, "latest", "2025-10-23");
  const PinFinding* first = finding_in(judgement, "runtime.txt");
  const PinFinding* second = finding_in(judgement, ".python-version");
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->role == PinRole::decides);
  CHECK(second->role == PinRole::overridden);
  CHECK(second->rule == differing);
  CHECK_MESSAGE(has(second->reason, "runtime.txt takes precedence"), second->reason);
}

TEST_CASE("a mirror that says something else than the build takes is a warning") {
  struct Row {
    const char* name;
    Files files;
    const char* file;
    Level level;
    const char* says;
  };
  const Row rows[] = {
      {"the build takes its default",
       {{"package.json", R"({"name": "x"})"}, {".nvmrc", "22\n"}},
       ".nvmrc",
       Level::warning,
       "default 24.x"},
      {"the same series as the default",
       {{"package.json", R"({"name": "x"})"}, {".nvmrc", "v24.1.0\n"}},
       ".nvmrc",
       Level::note,
       ""},
      {"no project of that runtime",
       {{".github/workflows/a.yml",
         "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/setup-node@v4\n "
         "       with:\n          node-version: 20\n"}},
       ".github/workflows/a.yml",
       Level::note,
       ""},
      {"a cap beside a newer pin",
       {{".python-version", "3.14\n"},
        {"pyproject.toml", "[project]\nrequires-python = \">=3.12,<3.14\"\n"}},
       "pyproject.toml",
       Level::warning,
       "The build takes 3.14."},
      {"another patch of the same minor",
       {{".python-version", "3.13\n"}, {"mise.toml", "[tools]\npython = \"3.13.2\"\n"}},
       "mise.toml",
       Level::note,
       ""},
      {"one of a matrix agrees",
       {{".python-version", "3.13\n"},
        {".github/workflows/a.yml",
         "on: push\njobs:\n  a:\n    runs-on: x\n    strategy:\n      matrix:\n        "
         "python-version: [\"3.11\", \"3.13\"]\n    steps:\n      - uses: actions/setup-python@v5\n"
         "        with:\n          python-version: ${{ matrix.python-version }}\n"}},
       ".github/workflows/a.yml",
       Level::note,
       ""},
      {"another application in a subfolder",
       {{".python-version", "3.13\n"}, {"backend/.python-version", "3.11\n"}},
       "backend/.python-version",
       Level::note,
       "runs in the root and does not look"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto judgement = judged(row.files, "default", "2026-08-20");
    const PinFinding* finding = finding_in(judgement, row.file);
    if (!finding && row.level == Level::note) continue;
    REQUIRE(finding);
    CHECK_MESSAGE(name_of(finding->level) == name_of(row.level), finding->reason);
    CHECK_MESSAGE(has(finding->reason, row.says), finding->reason);
  }
}

TEST_CASE(
    "looking ahead: what breaks with the next builder is a warning today, with the way there") {
  const auto now = judged({{"runtime.txt", "python-3.12.1\n"}}, "default", "2026-03-20");
  REQUIRE(now.findings.size() == 1);
  const PinFinding& finding = now.findings.front();
  CHECK(finding.level == Level::warning);
  CHECK(finding.verdict == Verdict::buildable);
  REQUIRE(finding.ahead.size() == 1);
  CHECK_MESSAGE(
      has(finding.ahead[0], "switches to the builder of latest (heroku-builder:24_0.21.5)"),
      finding.ahead[0]);
  CHECK_MESSAGE(has(finding.ahead[0], "isn't supported"), finding.ahead[0]);
  const auto ending = judged({{"runtime.txt", "python-3.12.1\n"}}, "deprecated", "2026-04-10");
  REQUIRE(ending.findings.front().ahead.size() == 1);
  CHECK(has(ending.findings.front().ahead[0], "ends on 2026-04-27"));
  const auto waiting =
      judged({{"package.json", R"({"engines": {"node": "22.x"}})"}}, "default", "2026-03-23");
  REQUIRE(waiting.findings.front().ahead.size() == 1);
  CHECK(has(waiting.findings.front().ahead[0], "--use-latest-versions"));
}

TEST_CASE("tracks of one image have nothing ahead") {
  const auto judgement = judged({{".python-version", "3.10\n"}}, "default", "2026-08-20");
  CHECK(judgement.findings.front().ahead.empty());
}

TEST_CASE("a refused file without a version in it is a finding of its own") {
  const auto judgement = judged({{"runtime.txt", "\n"}}, "default", "2026-08-20");
  REQUIRE_FALSE(judgement.findings.empty());
  CHECK(judgement.findings.front().rule == refused_file);
  CHECK(judgement.findings.front().level == Level::error);
}

TEST_CASE("a suggestion stands where the deployment fails") {
  const auto judgement = judged({{".python-version", "3.15.0\n"}}, "default", "2026-08-20");
  REQUIRE(judgement.findings.front().suggestion);
  CHECK(has(judgement.findings.front().suggestion->value, "3.14."));
  CHECK_FALSE(
      judged({{".python-version", "3.14\n"}}, "default", "2026-08-20").findings.front().suggestion);
}

TEST_CASE("an ignored pin still decides what the others are held against") {
  const Files files{{".python-version", "3.14\n"},
                    {"Pipfile", "[requires]\npython_version = \"3.12\"\n"}};
  CHECK(finding_in(judged(files, "default", "2026-08-20"), "Pipfile")->rule == differing);
}

TEST_CASE("a track compiled alone is as it is among all") {
  const Known& known = known_at("2026-04-10");
  const std::vector<std::string> wanted{"latest"};
  const auto alone =
      compile(known.snapshot, embedded_rules(), day("2026-04-10"), "sha256:x", wanted);
  REQUIRE(alone);
  REQUIRE(alone->tracks.size() == 1);
  const TrackPolicy& full = *known.policy.find("latest");
  REQUIRE(alone->tracks[0].runtimes.size() == full.runtimes.size());
  for (std::size_t i = 0; i < full.runtimes.size(); ++i) {
    CHECK(alone->tracks[0].runtimes[i].summary == full.runtimes[i].summary);
    CHECK(alone->tracks[0].runtimes[i].buildable == full.runtimes[i].buildable);
  }
}
