// The handler as a pure function: what is answered to whom.
#include "serve/routes.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

#include "base/digest.h"
#include "serve/served.h"
#include "support/paths.h"

using namespace buildable;
using namespace buildable::http;
using buildable::testing::Asking;
using buildable::testing::has;
using buildable::testing::header;
using Json = nlohmann::json;

namespace {

Json json_of(const AnswerPtr& answer) { return Json::parse(answer->body); }

// An error as RFC 9457 has it, that says what to do.
void check_problem(const AnswerPtr& answer, int status) {
  CHECK(answer->status == status);
  CHECK(header(answer, "Content-Type") == "application/problem+json");
  CHECK(header(answer, "Cache-Control") == "no-store");
  CHECK(header(answer, "ETag").empty());
  const Json json = json_of(answer);
  CHECK(json["status"] == status);
  CHECK(!json["title"].get<std::string>().empty());
  CHECK(!json["detail"].get<std::string>().empty());
  CHECK(!json["help"].get<std::string>().empty());
}

std::set<std::string> lines_of(const std::string& file) {
  std::ifstream in(testing::source_dir().string() + "/" + file);
  REQUIRE(in.good());
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line.front() != '#') lines.insert(line);
  return lines;
}

}  // namespace

TEST_CASE("every file of the tree is served at its own path, byte for byte") {
  Asking asking;
  const emit::Tree tree = buildable::testing::embedded_material().generated.tree;
  CHECK(tree.size() > 100);
  for (const auto& file : tree) {
    const std::string &path = file.first, &body = file.second;
    CAPTURE(path);
    const auto handled = asking.handled({Method::get, "/" + path});
    CHECK(handled.answer->status == 200);
    CHECK(handled.answer->body == body);
    CHECK(handled.answer->reusable);
    CHECK(route_names()[handled.route] == "tree");
  }
}

TEST_CASE("a preset that was ever published answers 200 with a preset") {
  Asking asking;
  const auto published = lines_of("tests/serve/published.txt");
  CHECK(published.size() > 50);
  for (const std::string& path : published) {
    CAPTURE(path);
    const AnswerPtr answer = asking.get(path);
    CHECK(answer->status == 200);
    CHECK(json_of(answer).contains(path.starts_with("/datasources/") ? "releases" : "description"));
    // As a consumer may have written it.
    CHECK(asking.get(path + "?v=1")->body == answer->body);
  }
}

TEST_CASE("every preset and datasource of today stands among those that were published") {
  Asking asking;
  const auto published = lines_of("tests/serve/published.txt");
  for (const auto& file : asking.generation->files()) {
    const std::string& path = file.first;
    const bool preset = path.starts_with("/renovate/") || path.starts_with("/datasources/") ||
                        path == "/default.json" || path == "/latest.json" ||
                        path == "/deprecated.json";
    if (preset)
      CHECK_MESSAGE(published.contains(path), path << ": add it to tests/serve/published.txt");
  }
}

TEST_CASE("types") {
  Asking asking;
  CHECK(header(asking.get("/default.json"), "Content-Type") == "application/json; charset=utf-8");
  CHECK(header(asking.get("/dependabot/default.yml"), "Content-Type") ==
        "application/yaml; charset=utf-8");
  CHECK(header(asking.get("/feed.atom"), "Content-Type") == "application/atom+xml; charset=utf-8");
  CHECK(header(asking.get("/index.html"), "Content-Type") == "text/html; charset=utf-8");
  CHECK(header(asking.get("/"), "Content-Type") == "text/html; charset=utf-8");
}

TEST_CASE("reads may be kept, by anybody, and asked for from any page") {
  Asking asking;
  for (const char* path :
       {"/default.json", "/", "/v1/tracks", "/v1/changes", "/v1/check?runtime=python&version=3.14",
        "/v1/tracks/default/runtimes/node"}) {
    CAPTURE(path);
    const AnswerPtr answer = asking.get(path);
    CHECK(answer->status == 200);
    CHECK(header(answer, "Cache-Control") == "public, max-age=300, stale-if-error=604800");
    CHECK(header(answer, "Access-Control-Allow-Origin") == "*");
    CHECK(header(answer, "X-Content-Type-Options") == "nosniff");
    CHECK(has(header(answer, "Content-Security-Policy"), "default-src 'none'"));
    CHECK(header(answer, "ETag").size() == 34);
  }
}

