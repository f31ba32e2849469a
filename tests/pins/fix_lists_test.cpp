// Versions that are listed: left alone where another of the list can be built, in whatever form
// the list is written.
#include "fix_repository_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  const char* name;
  std::string path;
  std::string text;
};

std::string job(const std::string& strategy, const std::string& version) {
  return "on: push\njobs:\n  a:\n" + strategy +
         "    steps:\n      - uses: actions/setup-python@v5\n        with:\n          "
         "python-version: " +
         version + "\n";
}
std::string in_matrix(const std::string& rows, const std::string& name = "matrix.python") {
  return job("    strategy:\n      matrix:\n" + rows, "${{ " + name + " }}");
}
std::string step(const std::string& version) {
  return "    steps:\n      - uses: actions/setup-python@v5\n        with:\n          "
         "python-version: '" +
         version + "'\n";
}

// In each 3.9 cannot be built and 3.12 can, as of 2026-05-14.
const Row rows[] = {
    {"a list", ".github/workflows/a.yml", in_matrix("        python: ['3.9', '3.12']\n")},
    {"a list with comments", ".github/workflows/a.yml",
     in_matrix("        python:\n          - '3.9'  # old\n          # new\n          - '3.12'\n")},
    {"include", ".github/workflows/a.yml",
     in_matrix("        include:\n          - python: '3.9'\n            os: a\n"
               "          - python: '3.12'\n")},
    {"a list and include", ".github/workflows/a.yml",
     in_matrix("        python: ['3.12']\n        include:\n          - python: '3.9'\n")},
    {"a list and exclude", ".github/workflows/a.yml",
     in_matrix("        python: ['3.9', '3.12']\n        exclude:\n          - python: '3.9'\n")},
    {"objects", ".github/workflows/a.yml",
     in_matrix("        env:\n          - {python: '3.9'}\n          - {python: '3.12'}\n",
               "matrix.env.python")},
    {"fromJSON", ".github/workflows/a.yml",
     in_matrix("        python: ${{ fromJSON('[\"3.9\", \"3.12\"]') }}\n")},
    {"fromJSON in the step", ".github/workflows/a.yml",
     job("", "${{ fromJSON('[\"3.9\", \"3.12\"]')[0] }}")},
    {"fromJSON of objects", ".github/workflows/a.yml",
     in_matrix("        include: ${{ fromJSON('[{\"python\": \"3.9\"}]') }}\n")},
    {"several lines", ".github/workflows/a.yml", job("", "|\n            3.9\n            3.12")},
    {"several lines, folded", ".github/workflows/a.yml",
     job("", ">-\n            3.9\n            3.12")},
    {"a list in the step", ".github/workflows/a.yml", job("", "['3.9', '3.12']")},
    {"choices", ".github/workflows/a.yml",
     "on:\n  workflow_dispatch:\n    inputs:\n      v:\n        type: choice\n"
     "        default: '3.9'\n        options: ['3.9', '3.12']\njobs:\n  a:\n" +
         step("${{ inputs.v }}")},
    {"images of a matrix", ".github/workflows/a.yml",
     "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n"
     "        image: ['python:3.9', 'python:3.12']\n    container: ${{ matrix.image }}\n"},
    {"images of cells", ".github/workflows/a.yml",
     "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        include:\n"
     "          - image: python:3.9\n          - image: python:3.12\n"
     "    container: ${{ matrix.image }}\n    steps: []\n"},
    {"tags of a matrix", ".github/workflows/a.yml",
     "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        v: ['3.9', '3.12']\n"
     "    container: python:${{ matrix.v }}-slim\n    steps: []\n"},
    {"jobs named after their versions", ".github/workflows/a.yml",
     "on: push\njobs:\n  py39:\n" + step("3.9") + "  py312:\n" + step("3.12")},
    {"steps named after their versions", ".github/workflows/a.yml",
     "on: push\njobs:\n  a:\n    steps:\n"
     "      - {name: on 3.9, uses: actions/setup-python@v5, with: {python-version: '3.9'}}\n"
     "      - {name: on 3.12, uses: actions/setup-python@v5, with: {python-version: '3.12'}}\n"},
    {"GitLab's parallel:matrix", ".gitlab-ci.yml",
     "a:\n  image: python:$V-slim\n  parallel:\n    matrix:\n      - V: ['3.9', '3.12']\n"},
    {"GitLab's parallel:matrix of rows", ".gitlab-ci.yml",
     "a:\n  image: python:${V}\n  parallel:\n    matrix:\n      - V: '3.9'\n      - V: '3.12'\n"},
    {"GitLab's parallel:matrix of images", ".gitlab-ci.yml",
     "a:\n  image: $IMAGE\n  parallel:\n    matrix:\n      - IMAGE: ['python:3.9', "
     "'python:3.12']\n"},
    {"GitLab's jobs", ".gitlab-ci.yml",
     "test-3.9:\n  image: python:3.9\ntest-3.12:\n  image: python:3.12\n"},
    {"GitLab's options", ".gitlab-ci.yml",
     "variables:\n  PYTHON_VERSION:\n    value: '3.9'\n    options: ['3.9', '3.12']\n"
     "a:\n  image: python:$PYTHON_VERSION\n"},
    {"CircleCI's jobs", ".circleci/config.yml",
     "version: 2.1\njobs:\n  py-3-9:\n    docker:\n      - image: cimg/python:3.9\n"
     "  py-3-12:\n    docker:\n      - image: cimg/python:3.12\n"},
    {"CircleCI's parameters", ".circleci/config.yml",
     "version: 2.1\njobs:\n  a:\n    parameters:\n      v: {type: string, default: '3.9'}\n"
     "    docker:\n      - image: cimg/python:<< parameters.v >>\nworkflows:\n  b:\n    jobs:\n"
     "      - a:\n          matrix:\n            parameters:\n              v: ['3.9', '3.12']\n"},
    {"Azure's matrix", "azure-pipelines.yml",
     "strategy:\n  matrix:\n    old:\n      containerImage: python:3.9\n    new:\n"
     "      containerImage: python:3.12\ncontainer: $[ variables['containerImage'] ]\n"},
    {"Azure's containers", "azure-pipelines.yml",
     "resources:\n  containers:\n    - container: py39\n      image: python:3.9\n"
     "    - container: py312\n      image: python:3.12\n"},
    {"Woodpecker's matrix", ".woodpecker.yml",
     "matrix:\n  V: ['3.9', '3.12']\nsteps:\n  - name: a\n    image: python:${V}\n"},
    {"Woodpecker's matrix of rows", ".woodpecker.yml",
     "matrix:\n  include:\n    - V: '3.9'\n    - V: '3.12'\nsteps:\n  - name: a\n"
     "    image: python:${V}\n"},
    {"Travis CI's list", ".travis.yml", "python:\n  - '3.9' # old\n  - '3.12'\n"},
    {"Travis CI's list in a line", ".travis.yml", "python: ['3.9', '3.12']\n"},
    {"services of a compose file", "compose.yaml",
     "services:\n  py39:\n    image: python:3.9\n  py312:\n    image: python:3.12\n"},
    {"stages", "Dockerfile", "FROM python:3.9 AS py39\nFROM python:3.12 AS py312\n"},
    {"asdf", ".tool-versions", "python 3.9.1 3.12.1\n"},
    {"mise", "mise.toml", "[tools]\npython = [\n  '3.9', # old\n  '3.12',\n]\n"},
    {"asdf, in two lines", ".tool-versions", "python 3.9.1\npython 3.12.1\n"},
    {"given twice", "pom.xml",
     "<project><properties><java.version>27</java.version><java.version>25</java.version>"
     "</properties></project>\n"},
    {"given in a profile", "pom.xml",
     "<project><properties><java.version>25</java.version></properties><profiles><profile>"
     "<properties><java.version>27</java.version></properties></profile></profiles></project>\n"},
    {"called twice", "Gemfile", "ruby '>= 5'\nruby '>= 3.3'\n"},
    {"an argument given twice", "Dockerfile", "ARG V=3.99\nARG V=3.14\nFROM python:${V}\n"},
    {"pyenv", ".python-version", "3.9\n3.12\n"},
    {"tox", "tox.ini", "[tox]\nenvlist = py39,py312\n"},
    {"nox", "noxfile.py", "@nox.session(python=['3.9', '3.12'])\ndef a(s): pass\n"},
    {"frameworks", "a/a.csproj",
     "<Project><PropertyGroup><TargetFrameworks>\n  net5.0;\n  net8.0;net48\n"
     "</TargetFrameworks></PropertyGroup></Project>\n"},
};

}  // namespace

