// What files say by being there, or by naming an outdated builder.
#include "judge_support.h"
#include "pins/judge_rules.h"
#include "pins/judge_track.h"

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
  const char* rule;  // empty: no finding
  int line;
  const char* says;
};

}  // namespace

TEST_CASE("files that a builder does not read, and bots that cannot be held") {
  const Case cases[] = {
      {"an Aptfile on 24.04", "Aptfile", "libvips\n", "default", "2026-08-20", "unread-file", 1,
       "on 22.04 only"},
      {"an Aptfile on 22.04", "Aptfile", "libvips\n", "deprecated", "2026-04-10", "", 0, ""},
      {"in a subfolder", "sub/Aptfile", "libvips\n", "default", "2026-08-20", "", 0, ""},
      {"packages on 22.04", "project.toml",
       "# x\n[com.heroku.buildpacks.deb-packages]\ninstall = [\"x\"]\n", "deprecated", "2026-04-10",
       "unread-packages", 2, "Aptfile"},
      {"packages on 24.04", "project.toml", "[com.heroku.buildpacks.deb-packages]\n", "default",
       "2026-08-20", "", 0, ""},
      {"pipup's settings", ".pipup.yaml", "requirements: []\n", "default", "2026-08-20",
       "uncapped-bot", 1, "fix --upgrade"},
      {"a workflow that runs it", ".github/workflows/update.yml",
       "on: push\njobs:\n  x:\n    steps:\n      - uses: infrabits/pipup@v1\n", "default",
       "2026-08-20", "uncapped-bot", 5, "no cap"},
      {"another workflow", ".github/workflows/test.yml", "on: push\n", "default", "2026-08-20", "",
       0, ""},
  };
  for (const Case& it : cases) {
    CAPTURE(it.name);
    const auto judgement = judged({{it.file, it.text}}, it.track, it.date);
    const PinFinding* finding = nullptr;
    for (const PinFinding& each : judgement.findings)
      if (!each.is_of_pin()) finding = &each;
    CHECK((finding != nullptr) == (*it.rule != '\0'));
    if (!finding) continue;
    CHECK(finding->rule == it.rule);
    CHECK(finding->pin.line == it.line);
    CHECK_MESSAGE(has(finding->reason, it.says), finding->reason);
  }
}

TEST_CASE("a builder image that no track uses is named with those that are used") {
  const std::string image = "tools-harbor.wmcloud.org/toolforge/heroku-builder";
  struct Row {
    const char* name;
    std::string file;
    std::string text;
    int findings;
    const char* says;
  };
  const Row rows[] = {
      {"an old tag", "README.md", "pack build --builder " + image + ":22 x\n", 1,
       "heroku-builder:22 is not the builder of any track; today default is "
       "heroku-builder:24_0.21.8"},
      {"at the end of a sentence", "README.md", "We use " + image + ":24_0.20.7.\n", 1,
       "24_0.20.7 is"},
      {"the current one", "README.md", image + ":24_0.21.8\n", 0, ""},
      {"the latest one", ".github/workflows/a.yml", "x: " + image + ":24_20260511\n", 0, ""},
      {"that of a track which ended", ".gitlab-ci.yml", "x: " + image + ":22_20240105\n", 1,
       "deprecated track, which has ended"},
      {"without a tag", "README.md", image + " is the builder\n", 0, ""},
      {"twice", "project.toml", image + ":22\n" + image + ":23\n", 2,
       "not the builder of any track"},
      {"another image", "README.md", "heroku/builder:22\n", 0, ""},
      {"a file in which nobody looks", "src/x.py", image + ":22\n", 0, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto judgement = judged({{row.file, row.text}}, "default", "2026-08-20");
    int findings = 0;
    for (const PinFinding& finding : judgement.findings) {
      if (finding.rule != judge_rule::stale_builder) continue;
      ++findings;
      CHECK_MESSAGE(has(finding.reason, row.says), finding.reason);
    }
    CHECK(findings == row.findings);
  }
}

TEST_CASE("the track that the components of a repository choose") {
  struct Row {
    const char* name;
    const char* text;
    const char* track;  // empty: none chosen
    const char* says;
  };
  const std::string head = "config_version: v1beta1\ncomponents:\n";
  const Row rows[] = {
      {"one on latest",
       "  web:\n    build:\n      repository: https://x\n      use_latest_versions: true\n",
       "latest", "component web of toolforge.yaml"},
      {"nothing said", "  web:\n    build:\n      repository: https://x\n", "default", "web"},
      {"false", "  web:\n    build:\n      use_latest_versions: false\n", "default", "web"},
      {"latest wins",
       "  web:\n    build:\n      use_latest_versions: true\n      use_deprecated_versions: true\n",
       "latest", "web"},
      {"deprecated", "  web:\n    build: {use_deprecated_versions: true}\n", "deprecated", "web"},
      {"a component that takes another's image",
       "  web:\n    build:\n      use_latest_versions: true\n  job:\n    build:\n      reuse_from: "
       "web\n",
       "latest", "component web"},
      {"they agree",
       "  a:\n    build: {use_latest_versions: true}\n  b:\n    build: {use_latest_versions: "
       "true}\n",
       "latest", "components a and b"},
      {"they differ", "  a:\n    build: {use_latest_versions: true}\n  b:\n    build: {}\n",
       "default", "a on latest and b on default"},
      {"no build", "  web:\n    run: {}\n", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto chosen =
        track_of_components({"toolforge.yaml", head + row.text}, embedded_rules().platform);
    REQUIRE(chosen);
    CHECK((*chosen ? (*chosen)->track : "") == std::string(row.track));
    if (*chosen) CHECK_MESSAGE(has((*chosen)->reason, row.says), (*chosen)->reason);
  }
  CHECK_FALSE(track_of_components({"toolforge.yaml", "components: ["}, embedded_rules().platform));
}
