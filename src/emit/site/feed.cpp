#include "base/digest.h"
#include "emit/history.h"
#include "emit/site/markup.h"
#include "emit/tracks.h"

namespace buildable::emit {

namespace {

// Stable as long as the platform and the instant are, so that a corrected fact about a state
// updates its entry and does not repeat it.
std::string identity(std::string_view platform, std::string_view what) {
  return "urn:sha256:" + sha256_hex("buildable " + std::string(platform) + " " + std::string(what));
}

// Atom wants a full date-time.
std::string date_time(const std::string& instant) {
  return instant.size() == 10 ? instant + "T00:00:00Z" : instant;
}

void write_links(MarkupWriter& feed, const std::string& base_url) {
  if (base_url.empty()) return;
  feed.leaf("link").attribute("rel", "self").attribute("type", "application/atom+xml");
  feed.attribute("href", base_url + "feed.atom");
  feed.leaf("link").attribute("rel", "alternate").attribute("type", "text/html");
  feed.attribute("href", base_url);
}

void write_news(MarkupWriter& feed, const HistoryState& state) {
  feed.open("content").attribute("type", "xhtml");
  feed.open("div").attribute("xmlns", "http://www.w3.org/1999/xhtml");
  if (state.changes.empty() && state.known_by.empty())
    feed.element("p", "The first state that is known: " + title_of(state) + ".");
  for (const TrackChanges& news : changes_by_track(state)) {
    feed.element("p", news.headline);
    if (news.changes.empty()) continue;
    feed.open("ul");
    for (const std::string& change : news.changes) feed.element("li", change);
    feed.close();
  }
  feed.close().close();
}

void write_entry(MarkupWriter& feed, const HistoryState& state) {
  const std::string updated = date_time(state.effective);
  feed.open("entry");
  feed.element("id", identity(state.platform, updated));
  feed.element("title", title_of(state));
  feed.element("updated", updated);
  write_news(feed, state);
  feed.close();
}

}  // namespace

std::string emit_feed(const std::vector<HistoryState>& states, const Rules& rules,
                      const TreeOptions& options) {
  MarkupWriter feed("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
  feed.open("feed").attribute("xmlns", "http://www.w3.org/2005/Atom");
  feed.element("id", identity(rules.platform.id, "feed"));
  feed.element("title", "What " + rules.platform.name + " can build");
  feed.element("updated",
               states.empty() ? "1970-01-01T00:00:00Z" : date_time(states.back().effective));
  feed.open("author").element("name", "buildable").close();
  write_links(feed, with_final_slash(options.base_url));
  for (auto state = states.rbegin(); state != states.rend(); ++state) write_entry(feed, *state);
  feed.close();
  return std::move(feed).take();
}

}  // namespace buildable::emit
