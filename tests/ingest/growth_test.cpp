// Every reader of a source takes time in proportion to its text.
#include "support/growth.h"

#include <doctest/doctest.h>

#include "ingest/builder_image.h"
#include "ingest/buildpack_file.h"
#include "ingest/deployed_chart.h"
#include "ingest/deployment.h"
#include "ingest/embedded_inventory.h"
#include "ingest/inventory.h"
#include "ingest/package_repository.h"
#include "ingest/release_cycles.h"
#include "ingest/source_constants.h"

using namespace buildable;
using namespace buildable::ingest;
using namespace buildable::testing;

namespace {

PlatformRules platform() {
  PlatformRules rules{.default_track = "default"};
  rules.tracks = {{.name = "default", .builder_key = "builder"}};
  return rules;
}

}  // namespace

TEST_CASE("inventories are read in linear time") {
  check_linear(
      {{"artifacts", "",
        "[[artifacts]]\nversion = \"1.#.0\"\nos = \"linux\"\narch = \"amd64\"\n"
        "url = \"https://example.org/#\"\nchecksum = \"sha256:aa\"\n",
        ""},
       {"one line", "artifacts = [", "{version = \"1.#.0\", os = \"linux\"}, ", "]"},
       {"comments", "", "# a comment\n", ""}},
      [](const std::string& text) { static_cast<void>(parse_inventory(text)); }, 300);
}

TEST_CASE("an inventory inside a program is found in linear time") {
  check_linear({{"no inventory", "", "bytes of a program #", ""},
                {"many beginnings", "", "[[artifacts]]\n", ""},
                {"one byte", "", "[", ""}},
               [](const std::string& text) { static_cast<void>(embedded_inventory(text)); });
}

TEST_CASE("constants of sources are read in linear time") {
  check_linear({{"constants", "", "pub(crate) const A#: &str = \"3.#\";\n", ""},
                {"one line", "", "const A: u16 = 3; ", ""},
                {"open strings", "", "const A: &str = \"", ""},
                {"open comments", "", "/* ", ""}},
               [](const std::string& text) {
                 static_cast<void>(parse_source_constants(text));
                 static_cast<void>(parse_alias_table(text));
                 static_cast<void>(parse_repository_snapshot(text, "SNAPSHOT"));
               });
}

TEST_CASE("what registries and projects say as JSON is read in linear time") {
  check_linear(
      {{"packages", R"({"packages":{"heroku-sys/php":{)", R"("8.#.0":{"version":"8.#.0"},)",
        R"("9":{"version":"9.0.0"}}}})"},
       {"cycles", "[", R"({"cycle":"3.#","releaseDate":"2020-01-01"},)",
        R"({"cycle":"3","releaseDate":"2020-01-01"}])"},
       {"labels", R"({"config":{"Labels":{)", R"("a#":"b",)", R"("z":"b"}}})"},
       {"one array", "[", "1,", "1]"}},
      [](const std::string& text) {
        static_cast<void>(parse_package_versions(text, "heroku-sys/php", Scheme::composer));
        static_cast<void>(parse_release_cycles(text));
        static_cast<void>(parse_image_config(text));
        static_cast<void>(parse_newest_commit(text));
        static_cast<void>(parse_supported_versions(text, platform()));
      },
      500);
}

TEST_CASE("values files and descriptors are read in linear time") {
  check_linear(
      {{"keys", "config:\n", "  key#: value\n", ""},
       {"a template in each line", "", "  a: {{ .Values.x# }}\n", ""},
       {"one list", "config: [", "a, ", "a]"}},
      [](const std::string& text) { static_cast<void>(parse_values_file(text, platform())); }, 500);
  check_linear(
      {{"targets", "api = \"0.10\"\n[buildpack]\nid = \"a/b\"\nversion = \"1.0.0\"\n",
        "[[targets]]\nos = \"linux\"\n", ""},
       {"order", "api = \"0.10\"\n[buildpack]\nid = \"a/b\"\nversion = \"1.0.0\"\n[[order]]\n",
        "[[order.group]]\nid = \"a/b#\"\nversion = \"1.0.0\"\n", ""}},
      [](const std::string& text) { static_cast<void>(parse_buildpack_file(text)); }, 500);
}
