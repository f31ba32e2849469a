// Places that no buildpack reads, but bots move: images wherever they are named, packages of conda,
// variables of CI, requirements of Python's packages.
#include "find_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  std::string path;
  std::string text;
  std::string found;
};

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.text);
    CHECK(finder().wants(row.path));
    const RepositoryFile file{row.path, row.text};
    const FoundPins found = finder().find(file);
    CHECK(summary(found) == row.found);
    check_places(file, found);
  }
}

const std::string python_39 = "python [python] 3.9 -> 3.9 series [3.9, 3.10) ";

}  // namespace

TEST_CASE("Dockerfiles by any name that bots take") {
  for (const char* path :
       {"Dockerfile", "dockerfile", "DOCKERFILE", "Dockerfile_dev", "Dockerfile2", "dockerfile-ci",
        "dev.dockerfile", "dev.Containerfile", "containerfile", "Containerfile.dev",
        "a/b/Dockerfile", ".devcontainer/Dockerfile", "mydockerfile.txt"}) {
    check_rows({{path, "FROM python:3.9\n", python_39 + "@1:13"}});
  }
  CHECK_FALSE(finder().wants("Docker"));
  CHECK_FALSE(finder().wants("dockerfiles/README"));
}

TEST_CASE("an image by its digest alone names no version") {
  check_rows({
      {"Dockerfile", "FROM python@sha256:0a1b\n", ""},
      {"Dockerfile", "FROM python:3.9@sha256:0a1b\n", python_39 + "@1:13"},
      {"docker-compose.yml", "services: {a: {image: \"python@sha256:0a1b\"}}\n", ""},
  });
}

TEST_CASE("images in the files of CI, deployment and other tools") {
  const std::string step = "x:\n  - image: python:3.9\n";
  for (const char* path :
       {".woodpecker.yml", ".woodpecker/test.yaml", ".crow/a.yml", ".drone.yml", ".vela.yml",
        "bitbucket-pipelines.yml", "azure-pipelines.yml", ".azuredevops/a.yml", "dev-compose.yml",
        "Docker-Compose.yml", ".circleci/jobs/a.yml", "batect.yml", "roles/x/tasks/main.yml",
        "workflow-templates/a.yml", ".github/workflows/deep/a.yml", "x.gitlab-ci.yaml"})
    check_rows({{path, step, python_39 + "@2:19"}});
  check_rows({
      {"bitbucket-pipelines.yml", "a:\n  - pipe: docker://python:3.9\n", python_39 + "@2:27"},
      {"cloudbuild.yaml", "steps:\n- name: python:3.9\n", python_39 + "@2:16"},
      {"tool.container", "[Container]\nImage=docker.io/library/python:3.9\n", python_39 + "@2:32"},
      {"tool.image", "\x7f\x45\x4c\x46 binary", ""},
      {".gitlab-ci.yml",
       "a:\n  parallel:\n    matrix:\n      - PY: ['3.9', '3.12']\n  image: python:$PY\n",
       python_39 + "@4:15\npython [python] 3.12 -> 3.12 series [3.12, 3.13) @4:22"},
      {".woodpecker.yml", "matrix: {PY: ['3.9']}\nsteps: {a: {image: \"python:${PY}\"}}\n",
       python_39 + "@1:16"},
  });
}