TEST_CASE("a client that has the answer gets 304 without a body, and the tag again") {
  Asking asking;
  for (const char* path :
       {"/default.json", "/", "/?q=python+3.14", "/v1/tracks", "/v1/changes?since=2026-01-01",
        "/v1/check?runtime=python&version=3.14"}) {
    CAPTURE(path);
    for (const char* coding : {"", "gzip", "br"}) {
      const AnswerPtr full = asking.ask({Method::get, path, coding});
      const std::string tag = header(full, "ETag");
      for (const std::string& told : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        const AnswerPtr again = asking.ask({Method::get, path, coding, told});
        CHECK(again->status == 304);
        CHECK(again->body.empty());
        CHECK(header(again, "ETag") == tag);
        CHECK(header(again, "Vary") == header(full, "Vary"));
        CHECK(header(again, "Cache-Control") == header(full, "Cache-Control"));
        CHECK(header(again, "Content-Type").empty());
      }
      CHECK(asking.ask({Method::get, path, coding, "\"other\""})->status == 200);
    }
  }
}

TEST_CASE("each coding has its own tag; caches are told that it depends on the client") {
  Asking asking;
  const AnswerPtr plain = asking.get("/default.json");
  const AnswerPtr gzip = asking.ask({Method::get, "/default.json", "gzip"});
  const AnswerPtr brotli = asking.ask({Method::get, "/default.json", "gzip, deflate, br"});
  CHECK(header(plain, "Content-Encoding").empty());
  CHECK(header(gzip, "Content-Encoding") == "gzip");
  CHECK(header(brotli, "Content-Encoding") == "br");
  CHECK(gzip->body.substr(0, 2) == "\x1f\x8b");
  CHECK(gzip->body.size() * 4 < plain->body.size());
  CHECK(brotli->body.size() < gzip->body.size());
  const std::set<std::string> tags{header(plain, "ETag"), header(gzip, "ETag"),
                                   header(brotli, "ETag")};
  CHECK(tags.size() == 3);
  for (const AnswerPtr& answer : {plain, gzip, brotli})
    CHECK(header(answer, "Vary") == "Accept-Encoding");
}

TEST_CASE("HEAD is answered as GET") {
  Asking asking;
  for (const char* path : {"/default.json", "/", "/v1/tracks", "/healthz", "/nothing"}) {
    const AnswerPtr get = asking.get(path);
    const AnswerPtr head = asking.ask({Method::head, path});
    CHECK(head->status == get->status);
    CHECK(head->headers == get->headers);
  }
}

TEST_CASE("other methods are refused with those that are taken") {
  Asking asking;
  for (const char* path : {"/default.json", "/v1/tracks", "/"}) {
    for (const Method method : {Method::post, Method::other}) {
      const AnswerPtr answer = asking.ask({method, path});
      check_problem(answer, 405);
      CHECK(header(answer, "Allow") == "GET, HEAD, OPTIONS");
    }
  }
}

TEST_CASE("a browser may ask first") {
  Asking asking;
  const AnswerPtr answer = asking.ask({Method::options, "/v1/tracks"});
  CHECK(answer->status == 200);
  CHECK(header(answer, "Access-Control-Allow-Origin") == "*");
  CHECK(has(header(answer, "Access-Control-Allow-Methods"), "GET"));
}

