// The forms of a report: each is what its readers take, whatever names and texts are in it.
#include "report/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "report/settings.h"
#include "sample.h"

using namespace buildable;
using namespace buildable::report;
using namespace buildable::test;
using Json = nlohmann::json;

namespace {

const Rules& rules() {
  static const Rules rules = sample_rules();
  return rules;
}

// Whether every element that is opened is closed, in order, and no bare "<" or "&" is left.
bool nests(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string::npos || xml.substr(at + 1, end - at - 1).find('<') != std::string::npos)
      return false;
    const std::string tag = xml.substr(at + 1, end - at - 1);
    if (tag.starts_with('?') || tag.ends_with('/')) continue;
    if (!tag.starts_with('/')) {
      open.push_back(tag.substr(0, tag.find(' ')));
    } else if (open.empty() || "/" + open.back() != tag) {
      return false;
    } else {
      open.pop_back();
    }
  }
  for (std::size_t at = xml.find('&'); at != std::string::npos; at = xml.find('&', at + 1)) {
    const std::string_view rest = std::string_view(xml).substr(at);
    const bool known = rest.starts_with("&amp;") || rest.starts_with("&lt;") ||
                       rest.starts_with("&gt;") || rest.starts_with("&quot;");
    if (!known) return false;
  }
  return open.empty();
}

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

}  // namespace

TEST_CASE("json: the contract's keys, with one summary over all and one for each repository") {
  const Json json = Json::parse(report_json(sample_report(rules())));
  for (const char* key : {"schema", "track", "snapshot", "summary", "pins"})
    CHECK_MESSAGE(json.contains(key), key);
  CHECK(json["schema"] == 1);
  CHECK(json["track"].is_null());
  CHECK(json["summary"] ==
        Json{{"buildable", 1}, {"unbuildable", 3}, {"unknown", 1}, {"ignored", 1}});
  REQUIRE(json["pins"].size() == 6);
  const Json& pin = json["pins"][0];
  for (const char* key :
       {"file", "line", "runtime", "pin", "value", "verdict", "reason", "suggestion"})
    CHECK_MESSAGE(pin.contains(key), key);
  CHECK(pin["file"] == "one/a,b:c.json");
  CHECK(pin["pin"] == "engines.snake");
  CHECK(pin["suggestion"] == "^1.2");
  CHECK(json["pins"][3]["suggestion"].is_null());
  CHECK(json["pins"][3]["resolved"] == "1.2.3");
  CHECK(json["files"].size() == 1);
  CHECK(json["repositories"][1]["summary"]["unknown"] == 1);
  CHECK(json["problems"][0]["message"] == "cannot be read");
}

TEST_CASE("json: one track for all is named") {
  Report report = sample_report(rules());
  report.repositories.pop_back();
  CHECK(Json::parse(report_json(report))["track"] == "default");
}

