// Names and values made to be obeyed by a terminal or by the runner of a CI, given to every command
// that shows them. Nothing of it leaves the program raw, in any format.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/printable.h"
#include "support/hostile_texts.h"
#include "support/paths.h"
#include "support/program.h"

using namespace buildable::test;
namespace fs = std::filesystem;
using buildable::testing::program_file;

namespace {

void check_clean(const Ran& ran, bool of_github = false) {
  CHECK(raw_in(ran.out, of_github) == "");
  CHECK(raw_in(ran.err, false) == "");
}

// In a file that the shell reads, so that no quoting is needed.
std::string argument(const Scratch& scratch, const std::string& text) {
  put(scratch / "argument", text);
  return "\"$(cat argument)\"";
}

Ran run_with(const Scratch& scratch, const std::string& words) {
  return run_shell_in(scratch.path, program_file() + " " + words);
}

// A repository in a directory of that name, with pins and settings that say it, too.
void make_repository(const Scratch& scratch, const std::string& text) {
  const fs::path root = scratch / "repo";
  put(root / text / ".python-version", "3.6\n");
  put(root / text / "requirements.txt", "flask\n");
  put(root / "a" / ".python-version", text + "\n");
  put(root / "b" / ".python-version", "3.6 # " + text + "\n");
  put(root / "c" / "package.json",
      "{\"engines\": {\"node\": " +
          nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
          "}}\n");
  put(root / "d" / ".tool-versions", "python 3.6\n" + text + " 1\nnodejs " + text + "\n");
  put(root / "e" / "runtime.txt", "python-" + text + "\n");
  put(root / "f" / "Dockerfile", "FROM python:" + text + "\nFROM " + text + "\n");
  put(root / "g" / ".nvmrc", "12\n");
  put(root / "g" / ".node-version", text);
}

}  // namespace

TEST_CASE("check shows hostile names and values harmlessly in every format") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(buildable::printable(text));
    const Scratch scratch;
    make_repository(scratch, text);
    for (const std::string format : {"text", "json", "sarif", "codequality", "github", "junit"}) {
      CAPTURE(format);
      const Ran ran =
          run_with(scratch, "check repo repo/" + argument(scratch, text) + " --format " + format);
      check_clean(ran, format == "github");
      const bool json = format == "json" || format == "sarif" || format == "codequality";
      CHECK(ran.out.size() > 100);
      if (json) CHECK(nlohmann::json::accept(ran.out));
    }
    check_clean(run_with(scratch, "check repo --color always --format github"), true);
  }
}

TEST_CASE("fix and apply show hostile texts harmlessly and write them as they are") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(buildable::printable(text));
    const Scratch scratch;
    make_repository(scratch, text);
    const fs::path named = scratch / "repo" / text / ".python-version";
    check_clean(run_with(scratch, "fix repo --dry-run"));
    CHECK(content(named) == "3.6\n");
    const Ran fixed = run_with(scratch, "fix repo");
    check_clean(fixed);
    CHECK(content(named) != "3.6\n");
    const std::string left = content(scratch / "repo/b/.python-version");
    CHECK(left.find(text.substr(text.rfind('\n') + 1)) != std::string::npos);
    check_clean(run_with(scratch, "fix " + argument(scratch, "repo/" + text)));

    put(scratch / "repo/renovate.json",
        "{\"extends\": [], \"description\": \"x\"} // " + text + "\n");
    check_clean(run_with(scratch, "apply repo --preset 'local>g/r:{track}'"));
    check_clean(run_with(scratch, "apply " + argument(scratch, text)));
    check_clean(run_with(scratch, "apply repo --preset " + argument(scratch, text)));
    put(scratch / "repo/.github/dependabot.yml",
        "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n    # " + text +
            "\n    schedule: {interval: daily}\n");
    check_clean(run_with(scratch, "apply repo --preset 'local>g/r:{track}'"));
  }
}

TEST_CASE("errors about hostile names and arguments are harmless") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(buildable::printable(text));
    const Scratch scratch;
    put(scratch / text, "not a snapshot, no key: " + text);
    put(scratch / "settings.toml", "track = \"" + text + "\"\n" + text);
    put(scratch / "tree/manifest.json", text);
    REQUIRE(run_in(scratch.path, "keygen --out good").code == 0);
    const std::string it = argument(scratch, text);
    for (const std::string& words :
         std::vector<std::string>{"check " + it,
                                  "check --paths-from argument",
                                  "check --track " + it + " .",
                                  "fix --track " + it + " .",
                                  "explain python " + it,
                                  "explain " + it + " 3",
                                  "versions " + it,
                                  "versions --track " + it,
                                  "versions --config " + it,
                                  "versions --config settings.toml",
                                  "diff " + it + " " + it,
                                  "generate --out out --snapshot " + it,
                                  "generate --out " + it + "/x/y --base-url " + it,
                                  "verify " + it + " --key good.pub",
                                  "verify tree --key " + it,
                                  "verify tree --key good.pub --not-older-than " + it,
                                  "keygen --out " + it,
                                  it,
                                  "check --" + it,
                                  "publish --repo " + it,
                                  "publish --repo . --branch " + it,
                                  "publish --repo . --path " + it,
                                  "verify https://" + it + " --key good.pub",
                                  "completion " + it,
                                  "builder --track " + it}) {
      CAPTURE(words);
      const Ran ran = run_with(scratch, words);
      check_clean(ran);
    }
  }
}