TEST_CASE("an address that is not served is a 404 that names the nearest one") {
  Asking asking;
  struct Row {
    const char* path;
    const char* meant;
  };
  const Row rows[] = {{"/defualt.json", "/default.json"},
                      {"/default.jsn", "/default.json"},
                      {"/v1/track", "/v1/tracks"},
                      {"/renovate/default/pyhton.json", "/renovate/default/python.json"}};
  for (const Row& row : rows) {
    const AnswerPtr answer = asking.get(row.path);
    check_problem(answer, 404);
    CHECK(has(json_of(answer)["help"].get<std::string>(), row.meant));
  }
  for (const char* path :
       {"/../default.json", "/./default.json", "//default.json", "/default.json/", "/.git/config",
        "/v1/tracks/", "/v1/tracks/default/", "/v1/tracks/nothing", "*", "", "default.json",
        "/v1/tracks//runtimes/node", "/v1/tracks/default/runtimes/"}) {
    CAPTURE(path);
    check_problem(asking.get(path), 404);
  }
  check_problem(asking.get("/" + std::string(5000, 'a')), 404);
}

TEST_CASE("persons at an address that is not served get a page, programs what they can read") {
  Asking asking;
  const auto ask = [&](std::string_view accept) {
    Request request{Method::get, "/default.jsn%3Cb%3E"};
    request.accept = accept;
    return asking.ask(request);
  };
  const AnswerPtr page = ask("text/html,application/xhtml+xml,*/*;q=0.8");
  CHECK(page->status == 404);
  CHECK(header(page, "Content-Type") == "text/html; charset=utf-8");
  CHECK(header(page, "Cache-Control") == "no-store");
  CHECK(has(page->body, "/default.jsn&lt;b&gt;"));
  CHECK(has(page->body, "Did you mean /default.json?"));
  for (const char* accept : {"", "*/*", "application/json"})
    CHECK(header(ask(accept), "Content-Type") == "application/problem+json");
}

TEST_CASE("a question may be a whole file, up to a bound") {
  Asking asking;
  const std::string file = "/?q=%7B%22engines%22:%7B%22node%22:%2222.x%22%7D,%22x%22:%22";
  CHECK(has(asking.get(file + std::string(3000, 'x') + "%22%7D")->body, "Node.js 22.x"));
  CHECK(asking.get(file + std::string(5000, 'x') + "%22%7D")->status == 400);
}

TEST_CASE("broken addresses are refused") {
  Asking asking;
  for (const char* path :
       {"/%", "/%zz", "/%00", "/%0d%0aX:1", "/%ff", "/v1/check?runtime=%00", "/v1/changes?since=%"})
    check_problem(asking.get(path), 400);
  CHECK(asking.get("/%64efault.json")->status == 200);
}

TEST_CASE("a verdict on one version") {
  Asking asking;
  struct Row {
    const char* query;
    const char* verdict;
  };
  const Row rows[] = {{"runtime=python&version=3.14", "buildable"},
                      {"runtime=python&version=3.13.1&track=latest", "buildable"},
                      {"runtime=python&version=3.99", "unbuildable"},
                      {"runtime=node&version=22&track=default", "buildable"},
                      {"runtime=node&version=99.0.0", "unbuildable"}};
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const AnswerPtr answer = asking.get("/v1/check?" + std::string(row.query));
    CHECK(answer->status == 200);
    const Json json = json_of(answer);
    CHECK(json["schema_version"] == 1);
    CHECK(json["stale"] == false);
    CHECK(json["snapshot"]["digest"].get<std::string>().starts_with("sha256:"));
    CHECK(json["result"]["verdict"] == row.verdict);
    CHECK(!json["result"]["reason"].get<std::string>().empty());
    CHECK(!json["result"]["evidence"].empty());
  }
  CHECK(json_of(asking.get("/v1/check?runtime=node&version=99.0.0"))["result"]["nearest_buildable"]
            .is_string());
}

