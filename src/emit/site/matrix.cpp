#include "emit/site/matrix.h"

#include <algorithm>

#include "base/text.h"
#include "emit/site/lag.h"
#include "emit/site/outlook.h"
#include "emit/tracks.h"
#include "model/runtime_names.h"
#include "policy/describe.h"

namespace buildable::emit {
namespace {

// More rows are told in one line below.
constexpr std::size_t most_series = 12;

std::string days_of(int days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

void write_mark(MarkupWriter& page, std::string_view kind, std::string_view text,
                std::string_view title) {
  page.text(" ");
  page.open_inline("abbr").attribute("class", kind).attribute("title", title).text(text).close();
}

void write_lag_mark(MarkupWriter& page, const std::optional<Lag>& lag) {
  if (!lag) return;
  if (lag->waiting_for.empty())
    write_mark(page, "mark good", "0 d", "builds upstream’s newest series, " + lag->newest_series);
  else
    write_mark(page, "mark late", "−" + std::to_string(lag->days) + " d",
               lag->waiting_for + " has been out for " + days_of(lag->days));
}

// "3.14", "newest".
std::string short_default(const RuntimePolicy& runtime) {
  return runtime.default_version == "*" ? "newest" : runtime.default_version;
}

std::string series_with(const RuntimePolicy& runtime, std::string_view version) {
  for (auto row = runtime.series.rbegin(); row != runtime.series.rend(); ++row)
    if (version == row->series || version.starts_with(row->series + ".")) return row->series;
  return {};
}

void write_end_mark(MarkupWriter& page, const SeriesHistory& history, const std::string& series) {
  if (has_ended(history, series))
    write_mark(page, "mark ended", "EOL", series + " " + end_of_life_text(history, series));
}

void write_cell(MarkupWriter& page, const SiteInput& input, const TrackPolicy& track,
                const RuntimePolicy* runtime) {
  page.open("td");
  if (runtime == nullptr || !runtime->governed) {
    page.inline_element("small", "no limit known").close();
    return;
  }
  if (runtime->buildable.empty()) {
    page.text("none").close();
    return;
  }
  const SeriesHistory history = series_history(input, track, *runtime);
  const std::string_view newest = newest_known(*runtime);
  page.inline_element("strong", newest.empty() ? span_of(*runtime) : newest);
  if (!runtime->series.empty()) write_end_mark(page, history, runtime->series.back().series);
  write_lag_mark(
      page, lag_of(*runtime, track.track, history.releases, input.history, input.policy.observed));
  if (const std::string taken = short_default(*runtime); !taken.empty()) {
    page.open_inline("small").text("default " + taken);
    if (const std::string series = series_with(*runtime, taken); !series.empty())
      write_end_mark(page, history, series);
    page.close();
  }
  page.close();
}

// Upstream's newest series.
std::string newest_upstream(const SiteInput& input, const std::string& runtime) {
  const RuntimeReleases* releases = releases_of(input.releases, runtime);
  const Day today = day_at(input.policy.observed);
  if (releases == nullptr) return {};
  std::string newest;
  for (const Released& released : released_series(*releases))
    if (released.day <= today) newest = released.series;
  return newest;
}

// For a script: each as people may type it but for case, spaces, dots and hyphens.
std::string names_to_type(const RuntimeRules& rules) {
  std::vector<std::string> names{plain_name(rules.id), plain_name(rules.name)};
  for (const std::string& alias : rules.aliases) names.push_back(plain_name(alias));
  return join(names, " ");
}

void write_matrix_row(MarkupWriter& page, const SiteInput& input, const RuntimeRules& rules) {
  page.open("tr").attribute("data-runtime", rules.id);
  page.attribute("data-names", names_to_type(rules));
  page.open("th").attribute("scope", "row");
  page.open_inline("a").attribute("href", "#" + rules.id).text(rules.name).close();
  if (const std::string newest = newest_upstream(input, rules.id); !newest.empty())
    page.inline_element("small", "upstream " + newest);
  page.close();
  for (const TrackPolicy* track : live_tracks(input.policy))
    write_cell(page, input, *track, track->find(rules.id));
  page.close();
}

// --- details -------------------------------------------------------------------------------------

struct TrackSeries {
  const TrackPolicy& track;
  SeriesHistory history;
};

std::vector<TrackSeries> series_by_track(const SiteInput& input, const RuntimeRules& rules) {
  std::vector<TrackSeries> all;
  for (const TrackPolicy* track : live_tracks(input.policy))
    if (const RuntimePolicy* runtime = track->find(rules.id); runtime && runtime->governed)
      all.push_back({*track, series_history(input, *track, *runtime)});
  return all;
}

// What a track builds, and what upstream keeps up; newest first.
std::vector<std::string> series_to_show(const std::vector<TrackSeries>& tracks) {
  std::vector<std::string> series;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(series, name) == series.end()) series.push_back(name);
  };
  const std::vector<Released>& upstream = tracks.front().history.upstream;
  for (auto released = upstream.rbegin(); released != upstream.rend(); ++released) {
    const bool built = std::ranges::any_of(tracks, [&](const TrackSeries& each) {
      return each.history.arrival(released->series) != nullptr;
    });
    if (built || !has_ended(tracks.front().history, released->series)) add(released->series);
  }
  for (const TrackSeries& each : tracks) {
    const std::vector<SeriesRow>& rows = each.history.runtime.series;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) add(row->series);
  }
  return series;
}

