#include "emit/site/search.h"

#include <doctest/doctest.h>

#include "emit/sample.h"
#include "emit/well_formed.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::emit;
using buildable::testing::Generator;
using buildable::testing::markup_problem;

namespace {

const Policy& newest() {
  static const Policy policy = [] {
    const EmbeddedSnapshot& which = embedded_snapshots().back();
    auto compiled =
        compile(embedded_snapshot(which), embedded_rules(), which.effective, which.digest);
    REQUIRE(compiled.has_value());
    return std::move(*compiled);
  }();
  return policy;
}

Verdict verdict_on(const SearchAnswer& answer, const std::string& track) {
  for (const SearchRow& row : answer.rows)
    if (row.track == track) return row.verdict;
  FAIL("no such track: " << track);
  return Verdict::unknown;
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
      {"python==3.99", "Python 3.99", Verdict::unbuildable},
      {"NODE v22", "Node.js v22", Verdict::buildable},
      {"Node.js 22", "Node.js 22", Verdict::buildable},
      {"nodejs 99", "Node.js 99", Verdict::unbuildable},
      {"py 3.14", "Python 3.14", Verdict::buildable},
      {".NET 10", ".NET SDK 10", Verdict::buildable},
      {"openjdk 21", "Java 21", Verdict::buildable},
      {"rust 1.80", "", Verdict::unknown},
      {"go 1.24", "Go 1.24", Verdict::buildable},
      {"gradle 8", "Gradle 8", Verdict::buildable},
      {"python", "Python", Verdict::buildable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const SearchAnswer answer = search(newest(), row.query);
    CHECK(answer.subject == row.subject);
    if (answer.subject.empty())
      CHECK(!answer.problem.empty());
    else
      CHECK(verdict_on(answer, "default") == row.verdict);
  }
}

TEST_CASE("what is not a runtime or no version is told, with what may have been meant") {
  CHECK(search(newest(), "").problem.empty());
  CHECK(search(newest(), "  ").rows.empty());
  CHECK(search(newest(), "pyton 3").problem.find("python") != std::string::npos);
  CHECK(search(newest(), "python abc").problem.find("not a version of Python") !=
        std::string::npos);
  CHECK(search(newest(), "python abc").rows.empty());
  CHECK(search(newest(), "3.14").problem == "No runtime of that name.");
}

TEST_CASE("where a version cannot be built, the nearest that can is named") {
  const SearchAnswer answer = search(newest(), "node 99.0.0");
  CHECK(!answer.rows.front().nearest.empty());
}

TEST_CASE("whatever is asked, the answer is markup") {
  Generator generator(11);
  for (int i = 0; i < 2000; ++i) {
    std::string query;
    generator.fill(query);
    if (i % 2 == 0) query = generator.mutated("python 3.14 <b>&\"");
    const std::string text = search_section(search(newest(), query));
    CHECK_MESSAGE(markup_problem("<!DOCTYPE html>" + text) == "", query);
    CHECK(text.size() < 20'000);
  }
}
