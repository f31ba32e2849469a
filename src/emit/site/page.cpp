#include "emit/site/page.h"

#include <algorithm>

#include "emit/history.h"
#include "emit/site/lag_plot.h"
#include "emit/site/markup.h"
#include "emit/site/search.h"
#include "emit/tracks.h"
#include "policy/describe.h"

namespace buildable::emit {

namespace {

void write_head(MarkupWriter& page, const std::string& title) {
  page.open("head");
  page.leaf("meta").attribute("charset", "utf-8");
  page.leaf("meta").attribute("name", "viewport");
  page.attribute("content", "width=device-width, initial-scale=1");
  page.element("title", title);
  page.leaf("link").attribute("rel", "alternate").attribute("type", "application/atom+xml");
  page.attribute("href", "feed.atom");
  page.leaf("link").attribute("rel", "icon").attribute("href", "data:,");
  page.leaf("meta").attribute("http-equiv", "Content-Security-Policy");
  page.attribute("content", page_security_policy());
  page.element("style", page_style());
  page.close();
}

// What the page is made from, and where on it one is.
struct PageContext {
  const TreeInput& input;
  const TreeOptions& options;
  const TrackPolicy& track;

  std::optional<Lag> lag(const RuntimePolicy& runtime) const {
    return lag_of(runtime, track.track, releases_of(input.releases, runtime.runtime), input.history,
                  input.policy.observed);
  }
};

void write_header_row(MarkupWriter& page, bool with_upstream) {
  page.open("thead").open("tr");
  for (const std::string_view title : {"Runtime", "Newest", "Default", "Series", "Since"})
    page.open("th").attribute("scope", "col").text(title).close();
  if (with_upstream)
    for (const std::string_view title : {"Upstream", "Behind"})
      page.open("th").attribute("scope", "col").text(title).close();
  page.close().close();
}

// The state's news of the runtime on the track; null where there are none.
const RuntimeNews* news_in(const HistoryState& state, const TrackPolicy& track,
                           const RuntimePolicy& runtime) {
  for (const TrackNews& news : state.changes) {
    if (news.track != track.track) continue;
    for (const RuntimeNews& change : news.runtimes) {
      if (change.runtime == runtime.runtime) return &change;
    }
  }
  return nullptr;
}

// "builder:24_1, 2026-04-01"; only the day where the state has no such track.
std::string builder_and_day(const HistoryState& state, const TrackPolicy& track) {
  for (const DeployedBuilder& deployed : state.builders)
    if (deployed.track == track.track)
      return std::string(short_reference(deployed.builder)) + ", " + day_of(state.effective);
  return day_of(state.effective);
}

// The newest series, and the builder with which the track began to build it.
std::string since_of(const std::vector<HistoryState>& states, const TrackPolicy& track,
                     const RuntimePolicy& runtime) {
  if (runtime.series.empty()) return {};
  const std::string& newest = runtime.series.back().series;
  bool gained = false;  // by the builder of the state that began before it became known
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    const RuntimeNews* news = news_in(*state, track, runtime);
    gained = gained ||
             (news && std::ranges::find(news->gained_series, newest) != news->gained_series.end());
    if (gained && state->known_by.empty()) return newest + ": " + builder_and_day(*state, track);
  }
  return newest + (states.empty() ? "" : ": before " + day_of(states.front().effective));
}

std::string behind_text(const Lag& lag) {
  if (lag.waiting_for.empty()) return "no series behind";
  return std::to_string(lag.days) + (lag.days == 1 ? " day (" : " days (") + lag.waiting_for + ")";
}

void write_upstream_cells(MarkupWriter& page, const std::optional<Lag>& lag) {
  page.element("td", lag ? (lag->newest.empty() ? lag->newest_series : lag->newest) : "–");
  page.element("td", lag ? behind_text(*lag) : "–");
}

void write_runtime_row(MarkupWriter& page, const PageContext& context,
                       const RuntimePolicy& runtime) {
  const bool with_upstream = !context.input.releases.empty();
  page.open("tr");
  page.open("th").attribute("scope", "row").text(runtime.name).close();
  if (runtime.buildable.empty()) {
    page.open("td").attribute("colspan", with_upstream ? "6" : "4");
    page.text(runtime.summary).close();
  } else {
    page.element("td", newest_known(runtime)).element("td", default_of(runtime));
    page.element("td", span_of(runtime));
    page.element("td", since_of(context.input.history, context.track, runtime));
    if (with_upstream) write_upstream_cells(page, context.lag(runtime));
  }
  page.close();
}

void write_table(MarkupWriter& page, const PageContext& context) {
  const TrackPolicy& track = context.track;
  page.open("div").attribute("class", "scroll").attribute("role", "region");
  page.attribute("aria-label", "Versions of the track " + track.track).attribute("tabindex", "0");
  page.open("table");
  page.element("caption", "What the track " + track.track + " can build");
  write_header_row(page, !context.input.releases.empty());
  page.open("tbody");
  for (const RuntimePolicy& runtime : track.runtimes)
    if (runtime.governed) write_runtime_row(page, context, runtime);
  page.close().close().close();
}

void write_plots(MarkupWriter& page, const PageContext& context) {
  bool begun = false;
  for (const RuntimePolicy& runtime : context.track.runtimes) {
    const std::optional<Lag> lag = runtime.governed ? context.lag(runtime) : std::nullopt;
    if (!lag || lag->stretches.empty()) continue;
    if (!begun) {
      page.element("h3", "Days behind upstream, over time");
      page.open("div").attribute("class", "plots");
    }
    begun = true;
    const std::string title = runtime.name + ": " + behind_text(*lag);
    page.open("figure").element("figcaption", title);
    write_lag_plot(page, *lag, "Days behind upstream over time. " + title);
    page.close();
  }
  if (begun) page.close();
}

std::string address_of(const TreeOptions& options, const std::string& path) {
  const std::string base = with_final_slash(options.base_url);
  return (base.empty() ? "https://HOST/" : base) + path;
}

std::string renovate_snippet(const TrackPolicy& track, const TreeOptions& options) {
  return "{\n  \"extends\": [\"config:recommended\", \"" +
         address_of(options, track.track + ".json") + "\"]\n}";
}

// Of a runtime that is surely there.
std::string check_snippet(const TrackPolicy& track, const TreeOptions& options) {
  for (const RuntimePolicy& runtime : track.runtimes)
    if (runtime.governed && !runtime.series.empty())
      return "buildable check --track " + track.track + "\n\ncurl -fsS '" +
             address_of(options, "v1/check?runtime=" + runtime.runtime + "&version=" +
                                     runtime.series.back().series + "&track=" + track.track) +
             "' |\n  grep '\"verdict\": \"buildable\"'";
  return "buildable check --track " + track.track;
}

void write_link(MarkupWriter& page, const std::string& path) {
  page.open_inline("a").attribute("href", path).text(path).close();
}

void write_snippets(MarkupWriter& page, const TrackPolicy& track, const TreeOptions& options) {
  page.element("h3", "Renovate");
  page.open("p").text("In ").inline_element("code", "renovate.json");
  page.text(", or from a repository that holds this tree, at a tag: ");
  page.inline_element("code", "local>GROUP/REPOSITORY" +
                                  (track.track == "default" ? "" : ":" + track.track) + "#TAG");
  page.text(".").close();
  page.open("pre").inline_element("code", renovate_snippet(track, options)).close();
  page.open("p").text("Opt-in, beside it: ");
  write_link(page, "renovate/" + track.track + "/coverage.json");
  page.text(" (pin files that Renovate does not see by itself), ");
  write_link(page, "renovate/" + track.track + "/take-back.json");
  page.text(" (the return from pins that are too new) and ");
  write_link(page, "renovate/" + track.track + "/libraries.json");
  page.text(" (no libraries that need a newer runtime).").close();
  page.element("h3", "Dependabot");
  page.open("p").text("Merge the entries under ").inline_element("code", "ignore:");
  page.text(" of ");
  write_link(page, "dependabot/" + track.track + ".yml");
  page.text(" into those of your ").inline_element("code", ".github/dependabot.yml");
  page.text(".").close();
  page.element("h3", "CI");
  page.open("p").text("In the repository, or of a server that serves this tree:").close();
  page.open("pre").inline_element("code", check_snippet(track, options)).close();
}

void write_track(MarkupWriter& page, const PageContext& context) {
  const TrackPolicy& track = context.track;
  page.open("section").attribute("id", track.track);
  page.element("h2", "Track " + track.track);
  page.open("p").text("Builder ").inline_element("code", track.builder).text(".");
  if (!track.description.empty()) page.text(" " + track.description);
  if (track.expired) page.text(" The track ended on " + day_of(track.valid_until) + ".");
  if (!track.certain) page.text(" What is inside this image is known from its tag only.");
  for (const Reason& witness : track.witnesses)
    page.text(" Witnessed: " + with_source(witness) + ".");
  page.close();
  write_table(page, context);
  if (!track.expired) write_plots(page, context);
  if (!track.expired) write_snippets(page, track, context.options);
  page.close();
}

void write_history(MarkupWriter& page, const std::vector<HistoryState>& states) {
  page.open("section").attribute("id", "history");
  page.element("h2", "History");
  page.open("p").text("Also as ");
  write_link(page, "feed.atom");
  page.text(" and ");
  write_link(page, "history.json");
  page.text(".").close().open("dl");
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    page.element("dt", day_of(state->effective));
    if (state->changes.empty() && state->known_by.empty()) page.element("dd", title_of(*state));
    for (const TrackChanges& news : changes_by_track(*state)) {
      page.open("dd").element("p", news.headline);
      if (!news.changes.empty()) {
        page.open("ul");
        for (const std::string& change : news.changes) page.element("li", change);
        page.close();
      }
      page.close();
    }
  }
  page.close().close();
}

