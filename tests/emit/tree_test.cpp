#include <doctest/doctest.h>

#include <clocale>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <set>

#include "base/digest.h"
#include "emit/embedded.h"
#include "emit/manifest.h"
#include "emit/sample.h"
#include "emit/site/events.h"
#include "emit/well_formed.h"

using namespace buildable;
using namespace buildable::emit;
using namespace buildable::testing;
using nlohmann::json;

TEST_CASE("every track and runtime has its files") {
  const Tree tree = Sample().tree();
  for (const std::string track : {"default", "latest", "deprecated"}) {
    for (const std::string runtime : {"band", "gem", "knot", "snake", "tool"}) {
      CHECK(tree.contains("renovate/" + track + "/" + runtime + ".json"));
      CHECK(tree.contains("datasources/" + track + "/" + runtime + ".json"));
    }
    for (const std::string& path :
         {track + ".json", "dependabot/" + track + ".yml", "dependabot/" + track + ".json",
          "renovate/" + track + "/coverage.json", "renovate/" + track + "/libraries.json",
          "renovate/" + track + "/take-back.json"})
      CHECK_MESSAGE(tree.contains(path), path);
  }
  CHECK(tree.size() == 3 * (16 + 2 * 5) + 7);
}

TEST_CASE("every JSON file parses and ends with one newline") {
  for (const Tree& tree : {Sample().tree(), embedded_tree()})
    for (const auto& file : tree) {
      const std::string &path = file.first, &content = file.second;
      CHECK_MESSAGE((content.ends_with("\n") && !content.ends_with("\n\n")), path);
      if (path.ends_with(".json")) CHECK_MESSAGE(json::accept(content), path);
    }
}

TEST_CASE("the page and the feed are well-formed") {
  for (const Tree& tree : {Sample().tree(), Sample().tree("https://tree.example/a?b=1&c"),
                           embedded_tree("https://tree.example")}) {
    CHECK(markup_problem(tree.at("index.html")) == "");
    CHECK(markup_problem(tree.at("feed.atom")) == "");
  }
}

TEST_CASE("where a pull request's link leads to the page, the page has that place") {
  const Tree tree = embedded_tree("https://tree.example");
  const std::string& page = tree.at("index.html");
  const std::string link = "https://tree.example/index.html#";
  std::set<std::string> places;
  for (const auto& file : tree)
    for (std::size_t at = file.second.find(link); at != std::string::npos;
         at = file.second.find(link, at + 1)) {
      const std::size_t begin = at + link.size();
      places.insert(file.second.substr(begin, file.second.find(')', begin) - begin));
    }
  CHECK(places.size() >= 8);
  for (const std::string& place : places)
    CHECK_MESSAGE(page.find("id=\"" + place + "\"") != std::string::npos, place);
}

TEST_CASE("the page can be used without sight, scripts or network") {
  const std::string page = Sample().tree().at("index.html");
  CHECK(page.find("<html lang=\"en\">") != std::string::npos);
  CHECK(page.find("<caption>") != std::string::npos);
  CHECK(page.find("<th scope=\"row\"><a href=\"#knot\">Knot &quot;K&quot; &lt;&amp; co&gt;</a>") !=
        std::string::npos);
  for (const char* foreign : {"src=", "<img", "url(", "@import", "stylesheet"})
    CHECK_MESSAGE(page.find(foreign) == std::string::npos, foreign);
}

TEST_CASE("the page says since when a series is there") {
  const std::string page = Sample().tree().at("index.html");
  CHECK(page.find("<td>any patch, since 2026-04-01</td>") != std::string::npos);
  CHECK(page.find("<td>24.1.0, since 2026-03-19 or before</td>") != std::string::npos);
}

TEST_CASE("a title of the feed says what happened") {
  const std::string feed = embedded_tree().at("feed.atom");
  for (const char* title :
       {"Java 26 can be built on default", "Other releases of Go, Node.js and Ruby on latest",
        "The track deprecated has ended", "There is a new track, latest",
        "The first state that is known",
        ".NET SDK 10, Go 1.26, Java 25, Node.js 25 and 3 more can be built on latest"})
    CHECK_MESSAGE(feed.find("<title>" + std::string(title) + "</title>") != std::string::npos,
                  title);
}

TEST_CASE("what became known later is told as that") {
  TrackNews track{"default", "b:1", "b:1", false, {}};
  track.runtimes.push_back({"snake", "Snake", "", "", {"3.14", "3.13.1 to 3.13.4"}, {}, "", ""});
  CHECK(event_of(track, sample_rules(), true) == "Snake 3.14 now known to build on default");
  track.runtimes.front().gained_series = {"3.13.1 to 3.13.4"};
  CHECK(event_of(track, sample_rules(), false) == "Other releases of Snake on default");
  track.runtimes.front().lost_series = {"3.9"};
  CHECK(event_of(track, sample_rules(), false) == "Snake 3.9 can no longer be built on default");
  track.runtimes.clear();
  CHECK(event_of(track, sample_rules(), false) ==
        "A new builder with the same versions on default");
}

