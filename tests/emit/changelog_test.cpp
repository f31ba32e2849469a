// CHANGELOG.md, the messages of publishing commits, and history.json read back.
#include "emit/site/changelog.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "emit/embedded.h"
#include "emit/history.h"
#include "emit/history_reader.h"
#include "emit/sample.h"
#include "rules/embedded.h"

using namespace buildable;
using namespace buildable::emit;
using namespace buildable::testing;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

RuntimeNews news(const std::string& name, std::vector<std::string> gained,
                 std::vector<std::string> lost = {}) {
  RuntimeNews runtime;
  runtime.runtime = to_lower_ascii(name);
  runtime.name = name;
  runtime.gained_series = std::move(gained);
  runtime.lost_series = std::move(lost);
  return runtime;
}

TrackNews track(const std::string& name, std::vector<RuntimeNews> runtimes) {
  return {name, "host/builder:1_1.0", "host/builder:1_1.1", false, std::move(runtimes)};
}

PublicationNews publication(std::vector<TrackNews> changes) {
  PublicationNews published;
  published.state = {"place",
                     *parse_instant("2026-04-01T12:20:52Z"),
                     "sha256:1",
                     {{"default", "host/builder:1_1.1"}},
                     std::move(changes)};
  published.revision = "2026.04.01";
  published.expires = "2026-05-01T00:00:00Z";
  published.modified = 3;
  return published;
}

}  // namespace

TEST_CASE("a title says what became buildable and what ceased to, in one line") {
  struct Case {
    const char* why;
    std::vector<TrackNews> changes;
    const char* title;
  };
  TrackNews fresh = track("latest", {});
  fresh.old_builder.clear();
  TrackNews gone = track("latest", {});
  gone.new_builder.clear();
  TrackNews ended = track("latest", {news("Snake", {}, {"3.8"})});
  ended.expired_now = true;
  RuntimeNews one_version = news("Knot", {});
  one_version.gained = "26.1.0";
  RuntimeNews many_versions = news("Knot", {});
  many_versions.gained = ">=26.1.0 <27 || >=28.0.0 <28.1";
  const Case cases[] = {
      {"one",
       {track("default", {news("Snake", {"3.13", "3.14"})})},
       "default: Snake 3.14 now buildable (builder 1_1.0 → 1_1.1)"},
      {"gained and lost",
       {track("default", {news("Snake", {"3.14"}, {"3.8", "3.9"})})},
       "default: Snake 3.14 now buildable, Snake 3.9, 3.8 no longer (builder 1_1.0 → 1_1.1)"},
      {"a span of patches",
       {track("default", {news("Knot", {"24.1.0", "25.8.0 to 25.9.0"})})},
       "default: Knot 25.9.0 now buildable (builder 1_1.0 → 1_1.1)"},
      {"one version",
       {track("default", {one_version})},
       "default: Knot 26.1.0 now buildable (builder 1_1.0 → 1_1.1)"},
      {"versions without a short name",
       {track("default", {many_versions})},
       "default: more of Knot now buildable (builder 1_1.0 → 1_1.1)"},
      {"two tracks",
       {track("default", {news("Snake", {"3.14"})}), track("latest", {})},
       "default: Snake 3.14 now buildable (builder 1_1.0 → 1_1.1); "
       "latest: the same versions (builder 1_1.0 → 1_1.1)"},
      {"many runtimes",
       {track("default", {news("A", {"1"}), news("B", {"1"}), news("C", {"1"}), news("D", {"1"}),
                          news("E", {"1"}), news("F", {"1"})})},
       "default: A 1, B 1, C 1, D 1 and 2 more now buildable (builder 1_1.0 → 1_1.1)"},
      {"a new track", {fresh}, "latest: new, with builder 1_1.1"},
      {"a track that is gone", {gone}, "latest: no longer deployed"},
      {"a track that ended", {ended}, "latest: ended, nothing builds on it any more"},
      {"nothing", {}, "Revision 2026.04.01: the same versions, files written anew"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.why);
    CHECK(publication_title(publication(it.changes)) == it.title);
  }
  PublicationNews first = publication({});
  first.is_first = true;
  CHECK(publication_title(first) == "First publication: default 1_1.1");
  PublicationNews renewal = publication({});
  renewal.is_renewal = true;
  CHECK(publication_title(renewal) == "Revision 2026.04.01 confirmed until 2026-05-01");
}

TEST_CASE("a long title names the tracks that it has no room for") {
  const std::vector<RuntimeNews> many(4, news("A runtime of a very long name", {"1"}));
  const std::string title = publication_title(
      publication({track("default", many), track("latest", many), track("deprecated", many)}));
  CHECK(title.ends_with("; also latest, deprecated"));
  CHECK_FALSE(has(title, "\n"));
}

