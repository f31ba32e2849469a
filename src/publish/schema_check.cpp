#include "publish/schema_check.h"

#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "base/embedded_file.h"

namespace buildable::publish {

BUILDABLE_EMBEDDED_FILE(manifest_schema);
BUILDABLE_EMBEDDED_FILE(policy_schema);
BUILDABLE_EMBEDDED_FILE(snapshot_schema);

namespace {

using Json = nlohmann::json;

struct Described {
  const char* file;
  std::string_view schema;
};

std::vector<Described> described() {
  return {{"manifest.json", manifest_schema()},
          {"policy.json", policy_schema()},
          {"snapshot.json", snapshot_schema()}};
}

void validate(const Described& what, const std::string& content,
              std::vector<Diagnostic>& problems) {
  constexpr std::size_t most = 20;
  const Json document = Json::parse(content);
  const Json text = Json::parse(what.schema);
  valijson::Schema schema;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  valijson::ValidationResults results;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results);
  for (const auto& error : results) {
    std::string path;
    for (const std::string& step : error.context) path += step;
    problems.push_back({.message = error.description, .file = what.file, .path = path});
    if (problems.size() == most) return;
  }
}

}  // namespace

Result<void> check_schemas(const std::map<std::string, std::string>& tree) {
  std::vector<Diagnostic> problems;
  for (const Described& what : described()) {
    const auto file = tree.find(what.file);
    if (file == tree.end()) {
      problems.push_back({.message = "is missing", .file = what.file});
      continue;
    }
    try {
      validate(what, file->second, problems);
    } catch (const std::exception& error) {
      problems.push_back({.message = error.what(), .file = what.file});
    }
  }
  if (problems.empty()) return {};
  return fail(Error(std::move(problems)));
}

}  // namespace buildable::publish
