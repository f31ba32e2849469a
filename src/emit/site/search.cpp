#include "emit/site/search.h"

#include "base/text.h"
#include "emit/tracks.h"
#include "model/runtime_names.h"
#include "policy/explain.h"

namespace buildable::emit {
namespace {

constexpr std::size_t longest_query = 100;

std::string nearest_runtime(const Policy& policy, std::string_view query) {
  std::vector<std::string_view> names;
  for (const TrackPolicy& track : policy.tracks)
    for (const RuntimePolicy& runtime : track.runtimes) names.push_back(runtime.runtime);
  const std::string word = to_lower_ascii(query.substr(0, query.find_first_of(" @:=/0123456789")));
  return nearest(word, names).value_or(std::string());
}

SearchRow row_of(const TrackPolicy& track, const RuntimePolicy& runtime) {
  return {track.track,
          runtime.buildable.empty() ? Verdict::unbuildable : Verdict::buildable,
          runtime.summary,
          {}};
}

Result<SearchRow> row_of(const TrackPolicy& track, const RuntimePolicy& runtime,
                         std::string_view version) {
  auto explained = explain(track, runtime, version);
  if (!explained) return fail(std::move(explained.error()));
  SearchRow row{track.track, explained->verdict, std::move(explained->reason), {}};
  if (row.verdict != Verdict::buildable) row.nearest = std::move(explained->nearest_buildable);
  return row;
}

// The first runtime, with its newest series.
std::string example_of(const Policy& policy) {
  for (const TrackPolicy& track : policy.tracks)
    for (const RuntimePolicy& runtime : track.runtimes)
      if (runtime.governed && !runtime.series.empty())
        return runtime.runtime + " " + runtime.series.back().series;
  return {};
}

std::string problem_text(const Error& error) {
  const Diagnostic& first = error.diagnostics().front();
  return first.message + (first.hint.empty() ? "." : ". " + first.hint + ".");
}

std::string_view answer_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::buildable:
      return "yes";
    case Verdict::unbuildable:
      return "no";
    case Verdict::unknown:
      break;
  }
  return "not known";
}

void write_row(MarkupWriter& page, const SearchRow& row) {
  page.open("p").attribute("class", "verdict");
  page.open_inline("strong").text(row.track + ": ").close();
  page.open_inline("span").attribute("class", name_of(row.verdict));
  page.text(answer_word(row.verdict)).close();
  page.text(" – " + row.reason);
  if (!row.nearest.empty()) page.text(" Nearest that can be built: " + row.nearest + ".");
  page.close();
}

void write_answer(MarkupWriter& page, const SearchAnswer& answer) {
  page.open("div").attribute("id", "answer").attribute("role", "status");
  page.attribute("aria-live", "polite");
  if (!answer.subject.empty()) page.element("h2", answer.subject);
  if (!answer.problem.empty()) page.element("p", answer.problem);
  for (const SearchRow& row : answer.rows) write_row(page, row);
  page.close();
}

}  // namespace

SearchAnswer search(const Policy& policy, std::string_view query) {
  query = trim(query);
  SearchAnswer answer;
  answer.example = example_of(policy);
  if (query.empty()) return answer;
  answer.query = query.substr(0, valid_utf8_prefix(query.substr(0, longest_query)));
  query = answer.query;
  for (const TrackPolicy& track : policy.tracks) {
    const NamedVersion asked = named_version(track, query);
    if (asked.runtime == nullptr) continue;
    answer.subject = asked.runtime->name + (asked.version.empty() ? "" : " " + asked.version);
    auto row = asked.version.empty() ? Result<SearchRow>(row_of(track, *asked.runtime))
                                     : row_of(track, *asked.runtime, asked.version);
    if (row)
      answer.rows.push_back(std::move(*row));
    else
      answer.problem = problem_text(row.error());
  }
  if (answer.rows.empty() && answer.problem.empty()) {
    const std::string near = nearest_runtime(policy, query);
    answer.problem = "No runtime of that name." +
                     (near.empty() ? std::string() : " Did you mean “" + near + "”?");
  }
  return answer;
}

void write_search(MarkupWriter& page, const SearchAnswer& answer, bool live) {
  page.open("section").attribute("aria-label", "Search");
  page.open("form").attribute("id", "search").attribute("method", "get").attribute("action", "./");
  page.attribute("role", "search").attribute("data-answers", live ? "server" : "script");
  if (!live) page.attribute("hidden", "hidden");
  page.open("label").attribute("for", "q").text("Runtime and version").close();
  page.leaf("input").attribute("id", "q").attribute("name", "q").attribute("type", "search");
  page.attribute("value", answer.query).attribute("maxlength", std::to_string(longest_query));
  page.attribute("autocomplete", "off").attribute("autocapitalize", "off");
  page.attribute("spellcheck", "false").attribute("placeholder", answer.example);
  page.element("button", "Can it be built?");
  page.close();
  write_answer(page, answer);
  page.close();
}

std::string search_section(const SearchAnswer& answer) {
  MarkupWriter markup{std::string_view()};
  write_search(markup, answer, true);
  return std::move(markup).take();
}

}  // namespace buildable::emit