TEST_CASE("a version that stands in a list with one that builds is left in every form of list") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CAPTURE(row.text);
    const Files files{{row.path, row.text}};
    for (const FixAim aim : {FixAim::nearest, FixAim::upgrade, FixAim::newest})
      CHECK(applied(files, fixing_of("2026-05-14", "default", files, aim)) == files);
  }
}

TEST_CASE("of a list of which nothing builds, no two become the same") {
  const auto fixed = [](const std::string& path, const std::string& text) {
    const Files files{{path, text}};
    return applied(files, fixing_of("2026-05-14", "default", files)).at(path);
  };
  CHECK(fixed(".travis.yml", "python: ['3.15', '3.16']\n") == "python: ['3.14', '3.16']\n");
  CHECK(fixed("a/a.csproj",
              "<Project><PropertyGroup><TargetFrameworks>net11.0;net12.0</TargetFrameworks>"
              "</PropertyGroup></Project>\n") ==
        "<Project><PropertyGroup><TargetFrameworks>net10.0;net12.0</TargetFrameworks>"
        "</PropertyGroup></Project>\n");
  // What is one and the same goes together.
  CHECK(fixed(".github/workflows/a.yml",
              in_matrix("        python: ['3.16']\n        include:\n          - python: '3.16'\n"
                        "            more: 1\n")) ==
        in_matrix("        python: ['3.14']\n        include:\n          - python: '3.14'\n"
                  "            more: 1\n"));
}

