#include <doctest/doctest.h>
#include <re2/re2.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "emit/embedded.h"
#include "emit/sample.h"

using namespace buildable;
using namespace buildable::emit;
using namespace buildable::testing;
using nlohmann::json;

namespace {

bool limits_versions(const std::string& path) {
  return !path.ends_with("/libraries.json") && !path.ends_with("/take-back.json");
}

bool is_renovate_preset(const std::string& path) {
  return path.starts_with("renovate/") || path == "default.json" || path == "latest.json" ||
         path == "deprecated.json";
}

void check_keys(const json& object, const std::set<std::string>& allowed,
                const std::string& where) {
  for (const auto& member : object.items())
    CHECK_MESSAGE(allowed.contains(member.key()), where << " has " << member.key());
}

std::set<std::string> allowed_top_keys(const std::string& path) {
  std::set<std::string> keys = {"$schema", "description", "packageRules"};
  if (path.ends_with("/coverage.json")) keys.insert({"customManagers", "customDatasources"});
  return keys;
}

std::set<std::string> allowed_rule_keys(const std::string& path) {
  if (path.ends_with("/libraries.json"))
    return {"description", "matchDatasources", "constraints", "constraintsFiltering"};
  if (path.ends_with("/take-back.json"))
    return {"description",       "matchManagers",           "matchDatasources",
            "matchPackageNames", "matchCurrentValue",       "matchJsonata",
            "replacement",       "replacementNameTemplate", "replacementVersionTemplate"};
  return {"description",
          "matchManagers",
          "matchDatasources",
          "matchPackageNames",
          "matchDepTypes",
          "matchUpdateTypes",
          "matchJsonata",
          "allowedVersions",
          "enabled",
          "rollbackPrs",
          "prBodyNotes",
          "minimumReleaseAge",
          "minimumReleaseAgeBehaviour",
          "internalChecksFilter"};
}

std::string expression_of(const json& rule) {
  const std::string allowed = rule.at("allowedVersions");
  REQUIRE(allowed.size() >= 4);
  REQUIRE(allowed.front() == '/');
  REQUIRE(allowed.back() == '/');
  return allowed.substr(1, allowed.size() - 2);
}

json parsed(const Tree& tree, const std::string& path) {
  REQUIRE_MESSAGE(tree.contains(path), path);
  return json::parse(tree.at(path));
}

const json& rule_for(const json& preset, const std::string& datasource,
                     const std::string& package) {
  for (const json& rule : preset["packageRules"])
    if (rule["matchDatasources"].front() == datasource &&
        (package.empty() || rule["matchPackageNames"].front() == package))
      return rule;
  FAIL("no rule for " << datasource << " " << package);
  return preset;
}

std::vector<Tree> all_trees() {
  return {Sample().tree(), Sample().tree("https://tree.example"), embedded_tree(),
          embedded_tree("https://tree.example")};
}

bool allows(const json& rule, const std::string& version) {
  return RE2::FullMatch(version, expression_of(rule));
}

}  // namespace

TEST_CASE("presets hold only the keys that their name says") {
  for (const Tree& tree : all_trees())
    for (const auto& file : tree) {
      const std::string& path = file.first;
      if (!is_renovate_preset(path)) continue;
      const json preset = json::parse(file.second);
      check_keys(preset, allowed_top_keys(path), path);
      for (const json& rule : preset["packageRules"]) {
        check_keys(rule, allowed_rule_keys(path), path);
        // A rule without a matcher would bind everything.
        CHECK_MESSAGE((rule.contains("matchDatasources") || rule.contains("matchJsonata")), path);
        for (const char* matcher : {"matchManagers", "matchDatasources", "matchPackageNames"})
          if (rule.contains(matcher)) CHECK_MESSAGE(!rule[matcher].empty(), path);
      }
    }
}

TEST_CASE("every expression is anchored and read by RE2 and by ECMAScript") {
  std::set<std::string> expressions;
  for (const Tree& tree : all_trees())
    for (const auto& file : tree) {
      const std::string& path = file.first;
      if (!is_renovate_preset(path) || !limits_versions(path)) continue;
      const json preset = json::parse(file.second);
      for (const json& rule : preset["packageRules"])
        if (rule.contains("allowedVersions")) expressions.insert(expression_of(rule));
    }
  CHECK(expressions.size() > 10);
  for (const std::string& expression : expressions) {
    CHECK(expression.front() == '^');
    CHECK(expression.back() == '$');
    CHECK_MESSAGE(RE2(expression, RE2::Quiet).ok(), expression);
    CHECK_NOTHROW(std::regex(expression, std::regex::ECMAScript));
  }
}

