#include <doctest/doctest.h>

#include "documents.h"
#include "rules/load.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

const std::string file = "rules/runtimes/python.toml";

Result<RuntimeRules> parse(const std::string& text) { return parse_runtime(text, file); }

}  // namespace

TEST_CASE("a runtime is read") {
  Result<RuntimeRules> runtime = parse(good_document("runtime.toml"));
  REQUIRE(runtime.has_value());
  CHECK(runtime->scheme == Scheme::pep440);
  CHECK(runtime->codenames == std::vector<Codename>{{"ga", "3.14"}});
  REQUIRE(runtime->buildpacks.size() == 2);
  CHECK(runtime->buildpacks[1].mechanism == Mechanism::supported);
  CHECK(runtime->buildpacks[1].reads[1].key == "project.requires-python");
  CHECK(runtime->buildpacks[1].refuses[0].file == "runtime.txt");
  CHECK(runtime->renovate.matches[0].granularity == Granularity::version);
  CHECK(runtime->dependabot[0].granularity == Granularity::series);
  REQUIRE(runtime->pins.size() == 2);
  CHECK(runtime->pins[0].key == "project.requires-python");
  CHECK(runtime->pins[1].syntax == PinSyntax::image);
}

TEST_CASE("a mistake in a runtime's shape is told with file, line, column and key") {
  check_bad_rows(
      good_document("runtime.toml"),
      {
          {"unknown key", "mechanism = \"aliases\"", "mechanizm = \"aliases\"",
           file + ":9:1: buildpacks[0].mechanism: the required key is missing\n" + file +
               ":12:13: buildpacks[0].mechanizm: unknown key\n  did you mean \"mechanism\"?"},
          {"unknown mechanism", "\"aliases\"", "\"alias\"",
           file +
               ":12:13: buildpacks[0].mechanism: \"alias\" is not known here\n"
               "  known are: inventory, series, archives, repository, aliases, fixed, supported, "
               "any, unrecorded"},
          {"unknown scheme", "\"pep440\"\nseries", "\"pep404\"\nseries",
           file + ":4:10: scheme: \"pep404\" is not known here\n  did you mean \"pep440\"?"},
          {"a version without quotes", "series = \"3.14\"", "series = 3.10",
           file + ":6:37: codenames[0].series: expected a string, found the number 3.10\n"
                  "  put it in quotes: \"3.10\""},
          {"a date without quotes", "name = \"Python\"", "name = 2025-10-07",
           file + ":3:8: name: expected a string, found the date 2025-10-07\n"
                  "  put it in quotes: \"2025-10-07\""},
          {"bytes, not characters", "{file = \".python-version\", forms", "{note = \"é\", form",
           file + ":22:3: buildpacks[1].reads[0].file: the required key is missing\n" + file +
               ":22:24: buildpacks[1].reads[0].form: unknown key\n  did you mean \"forms\"?"},
          {"a table where a list belongs", "[[dependabot]]", "[dependabot]",
           file + ":33:1: dependabot: expected an array, found an object"},
          {"repeated key", "id = \"python\"", "id = \"python\"\nid = \"python\"",
           file + ":3:6: not TOML: Error while parsing key-value pair: cannot redefine existing "
                  "string 'id'"},
          {"truncated", "name = \"Python\"", "name = \"Python",
           file + ":3:15: not TOML: Error while parsing string: unescaped control characters other "
                  "than TAB (U+0009) are explicitly prohibited"},
      },
      parse);
}

TEST_CASE("a runtime's meaning is checked too") {
  check_bad_rows(
      good_document("runtime.toml"),
      {
          {"overlap", "\"<2.0.0\"", "\"<2.0.1\"",
           file + ":16:12: buildpacks[1].versions: \">=2.0.0\" overlaps \"<2.0.1\" of "
                  "buildpacks[0]\n  one version of a buildpack has one rule"},
          {"a span of nothing", "\"<2.0.0\"", "\">2 <1\"",
           file + ":11:12: buildpacks[0].versions: takes no version"},
          {"grammar of a file", "grammar = \"pep440\"},", "grammar = \"pep\"},",
           file + ":23:72: buildpacks[1].reads[1].grammar: no range grammar is called \"pep\"\n"
                  "  known: npm, pep440, poetry, ruby, composer, cargo, maven"},
          {"grammar of the range", "supported_grammar = \"pep440\"", "supported_grammar = \"\"",
           file + ":19:21: buildpacks[1].supported_grammar: no range grammar is called \"\"\n"
                  "  known: npm, pep440, poetry, ruby, composer, cargo, maven"},
          {"range of another grammar", "\">=3.10,<3.15\"", "\"^3.10 || 3\"",
           file + ":18:13: buildpacks[1].supported: \"^3.10 || 3\" is not a valid pep440 range: "
                  "\"^3.10 || 3\" "
                  "begins with no operator\n  write it like >=3.12,<3.15"},
          {"supported without its range", "supported = \">=3.10,<3.15\"\n", "",
           file + ":14:1: buildpacks[1].supported: goes with the mechanism \"supported\", and only "
                  "with it"},
          {"supported with another mechanism", "mechanism = \"supported\"", "mechanism = \"any\"",
           file +
               ":18:13: buildpacks[1].supported: goes with the mechanism \"supported\", and only "
               "with it"},
          {"series of four numbers", "series_components = 2", "series_components = 4",
           file + ":5:21: series_components: is 1, 2 or 3, not 4"},
          {"codename", "series = \"3.14\"", "series = \"three\"",
           file + ":6:37: codenames[0].series: \"three\" is not a valid pep440 version\n"
                  "  write it like \"3.14.2\""},
          {"file and id", "id = \"python\"", "id = \"phyton\"",
           file + ":2:6: id: \"phyton\" is not the file's name\n"
                  "  call the file phyton.toml, or the id \"python\""},
          {"no dependency", "dependencies = [\"python\"]", "dependencies = []",
           file + ":35:16: dependabot[0].dependencies: is empty"},
          {"a place of pins without files", "files = [\"pyproject.toml\"]", "files = []",
           file + ":39:9: pins[0].files: is missing or empty"},
          {"a place of pins without its key", "\nkey = \"project.requires-python\"\n", "\n",
           file + ":38:1: pins[0].key: is missing or empty"},
          {"a key that means nothing", "names = [\"python\"]", "names = [\"python\"]\nkey = \"x\"",
           file + ":47:7: pins[1].key: means nothing in this syntax"},
          {"images without names", "names = [\"python\"]", "",
           file + ":44:1: pins[1].names: is missing or empty"},
          {"grammar of a place of pins", "grammar = \"pep440\"\n\n[[pins]]",
           "grammar = \"pep\"\n\n[[pins]]",
           file + ":42:11: pins[0].grammar: no range grammar is called \"pep\"\n"
                  "  known: npm, pep440, poetry, ruby, composer, cargo, maven"},
          {"no version in what stands around it", "names = [\"python\"]",
           "names = [\"python\"]\naround = \"x-\"",
           file + ":47:10: pins[1].around: has no {version}"},
      },
      parse);
}

TEST_CASE("spans of different buildpacks may overlap") {
  std::string text = good_document("runtime.toml");
  text.replace(text.find("\"example/python\""), 16, "\"example/conda\"");
  text.replace(text.find("\"<2.0.0\""), 8, "\"*\"");
  CHECK(parse(text).has_value());
}
