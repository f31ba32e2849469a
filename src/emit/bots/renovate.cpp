#include "emit/bots/renovate.h"

#include "base/text.h"
#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// Lifts the limit that the rules before it set for the same names: the last matching rule wins.
constexpr std::string_view any_version = "/^.*$/";

constexpr std::string_view about_expressions =
    "In a tag of an image a variant such as -slim may follow the version; prereleases do not pass.";

void write_unlimited(JsonWriter& json, const RenovateMatch& match) {
  json.open_object();
  write_sentences(json, "description", {&match.note, 1});
  write_matcher(json, "matchDatasources", match.datasources);
  write_matcher(json, "matchPackageNames", match.packages);
  write_matcher(json, "matchDepTypes", match.dependency_types);
  json.member("allowedVersions", any_version);
  json.close();
}

LimitedNames limited_names(const RenovateMatch& match, bool described) {
  return {.datasources = match.datasources,
          .packages = match.packages,
          .dependency_types = match.dependency_types,
          .granularity = match.granularity,
          .long_term_preset = match.long_term_preset,
          .long_term_text = match.long_term_text,
          .described = described};
}

void write_rules(JsonWriter& json, const TrackContext& context, const RuntimeRules& rules) {
  const RuntimePolicy* runtime = governed(context.track, rules.id);
  if (!runtime) return;
  for (const RenovateMatch& match : rules.renovate.matches) {
    if (match.granularity != Granularity::unlimited)
      write_limit(json, context, *runtime,
                  limited_names(match, &match == &rules.renovate.matches.front()));
    else if (!runtime->buildable.empty())
      write_unlimited(json, match);
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

std::string emit_track_preset(const TrackContext& context) {
  JsonWriter json;
  std::vector<std::string> description =
      track_description(context, "Runtime versions that can be built");
  description.emplace_back(about_expressions);
  begin_preset(json, description);
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
  else
    description.emplace_back(about_expressions);
  begin_preset(json, description);
  json.key("packageRules").open_array();
  write_rules(json, context, runtime);
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
