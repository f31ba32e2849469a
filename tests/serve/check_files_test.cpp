// POST /v1/check.
#include <nlohmann/json.hpp>

#include "serve/check_files.h"
#include "serve/served.h"

using namespace buildable;
using namespace buildable::http;
using buildable::testing::Asking;
using buildable::testing::header;
using Json = nlohmann::json;

namespace {

AnswerPtr post(Asking& asking, const std::string& body,
               std::string_view type = "application/json") {
  Request request{Method::post, "/v1/check"};
  request.content_type = type;
  request.body = body;
  return asking.ask(request);
}

Json result_of(const AnswerPtr& answer) {
  REQUIRE_MESSAGE(answer->status == 200, answer->body);
  return Json::parse(answer->body)["result"];
}

}  // namespace

TEST_CASE("the pins in files are judged") {
  Asking asking;
  const Json body{{"track", "default"},
                  {"files",
                   {{".python-version", "3.99\n"},
                    {"package.json", R"({"engines": {"node": "22.x"}})"},
                    {"README.md", "python 3.99"}}}};
  const AnswerPtr answer = post(asking, body.dump(), "application/json; charset=utf-8");
  CHECK(header(answer, "Cache-Control") == "no-store");
  const Json result = result_of(answer);
  CHECK(result["summary"]["unbuildable"] == 1);
  CHECK(result["summary"]["buildable"] == 1);
  REQUIRE(result["pins"].size() == 2);
  CHECK(result["pins"][0]["file"] == ".python-version");
  CHECK(result["pins"][0]["verdict"] == "unbuildable");
  CHECK(result["pins"][1]["runtime"] == "node");
  // The envelope has the version of the whole.
  CHECK(!result.contains("schema"));
}

TEST_CASE("the build of the files is foretold") {
  Asking asking;
  const Json body{
      {"track", "default"},
      {"files", {{".python-version", "3.13\n3.12\n"}, {"requirements.txt", "flask\n"}}}};
  const Json row = result_of(post(asking, body.dump()))["builds"][0];
  CHECK(row["runtime"] == "python");
  CHECK(row["outcome"] == "fails");
  CHECK(row["error"] == "MultipleVersions");
}

// A worker has to be free as soon as nobody waits for it.
TEST_CASE("a check can be stopped wherever it is") {
  const GenerationPtr generation = buildable::testing::embedded_generation();
  CheckRequest request;
  request.files = {
      {"uv.lock", "version = 1\n"},
      {".python-version", "3.13\n"},
      {"pyproject.toml", "[project]\nname = \"x\"\n[tool.uv.workspace]\nmembers = [\"*\"]\n"}};
  constexpr std::size_t members = 50;
  for (std::size_t i = 0; i < members; ++i)
    request.files["m" + std::to_string(i) + "/pyproject.toml"] =
        "[project]\nrequires-python = \">=3." + std::to_string(i % 10) + "\"\n";
  std::size_t asked = 0;
  const auto status_once = [&](std::size_t last) {
    asked = 0;
    const auto report = generation->checker().report(request, [&] { return ++asked > last; });
    return report ? 200 : report.error().status;
  };
  CHECK(status_once(1'000'000) == 200);
  const std::size_t whole = asked;
  // Of each file, of each pin, and of each member that the build looks at.
  CHECK(whole > 3 * members);
  for (std::size_t last = 0; last < whole; last += 7) {
    CHECK(status_once(last) == 503);
    CHECK(asked < last + 60);
  }
  CHECK(status_once(whole - 1) == 503);
}

TEST_CASE("an answer does not grow with a text that it quotes") {
  Asking asking;
  const auto size_for = [&](std::size_t length) {
    const std::string text(length, '8');
    const Json body{{"files",
                     {{"package.json", R"({"engines": {"node": ")" + text + R"("}})"},
                      {"requirements.txt", ""},
                      {".python-version", text},
                      {"Dockerfile", "FROM python:" + text + "\n"}}}};
    const AnswerPtr answer = post(asking, body.dump());
    CHECK(answer->status == 200);
    return answer->body.size();
  };
  CHECK(size_for(200'000) == size_for(20'000));
  CHECK(size_for(200'000) < 100'000);
}

TEST_CASE("without a track it is the default one") {
  Asking asking;
  CHECK(result_of(post(asking, R"({"files": {}})"))["track"] == "default");
  CHECK(result_of(post(asking, R"({"files": {}, "track": "latest"})"))["track"] == "latest");
}

TEST_CASE("what is no such question is refused") {
  Asking asking;
  struct Row {
    const char* body;
    const char* type;
    int status;
    const char* key = "";  // that is named as wrong
  };
  const Row rows[] = {
      {"", "application/json", 400},
      {"[]", "application/json", 400},
      {"{}", "application/json", 400, "files"},
      {R"({"files": []})", "application/json", 400, "files"},
      {R"({"files": {"a": 1}})", "application/json", 400, "files.a"},
      {R"({"files": {}, "tack": "latest"})", "application/json", 400, "tack"},
      {R"({"files": {"a": "", "a": ""}})", "application/json", 400, "files.a"},
      {"{\"files\": {\"a\": \"\xff\"}}", "application/json", 400},
      {R"({"files": {"../.python-version": ""}})", "application/json", 400, "files"},
      {R"({"files": {"/etc/x": ""}})", "application/json", 400, "files"},
      {R"({"files": {"a//b": ""}})", "application/json", 400, "files"},
      {R"({"files": {"": ""}})", "application/json", 400, "files"},
      {R"({"files": {"a\u0000": ""}})", "application/json", 400, "files"},
      {R"({"files": {}, "track": "none"})", "application/json", 404, "track"},
      {R"({"files": {}})", "text/plain", 415},
      {R"({"files": {}})", "", 415},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    const AnswerPtr answer = post(asking, row.body, row.type);
    CHECK(answer->status == row.status);
    CHECK(header(answer, "Content-Type") == "application/problem+json");
    const Json problem = Json::parse(answer->body);
    CHECK(problem.value("key", "") == row.key);
    CHECK(problem["detail"].get<std::string>().find(row.key) != std::string::npos);
  }
  Json many{{"files", Json::object()}};
  for (int i = 0; i <= 1000; ++i) many["files"]["d" + std::to_string(i) + "/.python-version"] = "3";
  CHECK(post(asking, many.dump())->status == 413);
  CHECK(post(asking, std::string(100'000, '['))->status == 400);
}
