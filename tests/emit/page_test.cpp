#include "emit/site/page.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "emit/sample.h"
#include "emit/site/search.h"
#include "emit/well_formed.h"
#include "policy/compile.h"
#include "rules/embedded.h"

using namespace buildable;
using namespace buildable::emit;
using buildable::testing::markup_problem;

namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct Made {
  Policy policy;
  std::vector<HistoryState> history;

  TreeInput input(std::vector<RuntimeReleases> releases = {}) const {
    return {embedded_rules(), policy, "{}", history, std::move(releases)};
  }
};

Made newest() {
  const EmbeddedSnapshot& which = embedded_snapshots().back();
  auto compiled =
      compile(embedded_snapshot(which), embedded_rules(), which.effective, which.digest);
  REQUIRE(compiled.has_value());
  return {std::move(*compiled), embedded_history().states};
}

// Upstream as it may be: one series newer than all that is known, out for a while.
std::vector<RuntimeReleases> upstream(const Policy& policy) {
  std::vector<RuntimeReleases> all;
  for (const RuntimePolicy& runtime : policy.tracks.front().runtimes) {
    if (runtime.series.empty()) continue;
    RuntimeReleases releases{
        runtime.runtime, {{"999", "2026-01-01", "999.1", "2026-02-01", ""}}, {}};
    releases.cycles.push_back({runtime.series.back().series, "2025-01-01", "", "", ""});
    all.push_back(std::move(releases));
  }
  return all;
}

}  // namespace

TEST_CASE("style and script are the same text in HTML and XML, so their hashes are right") {
  for (const std::string_view text : {page_style(), page_script()})
    CHECK(text.find_first_of("&<>\"") == std::string_view::npos);
  const std::string policy = page_security_policy();
  CHECK(has(policy, "default-src 'none'"));
  CHECK(std::count(policy.begin(), policy.end(), '\'') == 12);
  CHECK(!has(policy, "unsafe"));
}

TEST_CASE("the page is well-formed, with and without upstream's releases") {
  const Made made = newest();
  for (const auto& releases : {std::vector<RuntimeReleases>(), upstream(made.policy)})
    CHECK(markup_problem(emit_page(made.input(releases), {"https://example.org"})) == "");
}

TEST_CASE("the served page is that of the tree but for who answers the search") {
  const Made made = newest();
  const PageParts parts = served_page(made.input(), {});
  const TreeInput input = made.input();
  const std::string section =
      search_section(search(site_input(input), {}), made.policy.platform_name);
  const std::string served = parts.whole(section, {});
  CHECK(markup_problem(served) == "");
  const std::string addressed = parts.whole(section, "https://a.example/");
  CHECK(markup_problem(addressed) == "");
  CHECK(has(addressed, "<span data-address=\"\">https://a.example/</span>default.json"));
  CHECK(!has(addressed, ">./<"));
  CHECK(!has(addressed, "-place"));
  // What is configured is what is shown, whoever asks.
  const PageParts configured = served_page(input, {"https://example.org/x"});
  CHECK(has(configured.whole(section, "https://a.example/"), "https://example.org/x/default.json"));
  CHECK(!has(configured.whole(section, "https://a.example/"), "a.example"));
  CHECK(has(served, "data-answers=\"server\""));
  CHECK(!has(served, "data-answers=\"server\" hidden"));
  const std::string file = emit_page(made.input(), {});
  CHECK(has(file, "data-answers=\"script\""));
  CHECK(has(file, "data-answers=\"script\" hidden"));
}

TEST_CASE("upstream and the lag are shown where they are known, and nowhere else") {
  const Made made = newest();
  const std::string without = emit_page(made.input(), {});
  CHECK(!has(without, "class=\"mark late"));
  CHECK(!has(without, "<small>upstream"));
  CHECK(!has(without, "<svg"));
  const std::string with = emit_page(made.input(upstream(made.policy)), {});
  CHECK(has(with, "upstream 999"));
  CHECK(has(with, "title=\"999 has been out for"));
  CHECK(has(with, "<svg"));
}

TEST_CASE("the page of the newest state is below 100 kB") {
  const Made made = newest();
  const std::vector<RuntimeReleases> releases =
      embedded_snapshot(embedded_snapshots().back()).releases;
  CHECK(emit_page(made.input(releases), {"https://example.org"}).size() < 100'000);
}

TEST_CASE("snippets hold the address of the tree, or one that is relative to the page") {
  const Made made = newest();
  CHECK(has(emit_page(made.input(), {"https://example.org/x"}),
            "&quot;https://example.org/x/default.json&quot;"));
  const std::string page = emit_page(made.input(), {});
  CHECK(has(page, "<span data-address=\"\">./</span>default.json"));
  CHECK(!has(page, "HOST"));
}

TEST_CASE(
    "the page for an address that is not served says so, and nothing that was sent is markup") {
  const std::string page = not_found_page("Platform", "/<b>&\"", "Did you mean /default.json?");
  CHECK(markup_problem(page) == "");
  CHECK(has(page, "Did you mean /default.json?"));
}

TEST_CASE("nothing is loaded from elsewhere") {
  const Made made = newest();
  const std::string page = emit_page(made.input(upstream(made.policy)), {});
  for (const char* part : {"src=", "@import", "url(", "style=", "onclick"}) CHECK(!has(page, part));
}
