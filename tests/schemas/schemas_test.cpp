// The schemas under schemas/: what the project writes and ships is valid, they name exactly the
// fields and words that the program reads, and one wrong key is enough to fail. One file: the
// validator takes long to compile.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "app/settings.h"
#include "emit/manifest.h"
#include "emit/policy_json.h"
#include "model/rules_fields.h"
#include "model/snapshot_fields.h"
#include "policy/compile.h"
#include "report/sample.h"
#include "rules/load.h"
#include "rules/toml_codec.h"
#include "support/files.h"
#include "support/paths.h"
#include "version/range.h"

using namespace buildable;
using buildable::testing::read_file;
using Json = nlohmann::json;

namespace {

const std::filesystem::path source = testing::source_dir();

Json schema_json(const std::string& name) {
  return Json::parse(read_file(source / "schemas" / (name + ".schema.json")));
}

const valijson::Schema& schema(const std::string& name) {
  static std::map<std::string, valijson::Schema> schemas;
  auto [entry, added] = schemas.try_emplace(name);
  if (added) {
    const Json text = schema_json(name);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(text), entry->second);
  }
  return entry->second;
}

// What is wrong with the document; empty: nothing.
std::string problems(const std::string& name, const Json& document) {
  valijson::ValidationResults results;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  validator.validate(schema(name), valijson::adapters::NlohmannJsonAdapter(document), &results);
  std::string text;
  for (const auto& error : results) {
    for (const std::string& step : error.context) text += step;
    text += ": " + error.description + "\n";
  }
  return text;
}

Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::boolean:
      return node.boolean;
    case Node::Kind::integer:
      return node.integer;
    case Node::Kind::string:
      return node.text;
    case Node::Kind::array: {
      Json array = Json::array();
      for (const Node& child : node.children) array.push_back(to_json(child));
      return array;
    }
    case Node::Kind::object: {
      Json object = Json::object();
      for (const Node& child : node.children) object[child.key] = to_json(child);
      return object;
    }
    default:
      return nullptr;
  }
}

Json toml(const std::filesystem::path& file) {
  const Result<Node> root = parse_toml(read_file(file), file.string());
  REQUIRE_MESSAGE(root, root.error().to_text());
  return to_json(*root);
}

std::vector<std::filesystem::path> files(const std::string& folder, const std::string& extension) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source / folder))
    if (entry.path().extension() == extension) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

Json good(const std::string& name) {
  if (name == "platform") return toml(source / "rules/platforms/toolforge.toml");
  if (name == "runtime") return toml(source / "rules/runtimes/python.toml");
  return Json::parse(read_file(source / "tests/data/schemas" / ("good_" + name + ".json")));
}

const std::vector<std::string> all_schemas = {"platform", "runtime", "snapshot", "policy",
                                              "manifest", "check",   "config"};

// The words of a schema's object: at its root, or under a definition.
const Json& object_at(const Json& schema, const std::string& definition) {
  return definition.empty() ? schema : schema.at("definitions").at(definition);
}

template <class Struct>
void require_same_fields(const Json& schema, const std::string& definition) {
  CAPTURE(definition);
  std::set<std::string> fields, required, described;
  std::apply(
      [&](const auto&... field) {
        (fields.insert(std::string(field.name)), ...);
        ((field.required ? (void)required.insert(std::string(field.name)) : (void)0), ...);
      },
      Fields<Struct>::list());
  const Json& object = object_at(schema, definition);
  for (const auto& [key, value] : object.at("properties").items()) described.insert(key);
  CHECK(described == fields);
  CHECK(object.at("required").get<std::set<std::string>>() == required);
}

template <class Enum>
std::vector<std::string> words() {
  std::vector<std::string> names;
  for (const auto& [name, value] : EnumNames<Enum>::list) names.emplace_back(name);
  return names;
}

std::vector<std::string> enumerated(const Json& schema, const std::string& definition,
                                    const std::string& property) {
  return object_at(schema, definition).at("properties").at(property).at("enum");
}

Policy compile_state(const std::filesystem::path& file, const Rules& rules) {
  const Result<Snapshot> snapshot = parse_snapshot(read_file(file), file.string());
  REQUIRE_MESSAGE(snapshot, snapshot.error().to_text());
  Result<Policy> policy =
      compile(*snapshot, rules, snapshot->effective, good("snapshot")["builders"][0]["digest"]);
  REQUIRE_MESSAGE(policy, policy.error().to_text());
  return *std::move(policy);
}

