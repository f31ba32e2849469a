#include <doctest/doctest.h>

#include "documents.h"
#include "rules/load.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

const std::string file = "rules/platforms/toolforge.toml";

Result<PlatformRules> parse(const std::string& text) { return parse_platform(text, file); }

}  // namespace

TEST_CASE("a platform is read") {
  Result<PlatformRules> platform = parse(good_document("platform.toml"));
  REQUIRE(platform.has_value());
  CHECK(platform->id == "toolforge");
  REQUIRE(platform->tracks.size() == 2);
  CHECK(platform->tracks[1].command_option == "--use-latest-versions");
  CHECK(platform->sources[0].kind == SourceKind::values_file);
  CHECK(platform->injected[0].trigger == "Aptfile");
}

TEST_CASE("a mistake in a platform is told with file, line, column and key") {
  check_bad_rows(
      good_document("platform.toml"),
      {
          {"unknown key", "builder_key = \"latest", "builder-key = \"latest",
           file + ":11:1: tracks[1].builder_key: the required key is missing\n" + file +
               ":13:15: tracks[1].builder-key: unknown key\n  did you mean \"builder_key\"?"},
          {"default track", "default_track = \"default\"", "default_track = \"defualt\"",
           file + ":4:17: default_track: \"defualt\" is none of the tracks\n"
                  "  they are: default, latest"},
          {"next track", "command_option = \"--use-latest-versions\"", "next = \"newest\"",
           file + ":14:8: tracks[1].next: \"newest\" is none of the tracks"},
          {"name twice", "name = \"latest\"", "name = \"default\"",
           file + ":12:8: tracks[1].name: \"default\" is there already, as tracks[0].name"},
          {"file and id", "id = \"toolforge\"", "id = \"toolfrge\"",
           file + ":2:6: id: \"toolfrge\" is not the file's name\n"
                  "  call the file toolfrge.toml, or the id \"toolforge\""},
          {"schema", "schema_version = 1", "schema_version = 2",
           file + ":1:18: schema_version: this program reads version 1, not 2"},
          {"no outcome", "track_vanished = \"refuse\"", "track_vanished = \"ignore\"",
           file + ":27:18: judgement.track_vanished: \"ignore\" is not known here\n"
                  "  known are: accept, warn, refuse"},
          {"a kind of source that has no reader", "kind = \"values_file\"", "kind = \"valus_file\"",
           file + ":19:8: sources[0].kind: \"valus_file\" is not known here\n  did you mean "
                  "\"values_file\"?"},
          {"share beyond all", "lost_series_share = 10", "lost_series_share = 101",
           file + ":39:21: judgement.lost_series_share: is a share in percent, 0 to 100, not 101"},
          {"empty name", "builder_key = \"builderImage\"", "builder_key = \" \"",
           file + ":8:15: tracks[0].builder_key: is empty"},
      },
      parse);
}

TEST_CASE("assemble sorts the runtimes and refuses an id that is there twice") {
  PlatformRules platform = *parse(good_document("platform.toml"));
  RuntimeRules node, go;
  node.id = node.name = "node";
  go.id = go.name = "go";
  node.aliases = {"Node.js"};
  Result<Rules> rules = assemble(platform, {node, go});
  REQUIRE(rules.has_value());
  CHECK(rules->runtimes[0].id == "go");
  CHECK(rules->find("node") == &rules->runtimes[1]);
  CHECK(assemble(platform, {go, node, go}).error().message() == "two runtimes have the id \"go\"");
  go.aliases = {"NodeJS"};
  CHECK(assemble(platform, {node, go}).error().message() ==
        "the runtimes \"go\" and \"node\" have the name \"Node.js\"");
  platform.default_track = "none";
  CHECK_FALSE(assemble(platform, {}).has_value());
}
