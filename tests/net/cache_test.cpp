// Conditional requests against the cache on disk.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "net/http_cache.h"
#include "net/support.h"
#include "world/http_world.h"
#include "world/scratch.h"

using namespace buildable;
using namespace buildable::net;
using namespace buildable::testing;
using namespace std::literals;
using world::Answer;
using world::HttpServer;
using world::Scratch;
using world::Seen;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_in(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) files.push_back(entry.path());
  return files;
}

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Warm {
  Scratch scratch;
  HttpServer server;
  FetchPolicy policy = quick_policy({server.endpoint()});

  Warm() { policy.cache = scratch / "cache"; }

  Result<Response> ask(const std::string& path, bool authorized = false) {
    auto fetcher = curl_fetcher(policy);  // a new run of the program
    Request request = request_for(server.url(path));
    if (authorized) request.headers = {{"Authorization", "Bearer geheim"}};
    return fetch(*fetcher, request);
  }
  fs::path only_file() const {
    const auto files = files_in(policy.cache);
    REQUIRE(files.size() == 1);
    return files[0];
  }
};

}  // namespace

TEST_CASE("a warm cache makes only conditional requests, answered from disk") {
  Warm world;
  for (int i = 0; i < 10; ++i) {
    world.server.on_with_etag("/" + std::to_string(i), "body " + std::to_string(i));
  }
  auto read_all = [&] {
    auto fetcher = curl_fetcher(world.policy);
    std::size_t wire = 0;
    for (int i = 0; i < 10; ++i) {
      fetcher->get(request_for(world.server.url("/" + std::to_string(i))),
                   [i, &wire](Result<Response> result) {
                     CHECK(text_of(result) == "200 body " + std::to_string(i));
                     wire += result ? result->wire_bytes : 0;
                   });
    }
    fetcher->run();
    return wire;
  };
  CHECK(read_all() > 0);
  for (const Seen& seen : world.server.seen()) CHECK(!seen.headers.contains("if-none-match"));
  world.server.forget();
  read_all();
  CHECK(world.server.seen().size() == 10);
  for (const Seen& seen : world.server.seen()) CHECK(seen.headers.contains("if-none-match"));
}

TEST_CASE("an answer from disk is told from a fresh one, and a changed body replaces it") {
  Warm world;
  world.server.on_with_etag("/x", "old");
  CHECK(!world.ask("/x")->from_cache);
  const auto again = world.ask("/x");
  REQUIRE(again);
  CHECK(again->from_cache);
  CHECK(again->status == 200);
  CHECK(again->url == world.server.url("/x"));
  CHECK(again->headers.at("content-type") == "application/json");
  world.server.on_with_etag("/x", "new");
  const auto changed = world.ask("/x");
  CHECK(text_of(changed) == "200 new");
  CHECK(!changed->from_cache);
  CHECK(world.ask("/x")->from_cache);
  CHECK(files_in(world.policy.cache).size() == 1);
}

TEST_CASE("Last-Modified is a validator too") {
  Warm world;
  world.server.on("/x", [](const Seen& seen) {
    const std::string date = "Thu, 14 May 2026 19:06:38 GMT";
    const auto known = seen.headers.find("if-modified-since");
    if (known != seen.headers.end() && known->second == date) return Answer{.status = 304};
    return Answer{.body = "{}", .headers = {{"Last-Modified", date}}};
  });
  world.ask("/x");
  CHECK(world.ask("/x")->from_cache);
}

TEST_CASE("a damaged entry is recognised, and the whole is asked for") {
  const std::vector<std::string> damages{"body", "head", "cut", "empty", "no line", "binary"};
  for (const std::string& damage : damages) {
    CAPTURE(damage);
    Warm world;
    world.server.on_with_etag("/x", "the body");
    world.ask("/x");
    std::string content = content_of(world.only_file());
    if (damage == "body") content.back() = 'Y';
    if (damage == "head") content[content.find("sha256") + 12] ^= 1;
    if (damage == "cut") content.resize(content.size() - 3);
    if (damage == "empty") content.clear();
    if (damage == "no line") content = std::string(3U << 20U, 'x');
    if (damage == "binary") content = "\x00\xff\n"s;
    std::ofstream(world.only_file(), std::ios::binary) << content;
    CHECK(text_of(world.ask("/x")) == "200 the body");
    CHECK(!world.server.seen().back().headers.contains("if-none-match"));
    CHECK(world.ask("/x")->from_cache);  // fixed
  }
}