TEST_CASE("what is named after its version stays in its list when it says another one") {
  struct {
    std::string path;
    std::string before;
    std::string after;
    FixAim aim;
  } const cases[] = {
      {"Dockerfile", "FROM python:3.8 AS py38\nFROM python:3.9 AS py39\n",
       "FROM python:3.10 AS py38\nFROM python:3.9 AS py39\n", FixAim::nearest},
      {".gitlab-ci.yml", "test-3.9:\n  image: python:3.9\ntest-3.15:\n  image: python:3.15\n",
       "test-3.9:\n  image: python:3.14\ntest-3.15:\n  image: python:3.15\n", FixAim::upgrade},
      // One that names no version is of no list.
      {"Dockerfile", "FROM python:3.8 AS stage1\nFROM python:3.9 AS stage2\n",
       "FROM python:3.10 AS stage1\nFROM python:3.10 AS stage2\n", FixAim::nearest},
  };
  for (const auto& each : cases) {
    CAPTURE(each.before);
    const Files files{{each.path, each.before}};
    const Files after = applied(files, fixing_of("2026-05-14", "default", files, each.aim));
    CHECK(after.at(each.path) == each.after);
    CHECK(fixing_of("2026-05-14", "default", after, each.aim).changes.empty());
  }
}

TEST_CASE("what a matrix excludes moves with what it lists") {
  const std::string path = ".github/workflows/a.yml";
  const struct {
    const char* before;
    const char* after;
  } cases[] = {
      {"        python: ['3.9']\n        exclude:\n          - {python: '3.9', os: a}\n",
       "        python: ['3.10']\n        exclude:\n          - {python: '3.10', os: a}\n"},
      {"        python: [3.9]\n        exclude:\n          - python: \"3.9\"\n            os: a\n",
       "        python: [\"3.10\"]\n        exclude:\n          - python: \"3.10\"\n"
       "            os: a\n"},
      {"        python: [\"3.9\"]\n        exclude:\n          - python: 3.9\n            os: a\n",
       "        python: [\"3.10\"]\n        exclude:\n          - python: \"3.10\"\n"
       "            os: a\n"},
      // Of another row, of another version.
      {"        python: ['3.9']\n        exclude:\n          - {node: '3.9'}\n"
       "          - {python: '3.8'}\n",
       "        python: ['3.10']\n        exclude:\n          - {node: '3.9'}\n"
       "          - {python: '3.8'}\n"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.before);
    const Files files{{path, in_matrix(each.before)}};
    const Files after = applied(files, fixing_of("2026-05-14", "default", files));
    CHECK(after.at(path) == in_matrix(each.after));
  }
}

TEST_CASE("what stands apart is not a list, and neither is what has several runtimes") {
  struct {
    std::string path;
    std::string before;
    std::string after;  // of fix --upgrade
  } const cases[] = {
      {"Dockerfile", "FROM python:3.9 AS build\nFROM python:3.12\n",
       "FROM python:3.14 AS build\nFROM python:3.14\n"},
      {".gitlab-ci.yml", "build:\n  image: python:3.9\ntest:\n  image: python:3.12\n",
       "build:\n  image: python:3.14\ntest:\n  image: python:3.14\n"},
      {".github/workflows/a.yml", "on: push\njobs:\n  py312:\n" + step("3.12"),
       "on: push\njobs:\n  py312:\n" + step("3.14")},
      {"devbox.json", "{\"packages\": [\"python@3.12\", \"nodejs@22\"]}\n",
       "{\"packages\": [\"python@3.14\", \"nodejs@24\"]}\n"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.before);
    const Files files{{each.path, each.before}};
    CHECK(
        applied(files, fixing_of("2026-05-14", "default", files, FixAim::upgrade)).at(each.path) ==
        each.after);
  }
}
