#include "emit/bots/renovate.h"
#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// The newest known version of the series that a project without a pin gets; empty where the default
// names no series.
std::string_view newest_of_default(const RuntimePolicy& runtime) {
  const Result<Named> named = parse_named(runtime.scheme, runtime.default_version);
  if (!named || named->series.empty()) return {};
  const VersionSet series = VersionSet::series(runtime.scheme, named->series);
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version)
    if (!version->is_prerelease() && series.contains(*version)) return version->text();
  return {};
}

// The one version to filter for. Anything but an exact version makes the filter drop every release
// of some ecosystems.
std::string_view exact_version(const RuntimePolicy& runtime) {
  if (!runtime.default_resolved.empty()) return runtime.default_resolved;
  const std::string_view newest = newest_of_default(runtime);
  return newest.empty() ? newest_known(runtime) : newest;
}

void write_filter(JsonWriter& json, const RuntimePolicy& runtime,
                  const RenovateLibraries& libraries) {
  const std::string version(exact_version(runtime));
  json.open_object();
  json.key("description").open_array();
  json.value("For projects that run " + runtime.name + " " + version +
             ": releases of libraries that exclude it are not proposed.");
  json.close();
  json.member("matchDatasources", libraries.datasources);
  json.key("constraints").open_object(JsonWriter::Layout::line);
  json.member(libraries.constraint, version).close();
  json.member("constraintsFiltering", "strict");
  json.close();
}

}  // namespace

std::string emit_libraries_preset(const TrackContext& context) {
  JsonWriter json;
  std::vector<std::string> description =
      track_description(context, "Libraries that need a newer runtime are not proposed");
  description.push_back(
      "Opt-in, and right only for projects that run exactly the versions named in the rules: a "
      "release of a library that excludes that version is not proposed, and Renovate uses it for "
      "its own tools.");
  begin_preset(json, description);
  json.key("packageRules").open_array();
  for (const RuntimeRules& rules : context.rules.runtimes) {
    const RuntimePolicy* runtime = governed(context.track, rules.id);
    if (!runtime || exact_version(*runtime).empty()) continue;
    for (const RenovateLibraries& libraries : rules.renovate.libraries)
      write_filter(json, *runtime, libraries);
  }
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