Rules shipped_rules() {
  auto platform = parse_platform(read_file(source / "rules/platforms/toolforge.toml"),
                                 "rules/platforms/toolforge.toml");
  REQUIRE_MESSAGE(platform, platform.error().to_text());
  std::vector<RuntimeRules> runtimes;
  for (const auto& file : files("rules/runtimes", ".toml")) {
    auto runtime = parse_runtime(read_file(file), file.string());
    REQUIRE_MESSAGE(runtime, runtime.error().to_text());
    runtimes.push_back(*std::move(runtime));
  }
  auto rules = assemble(*std::move(platform), std::move(runtimes));
  REQUIRE_MESSAGE(rules, rules.error().to_text());
  return *std::move(rules);
}

}  // namespace

TEST_CASE("every schema is of draft-07 and closes every object") {
  for (const std::string& name : all_schemas) {
    CAPTURE(name);
    const Json text = schema_json(name);
    CHECK(text.at("$schema") == "http://json-schema.org/draft-07/schema#");
    const Json flat = text.flatten();
    for (const auto& [path, value] : flat.items())
      if (path.ends_with("/type") && value == "object")
        CHECK(text.at(Json::json_pointer(path).parent_pointer()).contains("additionalProperties"));
  }
}

TEST_CASE("the rules are valid") {
  for (const auto& file : files("rules/platforms", ".toml"))
    CHECK_MESSAGE(problems("platform", toml(file)) == "", file.string());
  for (const auto& file : files("rules/runtimes", ".toml"))
    CHECK_MESSAGE(problems("runtime", toml(file)) == "", file.string());
}

TEST_CASE("the committed snapshots are valid, and so is what is published of them") {
  const Rules rules = shipped_rules();
  for (const auto& file : files("rules/snapshots", ".json")) {
    CAPTURE(file.string());
    CHECK(problems("snapshot", Json::parse(read_file(file))) == "");
    emit::RenderCache cache;
    const Policy policy = compile_state(file, rules);
    CHECK(problems("policy", Json::parse(emit_policy(policy, cache))) == "");
  }
}

TEST_CASE("reports on pins are valid, of one repository and of several") {
  const Rules rules = buildable::test::sample_rules();
  report::Report report = buildable::test::sample_report(rules);
  CHECK(problems("check", Json::parse(report_json(report))) == "");
  report.repositories.pop_back();
  CHECK(problems("check", Json::parse(report_json(report))) == "");
  report.repositories.clear();
  CHECK(problems("check", Json::parse(report_json(report))) == "");
}

TEST_CASE("a manifest is valid") {
  const emit::Tree tree = {{"default.json", "{}"}, {"renovate/default/python.json", "{}"}};
  const std::string digest = good("manifest")["snapshot"];
  const Instant now = *parse_instant("2026-08-20T10:00:00Z");
  const std::string text =
      emit::emit_manifest(tree, "2026.08.20", digest, {now, now + std::chrono::hours(1), now});
  CHECK(problems("manifest", Json::parse(text)) == "");
}

TEST_CASE("the schemas name the fields that are read") {
  const Json platform = schema_json("platform");
  require_same_fields<PlatformRules>(platform, "");
  require_same_fields<TrackRules>(platform, "track");
  require_same_fields<Source>(platform, "source");
  require_same_fields<InjectedBuildpack>(platform, "injected");
  require_same_fields<FileNotice>(platform, "notice");
  require_same_fields<JudgementRules>(platform, "judgement");
  const Json runtime = schema_json("runtime");
  require_same_fields<RuntimeRules>(runtime, "");
  require_same_fields<Codename>(runtime, "codename");
  require_same_fields<PinFile>(runtime, "pin_file");
  require_same_fields<PinPlace>(runtime, "pin_place");
  require_same_fields<RefusedFile>(runtime, "refused_file");
  require_same_fields<BuildpackRule>(runtime, "buildpack_rule");
  require_same_fields<RenovateMatch>(runtime, "renovate_match");
  require_same_fields<RenovateManager>(runtime, "renovate_manager");
  require_same_fields<RenovateLibraries>(runtime, "renovate_libraries");
  require_same_fields<RenovateNames>(runtime, "renovate_names");
  require_same_fields<DependabotNames>(runtime, "dependabot_names");
  const Json snapshot = schema_json("snapshot");
  require_same_fields<Snapshot>(snapshot, "");
  require_same_fields<Evidence>(snapshot, "evidence");
  require_same_fields<BuildpackReference>(snapshot, "buildpack");
  require_same_fields<Candidate>(snapshot, "candidate");
  require_same_fields<Target>(snapshot, "target");
  require_same_fields<Builder>(snapshot, "builder");
  require_same_fields<Track>(snapshot, "track");
  require_same_fields<Capability>(snapshot, "capability");
  require_same_fields<Archive>(snapshot, "archive");
  require_same_fields<ArchiveStore>(snapshot, "store");
  require_same_fields<RuntimeReleases>(snapshot, "releases");
  require_same_fields<ReleaseCycle>(snapshot, "cycle");
  const Json config = schema_json("config");
  std::apply(
      [&](const auto&... field) { CHECK((config["properties"].contains(field.name) && ...)); },
      Fields<app::Settings>::list());
  const Json& check = config["properties"]["check"]["properties"];
  std::apply([&](const auto&... field) { CHECK((check.contains(field.name) && ...)); },
             Fields<report::CheckSettings>::list());
}