TEST_CASE("a cache that cannot be written is not an error") {
  Warm world;
  world.server.on_with_etag("/x", "the body");
  std::ofstream(world.policy.cache) << "a file where the directory should be";
  CHECK(text_of(world.ask("/x")) == "200 the body");
}

TEST_CASE("what is not kept") {
  Warm world;
  const std::map<std::string, std::string> etag{{"ETag", "\"1\""}};
  world.server.on("/no-validator", Answer{.body = "{}"});
  world.server.on(
      "/no-store",
      Answer{.body = "{}", .headers = {{"ETag", "\"1\""}, {"Cache-Control", "no-store"}}});
  world.server.on("/token", Answer{.body = R"({"token": "geheim"})", .headers = etag});
  world.server.on("/access", Answer{.body = R"( {"access_token": "geheim"})", .headers = etag});
  world.server.on("/page", Answer{.body = "<p>", .type = "text/html", .headers = etag});
  world.server.on("/failure", Answer{.status = 500, .body = "{}", .headers = etag});
  for (const char* path :
       {"/no-validator", "/no-store", "/token", "/access", "/page", "/failure"}) {
    world.ask(path);
  }
  world.server.on_with_etag("/uncacheable", "{}");
  auto fetcher = curl_fetcher(world.policy);
  Request request = request_for(world.server.url("/uncacheable"));
  request.cacheable = false;
  fetch(*fetcher, request);
  CHECK(files_in(world.policy.cache).empty());
}

TEST_CASE("credentials are no part of what is kept") {
  Warm world;
  world.server.on("/x", [](const Seen& seen) {
    Answer answer{.body = "{}", .headers = {{"ETag", "\"1\""}, {"Set-Cookie", "geheim=1"}}};
    if (seen.headers.contains("if-none-match")) answer.status = 304;
    return answer;
  });
  world.ask("/x?token=geheim", true);
  CHECK(content_of(world.only_file()).find("geheim") == std::string::npos);
  CHECK(world.ask("/x?token=geheim", false)->from_cache);
}

TEST_CASE("questions that differ in what they accept or in the method are different entries") {
  Warm world;
  world.server.on_with_etag("/x", "{}");
  auto fetcher = curl_fetcher(world.policy);
  Request request = request_for(world.server.url("/x"));
  fetch(*fetcher, request);
  request.headers = {{"Accept", "application/vnd.oci.image.index.v1+json"}};
  CHECK(!fetch(*fetcher, request)->from_cache);
  request.method = "HEAD";
  const auto head = fetch(*fetcher, request);
  CHECK(text_of(head) == "200 ");
  CHECK(fetch(*fetcher, request)->from_cache);
  CHECK(files_in(world.policy.cache).size() == 3);
}

TEST_CASE("after a redirect the condition goes to the server that gave the validator") {
  Warm world;
  world.server.on("/from", Answer{.status = 302, .headers = {{"Location", "/to"}}});
  world.server.on_with_etag("/to", "target");
  world.ask("/from");
  world.server.forget();
  const auto again = world.ask("/from");
  CHECK(text_of(again) == "200 target");
  CHECK(again->from_cache);
  CHECK(!world.server.seen("/from")[0].headers.contains("if-none-match"));
  // Elsewhere the same ETag may mean another body.
  world.server.on("/from", Answer{.status = 302, .headers = {{"Location", "/else"}}});
  world.server.on("/else", Answer{.body = "other"});
  CHECK(text_of(world.ask("/from")) == "200 other");
  CHECK(!world.server.seen("/else")[0].headers.contains("if-none-match"));
}
