#include "emit/json_writer.h"

#include "report/parts.h"

namespace buildable::report {
namespace {

void add_place(emit::JsonWriter& json, const RepositoryReport& repository,
               const pins::PinFinding& finding) {
  json.member("file", shown_file(repository, finding));
  json.member("line", finding.pin.line > 0 ? finding.pin.line : 1);
}

void add_list(emit::JsonWriter& json, std::string_view name,
              const std::vector<std::string>& texts) {
  std::vector<std::string> list;
  list.reserve(texts.size());
  for (const std::string& each : texts) list.push_back(shown(each));
  json.member(name, std::span<const std::string>(list));
}

void add_extras(emit::JsonWriter& json, const RepositoryReport& repository,
                const pins::PinFinding& finding) {
  json.member("repository", shown_path(repository.name));
  json.member("track", repository.judgement.track);
  json.member("level", pins::name_of(finding.level)).member("rule", finding.rule);
  json.member("column", finding.pin.column > 0 ? finding.pin.column : 1);
  json.member_if_known("resolved", shown(finding.resolved));
  if (finding.pin.ignored) json.member("ignored", shown(finding.pin.ignored_reason));
  if (finding.ahead.empty()) return;
  json.key("ahead").open_array();
  for (const std::string& each : finding.ahead) json.value(shown(each));
  json.close();
}

void add_or_null(emit::JsonWriter& json, std::string_view name, const std::string& text) {
  json.key(name);
  text.empty() ? json.null() : json.value(shown_path(text));
}

void add_build(emit::JsonWriter& json, const RepositoryReport& repository,
               const ForetoldBuild& build, const std::string& component) {
  const build::Forecast& forecast = build.forecast;
  json.open_object().member("repository", shown_path(repository.name));
  add_or_null(json, "component", component);
  json.member("track", build.track.empty() ? repository.judgement.track : build.track);
  add_or_null(json, "runtime", forecast.runtime);
  json.member("outcome", build::name_of(forecast.outcome));
  add_list(json, "version", forecast.versions);
  if (forecast.awaited) json.member("awaited", true);
  json.member("rule", forecast.rule);
  add_or_null(json, "error", forecast.error);
  add_or_null(json, "file",
              forecast.file.empty() ? std::string() : repository.prefix + forecast.file);
  json.key("line");
  forecast.line > 0 ? json.value(forecast.line) : json.null();
  json.member("reason", shown(forecast.reason));
  json.member_if_known("help", shown(forecast.help));
  if (build.ending) json.member("end_of_life", build.ending->day);
  if (build.level) json.member("level", pins::name_of(*build.level));
  if (build.ignored) json.member("ignored", shown(build.ignored_reason));
  json.close();
}

// A row for each component that is built so.
void add_builds(emit::JsonWriter& json, const RepositoryReport& repository) {
  for (const ForetoldBuild& build : repository.builds) {
    if (build.components.empty()) add_build(json, repository, build, {});
    for (const std::string& each : build.components) add_build(json, repository, build, each);
  }
}

void add_pin(emit::JsonWriter& json, const RepositoryReport& repository,
             const pins::PinFinding& finding) {
  json.open_object();
  add_place(json, repository, finding);
  json.member("runtime", finding.pin.runtime);
  json.member("pin", shown_path(finding.pin.key.empty() ? finding.pin.file : finding.pin.key));
  json.member("value", shown(finding.pin.value));
  json.member("verdict", name_of(finding.verdict));
  json.member("reason", shown(finding.reason));
  json.key("suggestion");
  finding.suggestion ? json.value(shown(finding.suggestion->value)) : json.null();
  json.member("role", pins::name_of(finding.role));
  add_extras(json, repository, finding);
  json.close();
}

void add_file(emit::JsonWriter& json, const RepositoryReport& repository,
              const pins::PinFinding& finding) {
  json.open_object();
  add_place(json, repository, finding);
  json.member("reason", shown(finding.reason));
  add_extras(json, repository, finding);
  json.close();
}

void add_summary(emit::JsonWriter& json, const ReportSummary& summary) {
  json.key("summary").open_object(emit::JsonWriter::Layout::line);
  json.member("buildable", summary.buildable).member("unbuildable", summary.unbuildable);
  json.member("unknown", summary.unknown).member("ignored", summary.ignored).close();
}

void add_problem(emit::JsonWriter& json, const RepositoryReport& repository,
                 const Diagnostic& problem) {
  json.open_object();
  json.member("repository", shown_path(repository.name));
  json.member_if_known("file", shown_path(problem.file));
  if (problem.line > 0) json.member("line", problem.line);
  json.member("message", shown(problem.message)).member_if_known("hint", shown(problem.hint));
  json.close();
}

void add_repository(emit::JsonWriter& json, const RepositoryReport& repository) {
  json.open_object().member("path", shown_path(repository.name));
  json.key("track");
  const std::string& track = repository.judgement.track;
  track.empty() ? json.null() : json.value(track);
  json.member_if_known("track_reason", shown(repository.track_reason));
  add_summary(json, summary_of(repository));
  if (!repository.remarks.empty()) add_list(json, "remarks", repository.remarks);
  json.close();
}

// Null where the repositories are not judged on one and the same track.
void add_track(emit::JsonWriter& json, const Report& report) {
  std::string common;
  for (const RepositoryReport& repository : report.repositories) {
    const std::string& track = repository.judgement.track;
    if (track.empty()) continue;
    if (!common.empty() && common != track) {
      json.key("track").null();
      return;
    }
    common = track;
  }
  json.key("track");
  common.empty() ? json.null() : json.value(common);
}

template <class Use>
void for_each(const Report& report, Use use) {
  for (const RepositoryReport& repository : report.repositories)
    for (const pins::PinFinding& finding : repository.judgement.findings) use(repository, finding);
}

}  // namespace

void write_report(emit::JsonWriter& json, const Report& report) {
  add_track(json, report);
  json.member("snapshot", report.snapshot);
  json.member_if_known("last_seen", report.last_seen);
  add_summary(json, summary_of(report));
  json.key("builds").open_array();
  for (const RepositoryReport& repository : report.repositories) add_builds(json, repository);
  json.close().key("pins").open_array();
  for_each(report, [&](const auto& repository, const auto& finding) {
    if (finding.is_of_pin()) add_pin(json, repository, finding);
  });
  json.close().key("files").open_array();
  for_each(report, [&](const auto& repository, const auto& finding) {
    if (!finding.is_of_pin()) add_file(json, repository, finding);
  });
  json.close().key("repositories").open_array();
  for (const RepositoryReport& repository : report.repositories) add_repository(json, repository);
  json.close().key("problems").open_array();
  for (const RepositoryReport& repository : report.repositories)
    for (const Diagnostic& problem : repository.judgement.problems)
      add_problem(json, repository, problem);
  json.close();
}

std::string report_json(const Report& report) {
  emit::JsonWriter json;
  json.open_object().member("schema", 1);
  write_report(json, report);
  json.close();
  return std::move(json).take();
}

}  // namespace buildable::report