TEST_CASE("a question that makes no sense is refused, and says what to ask instead") {
  Asking asking;
  struct Row {
    std::string query;
    const char* key;  // that is named as wrong
  };
  const Row rows[] = {{"check", "runtime"},
                      {"check?runtime=python", "version"},
                      {"check?version=3.14", "runtime"},
                      {"check?runtime=python&version=abc", "version"},
                      {"check?runtime=python&version=" + std::string(500, '1'), "version"},
                      {"check?runtime=python&version=1&version=2", "version"},
                      {"check?runtime=" + std::string(600, 'x') + "&version=1", "runtime"},
                      {"changes?since=yesterday", "since"}};
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const AnswerPtr answer = asking.get("/v1/" + row.query);
    check_problem(answer, 400);
    CHECK(json_of(answer)["key"] == row.key);
  }
  const AnswerPtr mistyped = asking.get("/v1/check?runtime=python&version=3.14&tack=latest");
  check_problem(mistyped, 400);
  CHECK(has(mistyped->body, "track"));
  const AnswerPtr runtime = asking.get("/v1/check?runtime=pyton&version=3.14");
  check_problem(runtime, 404);
  CHECK(json_of(runtime)["key"] == "runtime");
  CHECK(has(json_of(runtime)["help"].get<std::string>(), "did you mean \"python\"?"));
  const AnswerPtr track = asking.get("/v1/check?runtime=python&version=3.14&track=lates");
  check_problem(track, 404);
  CHECK(json_of(track)["key"] == "track");
  CHECK(has(json_of(track)["help"].get<std::string>(), "did you mean \"latest\"?"));
  check_problem(asking.get("/v1/tracks/lates/runtimes/python"), 404);
  check_problem(asking.get("/v1/tracks/latest/runtimes/pyton"), 404);
}

TEST_CASE("a runtime is asked for by any of its names") {
  Asking asking;
  const std::string by_id = asking.get("/v1/tracks/default/runtimes/node")->body;
  for (const char* name : {"nodejs", "Node.js", "NODE", "node%20js"})
    CHECK_MESSAGE(asking.get(std::string("/v1/tracks/default/runtimes/") + name)->body == by_id,
                  name);
  const Json answer = json_of(asking.get("/v1/check?runtime=py&version=3.14"))["result"];
  CHECK(answer["runtime"] == "python");
}

TEST_CASE(
    "one track is as the list has it; the runtimes have their names and their newest versions") {
  Asking asking;
  const Json tracks = json_of(asking.get("/v1/tracks"))["result"]["tracks"];
  for (const Json& track : tracks)
    CHECK(json_of(asking.get("/v1/tracks/" + track["track"].get<std::string>()))["result"] ==
          track);
  check_problem(asking.get("/v1/tracks/lates"), 404);
  const Json runtimes = json_of(asking.get("/v1/runtimes"))["result"]["runtimes"];
  CHECK(runtimes.size() > 8);
  for (const Json& runtime : runtimes) {
    for (const auto& [track, short_answer] : runtime["tracks"].items()) {
      const Json whole = json_of(asking.get("/v1/tracks/" + track + "/runtimes/" +
                                            runtime["runtime"].get<std::string>()))["result"];
      CHECK(whole["name"] == runtime["name"]);
      for (const char* member : {"governed", "newest", "default", "default_resolved"})
        CHECK(short_answer.value(member, Json()) == whole.value(member, Json()));
    }
  }
}

TEST_CASE("the tracks and what each can build") {
  Asking asking;
  const Json tracks = json_of(asking.get("/v1/tracks"))["result"];
  CHECK(tracks["default_track"] == "default");
  for (const Json& track : tracks["tracks"]) {
    const std::string name = track["track"];
    CHECK(asking.get(track["preset"].get<std::string>())->status == 200);
    for (const Json& runtime : track["runtimes"]) {
      const AnswerPtr answer =
          asking.get("/v1/tracks/" + name + "/runtimes/" + runtime.get<std::string>());
      REQUIRE(answer->status == 200);
      const Json result = json_of(answer)["result"];
      CHECK(result["runtime"] == runtime);
      CHECK(result["track"] == name);
      CHECK(result.contains("buildable"));
      CHECK(asking.get(result["preset"].get<std::string>())->status == 200);
      CHECK(asking.get(result["datasource"].get<std::string>())->status == 200);
    }
  }
}