TEST_CASE("the schemas name the words that are read") {
  const Json runtime = schema_json("runtime");
  CHECK(enumerated(runtime, "", "scheme") == words<Scheme>());
  CHECK(enumerated(schema_json("policy"), "runtime", "scheme") == words<Scheme>());
  CHECK(enumerated(runtime, "buildpack_rule", "mechanism") == words<Mechanism>());
  CHECK(runtime["definitions"]["granularity"]["enum"] == words<Granularity>());
  CHECK(enumerated(runtime, "pin_place", "syntax") == words<PinSyntax>());
  CHECK(enumerated(schema_json("platform"), "judgement", "set_shrank") == words<Severity>());
  CHECK(enumerated(schema_json("platform"), "notice", "level") == words<Level>());
  CHECK(enumerated(schema_json("check"), "pin", "level") == words<Level>());
  for (const std::string& grammar : enumerated(runtime, "pin_file", "grammar"))
    CHECK_MESSAGE(grammar_named(grammar), grammar);
}

TEST_CASE("good documents are valid and an unknown key is not") {
  for (const std::string& name : all_schemas) {
    CAPTURE(name);
    Json document = good(name);
    CHECK(problems(name, document) == "");
    document["unknown_key"] = "x";
    CHECK(problems(name, document) != "");
  }
}

