#include "emit/history.h"

#include <span>

#include "base/text.h"
#include "policy/describe.h"

namespace buildable::emit {

namespace {

std::string headline_of(const TrackNews& change, bool became_known) {
  const std::string before(short_reference(change.old_builder));
  const std::string after(short_reference(change.new_builder));
  if (before.empty()) return change.track + ": new track with " + after;
  if (after.empty()) return change.track + ": no longer deployed";
  std::string line = change.track + ": ";
  line += before == after ? after : before + " → " + after;
  if (became_known) return line + ", of which more became known";
  return change.expired_now ? line + " (ended: nothing builds on it any more)" : line;
}

// The newest of a long list: nobody reads forty series, history.json has them all.
std::string newest_of(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 5;
  if (names.size() <= shown + 1) return join(names, ", ");
  const std::span<const std::string> newest(&names[names.size() - shown], shown);
  return join(newest, ", ") + " and " + std::to_string(names.size() - shown) + " older";
}

std::string default_name(const std::string& version) { return version == "*" ? "newest" : version; }

// What a builder gained, or what became known that it can do.
std::string gain_of(const RuntimeNews& change, bool became_known) {
  const char* verb = became_known ? " became known to be buildable" : " can be built";
  if (!change.gained_series.empty()) return newest_of(change.gained_series) + verb;
  return change.gained.empty() ? std::string()
                               : std::string("more versions of known series") + verb;
}

std::string sentence_of(const RuntimeNews& change, bool became_known) {
  std::vector<std::string> parts;
  if (std::string gain = gain_of(change, became_known); !gain.empty())
    parts.push_back(std::move(gain));
  if (!change.lost_series.empty())
    parts.push_back(newest_of(change.lost_series) + " cannot be built any more");
  else if (!change.lost.empty())
    parts.push_back("some versions cannot be built any more");
  if (change.old_default != change.new_default && !change.new_default.empty())
    parts.push_back("default " +
                    (change.old_default.empty() ? "" : default_name(change.old_default) + " → ") +
                    default_name(change.new_default));
  return change.name + ": " + join(parts, "; ");
}

void write_builders(JsonWriter& json, const HistoryState& state) {
  json.key("builders").open_object();
  for (const DeployedBuilder& deployed : state.builders) {
    json.member(deployed.track, deployed.builder);
  }
  json.close();
}

void write_change(JsonWriter& json, const RuntimeNews& change) {
  json.key(change.runtime).open_object();
  json.member_if_known("gained", change.gained);
  json.member_if_known("lost", change.lost);
  if (!change.gained_series.empty()) json.member("gained_series", change.gained_series);
  if (!change.lost_series.empty()) json.member("lost_series", change.lost_series);
  json.member_if_known("old_default", change.old_default);
  json.member_if_known("new_default", change.new_default);
  json.close();
}

void write_change(JsonWriter& json, const TrackNews& change) {
  json.key(change.track).open_object();
  json.member_if_known("old_builder", change.old_builder);
  json.member_if_known("new_builder", change.new_builder);
  json.member("expired_now", change.expired_now);
  json.key("runtimes").open_object();
  for (const RuntimeNews& runtime : change.runtimes) write_change(json, runtime);
  json.close().close();
}

}  // namespace

void write_history_state(JsonWriter& json, const HistoryState& state) {
  json.open_object().member("effective", state.effective);
  json.member("snapshot", state.snapshot_digest);
  write_builders(json, state);
  if (!state.known_by.empty()) json.member("known_by", state.known_by);
  json.key("changes").open_object();
  for (const TrackNews& change : state.changes) write_change(json, change);
  json.close().close();
}

std::string emit_history(const std::vector<HistoryState>& states) {
  JsonWriter json;
  json.open_object().member("schema_version", 1);
  json.key("states").open_array();
  for (const HistoryState& state : states) write_history_state(json, state);
  json.close().close();
  return std::move(json).take();
}

std::vector<TrackChanges> changes_by_track(const HistoryState& state) {
  std::vector<TrackChanges> stories;
  const bool became_known = !state.known_by.empty();
  for (const std::string& witness : state.known_by)
    stories.push_back({"witnessed: " + witness, {}});
  for (const TrackNews& track : state.changes) {
    TrackChanges story{headline_of(track, became_known), {}};
    if (!track.expired_now) {  // else the headline has said it
      for (const RuntimeNews& runtime : track.runtimes) {
        story.changes.push_back(sentence_of(runtime, became_known));
      }
    }
    stories.push_back(std::move(story));
  }
  return stories;
}

std::string title_of(const HistoryState& state) {
  std::vector<std::string> headlines;
  for (const TrackNews& change : state.changes)
    headlines.push_back(headline_of(change, !state.known_by.empty()));
  if (headlines.empty()) {
    for (const DeployedBuilder& deployed : state.builders) {
      headlines.push_back(deployed.track + ": " + std::string(short_reference(deployed.builder)));
    }
  }
  return join(headlines, "; ");
}

}  // namespace buildable::emit
