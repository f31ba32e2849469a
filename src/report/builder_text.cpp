#include "report/builder_text.h"

#include <algorithm>

#include "base/text.h"
#include "emit/json_writer.h"
#include "emit/policy_json.h"
#include "emit/tracks.h"
#include "model/distributions.h"
#include "policy/describe.h"
#include "report/injected.h"
#include "report/table.h"

namespace buildable::report {

namespace {

using Layout = emit::JsonWriter::Layout;

std::string target_text(const Target& target) {
  return target.os + "/" + target.arch + ", " + target.distro + " " + target.distro_version + " (" +
         target.stack + ")";
}

struct BuildpackRow {
  std::string id;
  std::vector<std::string> versions;  // one a candidate where they differ, oldest first
};

// The buildpacks of all candidates, in the order in which the first names them.
std::vector<BuildpackRow> buildpack_rows(const std::vector<const Candidate*>& candidates) {
  std::vector<BuildpackRow> rows;
  for (const Candidate* candidate : candidates)
    for (const BuildpackReference& buildpack : candidate->buildpacks) {
      auto row = std::find_if(rows.begin(), rows.end(),
                              [&](const BuildpackRow& known) { return known.id == buildpack.id; });
      if (row == rows.end()) row = rows.insert(rows.end(), {buildpack.id, {}});
      if (std::find(row->versions.begin(), row->versions.end(), buildpack.version) ==
          row->versions.end())
        row->versions.push_back(buildpack.version);
    }
  return rows;
}

std::string lifecycles_of(const std::vector<const Candidate*>& candidates) {
  std::vector<std::string> names;
  for (const Candidate* candidate : candidates)
    if (!candidate->lifecycle.empty() &&
        std::find(names.begin(), names.end(), candidate->lifecycle) == names.end())
      names.push_back(candidate->lifecycle);
  return join(names, " or ");
}

// Why these candidates: the tag's reasoning, and what witnesses make of it.
std::string reasons_text(const BuilderView& view) {
  std::string text;
  for (const std::string& reason : view.builder->reasoning) text += "\n" + reason;
  for (const Reason& witness : view.track.witnesses)
    text += "\nWitnessed: " + with_source(witness) + ".";
  return text.empty() ? text : text + "\n";
}

void append_line(std::string& text, std::string_view label, std::string_view value) {
  if (!value.empty()) text.append(label).append(value).append("\n");
}

std::string injected_text(const BuilderView& view) {
  std::string text;
  for (const InjectedBuildpack* injected : injected_on(view.platform, view.track)) {
    text +=
        "  " + (injected->id.empty() ? "(name not known)" : injected->id) + ": " + injected->what;
    if (!injected->trigger.empty()) text += ", when there is " + injected->trigger;
    text += "\n";
    append_line(text, "    not known: ", injected->unknown);
  }
  return text.empty() ? text : "\nAdded by the platform at build time:\n" + text;
}

void write_candidate(emit::JsonWriter& json, const Candidate& candidate) {
  json.open_object().member_if_known("lifecycle", candidate.lifecycle);
  json.key("buildpacks").open_array();
  for (const BuildpackReference& buildpack : candidate.buildpacks)
    json.open_object(Layout::line)
        .member("id", buildpack.id)
        .member("version", buildpack.version)
        .close();
  json.close().key("order").open_array();
  for (const OrderGroup& group : candidate.order) {
    json.open_array(Layout::line);
    for (const BuildpackReference& buildpack : group)
      json.open_object()
          .member("id", buildpack.id)
          .member("version", buildpack.version)
          .member("optional", buildpack.optional)
          .close();
    json.close();
  }
  json.close().member_if_known("source", candidate.evidence.source).close();
}

void write_injected(emit::JsonWriter& json, const BuilderView& view) {
  json.key("injected").open_array();
  for (const InjectedBuildpack* injected : injected_on(view.platform, view.track)) {
    json.open_object().member_if_known("id", injected->id).member("what", injected->what);
    json.member_if_known("trigger", injected->trigger).member_if_known("image", injected->image);
    json.member_if_known("unknown", injected->unknown).close();
  }
  json.close();
}

}  // namespace

std::vector<const InjectedBuildpack*> injected_on(const PlatformRules& platform,
                                                  const TrackPolicy& track) {
  std::vector<const InjectedBuildpack*> found;
  for (const InjectedBuildpack& injected : platform.injected)
    if (is_meant_for(injected.distro_versions, track.target.distro_version))
      found.push_back(&injected);
  return found;
}

std::vector<const Candidate*> candidates_of(const BuilderView& view) {
  std::vector<const Candidate*> candidates;
  if (view.builder)
    for (const BuilderState& state : view.track.states)
      if (state.candidate < view.builder->candidates.size())
        candidates.push_back(&view.builder->candidates[state.candidate]);
  return candidates;
}

std::string builder_text(const BuilderView& view) {
  const TrackPolicy& track = view.track;
  std::string text;
  append_line(text, "Track:     ", track.track + (track.expired ? " (ended)" : ""));
  append_line(text, "Builder:   ", track.builder);
  append_line(text, "Digest:    ", track.builder_digest);
  append_line(text, "Run image: ", track.runner);
  append_line(text, "Target:    ", target_text(track.target));
  append_line(text, "Until:     ", track.valid_until);
  append_line(text, "Last seen: ", format_day(view.last_seen));
  const std::vector<const Candidate*> candidates = candidates_of(view);
  if (candidates.empty())
    return text + "\nWhat is inside this image is not known.\n" + injected_text(view);
  append_line(text, "Lifecycle: ", lifecycles_of(candidates));
  TextTable table({"BUILDPACK", "VERSION"});
  for (const BuildpackRow& row : buildpack_rows(candidates))
    table.add({row.id, join(row.versions, " or ")});
  text += "\n" + table.to_text();
  return text + reasons_text(view) + injected_text(view);
}

std::string builder_json(const BuilderView& view) {
  const TrackPolicy& track = view.track;
  emit::JsonWriter json;
  json.open_object().member("track", track.track).member("builder", track.builder);
  json.member_if_known("digest", track.builder_digest).member_if_known("runner", track.runner);
  json.member_if_known("valid_until", track.valid_until).member("expired", track.expired);
  json.member("last_seen", view.last_seen);
  json.key("target").open_object(Layout::line);
  json.member("os", track.target.os).member("arch", track.target.arch);
  json.member("distro", track.target.distro);
  json.member("distro_version", track.target.distro_version);
  json.member("stack", track.target.stack).close();
  json.key("candidates").open_array();
  for (const Candidate* candidate : candidates_of(view)) write_candidate(json, *candidate);
  json.close();
  emit::write_witnesses(json, track);
  write_injected(json, view);
  json.close();
  return std::move(json).take();
}

}  // namespace buildable::report
