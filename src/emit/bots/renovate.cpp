#include "emit/bots/renovate.h"

#include "base/text.h"
#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// Lifts the limit that the rules before it set for the same names: the last matching rule wins.
constexpr std::string_view any_version = "/^.*$/";

void write_rule(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime,
                const RenovateMatch& match) {
  const bool unlimited = match.granularity == Granularity::unlimited;
  json.open_object();
  write_sentences(json, "description",
                  unlimited ? std::vector<std::string>{match.note} : rule_description(runtime));
  write_matcher(json, "matchDatasources", match.datasources);
  write_matcher(json, "matchPackageNames", match.packages);
  write_matcher(json, "matchDepTypes", match.dependency_types);
  json.member("allowedVersions",
              unlimited ? any_version : allowed_versions(context, runtime, match.granularity));
  if (!unlimited) write_protection(json, context, runtime);
  json.close();
}

void write_rules(JsonWriter& json, const TrackContext& context, const RuntimeRules& rules) {
  const RuntimePolicy* runtime = governed(context.track, rules.id);
  if (!runtime) return;
  for (const RenovateMatch& match : rules.renovate.matches) {
    if (match.granularity == Granularity::unlimited && runtime->buildable.empty()) continue;
    write_rule(json, context, *runtime, match);
  }
}

}  // namespace

void begin_preset(JsonWriter& json, std::span<const std::string> description) {
  json.open_object();
  json.member("$schema", "https://docs.renovatebot.com/renovate-schema.json");
  write_sentences(json, "description", description);
}

void write_sentences(JsonWriter& json, std::string_view key,
                     std::span<const std::string> sentences) {
  json.key(key).open_array();
  for (const std::string& sentence : sentences) json.value(std::string_view(sentence));
  json.close();
}

void write_matcher(JsonWriter& json, std::string_view key, std::span<const std::string> values) {
  if (!values.empty()) json.member(key, values);
}

std::string reason_of(const TrackContext& context, const RuntimePolicy& runtime) {
  std::vector<std::string> sentences = rule_description(runtime);
  if (!runtime.buildable.empty()) sentences.push_back("Nothing else is proposed.");
  const std::string& base = context.options.base_url;
  const std::string page =
      base.empty() ? context.rules.platform.homepage : with_final_slash(base) + "index.html";
  if (!page.empty()) sentences.push_back("[More](" + page + ").");
  const std::string reason = join(sentences, " ");
  // Renovate would take what follows for an expression of its own.
  return reason.find("{{") == std::string::npos ? reason : std::string();
}

void write_protection(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime) {
  // A rollback asks no allowedVersions: it takes the newest release wherever upstream lacks the
  // pin.
  json.member("rollbackPrs", false);
  const std::string reason = reason_of(context, runtime);
  if (!reason.empty()) json.member("prBodyNotes", std::span(&reason, 1));
}

const std::string& allowed_versions(const TrackContext& context, const RuntimePolicy& runtime,
                                    Granularity granularity) {
  if (granularity == Granularity::version) return context.cache.allowed_versions(runtime.buildable);
  return context.cache.allowed_versions(
      context.cache.series_of(runtime.buildable, runtime.series_components));
}

std::string emit_track_preset(const TrackContext& context) {
  JsonWriter json;
  begin_preset(json, track_description(context, "Runtime versions that can be built"));
  json.key("packageRules").open_array();
  for (const RuntimeRules& runtime : context.rules.runtimes) write_rules(json, context, runtime);
  json.close().close();
  return std::move(json).take();
}

std::string emit_runtime_preset(const TrackContext& context, const RuntimeRules& runtime) {
  JsonWriter json;
  std::vector<std::string> description =
      track_description(context, runtime.name + " versions that can be built");
  if (!governed(context.track, runtime.id))
    description.push_back("Nothing is limited: no bound is known for " + runtime.name + ".");
  begin_preset(json, description);
  json.key("packageRules").open_array();
  write_rules(json, context, runtime);
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