void write_navigation(MarkupWriter& page, const Policy& policy) {
  page.open("nav").attribute("aria-label", "On this page").open("ul");
  const auto write_item = [&page](const std::string& target, const std::string& text) {
    page.open("li").open_inline("a").attribute("href", "#" + target).text(text).close().close();
  };
  for (const TrackPolicy& track : policy.tracks) write_item(track.track, "Track " + track.track);
  write_item("history", "History");
  page.close().close();
}

// An element that stands for the search of a served page until the server puts it in.
constexpr std::string_view search_place = "search-place";

std::string page_text(const TreeInput& input, const TreeOptions& options, bool served) {
  const Policy& policy = input.policy;
  const std::string title = "What " + policy.platform_name + " can build";
  MarkupWriter page("<!DOCTYPE html>");
  page.open("html").attribute("lang", "en");
  write_head(page, title);
  page.open("body").open("main");
  page.element("h1", title);
  page.element(
      "p", "State of " + day_of(policy.effective) + ", last seen " + day_of(policy.observed) + ".");
  if (served)
    page.leaf(search_place);
  else
    write_search(page, search(policy, {}), false);
  write_navigation(page, policy);
  for (const TrackPolicy& track : policy.tracks) write_track(page, {input, options, track});
  write_history(page, input.history);
  page.close().element("script", page_script()).close().close();
  return std::move(page).take();
}

}  // namespace

std::string emit_page(const TreeInput& input, const TreeOptions& options) {
  return page_text(input, options, false);
}

PageParts served_page(const TreeInput& input, const TreeOptions& options) {
  const std::string page = page_text(input, options, true);
  const std::string place = "<" + std::string(search_place) + "/>";
  const std::size_t at = page.find(place);
  return {page.substr(0, at), page.substr(at + place.size())};
}

}  // namespace buildable::emit
