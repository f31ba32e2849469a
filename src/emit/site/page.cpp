#include "emit/site/page.h"

#include "emit/history.h"
#include "emit/site/events.h"
#include "emit/site/markup.h"
#include "emit/site/matrix.h"
#include "emit/site/page_use.h"
#include "emit/site/search.h"
#include "emit/site/timeline.h"
#include "emit/tracks.h"
#include "policy/describe.h"

namespace buildable::emit {

namespace {

// Days that a picture goes on after the last one that is known, so that its labels have room.
constexpr std::chrono::days room_at_the_end(20);

void write_head(MarkupWriter& page, const std::string& title) {
  page.open("head");
  page.leaf("meta").attribute("charset", "utf-8");
  page.leaf("meta").attribute("name", "viewport");
  page.attribute("content", "width=device-width, initial-scale=1");
  page.element("title", title);
  page.leaf("link").attribute("rel", "alternate").attribute("type", "application/atom+xml");
  page.attribute("title", "What changed").attribute("href", "feed.atom");
  page.leaf("link").attribute("rel", "icon").attribute("href", "data:,");
  page.leaf("meta").attribute("http-equiv", "Content-Security-Policy");
  page.attribute("content", page_security_policy());
  page.element("style", page_style());
  page.close();
}

void write_link(MarkupWriter& page, const std::string& target, std::string_view text) {
  page.open_inline("a").attribute("href", target).text(text).close();
}

void write_navigation(MarkupWriter& page) {
  page.open("nav").attribute("aria-label", "On this page").open("ul");
  for (const auto& [target, text] : {std::pair{"#versions", "Versions"}, std::pair{"#pace", "Pace"},
                                     std::pair{"#tracks", "Tracks"}, std::pair{"#use", "Use it"},
                                     std::pair{"#changes", "Changes"}}) {
    page.open("li");
    write_link(page, target, text);
    page.close();
  }
  page.close().close();
}

void write_versions(MarkupWriter& page, const SiteInput& input) {
  page.open("section").attribute("id", "versions").element("h2", "Versions");
  write_matrix(page, input);
  page.element("h3", "Series by series");
  write_runtime_details(page, input);
  page.close();
}

std::optional<TimeSpan> time_span(const SiteInput& input) {
  if (input.history.empty()) return std::nullopt;
  const Day end = day_at(input.policy.observed);
  const Day begin = day_at(input.history.front().effective);
  if (begin >= end) return std::nullopt;
  return TimeSpan{begin, end + room_at_the_end};
}

std::vector<TimelineTrack> timeline_tracks(const SiteInput& input, const std::string& runtime) {
  std::vector<TimelineTrack> tracks;
  for (const TrackPolicy* track : live_tracks(input.policy))
    if (const RuntimePolicy* policy = track->find(runtime); policy && policy->governed)
      tracks.push_back({track->track, series_history(input, *track, *policy)});
  return tracks;
}

void write_pace(MarkupWriter& page, const SiteInput& input) {
  const std::optional<TimeSpan> span = time_span(input);
  if (!span) return;
  page.open("section").attribute("id", "pace").element("h2", "How long a series takes");
  page.element(
      "p", "Above: when upstream released a series. Below: from when on a track could build it.");
  page.open("div").attribute("class", "scroll").attribute("role", "region");
  page.attribute("aria-label", "Timelines").attribute("tabindex", "0");
  page.open("div").attribute("class", "timelines");
  for (const RuntimeRules* rules : shown_runtimes(input)) {
    const std::vector<TimelineTrack> tracks = timeline_tracks(input, rules->id);
    if (!has_timeline(tracks, *span)) continue;
    page.open("figure").open("figcaption").open_inline("strong").text(rules->name).close();
    if (const std::string text = waiting_time_text(tracks); !text.empty()) page.text(" " + text);
    page.close();
    write_timeline(page, rules->name, tracks, *span);
    page.close();
  }
  page.close().close().close();
}

void write_news(MarkupWriter& page, const std::vector<TrackChanges>& stories) {
  for (const TrackChanges& news : stories) {
    page.element("p", news.headline);
    if (news.changes.empty()) continue;
    page.open("ul");
    for (const std::string& change : news.changes) page.element("li", change);
    page.close();
  }
}

// The events, and on demand what they are made of.
void write_state(MarkupWriter& page, const HistoryState& state, const Rules& rules) {
  page.element("dt", format_day(state.effective)).open("dd");
  const bool is_first = state.changes.empty() && state.known_by.empty();
  if (is_first) page.element("p", title_of(state));
  for (const TrackNews& track : state.changes)
    page.element("p", event_of(track, rules, !state.known_by.empty()) + ".");
  if (!is_first) {
    page.open("details").element("summary", "All of it");
    write_news(page, changes_by_track(state));
    page.close();
  }
  page.close();
}

void write_changes(MarkupWriter& page, const SiteInput& input) {
  page.open("section").attribute("id", "changes").element("h2", "What changed");
  page.open("p").text("Also as ");
  write_link(page, "feed.atom", "a feed");
  page.text(" and ");
  write_link(page, "history.json", "as data");
  page.text(".").close().open("dl");
  for (auto state = input.history.rbegin(); state != input.history.rend(); ++state)
    write_state(page, *state, input.rules);
  page.close().close();
}

// An element that stands for the search of a served page until the server puts it in.
constexpr std::string_view search_place = "search-place";

std::string page_text(const SiteInput& input, std::string_view address, bool served) {
  const Policy& policy = input.policy;
  const std::string title = "What " + policy.platform_name + " can build";
  MarkupWriter page("<!DOCTYPE html>");
  page.open("html").attribute("lang", "en");
  write_head(page, title);
  page.open("body").open("header");
  page.element("h1", title);
  page.open("p")
      .text("As last seen on " + format_day(policy.observed) + "; in force since " +
            format_day(policy.effective) + ".")
      .close();
  page.close().open("main");
  if (served)
    page.leaf(search_place);
  else
    write_search(page, search(input, {}), policy.platform_name, false);
  write_navigation(page);
  write_versions(page, input);
  write_pace(page, input);
  write_tracks(page, input);
  write_snippets(page, input, address);
  write_changes(page, input);
  page.close().element("script", page_script()).close().close();
  return std::move(page).take();
}

// The pieces between which the element stands.
std::vector<std::string> split_at(std::string_view page, std::string_view element) {
  const std::string place = "<" + std::string(element) + "/>";
  std::vector<std::string> pieces;
  for (std::size_t at = page.find(place); at != std::string_view::npos; at = page.find(place)) {
    pieces.emplace_back(page.substr(0, at));
    page.remove_prefix(at + place.size());
  }
  pieces.emplace_back(page);
  return pieces;
}

}  // namespace

std::string emit_page(const TreeInput& input, const TreeOptions& options) {
  return page_text(site_input(input), with_final_slash(options.base_url), false);
}

PageParts served_page(const TreeInput& input, const TreeOptions& options) {
  const std::string known = with_final_slash(options.base_url);
  auto halves = split_at(page_text(site_input(input), known, true), search_place);
  PageParts parts{std::move(halves.front()), std::move(halves.back()), {}};
  if (!known.empty()) return parts;
  halves = split_at(page_text(site_input(input), address_place, true), search_place);
  parts.around_address = split_at(halves.back(), address_place);
  return parts;
}

std::string PageParts::whole(std::string_view search, std::string_view address) const {
  std::string page = before + std::string(search);
  if (address.empty() || around_address.empty()) return page + after;
  for (const std::string& piece : around_address)
    page.append(&piece == &around_address.front() ? "" : address).append(piece);
  return page;
}

std::string not_found_page(std::string_view platform, std::string_view path,
                           std::string_view help) {
  MarkupWriter page("<!DOCTYPE html>");
  page.open("html").attribute("lang", "en");
  write_head(page, "Not found");
  page.open("body").open("main");
  page.element("h1", "Nothing is served here");
  page.open("p").text("There is no ").inline_element("code", path);
  page.text(".");
  if (!help.empty()) page.text(" " + std::string(help));
  page.close().open("p");
  write_link(page, "/", "What " + std::string(platform) + " can build");
  page.close().close().close().close();
  return std::move(page).take();
}

}  // namespace buildable::emit
