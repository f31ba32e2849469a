// Container images and the steps of workflows.
#include "find_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  std::string text;
  std::string found;
};

void check_rows(const std::string& path, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(finder().wants(path));
    const RepositoryFile file{path, row.text};
    const FoundPins found = finder().find(file);
    CHECK(summary(found) == row.found);
    check_places(file, found);
  }
}

const std::string python_312 = "python [python] 3.12 -> 3.12 series [3.12, 3.13) ";

}  // namespace

TEST_CASE("images of a Dockerfile") {
  check_rows(
      "deploy/Dockerfile",
      {
          {"FROM python:3.12-slim-bookworm\n",
           "python [python] 3.12-slim-bookworm -> 3.12 series [3.12, 3.13) @1:13"},
          {"from --platform=linux/amd64 docker.io/library/python:3.12@sha256:0a1 AS base\n",
           python_312 + "@1:54"},
          {"ARG V=3.12\nFROM python:${V}-slim\nFROM python:$V\n", python_312 + "@1:7"},
          {"ARG A=\"3.12\" B='x'\nFROM python:${A}\n", python_312 + "@1:8"},
          {"ARG BASE=python:3.12-slim\nFROM ${BASE}\n",
           "python [python] 3.12-slim -> 3.12 series [3.12, 3.13) @1:17"},
          {"FROM python:${V:-3.12}\n", python_312 + "@1:18"},
          {"FROM python:${V}\n", "python [python] ${V} -> ${V} moving @1:13"},
          {"ARG MAJOR=3\nFROM python:${MAJOR}.12\n", "python [python] 3 -> 3 moving @1:11"},
          {"ARG A=$B\nARG B=$A\nFROM python:$A\n", "python [python] $B -> $B moving @1:7"},
          {"FROM \\\n  # why\n  python:3.12 \\\n  AS x\n", python_312 + "@3:10"},
          {"FROM python:3.12 AS node\nFROM node\nCOPY --from=node /a /b\n", python_312 + "@1:13"},
          {"FROM scratch\nCOPY --from=golang:1.23 /a /b\n",
           "go [golang] 1.23 -> 1.23 series [1.23.0, 1.24.0) @2:20"},
          {"RUN <<EOF cat\nFROM python\nEOF\nFROM python:3.12\n", python_312 + "@4:13"},
          {"FROM python\n", "python [python] python ->  moving @1:6"},
          {"FROM python:latest\n", "python [python] latest -> latest moving @1:13"},
          {"FROM python:slim-bookworm\n", "python [python] slim-bookworm -> slim moving @1:13"},
          {"FROM node:lts-alpine\n", "node [node] lts-alpine -> lts moving @1:11"},
          {"FROM node:jod-slim\n", "node [node] jod-slim -> jod series [22.0.0, 23.0.0) @1:11"},
          {"FROM localhost:5000/python:3.12\n", python_312 + "@1:28"},
          {"FROM bitnami/python:3.12\nFROM python-app:1\nFROM kindest/node:v1.30\n", ""},
          {"FROM mcr.microsoft.com/dotnet/sdk:9.0-alpine\n",
           "dotnet [dotnet/sdk] 9.0-alpine -> 9.0 series [9.0.0, 9.1.0) @1:35"},
          {"FROM mcr.microsoft.com/dotnet/aspnet:9.0.3\n",
           "dotnet [dotnet/aspnet] 9.0.3 -> 9.0.3 series [9.0.0, 10.0.0) @1:38"},
          {"FROM mcr.microsoft.com/dotnet/sdk:10.0.100-preview.1-alpine\n",
           "dotnet [dotnet/sdk] 10.0.100-preview.1-alpine -> 10.0.100-preview.1 exact none; pre "
           "{10.0.100-preview.1} @1:35"},
          {"FROM eclipse-temurin:21.0.4_7-jdk\n",
           "java [eclipse-temurin] 21.0.4_7-jdk -> 21.0.4_7 exact {21.0.4} @1:22"},
          {"FROM openjdk:8u342-jre\n", "java [openjdk] 8u342-jre -> 8u342 exact {8.0.342} @1:14"},
          {"FROM bellsoft/liberica-openjdk-alpine:21\n",
           "java [bellsoft/liberica-openjdk-alpine] 21 -> 21 series [21, 22) @1:39"},
          {"FROM python:3.14.0rc1-slim\n",
           "python [python] 3.14.0rc1-slim -> 3.14.0rc1 exact none; pre {3.14.0rc1} @1:13"},
          {"FROM php:8.3-apache", "php [php] 8.3-apache -> 8.3 series [8.3, 8.4) @1:10"},
          {"FROM", ""},
          {"FROM --platform=x", ""},
          {"FROM :3", ""},
      });
}

