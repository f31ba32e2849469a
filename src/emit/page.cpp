#include "emit/page.h"

#include <algorithm>

#include "emit/history.h"
#include "emit/markup.h"
#include "emit/tracks.h"

namespace buildable {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --line: #c8ccd1; --soft: #f4f5f6; --text: #1b1f23; --page: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --line: #4a4f55; --soft: #24282d; --text: #e6e8ea; --page: #16191c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--page); overflow-wrap: anywhere; }
a { color: inherit; }
h1, h2, h3 { line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: normal; }
pre { padding: .75rem; overflow-x: auto; background: var(--soft); border: 1px solid var(--line); }
code { font-family: ui-monospace, monospace; font-size: .95em; }
)";

void write_head(MarkupWriter& page, const std::string& title) {
  page.open("head");
  page.leaf("meta").attribute("charset", "utf-8");
  page.leaf("meta").attribute("name", "viewport");
  page.attribute("content", "width=device-width, initial-scale=1");
  page.element("title", title);
  page.leaf("link").attribute("rel", "alternate").attribute("type", "application/atom+xml");
  page.attribute("href", "feed.atom");
  page.element("style", style);
  page.close();
}

void write_header_row(MarkupWriter& page) {
  page.open("thead").open("tr");
  for (const std::string_view title : {"Runtime", "Newest", "Default", "Series", "Since"})
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
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    const RuntimeNews* news = news_in(*state, track, runtime);
    if (news && std::ranges::find(news->gained_series, newest) != news->gained_series.end())
      return newest + ": " + builder_and_day(*state, track);
  }
  return newest + (states.empty() ? "" : ": before " + day_of(states.front().effective));
}

void write_runtime_row(MarkupWriter& page, const std::vector<HistoryState>& states,
                       const TrackPolicy& track, const RuntimePolicy& runtime) {
  page.open("tr");
  page.open("th").attribute("scope", "row").text(runtime.name).close();
  if (runtime.buildable.empty()) {
    page.open("td").attribute("colspan", "4");
    page.text(runtime.summary).close();
  } else {
    page.element("td", newest_known(runtime)).element("td", default_of(runtime));
    page.element("td", span_of(runtime)).element("td", since_of(states, track, runtime));
  }
  page.close();
}

void write_table(MarkupWriter& page, const std::vector<HistoryState>& states,
                 const TrackPolicy& track) {
  page.open("div").attribute("class", "scroll").attribute("role", "region");
  page.attribute("aria-label", "Versions of the track " + track.track).attribute("tabindex", "0");
  page.open("table");
  page.element("caption", "What the track " + track.track + " can build");
  write_header_row(page);
  page.open("tbody");
  for (const RuntimePolicy& runtime : track.runtimes)
    if (runtime.governed) write_runtime_row(page, states, track, runtime);
  page.close().close().close();
}

std::string renovate_snippet(const TrackPolicy& track, const TreeOptions& options) {
  const std::string base = with_final_slash(options.base_url);
  const std::string address =
      base.empty() ? "https://HOST/" + track.track + ".json" : base + track.track + ".json";
  return "{\n  \"extends\": [\"config:recommended\", \"" + address + "\"]\n}";
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
  page.text(" (pin files that Renovate does not see by itself) and ");
  write_link(page, "renovate/" + track.track + "/libraries.json");
  page.text(" (no libraries that need a newer runtime).").close();
  page.element("h3", "Dependabot");
  page.open("p").text("Merge the entries under ").inline_element("code", "ignore:");
  page.text(" of ");
  write_link(page, "dependabot/" + track.track + ".yml");
  page.text(" into those of your ").inline_element("code", ".github/dependabot.yml");
  page.text(".").close();
}

void write_track(MarkupWriter& page, const std::vector<HistoryState>& states,
                 const TrackPolicy& track, const TreeOptions& options) {
  page.open("section").attribute("id", track.track);
  page.element("h2", "Track " + track.track);
  page.open("p").text("Builder ").inline_element("code", track.builder).text(".");
  if (!track.description.empty()) page.text(" " + track.description);
  if (track.expired) page.text(" The track ended on " + day_of(track.valid_until) + ".");
  if (!track.certain) page.text(" What is inside this image is known from its tag only.");
  page.close();
  write_table(page, states, track);
  if (!track.expired) write_snippets(page, track, options);
  page.close();
}

void write_history(MarkupWriter& page, const std::vector<HistoryState>& states) {
  page.open("section").attribute("id", "history");
  page.element("h2", "History").open("dl");
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    page.element("dt", day_of(state->effective));
    if (state->changes.empty()) page.element("dd", title_of(*state));
    for (const Story& news : stories_of(*state)) {
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

}  // namespace

std::string emit_page(const TreeInput& input, const TreeOptions& options) {
  const std::vector<HistoryState>& states = input.history;
  const Policy& policy = input.policy;
  const std::string title = "What " + policy.platform_name + " can build";
  MarkupWriter page("<!DOCTYPE html>");
  page.open("html").attribute("lang", "en");
  write_head(page, title);
  page.open("body").open("main");
  page.element("h1", title);
  page.element(
      "p", "State of " + day_of(policy.effective) + ", last seen " + day_of(policy.observed) + ".");
  for (const TrackPolicy& track : policy.tracks) write_track(page, states, track, options);
  write_history(page, states);
  page.close().close().close();
  return std::move(page).take();
}

}  // namespace buildable
