#include <doctest/doctest.h>

#include <functional>

#include "base/binary_codec.h"
#include "base/json_codec.h"
#include "documents.h"
#include "model/rules_fields.h"
#include "model/snapshot_fields.h"
#include "rules/load.h"
#include "support/generated.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

Result<Snapshot> parse(const std::string& text) { return parse_snapshot(text, "s.json"); }

}  // namespace

TEST_CASE("a snapshot in canonical form is read and written to the byte") {
  std::string text = good_document("snapshot.json");
  Result<Snapshot> snapshot = parse(text);
  REQUIRE_MESSAGE(snapshot.has_value(), snapshot.error().to_text());
  CHECK(write_snapshot(*snapshot) == text);
}

TEST_CASE("a mistake in a snapshot is told with its path") {
  check_bad_rows(
      good_document("snapshot.json"),
      {
          {"unknown key", "\"observed\"", "\"observd\"",
           "s.json: observed: the required key is missing\n"
           "s.json: observd: unknown key\n  did you mean \"observed\"?"},
          {"builder", "\"builder\": \"registry.example/builder:24\"",
           "\"builder\": \"registry.example/bulider:24\"",
           "s.json: tracks[0].builder: no builder is called \"registry.example/bulider:24\"\n"
           "  did you mean \"registry.example/builder:24\"?"},
          {"store", "\"store\": \"python/example-24\"", "\"store\": \"ruby\"",
           "s.json: capabilities[0].store: no store is called \"ruby\""},
          {"instant", "2026-05-14T19:06:38Z", "2026-05-14",
           "s.json: effective: \"2026-05-14\" is not an instant\n"
           "  write it as RFC 3339 has it: 2026-05-14T19:06:38Z"},
          {"order of instants", "2026-07-01T00", "2026-01-01T00",
           "s.json: observed: is before `effective`"},
          {"end of a track", "2027-01-01", "2027-02-29",
           "s.json: tracks[0].valid_until: \"2027-02-29\" is neither a date nor an instant\n"
           "  write 2026-05-14 or 2026-05-14T19:06:38Z"},
          {"day of an archive", "2025-10-07", "October",
           "s.json: stores[0].archives[1].since: \"October\" is not a date\n"
           "  write it as 2026-05-14"},
          {"empty version", "\"3.14.0\"]", "\"\"]",
           "s.json: capabilities[0].versions[1]: is empty"},
          {"version that is a number", "\"3.14.0\"]", "3.14]",
           "s.json: capabilities[0].versions[1]: expected a string, found the number 3.14\n"
           "  put it in quotes: \"3.14\""},
          {"buildpack without version", "\"version\": \"2.0.1\"}", "\"version\": \"\"}",
           "s.json: builders[0].candidates[0].buildpacks[0].version: is empty"},
          {"fact without a source", "\"https://example.org/constants\"", "\" \"",
           "s.json: capabilities[0].evidence.source: is empty"},
          {"fact without a time", "/listing\", \"seen\": \"2026-05-14\"", "/listing\"",
           "s.json: stores[0].evidence.seen: is missing\n"
           "  say when it was read, for example 2026-05-14"},
          {"track seen on no day", "/values\", \"seen\": \"2026-05-14\"",
           "/values\", \"seen\": \"lately\"",
           "s.json: tracks[0].evidence.seen: \"lately\" is neither a date nor an instant\n"
           "  write 2026-05-14 or 2026-05-14T19:06:38Z"},
          {"digest that is none", "/config\"", "/config\", \"digest\": \"sha256:0\"",
           "s.json: builders[0].candidates[0].evidence.digest: \"sha256:0\" is not a sha256 "
           "digest"},
          {"schema", "\"schema_version\": 1", "\"schema_version\": 2",
           "s.json: schema_version: this program reads version 1, not 2"},
          {"no tracks", "", R"({"schema_version": 1, "platform": "p", "effective":
           "2026-05-14T19:06:38Z", "observed": "2026-05-14T19:06:38Z", "tracks": [], "builders": [],
           "capabilities": [], "stores": []})",
           "s.json: tracks: is empty"},
      },
      parse);
}

TEST_CASE("a name in a snapshot that would lead out of a directory is refused") {
  const Snapshot good = *parse(good_document("snapshot.json"));
  const std::pair<const char*, std::function<void(Snapshot&, const std::string&)>> places[] = {
      {"platform", [](Snapshot& s, const std::string& name) { s.platform = name; }},
      {"tracks[0].name", [](Snapshot& s, const std::string& name) { s.tracks[0].name = name; }},
      {"capabilities[0].runtime",
       [](Snapshot& s, const std::string& name) { s.capabilities[0].runtime = name; }},
      {"stores[0].id",
       [](Snapshot& s, const std::string& name) {
         s.stores[0].id = name;
         for (Capability& each : s.capabilities) each.store = name;
       }},
      {"stores[0].runtime",
       [](Snapshot& s, const std::string& name) { s.stores[0].runtime = name; }},
      {"releases[0].runtime",
       [](Snapshot& s, const std::string& name) {
         s.releases = {{.runtime = name, .cycles = {}, .evidence = {.source = "x"}}};
       }},
  };
  for (const auto& each : places) {
    const std::string place = each.first;
    for (const std::string name : {"../../../x", "..", "/abs", ".git", "-rf", "a\nb", "a\x1b[2J",
                                   "caf\xc3\xa9", "", "a\\b", "nul"}) {
      CAPTURE(place);
      CAPTURE(name);
      Snapshot bad = good;
      each.second(bad, name);
      const auto read = parse(write_snapshot(bad));
      REQUIRE_FALSE(read);
      CHECK(read.error().to_text().find("s.json: " + place + ": ") != std::string::npos);
    }
  }
}

