// What belongs to the pin of one version alone is never left beside another: digests,
// distributions, lock files.
#include "fix_repository_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

const std::string digest = "@sha256:" + std::string(64, '0');

struct Row {
  std::string path;
  std::string text;
};

std::string told(const RepositoryEdits& edits) {
  std::string text;
  for (const PinFinding& each : edits.remaining) text += each.reason + '\n';
  for (const Diagnostic& each : edits.left) text += each.message + '\n';
  return text;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string steps(const std::string& image) {
  return "on: push\njobs:\n  a:\n    " + image + "\n    steps: []\n";
}

}  // namespace

TEST_CASE("a tag with a digest is left in whatever form it is written") {
  const std::string old = "python:3.15-slim" + digest;
  const std::string apart = "digest: sha256:" + std::string(64, '0') + "\n";
  const Row rows[] = {
      {"Dockerfile", "FROM " + old + "\n"},
      {"Dockerfile", "FROM python:3.15" + digest + " AS x\n"},
      {"Dockerfile", "FROM --platform=linux/amd64 docker.io/library/" + old + "\n"},
      {"Dockerfile", "ARG V=3.15\nFROM python:${V}-slim" + digest + "\n"},
      {"Dockerfile", "ARG V=3.15\nFROM python:${V}\nFROM python:$V" + digest + "\n"},
      {"Dockerfile", "ARG V=3.15\nARG D\nFROM python:${V}@${D}\n"},
      {"Dockerfile", "ARG I=" + old + "\nFROM $I\n"},
      {"Dockerfile", "FROM scratch\nCOPY --from=" + old + " /a /b\n"},
      {"compose.yaml", "services:\n  a:\n    image: " + old + "\n"},
      {"compose.yaml", "services:\n  a:\n    image: \"" + old + "\"\n"},
      {".gitlab-ci.yml", "a:\n  image:\n    name: " + old + "\n"},
      {".github/workflows/a.yml", steps("container: " + old)},
      {".github/workflows/a.yml", steps("container: {image: '" + old + "'}")},
      {"k8s/deployment.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: " + old + "\n"},
      {"chart/templates/a.yaml",
       "apiVersion: v1\nkind: Pod\n{{ if x }}\n    - image: " + old + "\n{{ end }}\n"},
      {"chart/values.yaml", "image:\n  repository: python\n  tag: 3.15-slim" + digest + "\n"},
      {"chart/values.yaml", "image:\n  repository: python\n  tag: 3.15-slim\n  " + apart},
      {"kustomization.yaml",
       "apiVersion: x\nkind: Kustomization\nimages:\n  - name: python\n    newTag: '3.15'\n    " +
           apart},
      {".devcontainer/devcontainer.json", "{\"image\": \"" + old + "\"}\n"},
      {"a.container", "[Container]\nImage=" + old + "\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.text);
    for (const FixAim aim : {FixAim::nearest, FixAim::upgrade, FixAim::newest}) {
      const RepositoryEdits edits = fixing_of({{row.path, row.text}}, aim);
      CHECK(edits.changes.empty());
      CHECK_MESSAGE(has(told(edits), "digest"), told(edits));
    }
  }
  // The same without a digest is fixed; an empty one is none.
  for (const Row& row : {Row{"Dockerfile", "FROM python:3.15-slim\n"},
                         Row{"chart/values.yaml",
                             "image:\n  repository: python\n  tag: 3.15-slim\n  digest: \"\"\n"}}) {
    CAPTURE(row.text);
    CHECK(fixing_of({{row.path, row.text}}, FixAim::nearest).changes.size() == 1);
  }
}

TEST_CASE("a tag with a digest: what to write is said, and one that builds is told of on upgrade") {
  const RepositoryEdits failing =
      fixing_of({{"Dockerfile", "FROM python:3.15-slim" + digest + "\n"}}, FixAim::nearest);
  REQUIRE(failing.remaining.size() == 1);
  CHECK(failing.remaining[0].reason ==
        "its digest belongs to this image alone; write 3.14-slim with the digest of that image, or "
        "without one");
  const Files good{{"Dockerfile", "FROM python:3.12-slim" + digest + "\n"}};
  CHECK(told(fixing_of(good, FixAim::nearest)).empty());
  const RepositoryEdits upgraded = fixing_of(good, FixAim::upgrade);
  CHECK(upgraded.remaining.empty());
  REQUIRE(upgraded.left.size() == 1);
  CHECK(has(upgraded.left[0].message, "write 3.14-slim"));
  const Files newest{{"Dockerfile", "FROM python:3.14-slim" + digest + "\n"}};
  CHECK(told(fixing_of(newest, FixAim::upgrade)).empty());
}

TEST_CASE("a tag that names a distribution does not move to a newer series") {
  struct {
    const char* before;
    const char* nearest;
    const char* upgraded;
    bool is_told;  // on upgrade
  } const cases[] = {
      {"python:3.12-slim-bullseye", "", "", true},
      {"python:3.12-bullseye", "", "", true},
      {"python:3.9-slim-buster", "", "", true},  // cannot be built, and neither can it move
      {"python:3.15-slim-trixie", "python:3.14-slim-trixie", "python:3.14-slim-trixie", false},
      {"python:3.14-slim-trixie", "", "", false},
      {"python:3.12-slim", "", "python:3.14-slim", false},
      {"python:3.12-alpine", "", "python:3.14-alpine", false},
      {"python:3.12-alpine3.18", "", "", true},
      {"node:20.1.0-bookworm-slim", "", "", true},
      {"node:20.1.0-slim", "", "node:24.14.1-slim", false},
      {"golang:1.21.0-bullseye", "", "", true},
      {"ruby:3.3.0-slim-bookworm", "", "", true},
      {"eclipse-temurin:17-jdk-focal", "", "", true},
      {"eclipse-temurin:17-jdk", "", "eclipse-temurin:25-jdk", false},
      {"mcr.microsoft.com/dotnet/sdk:8.0-jammy", "", "", true},
      {"mcr.microsoft.com/dotnet/sdk:8.0-cbl-mariner2.0", "", "", true},
      {"mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-1809", "", "", true},
  };
  for (const auto& each : cases) {
    CAPTURE(each.before);
    const auto text = [](const std::string& image) { return "FROM " + image + "\n"; };
    const Files files{{"Dockerfile", text(each.before)}};
    const auto after = [&](FixAim aim) { return applied(files, fixing_of(files, aim)); };
    const auto wanted = [&](const std::string& image) {
      return Files{{"Dockerfile", text(image.empty() ? each.before : image)}};
    };
    CHECK(after(FixAim::nearest) == wanted(each.nearest));
    CHECK(after(FixAim::upgrade) == wanted(each.upgraded));
    CHECK_MESSAGE(has(told(fixing_of(files, FixAim::upgrade)), "distribution") == each.is_told,
                  told(fixing_of(files, FixAim::upgrade)));
  }
}

TEST_CASE("what a lock file repeats is left, and the command that writes it again is named") {
  const std::string project = "[project]\nname = \"a\"\nrequires-python = \">=3.12,<3.14\"\n";
  const std::string poetry = "[tool.poetry.dependencies]\npython = \"~3.12\"\n";
  const std::string engines = "{\"engines\": {\"node\": \"22.x\"}}\n";
  struct {
    const char* name;
    Files files;
    Files after;  // of what changes
    const char* says;
  } const cases[] = {
      {"uv",
       {{"pyproject.toml", project}, {"uv.lock", ""}, {".python-version", "3.13\n"}},
       {},
       "write \">=3.12,<3.15\" and run `uv lock`"},
      {"poetry", {{"pyproject.toml", poetry}, {"poetry.lock", ""}}, {}, "run `poetry lock`"},
      {"in a folder", {{"lib/pyproject.toml", project}, {"lib/uv.lock", ""}}, {}, "run `uv lock`"},
      {"of a folder above, for all members of a workspace",
       {{"lib/pyproject.toml", project}, {"uv.lock", ""}},
       {},
       "run `uv lock`"},
      {"of a folder above, where the tool has no workspaces",
       {{"lib/pyproject.toml", poetry}, {"poetry.lock", ""}},
       {{"lib/pyproject.toml", "[tool.poetry.dependencies]\npython = \"~3.14\"\n"}},
       ""},
      {"of a folder beside it",
       {{"lib/pyproject.toml", project}, {"app/uv.lock", ""}},
       {{"lib/pyproject.toml", "[project]\nname = \"a\"\nrequires-python = \">=3.12,<3.15\"\n"}},
       ""},
      {"one that the build does not compare",
       {{"package.json", engines}, {"package-lock.json", "{}"}},
       {{"package.json", "{\"engines\": {\"node\": \"24.x\"}}\n"}},
       "run `npm install --package-lock-only`"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.name);
    const RepositoryEdits edits = fixing_of(each.files, FixAim::upgrade);
    Files wanted = each.files;
    for (const auto& [path, text] : each.after) wanted[path] = text;
    CHECK(applied(each.files, edits) == wanted);
    std::string all = told(edits);
    for (const FixedThing& done : edits.done) all += done.what.message;
    CHECK_MESSAGE(has(all, each.says), all);
  }
  // The pin that decides waits for the range that is locked.
  const Files pair{{"pyproject.toml", "[project]\nname = \"a\"\nrequires-python = \">=3.15\"\n"},
                   {"uv.lock", ""},
                   {".python-version", "3.15\n"}};
  const RepositoryEdits edits = fixing_of(pair, FixAim::nearest);
  CHECK(edits.changes.empty());
  CHECK(edits.remaining.size() == 2);
  CHECK(has(told(edits), "excludes 3.14"));
}