TEST_CASE("rules allow what is buildable and nothing else") {
  const Tree tree = Sample().tree();
  const json preset = parsed(tree, "default.json");
  const json& snake = rule_for(preset, "docker", "");
  for (const char* version : {"3.14.0", "3.14", "3.12.99", "v3.14.2", "3.14.2-slim"})
    CHECK_MESSAGE(allows(snake, version), version);
  for (const char* version : {"3.13.1", "3.13", "3.15.0", "4.0.0", "3.14.0rc1", "3.140.1"})
    CHECK_MESSAGE(!allows(snake, version), version);
  const json& knot = rule_for(preset, "node-version", "");
  CHECK(allows(knot, "v22.11.1"));
  CHECK(allows(knot, "22"));
  CHECK(!allows(knot, "22.12.0"));
}

TEST_CASE("a match that needs no limit lifts it, after the rule that sets it, for its types only") {
  const Tree tree = embedded_tree();
  const json rules = parsed(tree, "renovate/default/go.json")["packageRules"];
  REQUIRE(rules.size() > 2);
  CHECK_FALSE(rules[0].contains("matchDepTypes"));
  CHECK_FALSE(allows(rules[0], "1.99.0"));
  CHECK(rules[1]["matchDatasources"] == rules[0]["matchDatasources"]);
  CHECK(rules[1]["matchDepTypes"] == json::array({"toolchain"}));
  CHECK(allows(rules[1], "1.99.0"));
}

// The condition under which Renovate applies a rule.
std::string condition_of(const json& rule) {
  return rule.contains("matchJsonata") ? rule["matchJsonata"][0].get<std::string>() : "";
}

TEST_CASE("where a preset of Renovate's asks for long-term releases, ours allows no others") {
  const json preset = parsed(embedded_tree(), "renovate/default/java.json");
  for (const char* datasource : {"java-version", "docker"}) {
    std::vector<json> rules;
    for (const json& rule : preset["packageRules"])
      if (rule["matchDatasources"] == json::array({datasource})) rules.push_back(rule);
    REQUIRE(rules.size() == 3);
    CHECK(rules[0].at("matchDatasources") == rules[1].at("matchDatasources"));
    CHECK(condition_of(rules[0]).find("$not($exists(allowedVersions)") == 0);
    CHECK(condition_of(rules[1]) == "$contains(allowedVersions, '8|11|17|21')");
    for (const char* version : {"21", "25", "8"}) {
      CHECK(allows(rules[0], version));
      CHECK(allows(rules[1], version));
    }
    for (const char* version : {"22", "24", "26"}) {
      CHECK(allows(rules[0], version));
      CHECK_FALSE(allows(rules[1], version));
    }
    CHECK_FALSE(allows(rules[0], "99"));
    // Known again by a preset of ours that comes after it, and still no other version.
    const std::string long_term = rules[1].at("allowedVersions");
    CHECK(long_term.find("8|11|17|21") != std::string::npos);
    for (const char* version : {"", "8|11", "811"}) CHECK_FALSE(allows(rules[1], version));
    CHECK(rules[2].at("enabled") == false);
    const std::string expression = rules[0].at("allowedVersions");
    CHECK(condition_of(rules[2]) ==
          "$exists(newVersion) and $not($contains(newVersion, " + expression + "))");
    CHECK(rules[2].at("matchUpdateTypes") == json::array({"major", "minor", "patch"}));
  }
}

TEST_CASE(
    "a later patch is let through once it is old enough, where the archives are only announced") {
  const json preset = parsed(embedded_tree(), "renovate/default/ruby.json");
  const json& limit = preset["packageRules"][0];
  const json& wait = preset["packageRules"][1];
  CHECK(wait.at("matchDatasources") == limit.at("matchDatasources"));
  for (const char* version : {"3.4.9", "3.4.10", "3.4.99", "4.0.99"}) CHECK(allows(limit, version));
  for (const char* version : {"3.4.10-preview1", "3.5.0", "4.1.0", "2.7.99"})
    CHECK_FALSE(allows(limit, version));
  CHECK(wait.at("minimumReleaseAge") == "14 days");
  CHECK(wait.at("minimumReleaseAgeBehaviour") == "timestamp-required");
  // The condition holds for what is not known, and for nothing that is.
  const std::string condition = condition_of(wait);
  const std::string head = "$exists(version) and $not($contains(version, /";
  REQUIRE(condition.starts_with(head));
  const std::string known = condition.substr(head.size(), condition.size() - head.size() - 3);
  CHECK(RE2::FullMatch("3.4.9", known));
  CHECK_FALSE(RE2::FullMatch("3.4.10", known));
}

