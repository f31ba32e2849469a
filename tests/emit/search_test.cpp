#include "emit/site/search.h"

#include <doctest/doctest.h>

#include "emit/sample.h"
#include "emit/site/question.h"
#include "emit/well_formed.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::emit;
using buildable::testing::Generator;
using buildable::testing::markup_problem;

namespace {

struct Newest {
  Snapshot snapshot = embedded_snapshot(embedded_snapshots().back());
  Policy policy;
  std::vector<HistoryState> history = embedded_history().states;
};

SiteInput newest() {
  static const Newest made = [] {
    Newest newest;
    const EmbeddedSnapshot& which = embedded_snapshots().back();
    auto compiled = compile(newest.snapshot, embedded_rules(), which.effective, which.digest);
    REQUIRE(compiled.has_value());
    newest.policy = std::move(*compiled);
    return newest;
  }();
  return {embedded_rules(), made.policy, made.history, made.snapshot.releases};
}

SubjectAnswer only_answer(std::string_view query) {
  SearchAnswer answer = search(newest(), query);
  REQUIRE_MESSAGE(answer.subjects.size() == 1, query);
  return std::move(answer.subjects.front());
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("questions in people's words") {
  struct Row {
    const char* query;
    const char* subject;
    Verdict verdict;
  };
  const Row rows[] = {
      {"python 3.14", "Python 3.14", Verdict::buildable},
      {"  Python   3.14 ", "Python 3.14", Verdict::buildable},
      {"python3.14", "Python 3.14", Verdict::buildable},
      {"python@3.14", "Python 3.14", Verdict::buildable},
      {"python:3.14", "Python 3.14", Verdict::buildable},
      {"python-3.12.1", "Python 3.12.1", Verdict::buildable},
      {"\"python 3.14\"", "Python 3.14", Verdict::buildable},
      {"python==3.99", "Python 3.99", Verdict::unbuildable},
      {"NODE v22", "Node.js v22", Verdict::buildable},
      {"Node.js 22", "Node.js 22", Verdict::buildable},
      {"node >=22", "Node.js >=22", Verdict::buildable},
      {"node ^99", "Node.js ^99", Verdict::unbuildable},
      {"nodejs 99", "Node.js 99", Verdict::unbuildable},
      {"py 3.14", "Python 3.14", Verdict::buildable},
      {".NET 10", ".NET SDK 10", Verdict::buildable},
      {"openjdk 21", "Java 21", Verdict::buildable},
      {"go 1.24", "Go 1.24", Verdict::buildable},
      {"gradle 8", "Gradle 8", Verdict::buildable},
      {"python", "Python", Verdict::buildable},
      {"3.14", "Python 3.14", Verdict::buildable},
      {"3.14.2\n", "Python 3.14.2", Verdict::buildable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const SearchAnswer answer = search(newest(), row.query);
    REQUIRE(!answer.subjects.empty());
    CHECK(answer.subjects.front().subject == row.subject);
    CHECK(answer.subjects.front().verdict == row.verdict);
  }
}

TEST_CASE("a number that several runtimes have is answered for each, languages first") {
  const SearchAnswer answer = search(newest(), "v22");
  REQUIRE(answer.subjects.size() >= 2);
  CHECK(answer.subjects[0].subject == "Java 22");
  CHECK(answer.subjects[1].subject == "Node.js 22");
}

TEST_CASE("a pasted file of JSON is asked where builds read it") {
  const SearchAnswer answer =
      search(newest(), R"({"name": "x", "engines": {"node": "22.x"}, "version": "99.0.0"})");
  REQUIRE(answer.subjects.size() == 1);
  CHECK(answer.subjects.front().subject == "Node.js 22.x (engines.node of package.json)");
  CHECK(answer.subjects.front().verdict == Verdict::buildable);
  CHECK(search(newest(), R"({"require": {"php": "^8.4"}})").subjects.front().verdict ==
        Verdict::buildable);
  CHECK(has(search(newest(), R"({"name": "x"})").problem, "No version of a runtime"));
  CHECK(has(search(newest(), R"({"name": )").problem, "No version of a runtime"));
}

TEST_CASE("what is not a runtime or no version is told, with what may have been meant") {
  CHECK(search(newest(), "").problem.empty());
  CHECK(search(newest(), "  ").subjects.empty());
  CHECK(has(search(newest(), "pyton 3").problem, "python"));
  CHECK(has(only_answer("python abc").problem, "not a version of Python"));
  CHECK(only_answer("python abc").rows.empty());
  CHECK(search(newest(), "3.x").problem == "No runtime of that name.");
}

TEST_CASE("an answer says since when, or what to write and when it may come") {
  const SubjectAnswer yes = only_answer("python 3.14");
  CHECK(yes.headline == "Yes, on every track");
  CHECK(yes.rows.front().since == "3.14 since 2026-04-01.");
  CHECK(has(yes.upstream, "Upstream released 3.14 on 2025-10-07"));
  const SubjectAnswer no = only_answer("go 1.27");
  CHECK(no.headline == "No, on no track");
  CHECK(has(no.advice, "Write 1.26"));
  CHECK(has(no.rows.front().outlook, "The last series, 1.26, took"));
  CHECK(has(no.rows.front().outlook, "expect it around 2026-"));
  const SubjectAnswer next = only_answer("python 3.15");
  CHECK(has(next.upstream, "Upstream has not released 3.15 yet"));
  CHECK(has(next.rows.front().outlook, "expect it around 2027-"));
  const SubjectAnswer old = only_answer("java 18");
  CHECK(has(old.rows.front().outlook, "It is not expected: upstream has ended it."));
  CHECK(only_answer("python 3.99").rows.front().outlook.empty());
  CHECK(has(only_answer("node 26.99.0").rows.front().outlook, "New releases of 26"));
}

TEST_CASE("a track that has ended answers nothing") {
  for (const SubjectAnswer& subject : search(newest(), "python 3.14").subjects)
    for (const TrackAnswer& row : subject.rows)
      for (const std::string& track : row.tracks) CHECK(track != "deprecated");
}

TEST_CASE("whatever is asked, the answer is markup") {
  Generator generator(11);
  for (int i = 0; i < 1000; ++i) {
    std::string query;
    generator.fill(query);
    if (i % 3 == 0) query = generator.mutated("python 3.14 <b>&\"");
    if (i % 3 == 1) query = generator.mutated("{\"engines\": {\"node\": \">=22\"}}");
    const std::string text = search_section(search(newest(), query), "A <b> Platform");
    CHECK_MESSAGE(markup_problem("<!DOCTYPE html>" + text) == "", query);
    CHECK(text.size() < 40'000);
  }
}
