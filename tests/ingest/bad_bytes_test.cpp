// What no parser may take for a fact, and what may not bring it down.
#include <functional>
#include <random>

#include "ingest/archive_listing.h"
#include "ingest/builder_image.h"
#include "ingest/buildpack_file.h"
#include "ingest/deployment.h"
#include "ingest/inventory.h"
#include "ingest/limits.h"
#include "ingest/package_repository.h"
#include "ingest/source_constants.h"
#include "ingest/support.h"

using namespace std::literals;

namespace buildable::ingest {
namespace {

using testing::ingest_file;

struct Parser {
  const char* name;
  std::string good;
  std::function<bool(std::string_view)> accepts;
  std::size_t limit;
};

const std::vector<Parser>& parsers() {
  using View = std::string_view;
  namespace limits = limits;
  static const std::vector<Parser> list = {
      {"values file", ingest_file("good_values_2026-05-14.yaml.gotmpl"),
       [](View text) { return parse_values_file(text, testing::three_tracks()).has_value(); },
       limits::values_file},
      {"supported versions", ingest_file("good_supported_versions.json"),
       [](View text) {
         return parse_supported_versions(text, testing::three_tracks()).has_value();
       },
       limits::json},
      {"Harbor's artifact", ingest_file("good_harbor_artifact.json"),
       [](View text) { return parse_harbor_artifact(text).has_value(); }, limits::json},
      {"image config", R"({"os":"linux","architecture":"amd64","config":{"Labels":{"a":"b"}}})",
       [](View text) { return parse_image_config(text).has_value(); }, limits::json},
      {"buildpack.toml", ingest_file("good_buildpack.toml"),
       [](View text) { return parse_buildpack_file(text).has_value(); }, limits::descriptor},
      {"inventory", ingest_file("good_inventory_artifacts.toml"),
       [](View text) { return parse_inventory(text).has_value(); }, limits::inventory},
      {"source constants", ingest_file("good_repository_source.rs"),
       [](View text) { return parse_source_constants(text).has_value(); }, limits::source},
      {"alias table", ingest_file("good_alias_table.rs"),
       [](View text) { return parse_alias_table(text).has_value(); }, limits::source},
      {"packages.json", ingest_file("good_packages_by_name.json"),
       [](View text) {
         return parse_package_versions(text, "heroku-sys/php", Scheme::composer).has_value();
       },
       limits::repository},
      {"archive listing", ingest_file("good_listing.xml"),
       [](View text) { return parse_archive_listing(text).has_value(); }, limits::listing},
  };
  return list;
}

TEST_CASE("every parser takes its good text and refuses what is not a text of its kind") {
  for (const Parser& parser : parsers()) {
    CAPTURE(parser.name);
    CHECK(parser.accepts(parser.good));
    const std::string nul = "\0"s;
    for (const std::string& bad : {
             std::string(),
             std::string(" \r\n\t\n"),
             std::string("x"),
             std::string("null"),
             std::string("[]"),
             std::string("{}"),
             std::string("\"text\""),
             std::string("0"),
             std::string("<!DOCTYPE html>\n<html><body>Sign in</body></html>"),
             std::string("\n <HTML lang=\"en\"></HTML>"),
             std::string("404: Not Found"),
             parser.good + nul,
             "\xEF\xBF" + parser.good,
             parser.good + "\xC0\x80",
             "\x1F\x8B\x08\x00"s,
             std::string(1000, '['),
             std::string(100000, '{'),
         }) {
      CAPTURE(bad.substr(0, 40));
      CHECK_FALSE(parser.accepts(bad));
    }
  }
}

TEST_CASE("every parser refuses a text beyond its limit, whatever is in it") {
  for (const Parser& parser : parsers()) {
    CAPTURE(parser.name);
    CHECK_FALSE(parser.accepts(parser.good + std::string(parser.limit, '\n')));
  }
}

// Whether a cut or spoiled text is refused depends on where; that nothing breaks does not. Under
// the sanitizers' presets this is where they look.
TEST_CASE("no parser breaks on a text that is cut off or spoiled") {
  std::mt19937 random(20260514);
  for (const Parser& parser : parsers()) {
    CAPTURE(parser.name);
    std::size_t step = 1 + parser.good.size() / 400;
    for (std::size_t length = 0; length < parser.good.size(); length += step) {
      parser.accepts(parser.good.substr(0, length));
    }
    for (int round = 0; round < 500; ++round) {
      std::string spoiled = parser.good;
      for (int change = 0; change < 3; ++change) {
        std::size_t at = random() % spoiled.size();
        if (random() % 2)
          spoiled[at] = static_cast<char>(random() % 256);
        else
          spoiled.erase(at, 1 + random() % 8);
      }
      parser.accepts(spoiled);
    }
  }
}

}  // namespace
}  // namespace buildable::ingest