TEST_CASE("sarif: version 2.1.0 with rules, places, fixes, suppressions and notifications") {
  const Json json = Json::parse(report_sarif(sample_report(rules())));
  CHECK(json["version"] == "2.1.0");
  const Json& run = json["runs"][0];
  CHECK(run["tool"]["driver"]["name"] == "buildable");
  const Json& descriptors = run["tool"]["driver"]["rules"];
  const Json& results = run["results"];
  REQUIRE(results.size() == 5);
  std::set<std::string> fingerprints;
  for (const Json& result : results) {
    CHECK(descriptors[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    CHECK(std::set<std::string>{"error", "warning", "note"}.contains(result["level"]));
    CHECK_FALSE(result["message"]["text"].get<std::string>().empty());
    const Json& place = result["locations"][0]["physicalLocation"];
    CHECK(place["region"]["startLine"].get<int>() >= 1);
    CHECK(place["artifactLocation"]["uriBaseId"] == "%SRCROOT%");
    fingerprints.insert(result["partialFingerprints"]["buildableFinding/v1"]);
  }
  CHECK(fingerprints.size() == results.size());
  CHECK(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "one/a%2Cb%3Ac.json");
  const Json& replacement = results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
  CHECK(replacement["deletedRegion"] == Json{{"byteOffset", 10}, {"byteLength", 3}});
  CHECK(replacement["insertedContent"]["text"] == "1.2");
  CHECK(results[3]["suppressions"][0]["justification"] == "kept for a museum");
  CHECK(run["invocations"][0]["executionSuccessful"] == false);
  CHECK(run["invocations"][0]["toolExecutionNotifications"].size() == 1);
}

TEST_CASE("code quality: GitLab's keys, severities and distinct fingerprints") {
  const Json json = Json::parse(report_code_quality(sample_report(rules())));
  REQUIRE(json.is_array());
  CHECK(json.size() == 5);
  std::set<std::string> fingerprints;
  for (const Json& issue : json) {
    CHECK(keys_of(issue) == std::set<std::string>{"description", "check_name", "fingerprint",
                                                  "severity", "location"});
    CHECK(std::set<std::string>{"info", "minor", "major", "critical", "blocker"}.contains(
        issue["severity"]));
    CHECK(issue["location"]["lines"]["begin"].get<int>() >= 1);
    CHECK_FALSE(issue["location"]["path"].get<std::string>().starts_with("./"));
    fingerprints.insert(issue["fingerprint"]);
  }
  CHECK(fingerprints.size() == json.size());
}

TEST_CASE("fingerprints do not change when lines move, and do when the pin is another") {
  const auto fingerprints = [](const Report& report) {
    std::vector<std::string> found;
    for (const Json& issue : Json::parse(report_code_quality(report)))
      found.push_back(issue["fingerprint"]);
    return found;
  };
  Report report = sample_report(rules());
  const auto before = fingerprints(report);
  for (pins::PinFinding& finding : report.repositories[0].judgement.findings)
    finding.pin.line += 40;
  CHECK(fingerprints(report) == before);
  report.repositories[0].judgement.findings[0].pin.key = "volta.snake";
  const auto after = fingerprints(report);
  CHECK(after[0] != before[0]);
  CHECK(std::equal(after.begin() + 1, after.end(), before.begin() + 1));
}

TEST_CASE("github: one command a line, properties and messages escaped") {
  const std::string text = report_github(sample_report(rules()));
  int lines = 0;
  for (const std::string_view line : split_lines(text)) {
    ++lines;
    const bool command = line.starts_with("::error file=") || line.starts_with("::warning file=") ||
                         line.starts_with("::notice file=");
    CHECK_MESSAGE(command, std::string(line));
  }
  CHECK(lines == 5);
  CHECK(has(text, "::error file=one/a%2Cb%3Ac.json,line=3,col=7,title=Snake 9.9"));
  CHECK(has(text, "100%25."));
  CHECK_FALSE(has(text, "museum"));
}

TEST_CASE("junit: well formed, every pin a case, counts that agree") {
  const std::string text = report_junit(sample_report(rules()));
  CHECK(nests(text));
  CHECK(
      has(text,
          "<testsuites name=\"buildable\" tests=\"8\" failures=\"1\" errors=\"1\" skipped=\"2\">"));
  CHECK(has(text, "&lt;this&gt; &amp;"));
  std::size_t cases = 0;
  for (std::size_t at = text.find("<testcase "); at != std::string::npos;
       at = text.find("<testcase ", at + 1))
    ++cases;
  CHECK(cases == 8);
}

TEST_CASE(
    "text: place, level, subject and rule in a line, the rest below it; no control characters") {
  const std::string text = report_text(sample_report(rules()), {});
  CHECK(has(text, "one/a,b:c.json:3:7: error: Snake 9.9 (engines.snake): Because of"));
  CHECK(
      has(text, "[unbuildable-pin]\n    write ^1.2 instead\n    It builds on the latest track.\n"));
  CHECK(has(text, "ignored: kept for a museum"));
  CHECK(has(text,
            "2 repositories, 5 pins: 1 buildable, 3 unbuildable, 1 unknown, 1 ignored; 1 thing "
            "could not be judged\n"));
  CHECK(is_valid_utf8(text));
  CHECK_FALSE(has(text, "\x1b"));
  CHECK(has(report_text(sample_report(rules()), {.colored = true}), "\033[31merror\033[0m"));
}

namespace {

ForetoldBuild build_that(build::Outcome outcome, std::vector<std::string> versions,
                         std::string file = {}) {
  ForetoldBuild build;
  build.forecast.runtime = "snake";
  build.forecast.outcome = outcome;
  build.forecast.versions = std::move(versions);
  build.forecast.rule = "snake-file";
  build.forecast.file = std::move(file);
  build.forecast.reason = ".snake holds two versions; the build takes exactly one";
  if (outcome != build::Outcome::fails) return build;
  build.forecast.error = "MultipleVersions";
  build.forecast.line = 2;
  build.forecast.help = "keep one line, for example 1.2";
  return build;
}

Report report_of(std::vector<ForetoldBuild> builds) {
  Report report{rules(), "sha256:" + std::string(64, 'a'), {}, "1.2.3", {}};
  RepositoryReport repository;
  repository.name = ".";
  repository.judgement.track = "default";
  repository.builds = std::move(builds);
  report.repositories.push_back(std::move(repository));
  return report;
}

}  // namespace

TEST_CASE("builds: the first line says what the deployment does, the second what to do") {
  const Report good = report_of({build_that(build::Outcome::builds, {"1.2.3", "1.2.4"})});
  CHECK(report_text(good, {}).starts_with("builds: Snake 1.2.3 or 1.2.4\n"));
  CHECK_FALSE(summary_of(good).failing);
  const Report bad = report_of({build_that(build::Outcome::fails, {}, ".snake")});
  CHECK(report_text(bad, {}).starts_with(
      "fails: .snake holds two versions; the build takes exactly one (.snake:2)\n"
      "help: keep one line, for example 1.2\n"));
  CHECK(summary_of(bad).failing);
  Report later = report_of({build_that(build::Outcome::builds, {"1.2.99"})});
  later.repositories[0].builds[0].forecast.awaited = true;
  CHECK(report_text(later, {}).starts_with("builds: Snake 1.2.99 (once it is released)\n"));
}

TEST_CASE("builds: what builds otherwise than was meant is a warning below the first line") {
  ForetoldBuild odd = build_that(build::Outcome::builds, {"1.2.3"}, ".snake");
  odd.forecast.reason = ".snake cannot be read and is passed over";
  odd.forecast.help = "write a number";
  CHECK(report_text(report_of({odd}), {})
            .starts_with("builds: Snake 1.2.3\nwarning: .snake cannot be read and is passed over "
                         "(.snake)\nhelp: write a number\n"));
  CHECK_FALSE(summary_of(report_of({odd})).failing);
}

TEST_CASE("builds: in json a row each, in the other forms a finding for each failure") {
  const Report report = report_of({build_that(build::Outcome::fails, {}, ".snake")});
  const Json row = Json::parse(report_json(report))["builds"][0];
  CHECK(row["runtime"] == "snake");
  CHECK(row["outcome"] == "fails");
  CHECK(row["version"] == Json::array());
  CHECK(row["error"] == "MultipleVersions");
  CHECK(row["file"] == ".snake");
  CHECK(row["line"] == 2);
  CHECK(Json::parse(report_sarif(report))["runs"][0]["results"][0]["ruleId"] == "snake-file");
  CHECK(Json::parse(report_code_quality(report))[0]["severity"] == "critical");
  CHECK(has(report_github(report), "::error file=.snake,line=2"));
  CHECK(has(report_junit(report), "failures=\"1\""));
  const Report good = report_of({build_that(build::Outcome::builds, {"1.2.3"})});
  CHECK(Json::parse(report_code_quality(good)).empty());
  CHECK(has(report_junit(good), "tests=\"1\" failures=\"0\""));
}

TEST_CASE(
    "builds: where the build takes a pin it is not an error, and elsewhere a warning at most") {
  RepositoryReport repository = first_repository();
  follow_the_build({build_that(build::Outcome::builds, {"1.2.3"})}, repository.judgement);
  CHECK(repository.judgement.findings[0].verdict == Verdict::buildable);
  CHECK(repository.judgement.findings[0].resolved == "1.2.3");
  repository = first_repository();
  ForetoldBuild other = build_that(build::Outcome::builds, {"3"});
  other.forecast.runtime = "whale";
  follow_the_build({other}, repository.judgement);
  CHECK(repository.judgement.findings[0].level == Level::warning);
  repository = first_repository();
  follow_the_build({build_that(build::Outcome::fails, {})}, repository.judgement);
  CHECK(repository.judgement.findings[0].level == Level::error);
}

TEST_CASE("builds: a failure in a file that is ignored is none") {
  CheckSettings settings;
  settings.ignore.push_back({"/.snake", "built elsewhere"});
  std::vector<ForetoldBuild> builds{build_that(build::Outcome::fails, {}, ".snake")};
  apply_settings(settings, pins::RepositoryJudgement{}, builds);
  CHECK_FALSE(builds[0].fails());
  CHECK_FALSE(summary_of(report_of(builds)).failing);
  CHECK(has(report_text(report_of(builds), {}), "ignored: built elsewhere"));
}

TEST_CASE("builds: settings give a level to the rule of a build") {
  struct Row {
    LevelChoice choice;
    build::Outcome outcome;
    const char* help;
    bool failing;
    int warnings;
    const char* says;
  };
  using enum build::Outcome;
  const Row rows[] = {
      {LevelChoice::error, fails, "x", true, 0, "fails: .snake holds"},
      {LevelChoice::warning, fails, "x", false, 1, "warning: .snake holds"},
      {LevelChoice::note, fails, "x", false, 0, "note: .snake holds"},
      {LevelChoice::off, fails, "x", false, 0, ""},
      {LevelChoice::error, unknown, "", true, 0, "error: .snake holds"},
      {LevelChoice::warning, unknown, "", false, 1, "warning: .snake holds"},
      {LevelChoice::error, builds, "", false, 0, "builds: Snake 3"},
      {LevelChoice::error, builds, "write 3", true, 0, "error: .snake holds"},
      {LevelChoice::off, unknown, "", false, 0, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.says);
    CheckSettings settings;
    settings.levels["snake-file"] = row.choice;
    std::vector<ForetoldBuild> all{build_that(row.outcome, {"3"}, ".snake")};
    all[0].forecast.help = row.help;
    apply_settings(settings, pins::RepositoryJudgement{}, all);
    const Report report = report_of(all);
    const std::string text = report_text(report, {});
    CHECK(summary_of(report).failing == row.failing);
    CHECK(summary_of(report).warnings == row.warnings);
    CHECK_MESSAGE(has(text, row.says), text);
    if (row.choice == LevelChoice::off) CHECK_FALSE(has(text, "two versions"));
    const bool told = has(report_github(report), "two versions");
    CHECK(told == (row.failing || row.warnings > 0 ||
                   (row.outcome == fails && row.choice == LevelChoice::note)));
  }
}

TEST_CASE("builds: a row of JSON for each component, and those on other tracks") {
  const auto foretell = [](const std::string& track) {
    build::Forecast forecast = build_that(build::Outcome::builds, {track}).forecast;
    return std::vector<build::Forecast>{std::move(forecast)};
  };
  const auto rows_of = [&](const std::vector<pins::ComponentTrack>& components) {
    Report report = report_of(foretold("default", components, foretell));
    report.repositories[0].judgement.track = "default";
    std::string rows;
    const Json json = Json::parse(report_json(report));
    for (const Json& each : json["builds"])
      rows += each["component"].dump() + " " + std::string(each["track"]) + " " +
              std::string(each["version"][0]) + "; ";
    return rows + report_text(report, {}).substr(0, report_text(report, {}).find(" pin"));
  };
  CHECK(rows_of({}).starts_with("null default default; builds: Snake default\n"));
  CHECK(rows_of({{"web", "default"}, {"job", "default"}})
            .starts_with("\"web\" default default; \"job\" default default; builds: Snake"));
  const std::string two = rows_of({{"job", "latest"}, {"web", "default"}});
  CHECK(two.starts_with("\"web\" default default; \"job\" latest latest; "));
  CHECK(has(two, "component web on default: builds: Snake default\n"));
  CHECK(has(two, "component job on latest: builds: Snake latest\n"));
}

TEST_CASE("only errors: what fails the deployment stays") {
  Report report = sample_report(rules());
  keep_errors(report);
  CHECK(report.repositories[0].judgement.findings.size() == 2);
  CHECK(summary_of(report).failing);
  report.repositories[0].judgement.findings[0].pin.ignored = true;
  CHECK_FALSE(summary_of(report).failing);
}

TEST_CASE("settings: paths are ignored with a reason, levels change, a rule can be off") {
  CheckSettings settings;
  settings.ignore.push_back({"/Docker*", "images are built elsewhere"});
  settings.levels["unbuildable-pin"] = LevelChoice::note;
  settings.levels["odd-file"] = LevelChoice::off;
  RepositoryReport repository = first_repository();
  apply_settings(settings, repository.judgement);
  const auto& findings = repository.judgement.findings;
  REQUIRE(findings.size() == 5);
  CHECK(findings[1].pin.ignored_reason == "images are built elsewhere");
  CHECK(findings[0].level == Level::note);
  CHECK(findings[4].pin.ignored_reason == "kept for a museum");
  CHECK_FALSE(summary_of(repository).failing);
}

TEST_CASE("settings: a level for a rule that there is not names the nearest one") {
  CheckSettings settings;
  settings.levels["odd-file"] = LevelChoice::error;
  CHECK(check_settings(settings, rules().platform));
  settings.levels["python-version-file"] = LevelChoice::note;
  CHECK(check_settings(settings, rules().platform));
  settings.levels["python-version-files"] = LevelChoice::note;
  const auto of_build = check_settings(settings, rules().platform);
  REQUIRE_FALSE(of_build);
  CHECK(has(of_build.error().to_text(), "did you mean \"python-version-file\"?"));
  settings.levels.erase("python-version-files");
  settings.levels["unbuildable-pins"] = LevelChoice::error;
  const auto wrong = check_settings(settings, rules().platform);
  REQUIRE_FALSE(wrong);
  CHECK(has(wrong.error().to_text(), "did you mean \"unbuildable-pin\"?"));
}