TEST_CASE("manifests of Kubernetes, kustomizations and values of Helm's charts") {
  const std::string manifest = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n";
  check_rows({
      {"deploy/pod.yaml", manifest + "  - image: python:3.9\n", python_39 + "@5:19"},
      {"deploy/pod.yaml", manifest + "  - name: x\n    image: \"node:22\" # why\n",
       "node [node] 22 -> 22 series [22.0.0, 23.0.0) @6:18"},
      {"templates/pod.yaml", manifest + "  {{- if .x }}\n  - image: \"python:3.9\"\n  {{ end }}\n",
       python_39 + "@6:20"},
      {"templates/pod.yaml",
       manifest +
           "  - image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\" # python\n",
       ""},
      {"openapi.yaml", "image: python:3.9\n", ""},
      {"broken.yaml", "python: [\n", ""},
      {"values.yaml", "image:\n  repository: python\n  tag: \"3.9\"\n", python_39 + "@3:9"},
      {"chart/values-prod.yaml",
       "workerImage: {registry: docker.io, repository: library/python, version: '3.9'}\n",
       python_39 + "@1:74"},
      {"values.yaml", "image: {repository: python, tag: 3.10}\n",
       "python [python] 3.10 -> 3.10 unreadable @1:34"},
      {"values.yaml", "image: {repository: other, tag: 3}\nx: {repository: python, tag: 3}\n", ""},
      {"values.yaml", "a: {repository: x}\nsidecarImage: python:3.9\n", python_39 + "@2:22"},
      {"kustomization.yaml",
       "images:\n- name: app\n  newName: python\n  newTag: '3.9'\n- name: node\n  newTag: \"22\"\n",
       python_39 + "@4:12\nnode [node] 22 -> 22 series [22.0.0, 23.0.0) @6:12"},
  });
}

TEST_CASE("versions that a workflow lists, in every form, are members of one list") {
  const auto workflow = [](const std::string& matrix, const std::string& version) {
    return "jobs:\n a:\n  strategy: {matrix: " + matrix +
           "}\n  steps:\n  - uses: actions/setup-python@v5\n    with:\n     python-version: " +
           version + "\n";
  };
  const struct {
    std::string matrix, version;
  } rows[] = {
      {"{v: ['3.9', '3.12']}", "${{ matrix.v }}"},
      {"{include: [{v: '3.9'}, {v: '3.12'}]}", "${{ matrix.v }}"},
      {"{v: ['3.9'], include: [{v: '3.12'}]}", "${{ matrix.v }}"},
      {"{c: [{v: '3.9'}, {v: '3.12'}]}", "${{ matrix.c.v }}"},
      {"{include: [{c: {v: '3.9'}}, {c: {v: '3.12'}}]}", "${{ matrix.c.v }}"},
      {"{x: [1]}", "['3.9', '3.12']"},
      {"{x: [1]}", "|\n      3.9\n      3.12"},
      {"{x: [1]}", "${{ fromJSON('[\"3.9\", \"3.12\"]') }}"},
      {"{v: \"${{ fromJson('['3.9']') }}\", exclude: [{v: '3.11'}], include: [{v: '3.9'}, {v: "
       "'3.12'}]}",
       "${{ matrix.v }}"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.matrix);
    CAPTURE(row.version);
    const RepositoryFile file{".github/workflows/a.yml", workflow(row.matrix, row.version)};
    const FoundPins found = finder().find(file);
    check_places(file, found);
    std::vector<std::string> versions;
    for (const Pin& pin : found.pins) {
      if (pin.form == PinForm::moving) continue;
      versions.push_back(pin.version);
      CHECK(pin.list > 0);
      CHECK(pin.list == found.pins.back().list);
    }
    CHECK(join(versions, " ") == "3.9 3.12");
  }
}

TEST_CASE("a version that stands alone is a member of no list") {
  const FoundPins found = finder().find(
      {".github/workflows/a.yml",
       "on: {workflow_dispatch: {inputs: {v: {default: '3.9'}}}}\njobs:\n a:\n  steps:\n"
       "  - uses: actions/setup-python@v5\n    with: {python-version: '${{ inputs.v }}'}\n"});
  CHECK(summary(found) == "python [python-version] 3.9 -> 3.9 series [3.9, 3.10) @1:49");
  REQUIRE(found.pins.size() == 1);
  CHECK(found.pins[0].list == 0);
}

TEST_CASE("variables of CI that name a runtime") {
  check_rows({
      {".github/workflows/a.yml", "env: {UV_PYTHON: '3.9'}\n",
       "python [UV_PYTHON] 3.9 -> 3.9 series [3.9, 3.10) @1:19"},
      {".github/workflows/a.yml", "jobs: {a: {env: {NODE_VERSION: 22.x}}}\n",
       "node [NODE_VERSION] 22.x -> 22.x series [22.0.0, 23.0.0) @1:32"},
      {".gitlab-ci.yml", "variables:\n  PYTHON_VERSION: {value: '3.9'}\n",
       "python [PYTHON_VERSION] 3.9 -> 3.9 series [3.9, 3.10) @2:28"},
      {".gitlab-ci.yml",
       "variables:\n  PYTHON_VERSION: '3.9'\na: {image: 'python:$PYTHON_VERSION'}\n",
       python_39 + "@2:20"},
      {".github/workflows/a.yml", "env: {UV_PYTHON: '${{ matrix.v }}', UV_PYTHON_X: '3.9'}\n", ""},
      {".github/workflows/a.yml", "with: {UV_PYTHON: '3.9'}\n", ""},
  });
}