std::string cell_of(const TrackSeries& track, const std::string& series) {
  for (const SeriesRow& row : track.history.runtime.series) {
    if (row.series != series) continue;
    std::string text = row.open_patches ? "any patch" : row.newest;
    if (const std::string since = since_text(track.history, series); !since.empty())
      text += (text.empty() ? "since " : ", since ") + since;
    return text;
  }
  return "–";
}

void write_series_row(MarkupWriter& page, const std::vector<TrackSeries>& tracks,
                      const std::string& series) {
  const SeriesHistory& first = tracks.front().history;
  const std::vector<std::string>& long_term = first.runtime.long_term;
  page.open("tr").open("th").attribute("scope", "row").text(series);
  if (std::ranges::find(long_term, series) != long_term.end())
    write_mark(page, "mark good", "LTS", "a long-term release");
  page.close();
  for (const TrackSeries& track : tracks) page.element("td", cell_of(track, series));
  if (first.releases != nullptr) {
    const ReleaseCycle* cycle = cycle_of(first.releases, series);
    page.element("td", cycle == nullptr || cycle->released.empty() ? "–" : cycle->released);
    page.open("td");
    if (has_ended(first, series)) page.attribute("class", "ended");
    const std::string end = end_of_life_text(first, series);
    page.text(end.empty() ? "–" : end).close();
  }
  page.close();
}

void write_series_table(MarkupWriter& page, const std::vector<TrackSeries>& tracks,
                        const std::vector<std::string>& series) {
  const bool with_upstream = tracks.front().history.releases != nullptr;
  page.open("div").attribute("class", "scroll").attribute("role", "region");
  page.attribute("aria-label", "Series of " + tracks.front().history.runtime.name);
  page.attribute("tabindex", "0").open("table").open("thead").open("tr");
  std::vector<std::string> titles{"Series"};
  for (const TrackSeries& track : tracks) titles.push_back(track.track.track);
  if (with_upstream) titles.insert(titles.end(), {"Upstream since", "End of life"});
  for (const std::string& title : titles)
    page.open("th").attribute("scope", "col").text(title).close();
  page.close().close().open("tbody");
  for (std::size_t i = 0; i < std::min(series.size(), most_series); ++i)
    write_series_row(page, tracks, series[i]);
  page.close().close().close();
}

