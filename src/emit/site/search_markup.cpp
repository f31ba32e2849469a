#include "emit/site/question.h"
#include "emit/site/search.h"
#include "policy/describe.h"

namespace buildable::emit {
namespace {

std::string_view short_word(Verdict verdict) {
  if (verdict == Verdict::unknown) return "not known";
  return verdict == Verdict::buildable ? "yes" : "no";
}

void write_row(MarkupWriter& page, const TrackAnswer& row) {
  page.open("dt").text(joined(row.tracks)).close();
  page.open("dd").attribute("class", "verdict");
  page.open_inline("span").attribute("class", name_of(row.verdict));
  page.text(short_word(row.verdict)).close();
  for (const std::string* sentence : {&row.since, &row.reason, &row.outlook})
    if (!sentence->empty()) page.text(" " + *sentence);
  if (!row.advice.empty()) {
    page.text(" ");
    page.inline_element("strong", row.advice);
  }
  page.close();
}

void write_subject(MarkupWriter& page, const SubjectAnswer& subject) {
  page.open("article").attribute("class", "answer " + std::string(name_of(subject.verdict)));
  page.element("h2", subject.subject);
  if (!subject.headline.empty())
    page.open("p").attribute("class", "headline").text(subject.headline + ".").close();
  if (!subject.advice.empty()) {
    page.open("p").inline_element("strong", subject.advice);
    page.close();
  }
  for (const std::string* sentence : {&subject.problem, &subject.reason, &subject.upstream})
    if (!sentence->empty()) page.element("p", *sentence);
  if (!subject.rows.empty()) {
    page.open("dl");
    for (const TrackAnswer& row : subject.rows) write_row(page, row);
    page.close();
  }
  page.close();
}

void write_answer(MarkupWriter& page, const SearchAnswer& answer) {
  page.open("div").attribute("id", "answer").attribute("role", "status");
  if (!answer.problem.empty()) page.element("p", answer.problem);
  for (const SubjectAnswer& subject : answer.subjects) write_subject(page, subject);
  page.close();
}

std::string query_of(std::string_view example) {
  std::string query = "./?q=";
  for (const char c : example) query += c == ' ' ? '+' : c;
  return query;
}

// Where a script answers, it follows the links too.
void write_examples(MarkupWriter& page, const std::vector<std::string>& examples) {
  page.open("p").attribute("class", "hint").text("For example");
  for (std::size_t i = 0; i < examples.size(); ++i) {
    page.text(i == 0 ? " " : ", ");
    page.open_inline("a").attribute("href", query_of(examples[i])).text(examples[i]).close();
  }
  page.text("; or paste a version alone, or a package.json.").close();
}

}  // namespace

void write_search(MarkupWriter& page, const SearchAnswer& answer, std::string_view platform,
                  bool live) {
  page.open("section").attribute("aria-label", "Search");
  page.open("form").attribute("id", "search").attribute("method", "get").attribute("action", "./");
  page.attribute("role", "search").attribute("data-answers", live ? "server" : "script");
  if (!live) page.attribute("hidden", "hidden");
  page.open("label").attribute("for", "q");
  page.text("Can " + std::string(platform) + " build it?").close();
  page.leaf("input").attribute("id", "q").attribute("name", "q").attribute("type", "search");
  page.attribute("value", answer.query).attribute("maxlength", std::to_string(longest_question));
  page.attribute("autocomplete", "off").attribute("autocapitalize", "off");
  page.attribute("spellcheck", "false");
  page.attribute("placeholder", "a runtime and a version");
  page.element("button", "Ask");
  if (!answer.examples.empty()) write_examples(page, answer.examples);
  page.close();
  write_answer(page, answer);
  page.close();
}

std::string search_section(const SearchAnswer& answer, std::string_view platform) {
  MarkupWriter markup{std::string_view()};
  write_search(markup, answer, platform, true);
  return std::move(markup).take();
}

}  // namespace buildable::emit