TEST_CASE("every limit leaves what a pinned file bounds by itself within its bounds") {
  for (const Tree& tree : all_trees())
    for (const auto& file : tree) {
      const std::string& path = file.first;
      if (!is_renovate_preset(path) || !limits_versions(path)) continue;
      const json preset = json::parse(file.second);
      for (const json& rule : preset["packageRules"]) {
        const bool limits = rule.contains("allowedVersions") && rule.contains("rollbackPrs");
        if (!limits || condition_of(rule).find("$contains(") == 0) continue;
        CHECK_MESSAGE(condition_of(rule).find("isLockfileOnly") != std::string::npos, path);
      }
    }
}

TEST_CASE("a name that counts series allows whole series") {
  const json preset = parsed(Sample().tree(), "default.json");
  const json& sdk = rule_for(preset, "dotnet-version", "band-sdk");
  const json& runtime = rule_for(preset, "dotnet-version", "band-runtime");
  CHECK(!allows(sdk, "9.0.3"));
  CHECK(allows(runtime, "9.0.3"));
  CHECK(!allows(runtime, "10.0.0"));
}

TEST_CASE("a pull request names the builder that limits its runtime, and where to read more") {
  const json rule =
      rule_for(parsed(Sample().tree("https://tree.example"), "default.json"), "docker", "");
  CHECK(rule["prBodyNotes"] == json{"Snake: made by hand. Nothing else is proposed. "
                                    "[More](https://tree.example/index.html#snake)."});
  for (const Tree& tree : all_trees())
    for (const auto& file : tree) {
      const std::string& path = file.first;
      if (!is_renovate_preset(path) || !limits_versions(path)) continue;
      const json preset = json::parse(file.second);
      for (const json& limit : preset["packageRules"]) {
        const bool limits =
            limit.contains("allowedVersions") && limit["allowedVersions"] != "/^.*$/";
        CHECK_MESSAGE(limit.contains("prBodyNotes") == limits, path);
        if (limits) CHECK_MESSAGE(limit["prBodyNotes"].dump().size() < 400, path);
      }
    }
  const json python = rule_for(parsed(embedded_tree(), "default.json"), "python-version", "");
  const std::string note = python["prBodyNotes"][0];
  for (const char* named : {"Python", "default track", "heroku-builder:24_", "https://"})
    CHECK_MESSAGE(note.find(named) != std::string::npos, note);
}

TEST_CASE("a note never holds what Renovate would take for a template") {
  Sample sample;
  sample.policy.tracks[0].runtimes[3].summary = "Snake: {{process.env}}.";
  const json rule = rule_for(parsed(sample.tree(), "default.json"), "docker", "");
  CHECK_FALSE(rule.contains("prBodyNotes"));
  CHECK(rule.contains("allowedVersions"));
}

TEST_CASE("no rule that limits lets Renovate roll back, whatever a repository has set") {
  std::size_t limits = 0;
  for (const auto& file : embedded_tree()) {
    if (!is_renovate_preset(file.first)) continue;
    const json preset = json::parse(file.second);
    for (const json& rule : preset["packageRules"]) {
      if (!rule.contains("allowedVersions")) continue;
      const bool is_limit = rule["allowedVersions"] != "/^.*$/";
      CHECK_MESSAGE(rule.value("rollbackPrs", true) != is_limit, file.first);
      limits += is_limit ? 1 : 0;
    }
  }
  CHECK(limits > 100);
}

TEST_CASE("rules come by runtime and in the order of the rules file") {
  std::vector<std::string> order;
  const json preset = parsed(Sample().tree(), "default.json");
  for (const json& rule : preset["packageRules"])
    order.push_back(rule["matchDatasources"].front().get<std::string>());
  CHECK(order == std::vector<std::string>{"dotnet-version", "dotnet-version", "ruby-version",
                                          "node-version", "docker", "github-releases"});
}

TEST_CASE("where nothing is buildable nothing is allowed, and the rule says so") {
  const json preset = parsed(Sample().tree(), "default.json");
  const json& rule = rule_for(preset, "ruby-version", "");
  CHECK(rule["allowedVersions"] == "/^$/");
  CHECK(rule["description"].back() == "So no version is allowed.");
}

TEST_CASE("a runtime without a bound has a preset without rules") {
  const json preset = parsed(Sample().tree(), "renovate/default/tool.json");
  CHECK(preset["packageRules"].empty());
  CHECK(preset["description"].back() == "Nothing is limited: no bound is known for Tool.");
}