TEST_CASE("images of compose files, GitLab CI, CircleCI and dev containers") {
  check_rows("docker-compose.yml",
             {
                 {"services:\n  web:\n    image: python:3.12\n", python_312 + "@3:19"},
                 {"x: &a {k: 1}\nservices:\n  web:\n    <<: *a\n    image: \"python:${V:-3.12}\"\n",
                  python_312 + "@5:25"},
             });
  check_rows(
      ".gitlab-ci.yml",
      {
          {"image: python:3.12\n", python_312 + "@1:15"},
          {"variables:\n  V: '3.12'\na:\n  image: $CI_REGISTRY/python:$V\n", python_312 + "@2:7"},
          {"variables:\n  V: {value: '3.12'}\na:\n  image: {name: \"python:$V\"}\n",
           python_312 + "@2:15"},
          {"a:\n  services:\n    - name: ruby:3.3\n    - node:22\n  script:\n    - !reference "
           "[b]\n",
           "ruby [ruby] 3.3 -> 3.3 series [3.3, 3.4) @3:18\n"
           "node [node] 22 -> 22 series [22.0.0, 23.0.0) @4:12"},
      });
  check_rows(".circleci/config.yml",
             {{"jobs:\n  a:\n    docker:\n      - image: cimg/python:3.12\n",
               "python [cimg/python] 3.12 -> 3.12 series [3.12, 3.13) @4:28"}});
  check_rows(
      ".devcontainer/devcontainer.json",
      {{"// c\n{\"image\": \"python:3.12\",}\n", python_312 + "@2:19"},
       {R"({"features": {"ghcr.io/devcontainers/features/node:1": {"version": "lts"}, "ghcr.io/devcontainers/features/python": {"version": "3.12"}, "y": 1}})",
        "node [version] lts -> lts moving @1:69\n"
        "python [version] 3.12 -> 3.12 series [3.12, 3.13) @1:130"}});
}

