// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
#include <map>

#include "base/characters.h"
#include "emit/json_writer.h"
#include "report/parts.h"

namespace buildable::report {
namespace {

using RuleIndexes = std::map<std::string, int>;

// The rules that have a result, in the order of their ids.
RuleIndexes rules_of(const Report& report) {
  RuleIndexes indexes;
  for (const RepositoryReport& repository : report.repositories)
    for (const pins::PinFinding& finding : repository.judgement.findings)
      if (is_remarkable(finding)) indexes.emplace(finding.rule, 0);
  int next = 0;
  for (auto& [rule, index] : indexes) index = next++;
  return indexes;
}

void add_driver(emit::JsonWriter& json, const Report& report, const RuleIndexes& rules) {
  json.key("tool").open_object().key("driver").open_object();
  json.member("name", "buildable").member("version", report.program_version);
  json.member_if_known("informationUri", report.rules.platform.homepage);
  json.key("rules").open_array();
  for (const auto& [rule, index] : rules) {
    json.open_object().member("id", rule);
    json.key("shortDescription").open_object();
    json.member("text", title_of(report.rules, rule)).close();
    json.key("defaultConfiguration").open_object();
    json.member("level", pins::name_of(level_of(report.rules, rule))).close().close();
  }
  json.close().close().close();
}

// Absolute paths, and those that lead out of the working directory, are no URIs below its root.
bool is_below_root(std::string_view path) {
  return !path.starts_with('/') && !path.starts_with("../") && path != "..";
}

std::string as_uri(std::string_view path) {
  constexpr std::string_view kept = "-._~/";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool plain = is_letter_or_digit(c) || kept.find(c) != std::string_view::npos;
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      uri += c;
    else
      uri.append("%").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
  }
  return uri;
}

void add_artifact(emit::JsonWriter& json, const std::string& path) {
  const std::string uri = as_uri(std::string_view(path).substr(0, longest_shown_path));
  json.key("artifactLocation").open_object().member("uri", uri);
  if (is_below_root(path)) json.member("uriBaseId", "%SRCROOT%");
  json.close();
}

void add_location(emit::JsonWriter& json, const std::string& path, const pins::Pin& pin) {
  json.key("locations").open_array().open_object().key("physicalLocation").open_object();
  add_artifact(json, path);
  json.key("region").open_object();
  json.member("startLine", pin.line > 0 ? pin.line : 1);
  json.member("startColumn", pin.column > 0 ? pin.column : 1).close();
  json.close().close().close();
}

void add_fix(emit::JsonWriter& json, const std::string& path, const pins::Fixed& fixed) {
  json.key("fixes").open_array().open_object();
  json.key("description").open_object();
  json.member("text", "Write " + shown(fixed.value)).close();
  json.key("artifactChanges").open_array().open_object();
  add_artifact(json, path);
  json.key("replacements").open_array().open_object();
  json.key("deletedRegion").open_object();
  json.member("byteOffset", static_cast<std::int64_t>(fixed.edit.span.begin));
  json.member("byteLength", static_cast<std::int64_t>(fixed.edit.span.end - fixed.edit.span.begin));
  json.close().key("insertedContent").open_object();
  json.member("text", printable(fixed.edit.text)).close();
  json.close().close().close().close().close().close();
}

void add_suppression(emit::JsonWriter& json, const pins::Pin& pin) {
  json.key("suppressions").open_array().open_object();
  json.member("kind", "inSource").member_if_known("justification", shown(pin.ignored_reason));
  json.close().close();
}

void add_result(emit::JsonWriter& json, const Report& report, const PrintedFinding& printed,
                int rule_index) {
  const pins::PinFinding& finding = printed.finding;
  const std::string path = printed.repository.prefix + finding.pin.file;
  json.open_object().member("ruleId", finding.rule).member("ruleIndex", rule_index);
  json.member("level", pins::name_of(finding.level));
  json.key("message").open_object();
  json.member("text", subject_of(report.rules, finding) + ": " + message_of(finding)).close();
  add_location(json, path, finding.pin);
  json.key("partialFingerprints").open_object();
  json.member("buildableFinding/v1", printed.fingerprint).close();
  // A part of an edit is none.
  if (finding.suggestion && finding.suggestion->edit.text.size() <= longest_shown)
    add_fix(json, path, *finding.suggestion);
  if (finding.pin.ignored) add_suppression(json, finding.pin);
  json.close();
}

void add_notification(emit::JsonWriter& json, const Diagnostic& problem) {
  std::string place = shown_path(problem.file);
  if (problem.line > 0) place += ":" + std::to_string(problem.line);
  if (!place.empty()) place += ": ";
  json.open_object().member("level", "error");
  json.key("message").open_object().member("text", place + problem_text(problem)).close();
  json.close();
}

void add_invocation(emit::JsonWriter& json, const Report& report) {
  json.key("invocations").open_array().open_object();
  json.member("executionSuccessful", summary_of(report).problems == 0);
  json.key("toolExecutionNotifications").open_array();
  for (const RepositoryReport& repository : report.repositories)
    for (const Diagnostic& problem : repository.judgement.problems) add_notification(json, problem);
  json.close().close().close();
}

}  // namespace

std::string report_sarif(const Report& given) {
  const Report report = with_builds(given);
  const RuleIndexes rules = rules_of(report);
  emit::JsonWriter json;
  json.open_object();
  json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .member("version", "2.1.0");
  json.key("runs").open_array().open_object();
  add_driver(json, report, rules);
  add_invocation(json, report);
  json.member("columnKind", "utf16CodeUnits");
  json.key("results").open_array();
  for_each_finding(report, [&](const PrintedFinding& printed) {
    if (is_remarkable(printed.finding))
      add_result(json, report, printed, rules.at(printed.finding.rule));
  });
  json.close().close().close().close();
  return std::move(json).take();
}

}  // namespace buildable::report