TEST_CASE("a control character in any text of a snapshot is refused") {
  const Snapshot good = *parse(good_document("snapshot.json"));
  const std::string bad = "x\x1b]0;owned\x07";
  const std::pair<const char*, std::function<void(Snapshot&)>> places[] = {
      {"notes[0]", [&](Snapshot& s) { s.notes = {bad}; }},
      {"tracks[0].runner", [&](Snapshot& s) { s.tracks[0].runner = bad; }},
      {"tracks[0].evidence.note", [&](Snapshot& s) { s.tracks[0].evidence.note = bad; }},
      {"builders[0].reasoning[0]", [&](Snapshot& s) { s.builders[0].reasoning = {bad}; }},
      {"builders[0].target.stack", [&](Snapshot& s) { s.builders[0].target.stack = bad; }},
      {"builders[0].candidates[0].lifecycle",
       [&](Snapshot& s) { s.builders[0].candidates[0].lifecycle = bad; }},
      {"capabilities[0].versions[0]", [&](Snapshot& s) { s.capabilities[0].versions = {bad}; }},
      {"capabilities[0].default_version",
       [&](Snapshot& s) { s.capabilities[0].default_version = bad; }},
      {"builders[0].witnesses[0].request",
       [&](Snapshot& s) {
         s.builders[0].witnesses = {{.runtime = "python",
                                     .version = "3.14.0",
                                     .request = bad,
                                     .evidence = {.source = "x", .seen = "2026-05-14"}}};
       }},
      {"stores[0].evidence.source", [&](Snapshot& s) { s.stores[0].evidence.source = bad; }},
  };
  for (const auto& each : places) {
    const std::string place = each.first;
    CAPTURE(place);
    Snapshot snapshot = good;
    each.second(snapshot);
    const auto read = parse(write_snapshot(snapshot));
    REQUIRE_FALSE(read);
    const std::string text = read.error().to_text();
    CHECK(text.find("s.json: " + place + ": holds a control character") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("a witness says what was built, where it is told and when, and of which candidates") {
  const Witness good{.runtime = "python",
                     .version = "3.14.0",
                     .request = "3.14",
                     .evidence = {.source = "example/tool@1", .seen = "2026-05-20"}};
  const std::pair<const char*, std::function<void(Builder&)>> places[] = {
      {"builders[0].witnesses[0].runtime: ", [](Builder& b) { b.witnesses[0].runtime = "a/b"; }},
      {"builders[0].witnesses[0].version: is empty",
       [](Builder& b) { b.witnesses[0].version.clear(); }},
      {"builders[0].witnesses[0].evidence.source: is empty",
       [](Builder& b) { b.witnesses[0].evidence.source.clear(); }},
      {"builders[0].witnesses[0].evidence.seen: is missing",
       [](Builder& b) { b.witnesses[0].evidence.seen.clear(); }},
      {"builders[0].witnesses: stands beside no candidate",
       [](Builder& b) { b.candidates.clear(); }},
  };
  Snapshot snapshot = *parse(good_document("snapshot.json"));
  snapshot.builders[0].witnesses = {good};
  const auto read = parse(write_snapshot(snapshot));
  REQUIRE(read);
  CHECK(read->builders[0].witnesses == snapshot.builders[0].witnesses);
  for (const auto& place : places) {
    Snapshot bad = snapshot;
    place.second(bad.builders[0]);
    const auto refused = parse(write_snapshot(bad));
    REQUIRE_FALSE(refused);
    INFO(refused.error().to_text());
    CHECK(refused.error().to_text().find(place.first) != std::string::npos);
  }
}

TEST_CASE("a capability that is there twice is refused") {
  Snapshot snapshot = *parse(good_document("snapshot.json"));
  snapshot.capabilities.push_back(snapshot.capabilities.front());
  Result<Snapshot> again = parse(write_snapshot(snapshot));
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().to_text() ==
        "s.json: capabilities[1]: \"python by example/python@2.0.1\" is there already, as "
        "capabilities[0]");
}

TEST_CASE("a snapshot that ends anywhere before its end is refused") {
  std::string text = good_document("snapshot.json");
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    REQUIRE_FALSE(parse(text.substr(0, length)).has_value());
  }
}

TEST_CASE("any snapshot survives both codecs") {
  Generator generator(6);
  for (int i = 0; i < 300; ++i) {
    Snapshot snapshot = generator.make<Snapshot>();
    REQUIRE(*from_json<Snapshot>(write_snapshot(snapshot), "") == snapshot);
    REQUIRE(*decode<Snapshot>(encode(snapshot)) == snapshot);
  }
}

TEST_CASE("any rules survive both codecs") {
  Generator generator(8);
  for (int i = 0; i < 300; ++i) {
    Rules rules = generator.make<Rules>();
    REQUIRE(*decode<Rules>(encode(rules)) == rules);
    REQUIRE(*from_json<Rules>(to_json(rules), "") == rules);
  }
}
