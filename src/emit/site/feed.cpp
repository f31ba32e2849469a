#include "base/digest.h"
#include "emit/history.h"
#include "emit/site/events.h"
#include "emit/site/markup.h"
#include "emit/tracks.h"

namespace buildable::emit {

namespace {

// Stable as long as the platform and the instant are, so that a corrected fact about a state
// updates its entry and does not repeat it.
std::string identity(std::string_view platform, std::string_view what) {
  return "urn:sha256:" + sha256_hex("buildable " + std::string(platform) + " " + std::string(what));
}

void write_links(MarkupWriter& feed, const std::string& base_url) {
  if (base_url.empty()) return;
  feed.leaf("link").attribute("rel", "self").attribute("type", "application/atom+xml");
  feed.attribute("href", base_url + "feed.atom");
  feed.leaf("link").attribute("rel", "alternate").attribute("type", "text/html");
  feed.attribute("href", base_url);
}

struct Entry {
  std::string id;
  std::string title;
  std::string updated;
  std::vector<TrackChanges> stories;
};

void write_entry(MarkupWriter& feed, const Entry& entry) {
  feed.open("entry").element("id", entry.id).element("title", entry.title);
  feed.element("updated", entry.updated);
  feed.open("content").attribute("type", "xhtml");
  feed.open("div").attribute("xmlns", "http://www.w3.org/1999/xhtml");
  for (const TrackChanges& news : entry.stories) {
    feed.element("p", news.headline);
    if (news.changes.empty()) continue;
    feed.open("ul");
    for (const std::string& change : news.changes) feed.element("li", change);
    feed.close();
  }
  feed.close().close().close();
}

// One for each track on which something happened; of the first state, and of what became known
// without changing anything, one.
std::vector<Entry> entries_of(const HistoryState& state, const Rules& rules) {
  const std::string updated = format_instant(state.effective);
  std::vector<TrackChanges> stories = changes_by_track(state);
  if (state.changes.empty()) {
    const bool is_first = state.known_by.empty();
    if (is_first) stories.push_back({title_of(state), {}});
    return {{identity(state.platform, updated),
             is_first ? "The first state that is known" : title_of(state), updated,
             std::move(stories)}};
  }
  const std::size_t witnesses = stories.size() - state.changes.size();
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < state.changes.size(); ++i) {
    const TrackNews& track = state.changes[i];
    Entry entry{identity(state.platform, updated + " " + track.track),
                event_of(track, rules, !state.known_by.empty()),
                updated,
                {stories.begin(), stories.begin() + static_cast<std::ptrdiff_t>(witnesses)}};
    entry.stories.push_back(std::move(stories[witnesses + i]));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::string emit_feed(const std::vector<HistoryState>& states, const Rules& rules,
                      Instant last_seen, const TreeOptions& options) {
  MarkupWriter feed("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
  feed.open("feed").attribute("xmlns", "http://www.w3.org/2005/Atom");
  feed.element("id", identity(rules.platform.id, "feed"));
  feed.element("title", "What " + rules.platform.name + " can build");
  feed.element("subtitle", "As last seen on " + format_day(last_seen) + ".");
  feed.element("updated", format_instant(states.empty() ? Instant() : states.back().effective));
  feed.open("author").element("name", "buildable").close();
  write_links(feed, with_final_slash(options.base_url));
  for (auto state = states.rbegin(); state != states.rend(); ++state)
    for (const Entry& entry : entries_of(*state, rules)) write_entry(feed, entry);
  feed.close();
  return std::move(feed).take();
}

}  // namespace buildable::emit