TEST_CASE("a commit's message: title, table, files, sources, and trailers as the last paragraph") {
  const Sample sample;
  Snapshot snapshot;
  snapshot.tracks.push_back(
      {"default", "host/builder:1_1.1", "", "", {"repository@1:file", "sha256:a", "", ""}});
  Builder builder;
  builder.reference = "host/builder:1_1.1";
  builder.digest = "sha256:b";
  snapshot.builders.push_back(builder);
  const std::string message = emit_commit_message(
      publication({track("default", {news("Snake|s", {"3.14"}, {"3.8"})})}), snapshot);
  CHECK(has(message, "\n| default | Snake\\|s | 3.14 | 3.8 |  |\n"));
  CHECK(has(message, "\nFiles: 0 added, 3 changed, 0 removed.\n"));
  CHECK(has(message, "\n- repository@1:file sha256:a\n- host/builder:1_1.1 sha256:b\n"));
  CHECK(message.substr(message.rfind("\n\n")) ==
        "\n\nBuildable-Revision: 2026.04.01\nBuildable-Effective: 2026-04-01T12:20:52Z\n"
        "Buildable-Snapshot: sha256:1\n");
}

TEST_CASE("the changelog tells of every state, newest first, and of no other time") {
  const std::vector<HistoryState> states = embedded_history().states;
  const std::string text = emit_changelog(states, embedded_rules());
  std::size_t last = 0;
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    const auto found = text.find("\n## " + format_day(state->effective) + "\n");
    REQUIRE(found != std::string::npos);
    CHECK(found > last);
    last = found;
  }
  CHECK(text.ends_with("\n"));
  CHECK_FALSE(text.ends_with("\n\n"));
  CHECK_FALSE(has(text, "\n\n\n"));
}

TEST_CASE("what a witness told became known on its day; the builder did not gain it") {
  const std::string text = emit_changelog(embedded_history().states, embedded_rules());
  const auto entry = text.find("\n## 2026-08-12\n");
  const auto began = text.find("\n## 2026-05-14\n");
  REQUIRE(entry != std::string::npos);
  REQUIRE(began != std::string::npos);
  REQUIRE(entry < began);
  const std::string known = text.substr(entry, began - entry);
  const std::string then = text.substr(began, text.find("\n## ", began + 1) - began);
  CHECK(has(known, "- witnessed: a build on 2026-08-12 installed Node.js 26.1.0"));
  CHECK(has(known, "heroku/cnb-builder-images@8c4d079 and @16cb702 would not have"));
  for (const std::string line :
       {"Node.js: 24.15.0, 26 became known", "Go: 1.25.10, 1.26.3 became known",
        "PHP: 8.4.20, 8.5.5 became known",
        "8.0.420, 9.0.116 to 9.0.313, 10.0.106 to 10.0.203 became",
        "17.0.19, 21.0.11, 25.0.3, 26.0.1 became known"})
    CHECK_MESSAGE(has(known, line), line);
  CHECK_FALSE(has(known, "can be built"));
  CHECK_FALSE(has(then, "became known"));
  CHECK_FALSE(has(then, "24.15.0"));
}

TEST_CASE("a publication that a witness moved says that its versions became known") {
  PublicationNews told = publication({track("default", {news("Snake", {"3.14"})})});
  CHECK(has(publication_title(told), "Snake 3.14 now buildable"));
  told.state.known_by = {"a build on 2026-05-02 installed Snake 3.14.1 (example/tool@1)"};
  CHECK(has(publication_title(told), "Snake 3.14 now known to be buildable"));
  const std::string message = emit_commit_message(told, {});
  CHECK(has(message, "Witnessed: a build on 2026-05-02 installed Snake 3.14.1"));
  CHECK(has(message, "| now known to be buildable |"));
}

TEST_CASE("what a state says gets into Markdown as text only") {
  PublicationNews hostile = publication({track("default", {news("<b>*x*</b>", {"[a](b)"})})});
  hostile.state.changes[0].new_builder = "host/builder:\x1b[2J`|`\n\n# title";
  const std::string text = emit_changelog({hostile.state}, embedded_rules());
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK_FALSE(has(text, "<b>"));
  CHECK_FALSE(has(text, "\n# title"));
  CHECK_FALSE(has(text, " `|`"));
  const std::string message = emit_commit_message(hostile, {});
  CHECK(message.find('\x1b') == std::string::npos);
  CHECK_FALSE(has(message, "\n# title"));
}

TEST_CASE("a history that was written reads back") {
  const std::vector<HistoryState> states = embedded_history().states;
  const auto again = read_history(emit_history(states), "history.json", embedded_rules());
  REQUIRE_MESSAGE(again, again.error().to_text());
  CHECK(*again == states);
  for (const char* bad : {"", "[]", "{\"schema_version\": 1}",
                          R"({"schema_version": 1, "states": [{"effective": 1}]})",
                          R"({"schema_version": 1, "states": [], "more": 1})"})
    CHECK_FALSE(read_history(bad, "history.json", embedded_rules()));
}
