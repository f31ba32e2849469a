#include "emit/policy_json.h"

#include "emit/tracks.h"

namespace buildable::emit {

namespace {

using Layout = JsonWriter::Layout;

void write_evidence(JsonWriter& json, const Evidence& evidence) {
  json.key("evidence").open_object();
  json.member_if_known("source", evidence.source).member_if_known("digest", evidence.digest);
  json.member_if_known("seen", evidence.seen).member_if_known("note", evidence.note);
  json.close();
}

void write_reasons(JsonWriter& json, const std::vector<Reason>& reasons,
                   std::string_view key = "reasons") {
  json.key(key).open_array();
  for (const Reason& reason : reasons) {
    json.open_object().member("text", reason.text);
    write_evidence(json, reason.evidence);
    json.close();
  }
  json.close();
}

void write_ranges(JsonWriter& json, const PinRange& pins) {
  json.key("ranges").open_object();
  if (!pins.grammar.empty()) {
    json.key(pins.grammar).open_object();
    json.member("text", pins.range.text).member("exact", pins.range.exact);
    json.member_if_known("remark", pins.range.remark).close();
  }
  json.close();
}

void write_series(JsonWriter& json, const std::vector<SeriesRow>& series) {
  json.key("series").open_array();
  for (const SeriesRow& row : series) {
    json.open_object(Layout::line).member("series", row.series);
    json.member_if_known("newest", row.newest).member("open_patches", row.open_patches).close();
  }
  json.close();
}

void write_files(JsonWriter& json, const RuntimePolicy& runtime) {
  json.key("reads").open_array();
  for (const PinFile& file : runtime.reads) {
    json.open_object(Layout::line).member("file", file.file).member_if_known("key", file.key);
    json.member("forms", file.forms).member_if_known("grammar", file.grammar);
    json.member_if_known("note", file.note).close();
  }
  json.close().key("refuses").open_array();
  for (const RefusedFile& file : runtime.refuses)
    json.open_object(Layout::line).member("file", file.file).member("why", file.why).close();
  json.close();
}

void write_versions(JsonWriter& json, const std::vector<Version>& versions) {
  json.key("versions").open_array(Layout::line);
  for (const Version& version : versions) json.value(version.text());
  json.close();
}

void write_buildpacks(JsonWriter& json, const std::vector<BuildpackReference>& buildpacks) {
  json.key("buildpacks").open_array();
  for (const BuildpackReference& buildpack : buildpacks)
    json.open_object(Layout::line)
        .member("id", buildpack.id)
        .member("version", buildpack.version)
        .close();
  json.close();
}

void write_runtime(JsonWriter& json, const RuntimePolicy& runtime, RenderCache& cache) {
  json.key(runtime.runtime).open_object();
  write_runtime_members(json, runtime, cache);
  json.close();
}

void write_target(JsonWriter& json, const Target& target) {
  json.key("target").open_object(Layout::line);
  json.member("os", target.os).member("arch", target.arch);
  json.member_if_known("distro", target.distro);
  json.member_if_known("distro_version", target.distro_version);
  json.member_if_known("stack", target.stack).close();
}

void write_track(JsonWriter& json, const TrackPolicy& track, RenderCache& cache) {
  json.key(track.track).open_object();
  json.member_if_known("description", track.description).member("builder", track.builder);
  json.member_if_known("builder_digest", track.builder_digest);
  json.member_if_known("runner", track.runner);
  json.member_if_known("command_option", track.command_option);
  write_target(json, track.target);
  json.member("certain", track.certain).member("expired", track.expired);
  json.member_if_known("valid_until", track.valid_until);
  write_reasons(json, track.reasons);
  json.key("runtimes").open_object();
  for (const RuntimePolicy& runtime : track.runtimes) write_runtime(json, runtime, cache);
  json.close().close();
}

}  // namespace

void write_witnesses(JsonWriter& json, const TrackPolicy& track) {
  if (!track.witnesses.empty()) write_reasons(json, track.witnesses, "witnesses");
}

void write_runtime_members(JsonWriter& json, const RuntimePolicy& runtime, RenderCache& cache) {
  json.member("name", runtime.name).member("scheme", name_of(runtime.scheme));
  json.member("series_components", runtime.series_components);
  json.member("governed", runtime.governed).member("summary", runtime.summary);
  json.member("buildable", cache.canonical(runtime.buildable));
  json.member("unbuildable", cache.canonical(runtime.unbuildable));
  write_ranges(json, cache.pin_range(runtime.buildable));
  json.member_if_known("default", runtime.default_version);
  json.member_if_known("default_resolved", runtime.default_resolved);
  json.member_if_known("newest", newest_known(runtime));
  write_series(json, runtime.series);
  if (runtime.later_patches_after > 0)
    json.member("later_patches_after", runtime.later_patches_after);
  write_versions(json, runtime.known);
  write_buildpacks(json, runtime.buildpacks);
  write_files(json, runtime);
  json.member_if_known("resolves", runtime.resolves);
  write_reasons(json, runtime.reasons);
}

std::string emit_policy(const Policy& policy, RenderCache& cache) {
  JsonWriter json;
  json.open_object().member("schema_version", 1);
  json.member("platform", policy.platform).member("platform_name", policy.platform_name);
  json.key("snapshot").open_object();
  json.member("digest", policy.snapshot_digest).member("effective", policy.effective);
  json.member("observed", policy.observed).close();
  json.key("tracks").open_object();
  for (const TrackPolicy& track : policy.tracks) write_track(json, track, cache);
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