TEST_CASE("a track that is not deployed still answers, and allows nothing") {
  const Tree tree = Sample().tree();
  const json preset = parsed(tree, "deprecated.json");
  CHECK(preset["packageRules"].size() == 6);
  for (const json& rule : preset["packageRules"]) CHECK(rule["allowedVersions"] == "/^$/");
  CHECK(tree.contains("renovate/deprecated/snake.json"));
  CHECK(tree.contains("renovate/deprecated/coverage.json"));
  CHECK(parsed(tree, "renovate/deprecated/libraries.json")["packageRules"].empty());
  CHECK(parsed(tree, "policy.json")["tracks"].size() == 2);
}

TEST_CASE("coverage takes versions from our datasources where their address is known") {
  const json preset =
      parsed(Sample().tree("https://tree.example/"), "renovate/latest/coverage.json");
  const json& manager = preset["customManagers"][1];
  CHECK(manager["datasourceTemplate"] == "custom.example-latest-snake");
  CHECK(!manager.contains("extractVersionTemplate"));
  CHECK(preset["customDatasources"]["example-latest-snake"]["defaultRegistryUrlTemplate"] ==
        "https://tree.example/datasources/latest/snake.json");
  const json& rule = rule_for(preset, "custom.example-latest-snake", "snake");
  CHECK(rule["matchManagers"].front() == "custom.regex");
  CHECK(allows(rule, "3.14.1"));
}

TEST_CASE("coverage takes versions from upstream where it is not") {
  const json preset = parsed(Sample().tree(), "renovate/latest/coverage.json");
  CHECK(!preset.contains("customDatasources"));
  CHECK(preset["customManagers"][1]["datasourceTemplate"] == "docker");
  CHECK(preset["customManagers"][1]["extractVersionTemplate"] == "^v?(?<version>.+)$");
  CHECK(preset["customManagers"].size() == preset["packageRules"].size());
  // The rules for the track say that this package counts series.
  CHECK(allows(rule_for(preset, "dotnet-version", "band-runtime"), "9.0"));
  CHECK(allows(rule_for(preset, "dotnet-version", "band-runtime"), "9.0.7"));
}

TEST_CASE("libraries are filtered for one exact version") {
  const json preset = parsed(Sample().tree(), "renovate/default/libraries.json");
  REQUIRE(preset["packageRules"].size() == 1);
  CHECK(preset["packageRules"][0]["constraints"] == json{{"python", "3.14.0"}});
  CHECK(preset["packageRules"][0]["constraintsFiltering"] == "strict");
}

TEST_CASE("libraries are filtered for the newest of the default series where that is all we know") {
  Sample sample;
  RuntimePolicy& snake = sample.policy.tracks[0].runtimes[3];
  snake.default_resolved.clear();
  snake.default_version = "3.12";
  const auto version = [&] {
    return parsed(sample.tree(),
                  "renovate/default/libraries.json")["packageRules"][0]["constraints"]["python"];
  };
  CHECK(version() == "3.12.9");
  snake.default_version = "*";
  CHECK(version() == "3.14.0");
}

TEST_CASE("a datasource lists partial forms beside the releases, each once") {
  const json source = parsed(Sample().tree(), "datasources/default/knot.json");
  std::vector<std::string> listed;
  for (const json& release : source["releases"]) listed.push_back(release["version"]);
  CHECK(listed ==
        std::vector<std::string>{"22", "24", "22.11", "24.1", "22.11.0", "22.11.1", "24.1.0"});
  CHECK(parsed(Sample().tree(), "datasources/default/tool.json")["releases"].empty());
}

namespace {

// What the rules of take-back.json do with a pin of the runtime: the version of the rule whose
// bounds it lies between. Several are none too many.
std::vector<std::string> returns_for(const json& preset, const std::string& branch,
                                     const std::string& key) {
  static const std::regex bounds("\\$pin > '([^']*)'(?: and \\$pin < '([^']*)')?\\)$");
  std::vector<std::string> found;
  for (const json& rule : preset["packageRules"]) {
    const std::string expression = rule.value("matchJsonata", json::array({""})).front();
    std::smatch match;
    if (!expression.starts_with("replacement.branchTopic = '" + branch + "'")) continue;
    if (!std::regex_search(expression, match, bounds)) continue;  // what all of them share
    if (key > match.str(1) && (!match[2].matched || key < match.str(2)))
      found.push_back(rule["replacement"]["commitMessageExtra"]);
  }
  return found;
}

// As the rules themselves make it.
std::string padded(const std::string& version) {
  std::string key;
  for (std::size_t at = 0; at <= version.size();) {
    const std::size_t end = std::min(version.find('.', at), version.size());
    key +=
        (key.empty() ? "" : ".") + std::string(4 - (end - at), '0') + version.substr(at, end - at);
    at = end + 1;
  }
  return key;
}

}  // namespace

