// Finding pins: the cost of a hostile file is proportional to its length, for every kind of file.
#include "support/growth.h"
#include "pins/find_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct HostileFile {
  const char* path;
  const char* begin;
  const char* piece;
  const char* end;
};

}  // namespace

TEST_CASE("pins are found in linear time in every kind of file") {
  constexpr HostileFile table[] = {
      {".python-version", "", "3.13.#\n", ""},
      {".python-version", "", "3", ""},
      {"runtime.txt", "", " \n", "python-3.13.1"},
      {".tool-versions", "", "python 3.13.#\n", ""},
      {".tool-versions", "python", " 3.13.#", ""},
      {"mise.toml", "[tools]\npython = [", "\"3.13.#\",", "]"},
      {"mise.toml", "[tools]\n", "k# = \"3.13\"\n", ""},
      {"pyproject.toml", "[project]\nrequires-python = \"", ">=3.#,", "\""},
      {"pyproject.toml", "a = [", "{b = #},", "]"},
      {"Pipfile", "a = [", "'#',", "]\n[requires]\npython_version = \"3.13\""},
      {"package.json", "{\"a\": [", "#,", "1], \"engines\": {\"node\": \"22\"}}"},
      {"package.json", "{\"engines\": {", "\"k#\": \"22\",", "\"node\": \"22\"}}"},
      {"package.json", "{\"engines\": {\"node\": \"", "22 || ", "22\"}}"},
      {"composer.json", "{\"require\": {", "\"k#\": \"8\",", "\"php\": \"8\"}}"},
      {"global.json", "{\"sdk\": {\"version\": \"", "1", "\"}}"},
      {"go.mod", "module m\n", "go 1.#\n", ""},
      {"go.mod", "module m\n", "require example.org/m# v1.0.0\n", ""},
      {"gradle/wrapper/gradle-wrapper.properties", "", "distributionUrl=a#\n", ""},
      {"system.properties", "", "java.runtime.version=2#\n", ""},
      {"system.properties", "", "java.runtime.version", "=21"},
      {"pom.xml", "<project><properties>", "<java.version>21</java.version>",
       "</properties></project>"},
      {"pom.xml", "<project>", "<a#>", ""},
      {"pom.xml", "", "<!-- # ", ""},
      {"pom.xml", "<project><properties><java.version>", "21;",
       "</java.version></properties></project>"},
      {"a.csproj", "<Project><PropertyGroup>", "<TargetFramework>net8.0</TargetFramework>",
       "</PropertyGroup></Project>"},
      {"a.csproj", "<Project>", "< ", ""},
      {"Gemfile", "", "ruby \"3.#\"\n", ""},
      {"Gemfile", "ruby ", "\"3.#\", ", "\"3\""},
      {"Gemfile.lock", "", "RUBY VERSION\n   ruby 3.3.#p1\n", ""},
      {"Gemfile.lock", "GEM\n  specs:\n", "    a (#)\n", ""},
      {"Dockerfile", "", "FROM python:3.#\n", ""},
      {"Dockerfile", "", "ARG A#=1\n", "FROM python:3.13"},
      {"Dockerfile", "ARG V=3.13\n", "FROM python:${V}\n", ""},
      {"Dockerfile", "FROM python:3.13", " \\\n", ""},
      {"Dockerfile", "", "RUN echo # \\\n", ""},
      {".gitlab-ci.yml", "a:\n  image: python:3.13\n", "b#:\n  image: python:3.13\n", ""},
      {".gitlab-ci.yml", "a: [", "{image: python:3.13}, ", "b]"},
      {".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n",
       "      - uses: actions/setup-python@v5\n        with: {python-version: 3.13}\n", ""},
      {".github/workflows/a.yml", "jobs:\n  a:\n    strategy:\n      matrix:\n        v: [",
       "'3.#', ",
       "'3.13']\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
       "          python-version: ${{ matrix.v }}\n"},
      {".github/workflows/a.yml", "jobs:\n  a:\n    strategy: {matrix: {include: [",
       "{v#: '3.13'}, ",
       "{v: '3.13'}]}}\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
       "          python-version: ${{ matrix.v }}\n"},
      {".github/workflows/a.yml",
       "jobs:\n  a:\n    strategy: {matrix: {include: [{v: '3.13'}]}}\n    steps:\n",
       "      - uses: actions/setup-python@v5\n        with: {python-version: '${{ matrix.v# "
       "}}'}\n",
       ""},
      {"values.yaml", "a: {repository: python}\nb: [", "{image: {repository: python, tag: '3'}}, ",
       "]"},
      {"pod.yaml", "apiVersion: v1\nkind: Pod\n{{ x }}\n", "  - image: python:3.13\n", ""},
      {"pod.yaml", "apiVersion: v1\nkind: Pod\n{{ x }}\n", "  - image: \"python:3.#\n", ""},
      {"a.container", "", "Image=python:3.#\n", ""},
      {"environment.yml", "dependencies:\n", "  - python=3.#\n", ""},
      {"environment.yml", "dependencies:\n  - \"python ", "::3.# ", "\"\n"},
      {"pixi.toml", "[dependencies]\n", "k# = \"3\"\n", "python = \"3.13\"\n"},
      {"Gemfile", "", "ruby '3.#',\n", ""},
      {"Gemfile", "ruby '3.1',\n", "  # \n", "engine: 'jruby'\n"},
      {".gitlab-ci.yml", "", "py3.#:\n  image: python:3.#\n", ""},
      {"gradle/wrapper/gradle-wrapper.properties", "", "distributionSha#=\n",
       "distributionUrl=https://x/gradle-8.5-bin.zip\n"},
      {"setup.py", "", "python_requires='3.#'\n", ""},
      {"setup.py", "", "python_requires ", "='3'"},
      {".github/workflows/a.yml", "env:\n  UV_PYTHON: '3.13'\n", "  K#: '3.13'\n", ""},
      {"devcontainer.json", "{\"image\": \"python:3.13\", \"a\": [", "/* # */ 1,", "]}"},
  };
  for (const HostileFile& row : table) {
    CHECK(finder().wants(row.path));
    const auto text_of = [&row](std::size_t count) {
      return repeated(row.begin, row.piece, count, row.end);
    };
    const auto read = [&row](const std::string& text) {
      RepositoryFile file;
      file.path = row.path;
      file.text = text;
      (void)finder().find(file);
    };
    check_linear(std::string(row.path) + ": " + row.begin + row.piece, text_of, read);
  }
}
