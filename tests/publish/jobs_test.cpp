// The job definitions under docs/jobs/, as far as the system's own tools read them, and the options
// that they give to the program.
#include <doctest/doctest.h>

#include <yaml.h>

#include <regex>

#include "publish/repository.h"
#include "support/paths.h"

using namespace buildable::test;
using buildable::testing::program_file;
using buildable::testing::source_dir;

namespace {

const std::filesystem::path jobs = source_dir() / "docs" / "jobs";

// What is wrong with the YAML; empty: nothing.
std::string yaml_problem(const std::string& text) {
  yaml_parser_t parser;
  REQUIRE(yaml_parser_initialize(&parser) == 1);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  std::string problem;
  bool done = false;
  while (!done && problem.empty()) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      problem =
          std::string(parser.problem) + " in line " + std::to_string(parser.problem_mark.line + 1);
      break;
    }
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return problem;
}

}  // namespace

TEST_CASE("YAML that is YAML") {
  for (const char* name : {"jobs.yaml", "gitlab-ci.yml", "github-actions.yml"}) {
    CAPTURE(name);
    const std::string text = content(jobs / name);
    REQUIRE(!text.empty());
    CHECK(yaml_problem(text) == "");
    CHECK_FALSE(has(text, "\t"));
  }
  CHECK(yaml_problem("a: [b") != "");
}

TEST_CASE("units that systemd takes, and that expose little") {
  const Scratch scratch;
  if (run_shell_in(scratch.path, "command -v systemd-analyze").code != 0) {
    MESSAGE("skipped: no systemd-analyze");
    return;
  }
  std::string service = content(jobs / "buildable-publish.service");
  const std::string program = "/usr/bin/buildable";
  REQUIRE(has(service, program + " "));
  service.replace(service.find(program), program.size(), program_file());
  put(scratch / "buildable-publish.service", service);
  put(scratch / "buildable-publish.timer", content(jobs / "buildable-publish.timer"));
  const Ran verified = run_shell_in(
      scratch.path,
      "systemd-analyze verify --man=no ./buildable-publish.service ./buildable-publish.timer");
  CHECK_MESSAGE(verified.code == 0, verified.err);
  CHECK_MESSAGE(!has(verified.err, "buildable-publish"), verified.err);
  // 0 is not an exposure, 10 is all of it.
  const Ran security = run_shell_in(
      scratch.path,
      "systemd-analyze security --offline=true --threshold=20 ./buildable-publish.service");
  CHECK_MESSAGE(security.code == 0, security.out);
  std::string served = content(jobs / "buildable-serve.service");
  REQUIRE(has(served, program + " "));
  served.replace(served.find(program), program.size(), program_file());
  put(scratch / "buildable-serve.service", served);
  const Ran sound = run_shell_in(scratch.path,
                                 "systemd-analyze verify --man=no ./buildable-serve.service && "
                                 "systemd-analyze security --offline=true --threshold=20 "
                                 "./buildable-serve.service");
  CHECK_MESSAGE(sound.code == 0, sound.out << sound.err);
}

TEST_CASE("every job calls the program with options that it has") {
  const Scratch scratch;
  const std::string help = run_in(scratch.path, "publish --help").out;
  for (const char* name : {"jobs.yaml", "gitlab-ci.yml", "github-actions.yml",
                           "buildable-publish.service", "crontab"}) {
    CAPTURE(name);
    const std::string text = content(jobs / name);
    const auto call = text.find("buildable publish ");
    REQUIRE(call != std::string::npos);
    const std::string line = text.substr(call, text.find('\n', call) - call);
    CHECK(has(line, "--observe"));
    const std::regex option("--[a-z-]+");
    for (std::sregex_iterator it(line.begin(), line.end(), option), end; it != end; ++it)
      CHECK_MESSAGE(has(help, it->str()), it->str());
  }
}

TEST_CASE(
    "no job hides an exit code, and each that runs elsewhere says where the program is from") {
  for (const auto& entry : std::filesystem::directory_iterator(jobs))
    CHECK_FALSE(has(content(entry.path()), "\nSuccessExitStatus"));
  for (const char* name : {"gitlab-ci.yml", "github-actions.yml"})
    for (const char* part : {"BUILDABLE_URL", "BUILDABLE_SHA256", "sha256sum --check"})
      CHECK_MESSAGE(has(content(jobs / name), part), name);
  // The key in the form that `keygen` writes, which is the one that `serve` takes.
  const Scratch scratch;
  REQUIRE(run_in(scratch.path, "keygen --out key").code == 0);
  const std::string key = content(scratch / "key.pub");
  CHECK(
      has(content(jobs / "kubernetes.yaml"), "    " + key.substr(0, key.find(' ')) + " ed25519 "));
}

TEST_CASE("every job is documented, and the documentation names options that there are") {
  std::string documentation;
  for (const auto& entry : std::filesystem::directory_iterator(jobs / ".."))
    if (entry.path().extension() == ".md") documentation += content(entry.path());
  for (const auto& entry : std::filesystem::directory_iterator(jobs))
    CHECK_MESSAGE(has(documentation, "jobs/" + entry.path().filename().string()),
                  entry.path().string());
  const Scratch scratch;
  std::string help;
  for (const char* command : {"publish", "verify", "keygen"})
    help += run_in(scratch.path, std::string(command) + " --help").out;
  const std::string text = content(jobs / "../operating.md");
  const std::regex option("`(--[a-z-]+)");
  for (std::sregex_iterator it(text.begin(), text.end(), option), end; it != end; ++it)
    CHECK_MESSAGE(has(help, (*it)[1].str()), (*it)[1].str());
}