TEST_CASE("what changed since a day or an instant") {
  Asking asking;
  const auto count = [&](const std::string& since) {
    return json_of(asking.get("/v1/changes" + since))["result"]["states"].size();
  };
  const std::size_t all = embedded_history().states.size();
  CHECK(count("") == all);
  // Deployed on 2026-05-14; on 2026-08-12 a witness told more of it.
  CHECK(count("?since=2026-05-14") == 2);
  CHECK(count("?since=2026-05-14T19:06:38Z") == 2);
  CHECK(count("?since=2026-05-14T19:06:39Z") == 1);
  CHECK(count("?since=2026-08-13") == 0);
  CHECK(count("?since=2026-03-19") == 4);
  CHECK(count("?since=1999-01-01") == all);
}

TEST_CASE("a stale state is said so, and stays good to be asked for") {
  Asking asking;
  const AnswerPtr preset = asking.get("/default.json");
  RefreshStatus status;
  status.stale = true;
  status.problem = "values: the host did not answer";
  status.sources = {{"values", "failed", "the host did not answer", {{"failed", 3}, {"read", 1}}}};
  asking.generation = buildable::testing::embedded_generation(
      status, parse_instant("2026-05-15T00:00:00Z").value());
  for (const char* path : {"/v1/tracks", "/v1/check?runtime=node&version=22", "/v1/changes",
                           "/v1/tracks/default/runtimes/node"}) {
    const AnswerPtr answer = asking.get(path);
    CHECK(answer->status == 200);
    CHECK(json_of(answer)["stale"] == true);
    CHECK(json_of(answer)["stale_since"] == "2026-05-15T00:00:00Z");
    CHECK(json_of(answer)["last_seen"] == "2026-05-15T00:00:00Z");
  }
  CHECK(asking.get("/default.json") == preset);
  CHECK(asking.get("/healthz")->status == 200);
  const AnswerPtr ready = asking.get("/readyz");
  CHECK(ready->status == 200);
  CHECK(json_of(ready)["status"] == "stale");
  CHECK(json_of(ready)["sources"][0]["source"] == "values");
  CHECK(json_of(ready)["sources"][0]["outcome"] == "failed");
  CHECK(json_of(ready)["problem"] == "values: the host did not answer");
}

TEST_CASE("a service that ends is healthy but not ready") {
  Asking asking;
  asking.stopping = true;
  CHECK(asking.get("/healthz")->status == 200);
  CHECK(asking.get("/readyz")->status == 503);
  CHECK(header(asking.get("/readyz"), "Cache-Control") == "no-store");
}

TEST_CASE("the page answers a question without a script") {
  Asking asking;
  const AnswerPtr page = asking.get("/?q=python+3.14");
  CHECK(page->status == 200);
  CHECK(has(page->body, "value=\"python 3.14\""));
  CHECK(has(page->body, "<span class=\"buildable\">yes</span>"));
  CHECK(has(asking.get("/?q=node+99")->body, "<span class=\"unbuildable\">no</span>"));
  CHECK(has(asking.get("/?q=pyton+3")->body, "Did you mean"));
  CHECK(has(asking.get("/?q=%22%3E%3Cscript%3E")->body, "&quot;&gt;&lt;script&gt;"));
  CHECK(asking.get("/?q=")->body == asking.get("/")->body);
  CHECK(asking.get("/?utm_source=x")->body == asking.get("/")->body);
  CHECK(asking.get("/")->body != asking.get("/index.html")->body);
}