TEST_CASE("one wrong value fails") {
  struct Case {
    const char* schema;
    const char* pointer;
    const char* value;  // JSON
    const char* why;
  };
  const Case cases[] = {
      {"platform", "/schema_version", "2", "another version of the form"},
      {"platform", "/tracks", "[]", "no track"},
      {"platform", "/tracks/0/builder_keys", "\"x\"", "a misspelt key"},
      {"platform", "/tracks/1/command_option", "\"use-latest\"", "no option"},
      {"platform", "/sources/0/url", "\"http://host\"", "not encrypted"},
      {"platform", "/sources/0/optional", "\"yes\"", "a text for a truth"},
      {"platform", "/judgement/set_shrank", "\"ignore\"", "no outcome"},
      {"platform", "/judgement/lost_series_share", "101", "more than all"},
      {"platform", "/injected/0/id", "\"apt\"", "no buildpack's id"},
      {"runtime", "/id", "\"Python\"", "no file's name"},
      {"runtime", "/scheme", "\"pep404\"", "an unknown scheme"},
      {"runtime", "/series_components", "0", "no number at all"},
      {"runtime", "/series_components", "\"2\"", "a text for a number"},
      {"runtime", "/buildpacks", "[]", "nothing decides"},
      {"runtime", "/buildpacks/0/mechanism", "\"guess\"", "an unknown mechanism"},
      {"runtime", "/buildpacks/0/supported", "\">=1\"", "a range without its grammar"},
      {"runtime", "/buildpacks/0/reads/0/grammar", "\"perl\"", "an unknown grammar"},
      {"runtime", "/buildpacks/0/reads/0/forms", "\"X.Y\"", "one text for a list"},
      {"runtime", "/buildpacks/0/evidence/0", "3.14", "a number for a text"},
      {"runtime", "/renovate/matches/0/datasource", "\"docker\"", "a misspelt key"},
      {"runtime", "/renovate/matches/0/packages", "[]", "would match nothing"},
      {"runtime", "/renovate/managers/0/matches/0", "\"python-(.*)\"", "captures no currentValue"},
      {"runtime", "/renovate/libraries/0/constraint", "\"\"", "an empty text"},
      {"runtime", "/dependabot/0/dependencies", "[]", "names nothing"},
      {"runtime", "/dependabot/0/granularity", "\"patch\"", "an unknown granularity"},
      {"snapshot", "/effective", "\"2026-05-14\"", "a day for an instant"},
      {"snapshot", "/tracks", "[]", "no track"},
      {"snapshot", "/tracks/0/until", "\"2026-05-14\"", "a misspelt key"},
      {"snapshot", "/tracks/0/evidence", "{}", "evidence without a source"},
      {"snapshot", "/builders/0/digest", "\"sha256:12\"", "a short digest"},
      {"snapshot", "/builders/0/target/stack", "24", "a number for a text"},
      {"snapshot", "/builders/0/candidates/0/buildpacks", "[]", "a builder without buildpacks"},
      {"snapshot", "/builders/0/candidates/0/buildpacks/0/version", "6.5", "a number for a text"},
      {"snapshot", "/capabilities/0/aliases/3.14", "3.14", "a number for a text"},
      {"snapshot", "/capabilities/0/evidence/seen", "\"yesterday\"", "no date"},
      {"snapshot", "/stores/0/complete", "0", "a number for a truth"},
      {"snapshot", "/stores/0/archives/0/since", "\"2024-12\"", "no day"},
      {"policy", "/snapshot/digest", "\"md5:0\"", "another digest"},
      {"policy", "/tracks/Default", "{}", "no track's name"},
      {"policy", "/tracks/default/certain", "null", "nothing for a truth"},
      {"policy", "/tracks/default/runtimes/python/default", "3.14", "a number for a text"},
      {"policy", "/tracks/default/runtimes/python/ranges/perl", "{}", "an unknown grammar"},
      {"policy", "/tracks/default/runtimes/python/ranges/pep440/exact", "1",
       "a number for a truth"},
      {"policy", "/tracks/default/runtimes/python/series/0/patches", "true", "a misspelt key"},
      {"manifest", "/generated", "\"now\"", "no instant"},
      {"manifest", "/revision", "\"7\"", "no day"},
      {"manifest", "/files/..~1outside", R"({"size":1,"sha256":""})", "leaves the tree"},
      {"manifest", "/files/renovate~1default~1python.json/size", "-1", "a negative size"},
      {"manifest", "/files/renovate~1default~1python.json/sha256", "\"XY\"", "no digest"},
      {"check", "/schema", "\"1\"", "a text for a number"},
      {"check", "/summary/unknown", "-1", "a negative count"},
      {"check", "/summary/total", "1", "a key too many"},
      {"check", "/pins/0/line", "0", "lines begin at 1"},
      {"check", "/pins/0/verdict", "\"probably\"", "no verdict"},
      {"config", "/base_url", "\"ftp://host\"", "no address of the web"},
      {"config", "/sources/values", "\"https://host\"", "a text for a table"},
      {"config", "/sources/values/uri", "\"https://host\"", "a misspelt key"},
  };
  for (const Case& wrong : cases) {
    CAPTURE(wrong.schema);
    CAPTURE(wrong.pointer);
    CAPTURE(wrong.why);
    Json document = good(wrong.schema);
    document[Json::json_pointer(wrong.pointer)] = Json::parse(wrong.value);
    CHECK(problems(wrong.schema, document) != "");
  }
}

TEST_CASE("one missing key fails") {
  struct Case {
    const char* schema;
    const char* pointer;  // of the object
    const char* key;
  };
  const Case cases[] = {
      {"platform", "", "default_track"},
      {"platform", "/sources/0", "url"},
      {"runtime", "", "scheme"},
      {"runtime", "/buildpacks/0", "versions"},
      {"runtime", "/renovate/managers/0", "datasource"},
      {"snapshot", "", "stores"},
      {"snapshot", "/builders/0/target", "arch"},
      {"snapshot", "/capabilities/0", "evidence"},
      {"policy", "", "snapshot"},
      {"policy", "/tracks/default/runtimes/python", "unbuildable"},
      {"manifest", "/files/renovate~1default~1python.json", "sha256"},
      {"check", "", "summary"},
      {"check", "/pins/0", "reason"},
      {"config", "/sources/values", "url"},
  };
  for (const Case& missing : cases) {
    CAPTURE(missing.schema);
    CAPTURE(missing.key);
    Json document = good(missing.schema);
    CHECK(document[Json::json_pointer(missing.pointer)].erase(missing.key) == 1);
    CHECK(problems(missing.schema, document) != "");
  }
}
