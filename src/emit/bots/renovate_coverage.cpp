#include "emit/bots/renovate.h"

#include <algorithm>

#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// Where a custom manager's dependency gets its versions from.
struct VersionSource {
  std::string custom;      // the custom datasource's name; empty: upstream's is used
  std::string datasource;  // "custom.<name>" or upstream's
};

VersionSource source_of(const TrackContext& context, const RuntimeRules& runtime,
                        const RenovateManager& manager) {
  if (context.options.base_url.empty()) return {{}, manager.datasource};
  std::string name = context.policy.platform + "-" + context.track.track + "-" + runtime.id;
  return {name, "custom." + name};
}

bool names(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// What the rules say of a name, where they list it for the track presets.
const RenovateMatch* match_of(const RuntimeRules& runtime, const RenovateManager& manager) {
  for (const RenovateMatch& match : runtime.renovate.matches)
    if (names(match.datasources, manager.datasource) &&
        (match.packages.empty() || names(match.packages, manager.package)))
      return &match;
  return nullptr;
}

Granularity granularity_of(const RuntimeRules& runtime, const RenovateManager& manager) {
  const RenovateMatch* match = match_of(runtime, manager);
  return match ? match->granularity : Granularity::version;
}

// A datasource of ours has no preset of Renovate's own.
LimitedNames limited_names(const RuntimeRules& runtime, const RenovateManager& manager,
                           const std::string& datasource) {
  LimitedNames limited{.managers = {"custom.regex"},
                       .datasources = {datasource},
                       .packages = {manager.package},
                       .granularity = granularity_of(runtime, manager)};
  const RenovateMatch* match = match_of(runtime, manager);
  if (match && datasource == manager.datasource) {
    limited.long_term_preset = match->long_term_preset;
    limited.long_term_text = match->long_term_text;
  }
  return limited;
}

// Calls `visit(runtime rules, runtime policy, manager)` for each manager of a governed runtime.
template <class Visit>
void for_each_manager(const TrackContext& context, Visit visit) {
  for (const RuntimeRules& rules : context.rules.runtimes)
    if (const RuntimePolicy* runtime = governed(context.track, rules.id))
      for (const RenovateManager& manager : rules.renovate.managers)
        visit(rules, *runtime, manager);
}

void write_managers(JsonWriter& json, const TrackContext& context) {
  json.key("customManagers").open_array();
  for_each_manager(context, [&](const RuntimeRules& rules, const RuntimePolicy&,
                                const RenovateManager& manager) {
    const VersionSource source = source_of(context, rules, manager);
    json.open_object();
    if (!manager.note.empty()) json.member("description", std::vector{manager.note});
    json.member("customType", "regex");
    json.member("managerFilePatterns", manager.files);
    json.member("matchStrings", manager.matches);
    json.member("depNameTemplate", manager.dependency);
    json.member("packageNameTemplate", manager.package);
    json.member("datasourceTemplate", source.datasource);
    json.member_if_known("versioningTemplate", manager.versioning);
    // Our datasources list plain versions; only upstream's have something to cut off.
    if (source.custom.empty())
      json.member_if_known("extractVersionTemplate", manager.extract_version);
    json.close();
  });
  json.close();
}

void write_datasources(JsonWriter& json, const TrackContext& context) {
  if (context.options.base_url.empty()) return;
  const std::string base = with_final_slash(context.options.base_url);
  json.key("customDatasources").open_object();
  std::string written;
  for_each_manager(context, [&](const RuntimeRules& rules, const RuntimePolicy&,
                                const RenovateManager& manager) {
    const VersionSource source = source_of(context, rules, manager);
    if (source.custom == written) return;  // one for all managers of a runtime
    written = source.custom;
    json.key(source.custom).open_object();
    json.member("defaultRegistryUrlTemplate",
                base + "datasources/" + context.track.track + "/" + rules.id + ".json");
    json.close();
  });
  json.close();
}

// One rule a datasource and package: several managers may read the same.
void write_limits(JsonWriter& json, const TrackContext& context) {
  std::vector<std::pair<std::string, std::string>> written;
  json.key("packageRules").open_array();
  for_each_manager(context, [&](const RuntimeRules& rules, const RuntimePolicy& runtime,
                                const RenovateManager& manager) {
    std::pair name{source_of(context, rules, manager).datasource, manager.package};
    if (std::find(written.begin(), written.end(), name) != written.end()) return;
    write_limit(json, context, runtime, limited_names(rules, manager, name.first));
    written.push_back(std::move(name));
  });
  json.close();
}

}  // namespace

std::vector<CoverageSource> coverage_sources(const TrackContext& context,
                                             const RuntimeRules& runtime) {
  std::vector<CoverageSource> found;
  for (const RenovateManager& manager : runtime.renovate.managers) {
    if (granularity_of(runtime, manager) != Granularity::version) continue;
    CoverageSource source{source_of(context, runtime, manager).datasource, manager.package};
    if (std::find(found.begin(), found.end(), source) == found.end())
      found.push_back(std::move(source));
  }
  return found;
}

std::string emit_coverage_preset(const TrackContext& context) {
  JsonWriter json;
  std::vector<std::string> description =
      track_description(context, "Pin files that Renovate does not see by itself");
  description.push_back(
      "Opt-in, beside the preset of the track: from then on these files get updates, within the "
      "limits of the rules below.");
  begin_preset(json, description);
  write_managers(json, context);
  write_datasources(json, context);
  write_limits(json, context);
  json.close();
  return std::move(json).take();
}

}  // namespace buildable::emit
