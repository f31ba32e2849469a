// What a repository's own limits for bots do about runtimes.
#include "bots/lint.h"

#include "base/text.h"
#include "bots/ignores.h"
#include "bots/support.h"
#include "support/growth.h"

using namespace buildable;
using namespace buildable::bots;
using namespace buildable::testing;

namespace {

const TrackPolicy track = sample_track();
const Rules rules = sample_rules();
const UpdatedDependencies used{
    {"docker",
     {{"node", from("node", Scheme::semver, "22.1.0")},
      {"python", from("python", Scheme::pep440, "3.12")}}},
    {"conda", {{"python", from("python", Scheme::pep440, "3.12")}}},
};
const LintContext context{rules, track, used};

std::vector<std::string> shown(const std::vector<pins::PinFinding>& findings) {
  std::vector<std::string> lines;
  for (const pins::PinFinding& each : findings)
    lines.push_back(each.rule + " " + std::to_string(each.pin.line) + ":" +
                    std::to_string(each.pin.column) + " " + each.pin.value);
  return lines;
}

std::vector<std::string> of_dependabot(const std::string& ecosystem, const std::string& entries) {
  const std::string text =
      "updates:\n  - package-ecosystem: " + ecosystem + "\n    ignore:\n" + entries;
  return shown(lint_dependabot({".github/dependabot.yml", text}, context));
}

std::vector<std::string> of_renovate(const std::string& rule) {
  return shown(lint_renovate({"renovate.json", "{\"packageRules\": [" + rule + "]}"}, context));
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("ignore entries: nothing held back, what can be built, what is let through") {
  struct Case {
    const char* name;
    const char* ecosystem;
    const char* entries;
    Lines says;
  };
  const Case cases[] = {
      {"matches nothing under docker",
       "docker",
       "      - dependency-name: node\n        versions: [\"23.x\"]\n",
       {"idle-bot-rule 5:20 node 23.x", "leaking-bot-rule 4:9 node"}},
      {"GitHub refuses the file",
       "docker",
       "      - dependency-name: node\n        versions: [\"25.*\"]\n",
       {"broken-bot-rule 5:20 node 25.*"}},
      {"holds back what can be built",
       "docker",
       "      - dependency-name: python\n        versions: [\">= 3.14\"]\n",
       {"blocking-bot-rule 5:20 python >= 3.14"}},
      {"one series too high",
       "docker",
       "      - dependency-name: python\n        versions: [\">= 3.16.a\"]\n",
       {"leaking-bot-rule 4:9 python"}},
      {"right",
       "docker",
       "      - dependency-name: python\n        versions: [\">= 3.14.5.a\"]\n",
       {}},
      {"right, in another case and with update-types beside",
       "docker",
       "      - dependency-name: Python\n        versions: [\">= 3.14.5.a\"]\n"
       "      - dependency-name: python\n        update-types: [\"version-update:semver-major\"]\n",
       {}},
      {"right together",
       "docker",
       "      - dependency-name: node\n        versions: [\">= 22.22.a, < 23\", \">= 23.a, < "
       "24.a\"]\n"
       "      - dependency-name: node\n        versions: [\">= 24.15.a\"]\n",
       {}},
      {"everything is held back: that is meant so",
       "docker",
       "      - dependency-name: node\n",
       {}},
      {"with wildcards",
       "docker",
       "      - dependency-name: \"nod*\"\n        versions: [\"99.x\"]\n",
       {"idle-bot-rule 5:20 node 99.x", "leaking-bot-rule 4:9 node"}},
      {"about everything",
       "docker",
       "      - dependency-name: \"*\"\n        versions: [\"1.x\"]\n",
       {}},
      {"about no runtime",
       "docker",
       "      - dependency-name: django\n        versions: [\"5.x\", \"6.*\"]\n",
       {}},
      {"a name that the repository does not use",
       "docker",
       "      - dependency-name: library/node\n        versions: [\"23.x\", \">= 24\"]\n",
       {"idle-bot-rule 5:20 library/node 23.x", "idle-bot-rule 4:26 library/node"}},
      {"a name beside that which the repository uses",
       "docker",
       "      - dependency-name: library/node\n      - dependency-name: node\n",
       {}},
      {"with a registry",
       "docker",
       "      - dependency-name: docker.io/python\n        versions: [\">= 3.15\"]\n",
       {"idle-bot-rule 4:26 docker.io/python"}},
      {"with a tag",
       "docker",
       "      - dependency-name: \"python:3.12\"\n",
       {"idle-bot-rule 4:26 python:3.12"}},
      {"a runtime that pip never moves",
       "pip",
       "      - dependency-name: python\n        versions: [\">= 3.15\"]\n",
       {"idle-bot-rule 4:26 python"}},
      {"a library", "pip", "      - dependency-name: python-dateutil\n", {}},
      {"Ruby under Bundler",
       "bundler",
       "      - dependency-name: ruby\n",
       {"idle-bot-rule 4:26 ruby"}},
      {"a suffix does nothing",
       "docker",
       "      - dependency-name: python\n        versions: [\">= 3.14.5.a-slim\"]\n",
       {}},
      {"below where the repository is",
       "docker",
       "      - dependency-name: python\n        versions: [\"< 3.12\", \">= 3.14.5.a\"]\n",
       {}},
      {"a text instead of a list",
       "npm",
       "      - dependency-name: node\n        versions: 23.x\n",
       {}},
      {"conda: a comma is or",
       "conda",
       "      - dependency-name: python\n        versions: [\">=3.14,<4\"]\n",
       {"blocking-bot-rule 5:20 python >=3.14,<4"}},
      {"an ecosystem of no runtime",
       "cargo",
       "      - dependency-name: node\n        versions: [\"23.*\"]\n",
       {}},
  };
  for (const Case& it : cases) {
    CAPTURE(std::string(it.name));
    CHECK(join(of_dependabot(it.ecosystem, it.entries), "; ") == join(it.says, "; "));
  }
}

TEST_CASE("for sbt a series is said in Maven's brackets") {
  const UpdatedDependencies sbt{
      {"sbt", {{"org.scala-sbt:sbt", from("node", Scheme::semver, "22.1.0")}}}};
  const auto found = lint_dependabot(
      {"d",
       "updates:\n  - package-ecosystem: sbt\n    ignore:\n"
       "      - dependency-name: \"org.scala-sbt:sbt\"\n        versions: [\"2.x\"]\n"},
      {rules, track, sbt});
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().reason.find("Write \"[2.0.0-alpha,3.0.0-alpha)\", or") != std::string::npos);
}

TEST_CASE("what is meant is said in the words that the ecosystem reads") {
  const auto reasons = [](const std::string& range) {
    const auto found = lint_dependabot({"d",
                                        "updates:\n  - package-ecosystem: docker\n    ignore:\n"
                                        "      - dependency-name: node\n        versions: [\"" +
                                            range + "\"]\n"},
                                       context);
    return found.empty() ? std::string() : found.front().reason;
  };
  CHECK(reasons("23.x").find("Write \">= 23.a, < 24.a\", or remove it.") != std::string::npos);
  CHECK(reasons("3.14.*").find("Write comparisons: \">= 3.14.a, < 3.15.a\".") != std::string::npos);
  CHECK(reasons("^23").find("Write comparisons: \">= 3, < 4\".") != std::string::npos);
  CHECK(reasons("99999999999999999999.x").find("Write") == std::string::npos);
}

TEST_CASE("a tag of two numbers is judged by such tags") {
  UpdatedDependency tag = from("python", Scheme::pep440, "3.12");
  tag.tag_parts = 2;
  const UpdatedDependencies by_tag{{"docker", {{"python", tag}}}};
  const LintContext of_tags{rules, track, by_tag};
  const auto says = [&](const std::string& ranges) {
    return join(shown(lint_dependabot({"d",
                                       "updates:\n  - package-ecosystem: docker\n    ignore:\n"
                                       "      - dependency-name: python\n        versions: [" +
                                           ranges + "]\n"},
                                      of_tags)),
                "; ");
  };
  CHECK(says("\"> 3.14\"") == "");
  CHECK(says("\">= 3.15\"") == "");
  CHECK(says("\">= 3.15.a\"") == "");
  CHECK(says("\">= 3.14.5\"") == "");
  CHECK(says("\">= 3.15\", \"3.14\"") == "blocking-bot-rule 5:31 python 3.14");
  CHECK(says("\">= 3.15\", \"3.14.4\"") == "");
  CHECK(says("\">= 3.15\", \"3.11\"") == "");
  CHECK(says("\">= 3.16\"") == "leaking-bot-rule 4:9 python");
  CHECK(says("\">= 3.13\"") == "blocking-bot-rule 5:20 python >= 3.13");
}

TEST_CASE("what `apply` writes gives no finding") {
  IgnoreRenderer renderer;
  for (const auto& [ecosystem, names] : used) {
    std::string entries;
    for (const auto& [name, dependency] : names) {
      const auto& ranges =
          renderer.versions(*track.find(dependency.runtime), dependency,
                            *dependabot_grammar_of(ecosystem), IgnoreRenderer::From::lowest);
      CHECK_FALSE(ranges.empty());
      entries += "      - dependency-name: \"" + name + "\"\n        versions: [\"" +
                 join(ranges, "\", \"") + "\"]\n";
    }
    CAPTURE(entries);
    CHECK(of_dependabot(ecosystem, entries) == Lines{});
  }
}

TEST_CASE("allowedVersions: what is held back and what is let through") {
  struct Case {
    const char* rule;
    Lines says;
  };
  const Case cases[] = {
      {R"({"matchPackageNames": ["python"], "allowedVersions": "<3.14"})",
       {"blocking-bot-rule 1:72 <3.14"}},
      {R"({"matchPackageNames": ["python"], "allowedVersions": "<4"})",
       {"leaking-bot-rule 1:72 <4"}},
      {R"({"matchPackageNames": ["python"], "allowedVersions": "<=3.14.4"})", {}},
      {R"({"matchDepNames": ["node"], "allowedVersions": "^22 || ^24"})",
       {"leaking-bot-rule 1:66 ^22 || ^24"}},
      {R"({"matchDepNames": ["node"], "allowedVersions": "/^24\\./"})", {}},
      {R"({"matchDepNames": ["node"], "allowedVersions": "<={{major}}"})", {}},
      {R"({"matchDepNames": ["node"], "allowedVersions": "banana"})", {}},
      {R"({"matchDepNames": ["react"], "allowedVersions": "<18"})", {}},
      {R"({"matchDepNames": ["node"]})", {}},
      {R"({"matchDepNames": ["node"], "allowedVersions": null})", {}},
      // What the versioning refuses is read as npm reads it.
      {R"({"matchPackageNames": ["python"], "allowedVersions": "^3.12"})",
       {"leaking-bot-rule 1:72 ^3.12"}},
      {R"({"matchPackageNames": ["python"], "allowedVersions": "*"})", {"leaking-bot-rule 1:72 *"}},
      {R"({"matchPackageNames": ["python"], "allowedVersions": "3.12.x"})",
       {"blocking-bot-rule 1:72 3.12.x"}},
      {R"({"matchPackageNames": ["python"], "allowedVersions": "3.14"})",
       {"blocking-bot-rule 1:72 3.14"}},
      {R"({"matchDatasources": ["docker"], "matchPackageNames": ["node"], "allowedVersions": "24"})",
       {"blocking-bot-rule 1:102 24"}},
      {R"({"matchPackageNames": ["java"], "allowedVersions": "<21"})",
       {"blocking-bot-rule 1:70 <21"}},
      {R"({"matchPackageNames": ["java"], "allowedVersions": "<30"})",
       {"leaking-bot-rule 1:70 <30"}},
      // By other words.
      {R"({"matchPackageNames": ["docker.io/library/node"], "allowedVersions": "<30"})",
       {"leaking-bot-rule 1:88 <30"}},
      {R"({"matchPackageNames": ["/^python$/"], "allowedVersions": "<4"})",
       {"leaking-bot-rule 1:76 <4"}},
      {R"({"matchPackageNames": ["py*"], "allowedVersions": "<4"})", {"leaking-bot-rule 1:69 <4"}},
      {R"({"matchPackageNames": ["*"], "allowedVersions": "<4"})", {}},
      {R"({"matchPackageNames": ["!python"], "allowedVersions": "<4"})", {}},
      {R"({"matchPackagePatterns": ["^python$"], "allowedVersions": "<4"})",
       {"leaking-bot-rule 1:77 <4"}},
      {R"({"matchPackagePatterns": ["^py(thon|pi)$"], "allowedVersions": "<4"})", {}},
      {R"({"matchManagers": ["pyenv"], "allowedVersions": "<4"})", {"leaking-bot-rule 1:67 <4"}},
      {R"({"matchDatasources": ["node-version"], "allowedVersions": "<30"})",
       {"leaking-bot-rule 1:77 <30"}},
      {R"({"matchDatasources": ["npm"], "allowedVersions": "<30"})", {}},
      {R"({"matchManagers": ["pyenv"], "matchDepNames": ["x"], "allowedVersions": "<4"})", {}},
      {R"({"matchPackageNames": ["nodejs/node"], "allowedVersions": "<30"})",
       {"leaking-bot-rule 1:77 <30"}},
  };
  for (const Case& it : cases) {
    CAPTURE(std::string(it.rule));
    CHECK(join(of_renovate(it.rule), "; ") == join(it.says, "; "));
  }
  CHECK(
      lint_renovate({"package.json", R"({"renovate": {"packageRules": [{"matchDepNames": ["node"],)"
                                     R"( "allowedVersions": "<22"}]}})"},
                    context)
          .size() == 1);
}

TEST_CASE("findings of limits never fail a deployment, whatever the file holds") {
  for (const char* text : {"", "[", "updates: 1", "updates: [1, {ignore: {a: b}}, {ignore: [1]}]",
                           "updates:\n  - package-ecosystem: docker\n    ignore:\n      - a\n"})
    CHECK(lint_dependabot({".github/dependabot.yml", text}, context).empty());
  for (const char* text : {"", "[", "[]", "{\"packageRules\": 1}", "{\"packageRules\": [1, []]}"})
    CHECK(lint_renovate({"renovate.json", text}, context).empty());
  const auto found =
      lint_dependabot({".github/dependabot.yml",
                       "updates:\n  - package-ecosystem: docker\n    ignore:\n"
                       "      - dependency-name: node\n        versions: [\"2*\", \"3.x\"]\n"},
                      context);
  CHECK(found.size() == 2);
  for (const pins::PinFinding& each : found) CHECK(each.level != Level::error);
}

TEST_CASE("limits and pins cost in proportion") {
  check_linear(
      "conditions",
      [](std::size_t count) {
        return repeated("updates:\n  - package-ecosystem: docker\n    ignore:\n",
                        "      - dependency-name: \"n*\"\n        versions: [\"= 9.#.0\"]\n",
                        count);
      },
      [](const std::string& text) {
        lint_dependabot({".github/dependabot.yml", text}, context);
      });
  check_linear(
      "distinct pins of one name", [](std::size_t count) { return std::string(count, 'x'); },
      [](const std::string& text) {
        DependencyCollector collector(rules);
        pins::Pin pin;
        pin.runtime = "node";
        pin.file = "Dockerfile";
        pin.image = "node";
        pin.form = pins::PinForm::exact;
        for (std::size_t i = 0; i < text.size(); ++i) {
          pin.version = "22." + std::to_string(2 * i) + ".0";
          pin.accepts = VersionSet::of(*Version::parse(Scheme::semver, pin.version));
          collector.add(pin);
        }
        CHECK(collector.all()["docker"].size() == 1);
      });
}