// Files that the builds read, each once.
std::string files_read(const RuntimePolicy& runtime) {
  std::vector<std::string> files;
  for (const PinFile& file : runtime.reads) {
    std::string text = file.file + (file.key.empty() ? "" : " (" + file.key + ")");
    if (std::ranges::find(files, text) == files.end()) files.push_back(std::move(text));
  }
  return join(files, ", ");
}

void write_track_facts(MarkupWriter& page, const TrackSeries& track) {
  const RuntimePolicy& runtime = track.history.runtime;
  page.open("li").open_inline("strong").text(track.track.track).close();
  std::string text = ": ";
  const std::string span = span_of(runtime);
  text += span.empty() ? "nothing that can be named" : span;
  if (const std::string taken = default_of(runtime); !taken.empty())
    text += "; without a pin " + taken;
  if (!runtime.buildpacks.empty()) text += "; by " + buildpack_span(runtime.buildpacks);
  page.text(text + ".");
  if (const std::string files = files_read(runtime); !files.empty())
    page.text(" Pinned in " + files + ".");
  page.close();
}

void write_details_of(MarkupWriter& page, const SiteInput& input, const RuntimeRules& rules) {
  const std::vector<TrackSeries> tracks = series_by_track(input, rules);
  if (tracks.empty()) return;
  page.open("details").attribute("id", rules.id).element("summary", rules.name);
  page.open("ul");
  for (const TrackSeries& track : tracks) write_track_facts(page, track);
  page.close();
  const std::vector<std::string> series = series_to_show(tracks);
  if (!series.empty()) write_series_table(page, tracks, series);
  page.close();
}

std::vector<std::string> unbounded_names(const SiteInput& input) {
  const std::vector<const RuntimeRules*> shown = shown_runtimes(input);
  std::vector<std::string> names;
  for (const RuntimeRules& rules : input.rules.runtimes)
    if (std::ranges::find(shown, &rules) == shown.end()) names.push_back(rules.name);
  return names;
}

}  // namespace

std::vector<const TrackPolicy*> live_tracks(const Policy& policy) {
  std::vector<const TrackPolicy*> live;
  for (const TrackPolicy& track : policy.tracks)
    if (!track.expired) live.push_back(&track);
  return live;
}

std::vector<const RuntimeRules*> shown_runtimes(const SiteInput& input) {
  std::vector<const RuntimeRules*> shown;
  for (const bool build_tools : {false, true})
    for (const RuntimeRules& rules : input.rules.runtimes)
      if (rules.build_tool == build_tools &&
          std::ranges::any_of(live_tracks(input.policy), [&](const TrackPolicy* track) {
            return governed(*track, rules.id) != nullptr;
          }))
        shown.push_back(&rules);
  return shown;
}

void write_matrix(MarkupWriter& page, const SiteInput& input) {
  page.open("table").attribute("class", "matrix");
  page.open("caption").text("The newest version and the default of each track.");
  if (!input.releases.empty()) {
    page.text(" ");
    page.open_inline("span").attribute("class", "mark good").text("0 d").close();
    page.text(" builds upstream’s newest series, ");
    page.open_inline("span").attribute("class", "mark late").text("−8 d").close();
    page.text(" a newer one has been out for 8 days, ");
    page.open_inline("span").attribute("class", "mark ended").text("EOL").close();
    page.text(" upstream has ended it.");
  }
  page.close().open("thead").open("tr");
  page.open("th").attribute("scope", "col").text("Runtime").close();
  for (const TrackPolicy* track : live_tracks(input.policy))
    page.open("th").attribute("scope", "col").text(track->track).close();
  page.close().close().open("tbody");
  for (const RuntimeRules* rules : shown_runtimes(input)) write_matrix_row(page, input, *rules);
  page.close().close();
  if (const std::vector<std::string> unbounded = unbounded_names(input); !unbounded.empty())
    page.element("p", "Nothing is known that bounds " + joined(unbounded) + ".");
}

void write_runtime_details(MarkupWriter& page, const SiteInput& input) {
  for (const RuntimeRules* rules : shown_runtimes(input)) write_details_of(page, input, *rules);
}

}  // namespace buildable::emit
