#include "serve/api.h"

#include <algorithm>

#include "emit/history.h"
#include "emit/policy_json.h"
#include "emit/tracks.h"

namespace buildable::http {
namespace {

using Layout = emit::JsonWriter::Layout;

void write_track(emit::JsonWriter& json, const TrackPolicy& track) {
  json.open_object().member("track", track.track);
  json.member_if_known("description", track.description).member("builder", track.builder);
  json.member_if_known("builder_digest", track.builder_digest);
  json.member_if_known("command_option", track.command_option);
  json.member("certain", track.certain).member("expired", track.expired);
  json.member_if_known("valid_until", track.valid_until);
  json.member("preset", "/" + track.track + ".json");
  json.key("runtimes").open_array(Layout::line);
  for (const RuntimePolicy& runtime : track.runtimes) json.value(runtime.runtime);
  json.close().close();
}

std::string tracks_body(const Generation& generation) {
  emit::JsonWriter json;
  open_envelope(json, generation);
  json.open_object().member("default_track", generation.rules().platform.default_track);
  json.key("tracks").open_array();
  for (const TrackPolicy& track : generation.policy().tracks) write_track(json, track);
  json.close().close();
  return close_envelope(std::move(json));
}

std::string track_body(const Generation& generation, const TrackPolicy& track) {
  emit::JsonWriter json;
  open_envelope(json, generation);
  write_track(json, track);
  return close_envelope(std::move(json));
}

void write_on_track(emit::JsonWriter& json, const TrackPolicy& track,
                    const RuntimePolicy& runtime) {
  json.key(track.track).open_object(Layout::line);
  json.member("governed", runtime.governed);
  json.member_if_known("newest", emit::newest_known(runtime));
  json.member_if_known("default", runtime.default_version);
  json.member_if_known("default_resolved", runtime.default_resolved).close();
}

// Every runtime that a track has, by id, with its answers on each.
std::string runtimes_body(const Generation& generation) {
  emit::JsonWriter json;
  open_envelope(json, generation);
  json.open_object().key("runtimes").open_array();
  for (const RuntimeRules& rules : generation.rules().runtimes) {
    const auto& tracks = generation.policy().tracks;
    const auto has = [&](const TrackPolicy& track) { return track.find(rules.id) != nullptr; };
    if (std::none_of(tracks.begin(), tracks.end(), has)) continue;
    json.open_object().member("runtime", rules.id).member("name", rules.name);
    json.member("aliases", rules.aliases).member("build_tool", rules.build_tool);
    json.key("tracks").open_object();
    for (const TrackPolicy& track : tracks)
      if (const RuntimePolicy* runtime = track.find(rules.id))
        write_on_track(json, track, *runtime);
    json.close().close();
  }
  json.close().close();
  return close_envelope(std::move(json));
}

std::string runtime_body(const Generation& generation, const TrackPolicy& track,
                         const RuntimePolicy& runtime, emit::RenderCache& cache) {
  const std::string place = track.track + "/" + runtime.runtime + ".json";
  emit::JsonWriter json;
  open_envelope(json, generation);
  json.open_object().member("track", track.track).member("runtime", runtime.runtime);
  json.member("preset", "/renovate/" + place).member("datasource", "/datasources/" + place);
  emit::write_runtime_members(json, runtime, cache);
  json.close();
  return close_envelope(std::move(json));
}

void write_counts(emit::JsonWriter& json, const std::map<std::string, std::uint64_t>& counts) {
  json.key("counts").open_object(Layout::line);
  for (const auto& [name, count] : counts) json.member(name, static_cast<std::int64_t>(count));
  json.close();
}

}  // namespace

void open_envelope(emit::JsonWriter& json, const Generation& generation) {
  const Policy& policy = generation.policy();
  const RefreshStatus& status = generation.status();
  json.open_object().member("schema_version", 1).member("stale", status.stale);
  if (status.stale) json.member_if_known("stale_since", generation.seen());
  json.member_if_known("last_seen", generation.seen());
  json.key("snapshot").open_object().member("digest", policy.snapshot_digest);
  json.member("effective", policy.effective).member("observed", policy.observed).close();
  json.key("result");
}

std::string close_envelope(emit::JsonWriter&& json) {
  json.close();
  return std::move(json).take();
}

std::map<std::string, std::string> prepared_bodies(const Generation& generation) {
  std::map<std::string, std::string> bodies;
  emit::RenderCache cache;
  const std::deque<TrackPolicy> missing =
      emit::missing_tracks(generation.rules(), generation.policy());
  const auto add = [&](const TrackPolicy& track) {
    bodies["/v1/tracks/" + track.track] = track_body(generation, track);
    for (const RuntimePolicy& runtime : track.runtimes)
      bodies["/v1/tracks/" + track.track + "/runtimes/" + runtime.runtime] =
          runtime_body(generation, track, runtime, cache);
  };
  for (const TrackPolicy& track : generation.policy().tracks) add(track);
  for (const TrackPolicy& track : missing) add(track);
  bodies["/v1/tracks"] = tracks_body(generation);
  bodies["/v1/runtimes"] = runtimes_body(generation);
  bodies["/v1/changes"] = changes_body(generation, Instant::min());
  return bodies;
}

std::string changes_body(const Generation& generation, Instant since) {
  emit::JsonWriter json;
  open_envelope(json, generation);
  json.open_object().key("states").open_array();
  for (const HistoryState& state : generation.history())
    if (state.effective >= since) emit::write_history_state(json, state);
  json.close().close();
  return close_envelope(std::move(json));
}

std::string health_body() {
  emit::JsonWriter json;
  json.open_object().member("status", "ok").close();
  return std::move(json).take();
}

std::string readiness_body(const Generation& generation, bool stopping) {
  const RefreshStatus& status = generation.status();
  std::string_view word = !status.succeeded ? "not refreshed yet" : "fresh";
  if (status.stale) word = "stale";
  emit::JsonWriter json;
  json.open_object().member("status", stopping ? std::string_view("stopping") : word);
  json.member("origin", generation.origin()).member("revision", generation.revision());
  json.member("snapshot", generation.policy().snapshot_digest);
  json.member_if_known("seen", generation.seen()).member_if_known("attempted", status.attempted);
  json.member_if_known("succeeded", status.succeeded).member_if_known("problem", status.problem);
  write_counts(json, status.counts);
  json.key("sources").open_array();
  for (const SourceStatus& source : status.sources) {
    json.open_object(Layout::line).member("source", source.source);
    json.member("outcome", source.outcome).member_if_known("detail", source.detail);
    write_counts(json, source.counts);
    json.close();
  }
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::http
