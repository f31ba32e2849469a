#include "emit/site/changelog.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "emit/history.h"
#include "policy/describe.h"

namespace buildable::emit {

namespace {

constexpr std::size_t longest_title = 140;
constexpr std::string_view more_versions = "more versions of known series";

// "24_0.21.8" of "heroku-builder:24_0.21.8".
std::string tag_of(std::string_view reference) {
  const std::string_view name = short_reference(reference);
  return std::string(name.substr(name.rfind(':') + 1));
}

std::string some_of(const std::vector<std::string>& items, std::size_t most) {
  if (items.size() <= most + 1) return join(items, ", ");
  const std::vector<std::string> shown(items.begin(),
                                       items.begin() + static_cast<std::ptrdiff_t>(most));
  return join(shown, ", ") + " and " + std::to_string(items.size() - most) + " more";
}

// The newest series, or the set where it is short: "3.14", "26.1.0"; else that there is something.
std::string versions_text(const std::vector<std::string>& series, const std::string& set) {
  constexpr std::size_t short_set = 24;
  if (!series.empty()) {
    const std::vector<std::string> newest_first(series.rbegin(), series.rend());
    return some_of(newest_first, 4);
  }
  if (set.empty() || set.size() <= short_set) return set;
  return std::string(more_versions);
}

// For a title: "3.14", "26.1.0"; of several the newest, of a span its end.
std::string newest_text(const std::vector<std::string>& series, const std::string& set) {
  constexpr std::string_view to = " to ";
  if (series.empty()) return versions_text(series, set);
  const std::string& newest = series.back();
  const auto span = newest.find(to);
  return span == std::string::npos ? newest : newest.substr(span + to.size());
}

std::string item_of(const RuntimeNews& news, bool gained) {
  const std::string versions = gained ? newest_text(news.gained_series, news.gained)
                                      : versions_text(news.lost_series, news.lost);
  if (versions.empty()) return {};
  return versions == more_versions ? "more of " + news.name : news.name + " " + versions;
}

std::string items_of(const TrackNews& track, bool gained) {
  std::vector<std::string> items;
  for (const RuntimeNews& runtime : track.runtimes)
    if (std::string item = item_of(runtime, gained); !item.empty())
      items.push_back(std::move(item));
  return some_of(items, 4);
}

std::string builders_of(const TrackNews& track) {
  const std::string before = tag_of(track.old_builder);
  const std::string after = tag_of(track.new_builder);
  return " (builder " + (before == after ? after : before + " → " + after) + ")";
}

std::string track_title(const TrackNews& track, bool became_known) {
  if (track.old_builder.empty())
    return track.track + ": new, with builder " + tag_of(track.new_builder);
  if (track.new_builder.empty()) return track.track + ": no longer deployed";
  if (track.expired_now) return track.track + ": ended, nothing builds on it any more";
  const std::string gained = items_of(track, true);
  const std::string lost = items_of(track, false);
  std::vector<std::string> parts;
  if (!gained.empty())
    parts.push_back(gained + (became_known ? " now known to be buildable" : " now buildable"));
  if (!lost.empty()) parts.push_back(lost + " no longer");
  if (parts.empty()) parts.emplace_back("the same versions");
  return track.track + ": " + join(parts, ", ") + builders_of(track);
}

std::string title_of_first(const HistoryState& state) {
  std::vector<std::string> builders;
  for (const DeployedBuilder& deployed : state.builders)
    builders.push_back(deployed.track + " " + tag_of(deployed.builder));
  return "First publication: " + join(builders, ", ");
}

// Text in Markdown: what it would take for markup or for HTML is escaped.
std::string markdown(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*[]<>&|~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string cell(std::string_view text) { return " " + markdown(text) + " |"; }

std::string default_cell(const RuntimeNews& news) {
  if (news.old_default == news.new_default) return {};
  const auto shown = [](const std::string& version) {
    return version == "*" ? std::string("newest") : version;
  };
  return news.old_default.empty() ? shown(news.new_default)
                                  : shown(news.old_default) + " → " + shown(news.new_default);
}

void append_rows(std::string& table, const TrackNews& track, bool became_known) {
  if (track.runtimes.empty() || track.expired_now) {
    const std::string title = track_title(track, became_known);
    table += "|" + cell(track.track) + cell(title.substr(title.find(": ") + 2)) + " | | |\n";
    return;
  }
  for (const RuntimeNews& runtime : track.runtimes)
    table += "|" + cell(track.track) + cell(runtime.name) +
             cell(versions_text(runtime.gained_series, runtime.gained)) +
             cell(versions_text(runtime.lost_series, runtime.lost)) + cell(default_cell(runtime)) +
             "\n";
}

std::string table_of(const HistoryState& state) {
  if (state.changes.empty()) return {};
  const bool became_known = !state.known_by.empty();
  std::string table;
  for (const std::string& witness : state.known_by)
    table += "Witnessed: " + markdown(witness) + "\n\n";
  table += "| track | runtime | now " + std::string(became_known ? "known to be " : "") +
           "buildable | no longer | default |\n| --- | --- | --- | --- | --- |\n";
  for (const TrackNews& track : state.changes) append_rows(table, track, became_known);
  return table + "\n";
}

std::string source_line(const std::string& name, const std::string& digest) {
  return "- " + printable(name) + (digest.empty() ? "" : " " + printable(digest)) + "\n";
}

// Of every fact the source is in snapshot.json; here are those that say what is deployed.
std::string sources_of(const Snapshot& snapshot) {
  std::string text = "Sources:\n";
  std::set<std::string> told;
  const auto tell = [&](const std::string& name, const std::string& digest) {
    if (!name.empty() && told.insert(name).second) text += source_line(name, digest);
  };
  for (const Track& track : snapshot.tracks) tell(track.evidence.source, track.evidence.digest);
  for (const Builder& builder : snapshot.builders) tell(builder.reference, builder.digest);
  std::set<std::string> others;
  for (const Capability& capability : snapshot.capabilities)
    others.insert(capability.evidence.source);
  for (const ArchiveStore& store : snapshot.stores) others.insert(store.evidence.source);
  return text + "- and " + std::to_string(others.size()) + " more, named in snapshot.json\n\n";
}

std::string files_line(const PublicationNews& news) {
  const std::size_t all = news.added + news.modified + news.removed;
  if (all == 0) return "No file but the manifest changes.\n\n";
  return "Files: " + std::to_string(news.added) + " added, " + std::to_string(news.modified) +
         " changed, " + std::to_string(news.removed) + " removed.\n\n";
}

}  // namespace

std::string emit_changelog(const std::vector<HistoryState>& states, const Rules& rules) {
  std::string text = "# What changed\n\nWhat " + rules.platform.name +
                     " can build, state by state, the newest first; the same as data is in "
                     "[history.json](history.json).\n";
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    text += "\n## " + format_day(state->effective) + "\n\n";
    if (state->changes.empty() && state->known_by.empty())
      text += "The first state that is known: " + markdown(title_of(*state)) + ".\n";
    for (const TrackChanges& story : changes_by_track(*state)) {
      text += "- " + markdown(story.headline) + "\n";
      for (const std::string& change : story.changes) text += "  - " + markdown(change) + "\n";
    }
  }
  return text;
}

std::string publication_title(const PublicationNews& news) {
  if (news.is_first) return title_of_first(news.state);
  if (news.is_renewal)
    return "Revision " + news.revision + " confirmed until " + day_of(news.expires);
  if (news.state.changes.empty())
    return "Revision " + news.revision + ": the same versions, files written anew";
  std::string title;
  std::vector<std::string> others;
  for (const TrackNews& track : news.state.changes) {
    const std::string part = track_title(track, !news.state.known_by.empty());
    if (title.empty())
      title = part;
    else if (others.empty() && title.size() + part.size() < longest_title)
      title += "; " + part;
    else
      others.push_back(track.track);
  }
  return others.empty() ? title : title + "; also " + join(others, ", ");
}

std::string emit_commit_message(const PublicationNews& news, const Snapshot& snapshot) {
  return printable(publication_title(news)) + "\n\n" + table_of(news.state) + files_line(news) +
         sources_of(snapshot) + "Buildable-Revision: " + news.revision +
         "\nBuildable-Effective: " + format_instant(news.state.effective) +
         "\nBuildable-Snapshot: " + news.state.snapshot_digest + "\n";
}

}  // namespace buildable::emit
