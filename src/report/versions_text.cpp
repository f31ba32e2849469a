#include "report/versions_text.h"

#include "base/text.h"
#include "emit/json_writer.h"
#include "emit/policy_json.h"
#include "emit/tracks.h"
#include "policy/describe.h"
#include "report/table.h"

namespace buildable::report {

namespace {

using Layout = emit::JsonWriter::Layout;

std::string or_dash(std::string_view text) { return text.empty() ? "–" : std::string(text); }

// What the row of a runtime says: newest, default, span.
std::vector<std::string> cells_of(const RuntimePolicy& runtime) {
  if (!runtime.governed)
    return {runtime.name, "–", or_dash(emit::default_of(runtime)), "no limit known"};
  if (runtime.buildable.empty()) return {runtime.name, "–", "–", "none"};
  return {runtime.name, or_dash(emit::newest_known(runtime)), or_dash(emit::default_of(runtime)),
          or_dash(emit::span_of(runtime))};
}

std::string builder_line(const TrackPolicy& track) {
  std::string line = track.track + ": " + track.builder;
  if (track.expired) line += ", ended on " + day_of(track.valid_until);
  if (!track.certain) line += ", contents known from the tag only";
  line += "\n";
  for (const Reason& witness : track.witnesses) line += "witnessed: " + with_source(witness) + "\n";
  return line;
}

std::string pinned_in(const RuntimePolicy& runtime) {
  std::vector<std::string> files;
  for (const PinFile& file : runtime.reads)
    files.push_back(file.key.empty() ? file.file : file.file + " (" + file.key + ")");
  return files.empty() ? "no file" : join(files, ", ");
}

void write_runtime(emit::JsonWriter& json, const RuntimePolicy& runtime) {
  json.key(runtime.runtime).open_object();
  json.member("set", to_string(runtime.buildable)).member("default", runtime.default_version);
  json.key("versions").open_array(Layout::line);
  for (const Version& version : runtime.known) json.value(version.text());
  json.close().key("series").open_array(Layout::line);
  for (const SeriesRow& row : runtime.series) json.value(row.series);
  json.close().close();
}

void write_track(emit::JsonWriter& json, const ShownTrack& shown, Instant last_seen) {
  json.open_object().member("track", shown.track.track);
  json.member("last_seen", format_instant(last_seen));
  emit::write_witnesses(json, shown.track);
  json.key("runtimes").open_object();
  for (const RuntimePolicy& runtime : shown.track.runtimes)
    if (!shown.only || shown.only == &runtime) write_runtime(json, runtime);
  json.close().close();
}

}  // namespace

std::string summary_table(const Policy& policy) {
  TextTable table({"TRACK", "RUNTIME", "NEWEST", "DEFAULT", "SPAN"});
  for (const TrackPolicy& track : policy.tracks) {
    if (track.expired)
      table.add({track.track, "all", "–", "–", "ended on " + day_of(track.valid_until)});
    for (const RuntimePolicy& runtime : track.runtimes) {
      if (track.expired || !runtime.governed) continue;
      std::vector<std::string> cells = cells_of(runtime);
      cells.insert(cells.begin(), track.track);
      table.add(std::move(cells));
    }
  }
  return table.to_text();
}

std::string versions_table(const TrackPolicy& track) {
  TextTable table({"RUNTIME", "NEWEST", "DEFAULT", "SPAN"});
  for (const RuntimePolicy& runtime : track.runtimes) table.add(cells_of(runtime));
  return builder_line(track) + "\n" + table.to_text();
}

std::string versions_table(const TrackPolicy& track, const RuntimePolicy& runtime) {
  std::string text = builder_line(track) + runtime.summary + "\n\n";
  text += "Pinned in: " + pinned_in(runtime) + "\n";
  if (!emit::default_of(runtime).empty())
    text += "Without a pin: " + emit::default_of(runtime) + "\n";
  for (const RefusedFile& file : runtime.refuses)
    text += "Fails the build: " + file.file + " (" + file.why + ")\n";
  if (runtime.series.empty()) return text;
  TextTable table({"SERIES", "NEWEST KNOWN", "LATER PATCHES"});
  const std::string later =
      runtime.later_patches_after > 0
          ? "likely " + std::to_string(runtime.later_patches_after) + " days after their release"
          : "no";
  for (const SeriesRow& row : runtime.series)
    table.add({row.series, or_dash(row.newest), row.open_patches ? "build when released" : later});
  return text + "\n" + table.to_text();
}

std::string versions_json(const std::vector<ShownTrack>& tracks, Instant last_seen, bool several) {
  emit::JsonWriter json;
  if (several) json.open_object().key("tracks").open_array();
  for (const ShownTrack& each : tracks) write_track(json, each, last_seen);
  if (several) json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::report
