// Our readers beside the Rust crates that the buildpacks read with: the crates' own answers to
// small documents, many of them broken, stand in tests/data/build (quick-xml 0.39.0 with serde,
// roxmltree 0.20.0, java-properties 2.0.0).
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "build/dotnet_project.h"
#include "build/java_properties.h"
#include "build/roxmltree.h"
#include "build/support.h"
#include "support/paths.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

std::vector<nlohmann::json> rows(const std::string& name) {
  std::ifstream in(buildable::testing::source_dir().string() + "/tests/data/build/" + name);
  std::vector<nlohmann::json> all;
  for (std::string line; std::getline(in, line);) all.push_back(nlohmann::json::parse(line));
  REQUIRE(all.size() > 100);
  return all;
}

// What the model makes of a project file: the framework that the crate finds shows in the reason or
// in the version, so only the kind of the outcome is asked for here.
std::string outcome_of(const std::string& project) {
  const Forecast forecast = foretell("dotnet", "default", "2026-06-01", {{"a.csproj", project}});
  return forecast.outcome == Outcome::builds ? "builds" : forecast.error;
}

}  // namespace

TEST_CASE("projects are read as quick-xml reads them") {
  int refused = 0;
  for (const auto& row : rows("xml.jsonl")) {
    const std::string xml = row["xml"];
    CAPTURE(xml);
    const std::string outcome = outcome_of(xml);
    if (row.contains("refuses")) {
      CAPTURE(row["refuses"].get<std::string>());
      CHECK(outcome == "XmlParse");
      ++refused;
    } else if (row["quick_xml"].is_null()) {
      CHECK(outcome == "MissingTargetFramework");
    } else {
      const auto root = read_quick_xml(xml);
      REQUIRE(root);
      CHECK(outcome != "XmlParse");
      CHECK(outcome != "MissingTargetFramework");
      if (row["quick_xml"] == "net8.0") CHECK(outcome == "builds");
      if (row["quick_xml"] != "net8.0" && row["quick_xml"] != "net9.0" &&
          row["quick_xml"] != "net8")
        CHECK(outcome != "builds");
    }
  }
  CHECK(refused > 100);
}

TEST_CASE("projects are read as roxmltree read them") {
  for (const auto& row : rows("xml.jsonl")) {
    const std::string xml = row["xml"];
    CAPTURE(xml);
    const auto read = read_roxmltree(xml, "TargetFramework");
    CHECK(read.has_value() == row.contains("roxmltree"));
    if (read && row.contains("roxmltree")) CHECK(read->text == row["roxmltree"].get<std::string>());
  }
}

TEST_CASE("properties are read as java-properties reads them") {
  for (const auto& row : rows("properties.jsonl")) {
    const std::string text = row["text"];
    CAPTURE(text);
    const auto read = read_java_properties(text);
    CHECK(read.has_value() == row.contains("properties"));
    if (!read || !row.contains("properties")) continue;
    std::map<std::string, std::string> values;
    for (const auto& [key, property] : *read) values[key] = property.value;
    CHECK(values == row["properties"].get<std::map<std::string, std::string>>());
  }
}