TEST_CASE("steps of workflows") {
  const auto step = [](const std::string& uses, const std::string& with) {
    return "jobs:\n a:\n  steps:\n  - uses: " + uses + "\n    with: {" + with + "}\n";
  };
  const std::string version = "python [python-version] ";
  check_rows(".github/workflows/ci.yml",
             {
                 {step("actions/setup-python@v5", "python-version: '3.12'"),
                  version + "3.12 -> 3.12 series [3.12, 3.13) @5:29"},
                 {step("Actions/Setup-Python@0a1b", "python-version: 3.x"),
                  version + "3.x -> 3.x series [3, 4) @5:28"},
                 {step("actions/setup-python@v5", "python-version: 3.10"),
                  version + "3.10 -> 3.10 unreadable @5:28"},
                 {step("actions/setup-python@v5", "python-version: '>=3.12 <3.14'"),
                  version + ">=3.12 <3.14 -> >=3.12 <3.14 range [3.12.0, 3.14.0) @5:29"},
                 {step("actions/setup-python@v5", "python-version: ['3.12', pypy3.10]"),
                  version + "3.12 -> 3.12 series [3.12, 3.13) @5:30\n" + version +
                      "pypy3.10 -> pypy3.10 moving @5:37"},
                 {step("actions/setup-python@v5", "python-version-file: .python-version"), ""},
                 {step("other/setup-python@v5", "python-version: '3.12'"), ""},
                 {step("actions/setup-node@v4", "node-version: 22"),
                  "node [node-version] 22 -> 22 series [22.0.0, 23.0.0) @5:26"},
                 {step("actions/setup-node@v4", "node-version: lts/*"),
                  "node [node-version] lts/* -> lts/* moving @5:26"},
                 {step("actions/setup-go@v5", "go-version: '^1.23'"),
                  "go [go-version] ^1.23 -> ^1.23 range [1.23.0, 2.0.0) @5:25"},
                 {step("actions/setup-go@v5", "go-version: stable"),
                  "go [go-version] stable -> stable moving @5:24"},
                 {step("actions/setup-java@v4", "java-version: 21"),
                  "java [java-version] 21 -> 21 series [21, 22) @5:26"},
                 {step("actions/setup-dotnet@v4", "dotnet-version: 8.0.x"),
                  "dotnet [dotnet-version] 8.0.x -> 8.0.x series [8.0.0, 8.1.0) @5:28"},
                 {step("ruby/setup-ruby@v1", "ruby-version: '3.3'"),
                  "ruby [ruby-version] 3.3 -> 3.3 series [3.3, 3.4) @5:27"},
                 {step("shivammathur/setup-php@v2", "php-version: '8.3'"),
                  "php [php-version] 8.3 -> 8.3 series [8.3, 8.4) @5:26"},
                 {step("actions/setup-python@v5", "python-version: \"${{ matrix.v }}\""),
                  version + "${{ matrix.v }} -> ${{ matrix.v }} moving @5:29"},
                 {step("docker://python:3.12", "args: x"), python_312 + "@4:27"},
                 {"jobs:\n  a:\n    container: python:3.12\n", python_312 + "@3:23"},
                 {"jobs:\n  a:\n    container: {image: python:3.12}\n    services:\n      b: "
                  "{image: node:22}\n",
                  python_312 + "@3:31\nnode [node] 22 -> 22 series [22.0.0, 23.0.0) @5:23"},
             });
  check_rows(
      ".github/workflows/matrix.yaml",
      {
          {"env: {N: 22}\njobs:\n  a:\n    strategy:\n      matrix:\n        py: ['3.11', 3.10]\n"
           "        include:\n          - py: '3.12'\n    container: python:${{ matrix.py }}-slim\n"
           "    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
           "          python-version: ${{ matrix.py }}\n      - uses: actions/setup-node@v4\n"
           "        with:\n          node-version: ${{env.N}}\n",
           "node [node-version] 22 -> 22 series [22.0.0, 23.0.0) @1:10\n"
           "python [python] 3.11 -> 3.11 series [3.11, 3.12) @6:15\n" +
               version + "3.10 -> 3.10 unreadable @6:22\n" +
               "python [python] 3.12 -> 3.12 series [3.12, 3.13) @8:18"},
          {"jobs:\n a:\n  strategy:\n   matrix:\n    py: ${{ fromJSON(x) }}\n  steps:\n"
           "  - uses: actions/setup-python@v5\n    with:\n     python-version: ${{ matrix.py }}\n",
           version + "${{ fromJSON(x) }} -> ${{ fromJSON(x) }} moving @5:9"},
          {"jobs:\n a:\n  steps:\n  - uses: actions/setup-python@v5\n    with:\n"
           "     python-version: |\n      3.11\n      3.12\n",
           version + "3.11 -> 3.11 series [3.11, 3.12) @7:7\n" + version +
               "3.12 -> 3.12 series [3.12, 3.13) @8:7"},
      });
  check_rows("action.yml",
             {{"inputs:\n  v: {default: '3.12'}\nruns:\n  steps:\n"
               "  - uses: actions/setup-python@v5\n    with: {python-version: '${{ inputs.v }}'}\n",
               version + "3.12 -> 3.12 series [3.12, 3.13) @2:17"}});
}
