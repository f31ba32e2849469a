// openapi.json against the routes, the tree and what is really answered.
#include "emit/tree.h"

#include <nlohmann/json.hpp>

#include <set>

#include "base/text.h"
#include "serve/served.h"

using namespace buildable;
using namespace buildable::http;
using buildable::testing::Asking;
using Json = nlohmann::json;

namespace {

const Json& description() {
  static const Json parsed = Json::parse(emit::openapi_text());
  return parsed;
}

const Json& resolved(const Json& schema) {
  if (!schema.contains("$ref")) return schema;
  const auto path = schema["$ref"].get<std::string>();
  REQUIRE(path.starts_with("#/"));
  const Json::json_pointer pointer(path.substr(1));
  REQUIRE_MESSAGE(description().contains(pointer), path);
  return description()[pointer];
}

bool is_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  return type == "null" && value.is_null();
}

bool fits_type(const Json& value, const Json& type) {
  if (type.is_string()) return is_type(value, type);
  for (const Json& each : type)
    if (is_type(value, each)) return true;
  return false;
}

// What is wrong with the value, as far as the keywords that openapi.json uses; empty: nothing.
std::string problem_of(const Json& value, const Json& reference, const std::string& place) {
  const Json& schema = resolved(reference);
  if (schema.contains("type") && !fits_type(value, schema["type"])) return place + ": type";
  if (schema.contains("const") && value != schema["const"]) return place + ": const";
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    return place + ": enum";
  for (const Json& part : schema.value("allOf", Json::array()))
    if (auto problem = problem_of(value, part, place); !problem.empty()) return problem;
  if (value.is_array() && schema.contains("items"))
    for (const Json& item : value)
      if (auto problem = problem_of(item, schema["items"], place + "[]"); !problem.empty())
        return problem;
  if (!value.is_object()) return {};
  for (const Json& name : schema.value("required", Json::array()))
    if (!value.contains(name.get<std::string>()))
      return place + ": lacks " + name.get<std::string>();
  const Json properties = schema.value("properties", Json::object());
  const Json others = schema.value("additionalProperties", Json(true));
  for (const auto& [name, member] : value.items()) {
    if (!properties.contains(name) && others == false)
      return place + ": " + name + " is not told of";
    const Json& of_member = properties.contains(name) ? properties[name] : others;
    if (!of_member.is_object()) continue;
    if (auto problem = problem_of(member, of_member, place + "." + name); !problem.empty())
      return problem;
  }
  return {};
}

bool fits(const std::string& pattern, const std::string& path) {
  const auto wanted = split(pattern, '/');
  const auto given = split(path, '/');
  if (wanted.size() != given.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::size_t open = wanted[i].find('{');
    if (open == std::string_view::npos
            ? wanted[i] != given[i]
            : !given[i].ends_with(wanted[i].substr(wanted[i].find('}') + 1)))
      return false;
  }
  return true;
}

// The schema of a JSON answer of an operation.
const Json* schema_of(const Json& operation, const std::string& status, const std::string& type) {
  const Json& response = resolved(operation["responses"][status]);
  return response.contains("content") && response["content"].contains(type)
             ? &response["content"][type]["schema"]
             : nullptr;
}

}  // namespace

TEST_CASE("every route is described, with its methods and parameters, and nothing else is") {
  const Json& paths = description()["paths"];
  for (const Route& route : routes()) {
    const std::string pattern(route.pattern);
    CAPTURE(pattern);
    REQUIRE(paths.contains(pattern));
    CHECK(paths[pattern].contains("get"));
    CHECK(paths[pattern].contains("post") == route.takes_post);
    std::set<std::string> told;
    for (const Json& parameter : paths[pattern]["get"].value("parameters", Json::array()))
      if (resolved(parameter)["in"] == "query") told.insert(resolved(parameter)["name"]);
    CHECK(told == std::set<std::string>(route.parameters.begin(), route.parameters.end()));
  }
}