TEST_CASE(
    "a pin above what can be built goes back to the newest of its series, or of the one below") {
  const json preset = parsed(Sample().tree(), "renovate/default/take-back.json");
  struct Case {
    const char* branch;
    const char* pin;
    std::vector<std::string> wanted;
  };
  const Case cases[] = {
      // 22.11.0, 22.11.1 and 24.1.0
      {"take-back-knot", "22.11.2", {"to 22.11.1"}},
      {"take-back-knot", "22.12", {"to 22.11.1"}},
      {"take-back-knot", "23", {"to 22.11.1"}},
      {"take-back-knot", "23.9.9", {"to 22.11.1"}},
      {"take-back-knot", "24.1.1", {"to 24.1.0"}},
      {"take-back-knot", "26", {"to 24.1.0"}},
      {"take-back-knot", "22.11.1", {}},
      {"take-back-knot", "22.11", {}},
      {"take-back-knot", "22", {}},
      {"take-back-knot", "24", {}},
      {"take-back-knot", "24.1", {}},
      {"take-back-knot", "24.0.0", {}},  // Renovate itself moves it on
      {"take-back-knot", "20.0.0", {}},
      // any patch of 3.12 and of 3.14
      {"take-back-snake", "3.13", {"to 3.12.9"}},
      {"take-back-snake", "3.15.0", {"to 3.14.0"}},
      {"take-back-snake", "3.14.99", {}},
      {"take-back-snake", "3.12.99", {}},
      {"take-back-snake", "3.11.0", {}},
  };
  for (const Case& it : cases) {
    CAPTURE(it.branch);
    CAPTURE(it.pin);
    CHECK(returns_for(preset, it.branch, padded(it.pin)) == it.wanted);
  }
}

TEST_CASE("no pin that can be built is taken back, and each to a version that can be") {
  const Policy policy = embedded_policy();
  const Tree tree = embedded_tree();
  std::size_t returned = 0;
  for (const TrackPolicy& track : policy.tracks) {
    const json preset = parsed(tree, "renovate/" + track.track + "/take-back.json");
    for (const RuntimePolicy& runtime : track.runtimes) {
      const std::string branch = "take-back-" + runtime.runtime;
      for (const Version& version : runtime.known)
        if (!version.is_prerelease())
          CHECK_MESSAGE(returns_for(preset, branch, padded(version.text())).empty(),
                        track.track << " " << runtime.runtime << " " << version.text());
      for (const SeriesRow& row : runtime.series) {
        std::string above = row.newest.substr(0, row.newest.rfind('.') + 1) + "999";
        const auto found = returns_for(preset, branch, padded(above));
        const bool allowed = runtime.buildable.contains(*Version::parse(runtime.scheme, above));
        CHECK_MESSAGE(found.size() <= 1, above);
        CHECK_MESSAGE((found.empty() || !allowed), above);
        for (const std::string& extra : found)
          CHECK(runtime.buildable.contains(*Version::parse(runtime.scheme, extra.substr(3))));
        returned += found.size();
      }
    }
  }
  CHECK(returned > 20);
  CHECK(parsed(tree, "renovate/deprecated/take-back.json")["packageRules"].empty());
}

TEST_CASE("what is taken back is known by limits that come before, and says why") {
  const json preset =
      parsed(Sample().tree("https://tree.example"), "renovate/default/take-back.json");
  std::size_t shared = 0;
  for (const json& rule : preset["packageRules"]) {
    if (!rule.contains("matchCurrentValue")) continue;
    ++shared;
    const std::string condition = rule["matchJsonata"][0], plain = rule["matchCurrentValue"];
    CHECK(condition.ends_with(" and $exists(allowedVersions)"));
    const std::string body = rule["replacement"]["prBodyTemplate"];
    CHECK(body.find(": made by hand. Nothing else is proposed. "
                    "[More](https://tree.example/index.html#") != std::string::npos);
    const RE2 expression(plain.substr(1, plain.size() - 2));
    REQUIRE(expression.ok());
    for (const char* pin : {"26", "26.x", "26.1.x", "v26.1.0", "3.15.0-slim"})
      CHECK_MESSAGE(RE2::PartialMatch(pin, expression), pin);
    for (const char* pin : {"^26", ">=26", "26 || 28", "26.0.0-rc.1", "lts/jod", "*", ""})
      CHECK_MESSAGE(!RE2::PartialMatch(pin, expression), pin);
  }
  CHECK(shared >= 3);
}