TEST_CASE("packages of conda and pixi") {
  const auto conda = [](const std::string& item) {
    return "name: x\nchannels: [conda-forge]\ndependencies:\n  - " + item + "\n";
  };
  const std::string python = "python [python] ";
  check_rows({
      {"environment.yml", conda("python=3.9"), python + "=3.9 -> 3.9 series [3.9, 3.10) @4:11"},
      {"environment.yaml", conda("python==3.9.1"), python + "==3.9.1 -> 3.9.1 exact {3.9.1} @4:11"},
      {"environment-dev.yml", conda("python 3.9.*"),
       python + "3.9.* -> 3.9 series [3.9, 3.10) @4:12"},
      {"conda.yml", conda("conda-forge::python=3.9=h1_0_cpython"),
       python + "=3.9=h1_0_cpython -> 3.9 series [3.9, 3.10) @4:24"},
      {"environment.yml", conda("'python>=3.9,<3.12'"),
       python + ">=3.9,<3.12 -> >=3.9,<3.12 range [3.9, 3.12) @4:12"},
      {"environment.yml", conda("python"), python + " ->  moving @4:11"},
      {"environment.yml", conda("nodejs=22"),
       "node [nodejs] =22 -> 22 series [22.0.0, 23.0.0) @4:11"},
      {"environment.yml", conda("nodejs>=20,<23"),
       "node [nodejs] >=20,<23 -> >=20,<23 range [20.0.0, 23.0.0) @4:11"},
      {"environment.yml", conda("openjdk=21"), "java [openjdk] =21 -> 21 series [21, 22) @4:12"},
      {"environment.yml", conda("php=8.3"), "php [php] =8.3 -> 8.3 series [8.3, 8.4) @4:8"},
      {"environment.yml", conda("python-dateutil=3\n  - pip: ['python==3']"), ""},
      {"environment.yml", "python: [",
       "! environment.yml:1:10: not YAML: did not find expected node content"},
      {"conda.yml", "a: [python dependencies", ""},
      {"pixi.toml", "[dependencies]\npython = \"3.9.*\"\nnodejs = {version = \">=20,<23\"}\n",
       python + "3.9.* -> 3.9 series [3.9, 3.10) @2:11\n"
                "node [nodejs] >=20,<23 -> >=20,<23 range [20.0.0, 23.0.0) @3:22"},
      {"pixi.toml", "[feature.a.target.linux-64.dependencies]\npython = \"*\"\n",
       python + "* ->  moving @2:11"},
      {"pyproject.toml", "[tool.pixi.dependencies]\npython = \"==3.9.1\"\n",
       python + "==3.9.1 -> 3.9.1 exact {3.9.1} @2:11"},
      {"devbox.json", "{\"packages\": [\"python@3.9\", \"nodejs@latest\", \"git@2\"]}",
       "python [packages] python@3.9 -> 3.9 series [3.9, 3.10) @1:16\n"
       "node [packages] nodejs@latest -> latest moving @1:30"},
  });
}

TEST_CASE("what packages of Python require") {
  const std::string required = "python [python_requires] >=3.9 -> >=3.9 range ";
  check_rows({
      {"setup.py", "setup(\n    python_requires=\">=3.9\",\n)\n", required + "[3.9, *) @2:22"},
      {"setup.py", "setup(python_requires = '>=3.9')\n", required + "[3.9, *) @1:26"},
      {"setup.py", "# python_requires='>=3.9'\nmy_python_requires='>=3'\npython_requires=x\n", ""},
      {"setup.cfg", "[options]\npython_requires = >=3.9\n", required + "[3.9, *) @2:19"},
  });
}
