#include "ingest/capability_facts.h"

#include "ingest/support.h"

using namespace buildable;
using namespace buildable::ingest;
using namespace buildable::testing;

namespace {

using Texts = std::vector<std::string>;
const Target ubuntu{"linux", "amd64", "ubuntu", "24.04", "heroku-24"};

}  // namespace

TEST_CASE("an inventory and a descriptor give versions") {
  Capability capability;
  const auto taken = take_inventory(ingest_file("good_inventory_artifacts.toml"), Scheme::java,
                                    ubuntu, capability);
  REQUIRE_MESSAGE(taken, taken.error().to_text());
  CHECK_FALSE(capability.versions.empty());
  CHECK_FALSE(take_inventory("", Scheme::semver, ubuntu, capability));

  Capability tool;
  REQUIRE(take_descriptor(ingest_file("good_buildpack.toml"), Scheme::maven, tool));
  CHECK(tool.versions == Texts{"3.9.4"});
  CHECK(tool.default_version == "3.9.4");
  check_error(take_descriptor("api = \"0.10\"\n[buildpack]\nid = \"a/b\"\nversion = \"1.0.0\"\n"
                              "[[stacks]]\nid = \"*\"\n",
                              Scheme::maven, tool),
              "no version is listed");
}

TEST_CASE("the constants of a span are read by the names that the rules give") {
  const SourceMarks marks{{"default", "DEFAULT_PYTHON_VERSION"},
                          {"oldest", "OLDEST_SUPPORTED_PYTHON_3_MINOR_VERSION"},
                          {"newest", "NEWEST_SUPPORTED_PYTHON_3_MINOR_VERSION"},
                          {"alias_prefix", "LATEST_PYTHON_3_"},
                          {"series", "3."}};
  Capability capability;
  REQUIRE(take_series_constants(ingest_file("good_series_constants.rs"), marks, capability));
  CHECK(capability.oldest_series == "3.13");
  CHECK(capability.aliases.at("3.14") == "3.14.4");
  for (const auto& [name, value] : marks) {
    SourceMarks fewer = marks;
    fewer.erase(name);
    check_error(take_series_constants(ingest_file("good_series_constants.rs"), fewer, capability),
                "sources.constants." + name);
  }
}

TEST_CASE("a default is a number, a text, or what follows a mark") {
  struct Row {
    const char* name;
    SourceMarks marks;
    std::string text;
    std::string expected;  // or what the error says
    bool good;
  };
  const Row rows[] = {
      {"number", {{"number", "LTS"}}, "const LTS: u32 = 25;\n", "25", true},
      {"text", {{"text", "LTS"}}, "const LTS: &str = \"3.1\";\n", "3.1", true},
      {"after", {{"after", "let it = "}}, "fn f() {\n  let it = \"24.x\";\n}\n", "24.x", true},
      {"number missing", {{"number", "LTS"}}, "const MTS: u32 = 25;\n", "is missing", false},
      {"number is a text", {{"number", "LTS"}}, "const LTS: &str = \"x\";\n", "no number", false},
      {"mark missing", {{"after", "let it = "}}, "let that = \"1\";\n", "does not stand", false},
      {"mark twice", {{"after", "it = "}}, "it = \"1\";\nit = \"2\";\n", "twice", false},
      {"nothing quoted", {{"after", "it = "}}, "it = 24;\n", "no quoted text", false},
      {"an empty text", {{"after", "it = "}}, "it = \"\";\n", "no quoted text", false},
      {"not closed", {{"after", "it = "}}, "it = \"24", "no quoted text", false},
      {"at the end", {{"after", "it = "}}, "it = ", "no quoted text", false},
      {"no mark in the rules", {}, "const LTS: u32 = 25;\n", "sources.constants.text", false},
      {"a web page", {{"after", "it = "}}, "<html>it = \"1\"</html>", "", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Capability capability;
    const auto taken = take_default(row.text, row.marks, capability);
    if (!row.good) {
      check_error(taken, row.expected);
    } else {
      REQUIRE_MESSAGE(taken, taken.error().to_text());
      CHECK(capability.default_version == row.expected);
    }
  }
}

TEST_CASE("a package repository gives versions and the series that it serves") {
  const RuntimeRules runtime{.id = "php", .scheme = Scheme::composer, .series_components = 2};
  Capability capability;
  REQUIRE(take_packages(ingest_file("good_packages_by_name.json"), {{"package", "heroku-sys/php"}},
                        runtime, capability));
  CHECK(capability.versions == Texts{"8.3.30", "8.4.20"});
  CHECK(capability.series == Texts{"8.3", "8.4"});
  check_error(
      take_packages("{\"packages\":[]}", {{"package", "heroku-sys/php"}}, runtime, capability),
      "no package");
  check_error(take_packages("{}", {}, runtime, capability), "sources.constants.package");
}

TEST_CASE("a frozen repository's hash is a constant") {
  Capability capability;
  REQUIRE(take_repository_constant(ingest_file("good_repository_source.rs"),
                                   {{"snapshot", "PLATFORM_REPOSITORY_SNAPSHOT"}}, capability));
  CHECK(capability.repository.size() == 64);
  CHECK_FALSE(take_repository_constant(ingest_file("good_repository_source.rs"),
                                       {{"snapshot", "HOME"}}, capability));
}
