// Cases made from the buildpacks' own sources: what happens to a repository on a track on a day.
// Every decidable one has to agree, but for those that are listed with a reason.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "build/model.h"
#include "build/rule_ids.h"
#include "build/support.h"
#include "support/paths.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

struct Vector {
  std::string id;
  std::string runtime;
  std::string track;
  std::string at;
  Repository files;
  std::string verdict;
  std::vector<std::string> resolved;
  std::string error;
};

std::vector<Vector> vectors() {
  std::ifstream in(buildable::testing::source_dir().string() + "/tests/data/build/vectors.jsonl");
  std::vector<Vector> all;
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line);
    all.push_back({json["id"], json["runtime"], json["track"], json["at"],
                   json["files"].get<Repository>(), json["verdict"],
                   json.value("resolved", std::vector<std::string>{}), json.value("error", "")});
  }
  return all;
}

// Where the vector says otherwise than the buildpack's source, or than what is recorded.
const std::map<std::string, std::string>& accepted() {
  static const std::map<std::string, std::string> list{
      {"dotnet-1895",
       "made with roxmltree 0.16; heroku/dotnet 0.4.0 and 0.5.0 lock 0.20.0, which refuses a root "
       "that is never closed"},
  };
  return list;
}

// "": it agrees.
std::string disagreement(const Vector& vector, const Forecast& forecast) {
  const bool builds = vector.verdict == "builds";
  if (forecast.outcome == Outcome::unknown) return "silent";
  if ((forecast.outcome == Outcome::builds) != builds) return builds ? "overblock" : "leak";
  if (!builds || vector.resolved.empty()) return {};
  const std::set<std::string> wanted(vector.resolved.begin(), vector.resolved.end());
  if (wanted.contains("") || wanted.contains("passed over")) return {};
  return wanted == std::set<std::string>(forecast.versions.begin(), forecast.versions.end())
             ? std::string()
             : "other version";
}

std::string shown(const Vector& vector, const Forecast& forecast) {
  std::string text = vector.id + " " + vector.track + " " + vector.at;
  for (const auto& [path, content] : vector.files)
    text += "\n    " + path + ": " + nlohmann::json(content).dump();
  text += "\n  expected " + vector.verdict + " " + vector.error;
  for (const std::string& each : vector.resolved) text += " " + each;
  text += "\n  foretold " + std::string(name_of(forecast.outcome)) + " " + forecast.error;
  for (const std::string& each : forecast.versions) text += " " + each;
  return text + " (" + forecast.reason + ")";
}

// The buildpack's own name of the error: one of the two may say more.
bool same_error(const std::string& expected, const std::string& ours) {
  if (expected.empty()) return true;
  return !ours.empty() && (expected.rfind(ours, 0) == 0 || ours.rfind(expected, 0) == 0);
}

bool is_listed(const std::string& rule) {
  return std::any_of(build_rules.begin(), build_rules.end(),
                     [&](const BuildRule& each) { return each.id == rule; });
}

}  // namespace

TEST_CASE("the list of rules names those that models use, each once, in order") {
  std::string sources;
  for (const auto& entry :
       std::filesystem::directory_iterator(buildable::testing::source_dir() / "src/build"))
    if (entry.path().extension() == ".cpp") {
      std::ifstream file(entry.path());
      sources.append(std::istreambuf_iterator<char>(file), {});
    }
  for (const BuildRule& rule : build_rules) {
    CAPTURE(rule.id);
    CHECK(sources.find('"' + std::string(rule.id) + '"') != std::string::npos);
    CHECK_FALSE(rule.title.empty());
  }
  CHECK(std::is_sorted(build_rules.begin(), build_rules.end(),
                       [](const BuildRule& a, const BuildRule& b) { return a.id <= b.id; }));
}

TEST_CASE("every decidable vector is foretold as the buildpack's source decides it") {
  std::map<std::string, std::map<std::string, int>> numbers;
  for (const Vector& vector : vectors()) {
    const Forecast forecast = foretell(vector.runtime, vector.track, vector.at, vector.files);
    if (!forecast.rule.empty()) CHECK_MESSAGE(is_listed(forecast.rule), forecast.rule);
    if (vector.verdict == "unknown") continue;
    const std::string what = disagreement(vector, forecast);
    ++numbers[vector.runtime][what.empty() ? "agree" : what];
    if (what.empty() && vector.verdict == "fails" && !same_error(vector.error, forecast.error)) {
      ++numbers[vector.runtime]["other error"];
      MESSAGE("other error: " << shown(vector, forecast));
    }
    if (accepted().contains(vector.id)) {
      CHECK_MESSAGE(!what.empty(), vector.id << " agrees now: take it off the list");
      continue;
    }
    CHECK_MESSAGE(what.empty(), what << ": " << shown(vector, forecast));
  }
  for (const auto& [runtime, counts] : numbers)
    for (const auto& [what, count] : counts) MESSAGE(runtime << ": " << what << " " << count);
}