TEST_CASE("snippets of the page hold the address under which it was asked for") {
  Asking asking;
  const auto page_of = [&](std::string_view target, std::string_view host) {
    Request request{Method::get, target};
    request.host = host;
    request.forwarded_proto = "https";
    return asking.ask(request);
  };
  const AnswerPtr page = page_of("/", "buildable.example:8000");
  CHECK(has(page->body, ">https://buildable.example:8000/</span>default.json"));
  CHECK(!has(page->body, ">./<"));
  CHECK(page_of("/", "BUILDABLE.example:8000")->body == page->body);
  // A cache may keep it for whoever comes by the same way.
  CHECK(header(page, "Vary") == "X-Forwarded-Proto");
  CHECK(header(page_of("/?q=node", "other.example"), "Vary") == "X-Forwarded-Proto");
  CHECK(has(page_of("/?q=python+3.14", "other.example")->body, ">https://other.example/</span>"));
  const AnswerPtr relative = asking.get("/");
  CHECK(has(relative->body, "<span data-address=\"\">./</span>default.json"));
  CHECK(header(asking.get("/?q=node"), "Vary").empty());
  CHECK(page_of("/", "a\"><script>") == relative);
}

TEST_CASE("the next generation takes over what is the same and drops no address") {
  const GenerationPtr first = buildable::testing::embedded_generation();
  const auto second = Generation::make(buildable::testing::embedded_material(), {}, first.get());
  REQUIRE(second.has_value());
  for (const auto& [path, resource] : first->files()) CHECK(*(*second)->file(path) == resource);

  auto less = buildable::testing::embedded_material();
  less.generated.tree.erase("renovate/default/python.json");
  const auto refused = Generation::make(std::move(less), {}, first.get());
  REQUIRE(!refused.has_value());
  CHECK(has(refused.error().to_text(), "/renovate/default/python.json"));

  auto broken = buildable::testing::embedded_material();
  broken.generated.tree["default.json"] = "{\"packageRules\": [";
  CHECK(!Generation::make(std::move(broken), {}, first.get()).has_value());
}

TEST_CASE("an older state differs in what it holds, not in what answers") {
  const GenerationPtr first = buildable::testing::embedded_generation();
  const auto older =
      Generation::make(buildable::testing::embedded_material("2025-06-01"), {}, first.get());
  REQUIRE_MESSAGE(older.has_value(), (older ? "" : older.error().to_text()));
  CHECK(*(*older)->file("/default.json") != *first->file("/default.json"));
}

TEST_CASE("what is counted is shown in the form that Prometheus reads") {
  Asking asking;
  RefreshStatus status;
  status.stale = true;
  status.counts = {{"failed", 2}, {"new", 1}};
  status.sources = {{"a \"b\"\\", "failed", "", {{"failed", 2}}}};
  asking.generation = buildable::testing::embedded_generation(
      status, parse_instant("2026-05-19T00:00:00Z").value());
  const auto handled = asking.handled({Method::get, "/default.json"});
  asking.metrics.count(handled.route, 200, std::chrono::microseconds(70));
  asking.metrics.count(handled.route, 304, std::chrono::microseconds(2'000'000));
  asking.metrics.count(0, 418, std::chrono::microseconds(0));
  const std::string text = asking.get("/metrics")->body;
  for (const char* line :
       {"buildable_http_requests_total{route=\"tree\",code=\"200\"} 1\n",
        "buildable_http_requests_total{route=\"tree\",code=\"304\"} 1\n",
        "buildable_http_requests_total{route=\"page\",code=\"other\"} 1\n",
        "buildable_http_request_duration_seconds_bucket{le=\"0.00005\"} 1\n",
        "buildable_http_request_duration_seconds_bucket{le=\"0.0001\"} 2\n",
        "buildable_http_request_duration_seconds_bucket{le=\"1\"} 2\n",
        "buildable_http_request_duration_seconds_bucket{le=\"+Inf\"} 3\n",
        "buildable_http_request_duration_seconds_sum 2.00007\n",
        "buildable_http_request_duration_seconds_count 3\n",
        "buildable_refreshes_total{outcome=\"failed\"} 2\n", "buildable_stale 1\n",
        "buildable_source_reads_total{source=\"a \\\"b\\\"\\\\\",outcome=\"failed\"} 2\n",
        "buildable_snapshot_age_seconds 86400\n",
        "# TYPE buildable_manifest_expires_timestamp_seconds gauge\n"})
    CHECK_MESSAGE(has(text, line), line);
  CHECK(text.ends_with("\n"));
}