TEST_CASE("every file of the tree is described, and every path that is described is there") {
  Asking asking;
  for (const auto& file : asking.generation->files()) {
    int described = 0;
    for (const auto& [pattern, item] : description()["paths"].items())
      described += fits(pattern, file.first);
    CHECK_MESSAGE(described > 0, file.first);
  }
  for (const auto& path : description()["paths"].items()) {
    const std::string& pattern = path.key();
    bool there = false;
    for (const Route& route : routes()) there = there || route.pattern == pattern;
    for (const auto& [file, resource] : asking.generation->files())
      there = there || fits(pattern, file);
    CHECK_MESSAGE(there, pattern);
  }
}

TEST_CASE(
    "the description is whole: references lead somewhere, operations have names of their own") {
  CHECK(description()["openapi"] == "3.1.0");
  std::set<std::string> names;
  for (const auto& [pattern, item] : description()["paths"].items())
    for (const auto& method : item.items()) {
      const auto& operation = method.value();
      CHECK_MESSAGE(names.insert(operation["operationId"]).second, operation["operationId"]);
      CHECK(!operation["summary"].get<std::string>().empty());
      CHECK(operation["responses"].contains("200"));
    }
  const std::string text(emit::openapi_text());
  for (std::size_t at = text.find("\"$ref\": \""); at != std::string::npos;
       at = text.find("\"$ref\": \"", at + 1)) {
    const std::size_t begin = at + 9;
    const Json reference{{"$ref", text.substr(begin, text.find('"', begin) - begin)}};
    CHECK(resolved(reference).is_object());
  }
}

TEST_CASE("what is answered is what is described") {
  Asking asking;
  RefreshStatus status;
  status.stale = true;
  status.attempted = *parse_instant("2026-05-19T00:00:00Z");
  status.problem = "x";
  status.counts = {{"failed", 1}};
  status.sources = {{"values", "failed", "x", {{"failed", 1}}}};
  for (const GenerationPtr& generation :
       {buildable::testing::embedded_generation(),
        buildable::testing::embedded_generation(status, status.attempted)}) {
    asking.generation = generation;
    std::set<std::string> targets{"/v1/check?runtime=python&version=3.14",
                                  "/v1/check?runtime=node&version=99.0.0&track=latest",
                                  "/v1/check?runtime=node&version=abc",
                                  "/v1/check?runtime=nod&version=1",
                                  "/v1/changes?since=2026-03-19",
                                  "/v1/changes?since=x",
                                  "/v1/changes",
                                  "/v1/tracks",
                                  "/v1/tracks/x/runtimes/y",
                                  "/v1/tracks/default",
                                  "/v1/tracks/x",
                                  "/v1/runtimes",
                                  "/healthz",
                                  "/readyz"};
    for (const TrackPolicy& track : generation->policy().tracks)
      for (const RuntimePolicy& runtime : track.runtimes)
        targets.insert("/v1/tracks/" + track.track + "/runtimes/" + runtime.runtime);
    for (const auto& [file, resource] : generation->files())
      if (file.ends_with(".json")) targets.insert(file);
    for (const std::string& target : targets) {
      const AnswerPtr answer = asking.get(target);
      const std::string path(path_of(target));
      // A concrete path goes before one with a parameter.
      const Json& paths = description()["paths"];
      std::string found = paths.contains(path) ? path : "";
      for (const auto& [pattern, item] : paths.items())
        if (found.empty() && fits(pattern, path)) found = pattern;
      REQUIRE_MESSAGE(!found.empty(), target);
      const bool problem = answer->status >= 400;
      const Json* schema = schema_of(paths[found]["get"], std::to_string(answer->status),
                                     problem ? "application/problem+json" : "application/json");
      REQUIRE_MESSAGE(schema != nullptr, target);
      const std::string wrong = problem_of(Json::parse(answer->body), *schema, target);
      CHECK_MESSAGE(wrong.empty(), wrong);
    }
  }
}

TEST_CASE("the report on files is what is described") {
  Asking asking;
  Request request{Method::post, "/v1/check"};
  request.content_type = "application/json";
  request.body = R"({"files": {".python-version": "3.99\n"}})";
  const AnswerPtr answer = asking.ask(request);
  REQUIRE(answer->status == 200);
  const Json* schema =
      schema_of(description()["paths"]["/v1/check"]["post"], "200", "application/json");
  REQUIRE(schema != nullptr);
  const std::string wrong = problem_of(Json::parse(answer->body), *schema, "report");
  CHECK_MESSAGE(wrong.empty(), wrong);
}
