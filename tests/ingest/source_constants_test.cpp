#include "ingest/source_constants.h"
#include "ingest/package_repository.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::with;

const SeriesConstantNames python{
    "DEFAULT_PYTHON_VERSION", "OLDEST_SUPPORTED_PYTHON_3_MINOR_VERSION",
    "NEWEST_SUPPORTED_PYTHON_3_MINOR_VERSION", "LATEST_PYTHON_3_", "3."};

TEST_CASE("a span of series, its aliases and the default are read from a source") {
  auto read = parse_series_constants(ingest_file("good_series_constants.rs"), python);
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->default_version == "3.14");
  CHECK(read->oldest_series == "3.13");
  CHECK(read->newest_series == "3.14");
  CHECK(read->aliases ==
        std::map<std::string, std::string>{{"3.13", "3.13.13"}, {"3.14", "3.14.4"}});
}

TEST_CASE("a source of the first generation has a default only") {
  auto read = parse_series_constants(
      "pub(crate) const DEFAULT_PYTHON_VERSION: PythonVersion = PythonVersion {\n"
      "    major: 3,\n    minor: 12,\n    patch: 1,\n};\n",
      python);
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->default_version == "3.12.1");
  CHECK(read->oldest_series.empty());
  CHECK(read->aliases.empty());
}

TEST_CASE("a default may name another constant") {
  const std::string good = ingest_file("good_series_constants.rs");
  std::size_t start = good.find("RequestedPythonVersion = ");
  std::size_t end = good.find("};", start);
  auto read = parse_series_constants(
      good.substr(0, start) + "X = LATEST_PYTHON_3_14;" + good.substr(end + 2), python);
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->default_version == "3.14.4");
}

TEST_CASE("a source whose constants changed their form is an error") {
  const std::string good = ingest_file("good_series_constants.rs");
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{with(good, "DEFAULT_PYTHON_VERSION", "DEFAULT_VERSION"),
               "DEFAULT_PYTHON_VERSION: the constant is missing"},
           Row{with(good, "minor: 14", "minor: MINOR"), "DEFAULT_PYTHON_VERSION: no version"},
           Row{with(good, "u16 = 13;", "u16 = 12;"), "LATEST_PYTHON_3_12: the constant is missing"},
           Row{with(good, "u16 = 13;", "u16 = 14;"), "an alias outside of the span"},
           Row{with(good, "u16 = 13;", "u16 = 15;"), "no span: 15 to 14"},
           Row{with(good, "u16 = 13;", "u16 = 0xD;"), "no number: \"0xD\""},
           Row{with(good, "new(3, 13, 13)", "new(3, 12, 13)"), "is not of the series 3.13"},
           Row{with(good, "new(3, 13, 13)", "new(3, 13)"), "no version"},
           Row{with(good, "pub(crate) const OLDEST", "pub(crate) static OLDEST"),
               "OLDEST_SUPPORTED_PYTHON_3_MINOR_VERSION: the constant is missing"},
           Row{with(good, "LATEST_PYTHON_3_13:", "LATEST_PYTHON_3_14:"), "stands twice"},
           Row{with(good, "new(3, 14, 4);", "new(3, 14, 4)"), "a constant that does not end"},
           Row{good.substr(0, good.find("patch")), "a constant that does not end"},
           Row{"fn main() {}\n", "the source has no constants"},
       }) {
    CAPTURE(row.says);
    check_error(parse_series_constants(row.text, python), row.says);
  }
}

TEST_CASE("constants that name each other are an error") {
  auto constants = parse_source_constants("const A: V = B;\nconst B: V = A;\n");
  REQUIRE(constants);
  check_error(version_constant(*constants, "A"), "constants that name each other");
}

TEST_CASE("number and text constants are read by name") {
  auto constants = parse_source_constants(
      "pub(crate) const DELIMITER: &str = \" \";\n"
      "pub(crate) const OPENJDK_LATEST_LTS_VERSION: u32 = 25;\n"
      "const HOME: &str = \"https://example.org/a;b\";\n");
  REQUIRE(constants);
  CHECK(*integer_constant(*constants, "OPENJDK_LATEST_LTS_VERSION") == "25");
  CHECK(*text_constant(*constants, "HOME") == "https://example.org/a;b");
  check_error(text_constant(*constants, "OPENJDK_LATEST_LTS_VERSION"), "no plain text");
  check_error(integer_constant(*constants, "HOME"), "no number");
}