TEST_CASE("a badge says what the track builds, as a picture and for shields.io") {
  const Tree tree = embedded_tree();
  const std::string& svg = tree.at("badge/default/python.svg");
  CHECK(markup_problem(svg) == "");
  CHECK(svg.find("aria-label=\"Python on default: 3.14.4\"") != std::string::npos);
  const json badge = json::parse(tree.at("badge/default/python.json"));
  CHECK(badge == json{{"schemaVersion", 1},
                      {"label", "Python on default"},
                      {"message", "3.14.4"},
                      {"color", "brightgreen"}});
  CHECK(json::parse(tree.at("badge/latest/go.json"))["color"] == "orange");
  CHECK(json::parse(tree.at("badge/deprecated/go.json"))["message"] == "ended");
  CHECK(json::parse(tree.at("badge/default/uv.json"))["message"] == "not known");
}

TEST_CASE("the feed has what RFC 4287 asks for, newest first, ids that do not move") {
  Sample sample;
  const std::string feed = sample.tree("https://tree.example").at("feed.atom");
  CHECK(feed.find("<link rel=\"self\" type=\"application/atom+xml\" "
                  "href=\"https://tree.example/feed.atom\"/>") != std::string::npos);
  CHECK(feed.find("2026-04-01T12:20:52Z") < feed.find("2026-03-19T16:29:00Z"));
  CHECK(feed.find("<updated>2026-04-01T12:20:52Z</updated>") < feed.find("<entry>"));
  CHECK(feed.find("<li>Snake: 3.14 can be built; 3.13 cannot be built any more; "
                  "default 3.13 → 3.14</li>") != std::string::npos);
  sample.policy.snapshot_digest = "sha256:0";  // a corrected fact
  CHECK(sample.tree("https://tree.example").at("feed.atom") == feed);
}

TEST_CASE("the history tells what each state changed") {
  const json history = json::parse(Sample().tree().at("history.json"));
  REQUIRE(history["states"].size() == 2);
  CHECK(history["states"][0]["changes"].empty());
  const json& change = history["states"][1]["changes"];
  CHECK(change.size() == 1);
  CHECK(change["default"]["runtimes"]["snake"]["gained_series"] == json{"3.14"});
  CHECK(history["states"][1]["builders"]["latest"] == "registry.example/builder:24_2");
}

TEST_CASE("policy.json holds sets that parse back to the policy's") {
  const Sample sample;
  const json policy = json::parse(sample.tree().at("policy.json"));
  for (const TrackPolicy& track : sample.policy.tracks)
    for (const RuntimePolicy& runtime : track.runtimes) {
      const json& row = policy["tracks"][track.track]["runtimes"][runtime.runtime];
      const auto set = parse_set(runtime.scheme, row["buildable"].get<std::string>());
      REQUIRE(set.has_value());
      CHECK(*set == runtime.buildable);
      CHECK(row["scheme"] == std::string(name_of(runtime.scheme)));
    }
}

TEST_CASE("the manifest describes each file but itself, and alone holds the time") {
  Tree tree = Sample().tree();
  tree["manifest.json"] = "old";
  const Instant generated = *parse_instant("2026-05-14T19:06:38Z");
  const json manifest = json::parse(emit_manifest(
      tree, "2026.05.14", "sha256:1",
      {generated, generated + std::chrono::hours(24), generated - std::chrono::hours(1)}));
  CHECK(manifest["generated"] == "2026-05-14T19:06:38Z");
  CHECK(manifest["expires"] == "2026-05-15T19:06:38Z");
  CHECK(manifest["last_seen"] == "2026-05-14T18:06:38Z");
  CHECK(manifest["files"].size() == tree.size() - 1);
  CHECK(manifest["files"]["default.json"]["size"] == tree["default.json"].size());
  CHECK(manifest["files"]["default.json"]["sha256"] == sha256_hex(tree["default.json"]));
  tree.erase("manifest.json");
  for (const auto& file : tree)
    CHECK_MESSAGE(file.second.find("2026-05-14") == std::string::npos, file.first);
}

TEST_CASE("the same input gives the same bytes under any locale and time zone") {
  const Tree first = Sample().tree("https://tree.example");
  for (const char* locale : {"C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"}) {
    std::setlocale(LC_ALL, locale);  // one that is not installed changes nothing
    ::setenv("TZ", "Pacific/Kiritimati", 1);
    ::tzset();
    CHECK(Sample().tree("https://tree.example") == first);
  }
  std::setlocale(LC_ALL, "C");
  ::unsetenv("TZ");
}