TEST_CASE("an alias table is read with all its names") {
  auto aliases = parse_alias_table(ingest_file("good_alias_table.rs"));
  REQUIRE_MESSAGE(aliases, aliases.error().to_text());
  CHECK(*aliases == std::map<std::string, std::string>{{"7", "1.7.0_352"},
                                                       {"1.7", "1.7.0_352"},
                                                       {"8", "1.8.0_392"},
                                                       {"1.8", "1.8.0_392"},
                                                       {"21", "21.0.1"}});
}

TEST_CASE("an alias table of another form is an error with its line") {
  const std::string good = ingest_file("good_alias_table.rs");
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{with(good, "\"21\" => \"21.0.1\",", "21 => \"21.0.1\","), "7: no alias"},
           Row{with(good, "\"21\" =>", "\"8\" =>"), "7: no alias"},
           Row{with(good, "other => other", "other => panic!()"), "8: no alias"},
           Row{with(good, "        other => other,\n", ""), "no alias"},
           Row{good.substr(0, good.find("        \"21\"")), "does not end"},
           Row{good + good, "a second alias table"},
           Row{"fn main() {}\n", "no alias table"},
       }) {
    CAPTURE(row.says);
    check_error(parse_alias_table(row.text), row.says);
  }
}

TEST_CASE("the frozen state of a repository is a hash of 64 digits") {
  const std::string good = ingest_file("good_repository_source.rs");
  auto hash = parse_repository_snapshot(good, "PLATFORM_REPOSITORY_SNAPSHOT");
  REQUIRE_MESSAGE(hash, hash.error().to_text());
  CHECK(*hash == "befb04469eb11c2f4f26f971551b5f49e2625ffd28389e2264f46a5acf40d678");
  check_error(parse_repository_snapshot(with(good, "befb", "BEFB"), "PLATFORM_REPOSITORY_SNAPSHOT"),
              "not a hash of 64");
  check_error(parse_repository_snapshot(good, "OTHER"), "OTHER: the constant is missing");
}

TEST_CASE("packages.json gives the versions of a package in every documented form") {
  for (const char* name : {"good_packages_by_name.json", "good_packages_by_version.json",
                           "good_packages_nested.json"}) {
    CAPTURE(name);
    auto versions = parse_package_versions(ingest_file(name), "heroku-sys/php", Scheme::composer);
    REQUIRE_MESSAGE(versions, versions.error().to_text());
    CHECK(*versions == std::vector<std::string>{"8.3.30", "8.4.20"});
  }
}

TEST_CASE("a repository of another form is an error") {
  struct Row {
    const char* text;
    const char* says;
  };
  for (const Row& row : {
           Row{R"({"packages":[],"metadata-url":"/p2/%package%.json"})",
               "keeps its packages elsewhere"},
           Row{R"({"packages":[]})", "no package \"heroku-sys/php\""},
           Row{R"({"packages":{"heroku-sys/php":[]}})", "no package"},
           Row{R"({"packages":[{"name":"heroku-sys/php","version":"8.4.20"}]})",
               "an object is needed"},
           Row{R"({"packages":{"heroku-sys/php":[{"name":"heroku-sys/ext","version":"1"}]}})",
               "under another name"},
           Row{R"({"packages":[[{"version":"8.4.20"}]]})", "a package without a name"},
           Row{R"({"packages":{"heroku-sys/php":[{"version":8.4}]}})", "a text is needed"},
           Row{R"({"packages":{"heroku-sys/php":[{"name":"heroku-sys/php"}]}})",
               "'version' is missing"},
           Row{R"({})", "'packages' is missing"},
       }) {
    CAPTURE(row.text);
    check_error(parse_package_versions(row.text, "heroku-sys/php", Scheme::composer), row.says);
  }
}

}  // namespace
}  // namespace buildable::ingest
