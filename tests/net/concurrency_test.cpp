// Many requests at once: how many, over which connections, how long.
#include <doctest/doctest.h>

#include <set>

#include "net/backoff.h"
#include "net/failure.h"
#include "net/support.h"
#include "world/http_world.h"
#include "world/scratch.h"

using namespace buildable;
using namespace buildable::net;
using namespace buildable::testing;
using world::Answer;
using world::HttpServer;
using world::Seen;

namespace {

std::set<int> connections_of(const HttpServer& server) {
  std::set<int> connections;
  for (const Seen& seen : server.seen()) connections.insert(seen.connection);
  return connections;
}

}  // namespace

TEST_CASE("ten slow sources take about as long as one") {
  constexpr milliseconds delay{600};
  std::vector<std::unique_ptr<HttpServer>> servers;
  FetchPolicy policy = quick_policy({});
  for (int i = 0; i < 10; ++i) {
    servers.push_back(std::make_unique<HttpServer>());
    servers.back()->on("/x", Answer{.body = "{}", .delay = delay});
    policy.local_addresses.push_back(servers.back()->endpoint());
  }
  auto fetcher = curl_fetcher(policy);
  int good = 0;
  for (const auto& server : servers) {
    fetcher->get(request_for(server->url("/x")),
                 [&](Result<Response> result) { good += text_of(result) == "200 {}" ? 1 : 0; });
  }
  const auto time = time_of([&] { fetcher->run(); });
  MESSAGE("ten sources of " << delay.count() << " ms each: " << time.count() << " ms");
  CHECK(good == 10);
  CHECK(time >= delay);
  CHECK(time < 3 * delay);  // one after another: 10
}

TEST_CASE("connections are used again, also by a later run") {
  HttpServer server;
  server.on("/x", Answer{.body = "{}"});
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  for (int i = 0; i < 20; ++i) fetch(*fetcher, request_for(server.url("/x")));
  CHECK(server.seen().size() == 20);
  CHECK(connections_of(server).size() == 1);
}

TEST_CASE("connections over TLS are used again") {
  world::Scratch scratch;
  const auto certificate = world::make_certificate(scratch.path());
  HttpServer server(certificate);
  server.on("/x", Answer{.body = "{}"});
  FetchPolicy policy = quick_policy({server.endpoint()});
  policy.ca_file = certificate.certificate;
  auto fetcher = curl_fetcher(policy);
  int good = 0;
  for (int i = 0; i < 20; ++i) {
    fetcher->get(request_for(server.url("/x")),
                 [&](Result<Response> result) { good += text_of(result) == "200 {}" ? 1 : 0; });
  }
  fetcher->run();
  CHECK(good == 20);
  CHECK(connections_of(server).size() <= static_cast<std::size_t>(FetchLimits{}.per_host));
}

TEST_CASE("a host gets no more at once than its limit, all hosts no more than theirs") {
  for (const auto& [per_host, in_flight, most] :
       {std::tuple{3, 32, 3}, std::tuple{8, 2, 2}, std::tuple{1, 32, 1}}) {
    HttpServer server;
    server.on_any([](const Seen&) { return Answer{.body = "{}", .delay = milliseconds(30)}; });
    FetchPolicy policy = quick_policy({server.endpoint()});
    policy.limits.per_host = per_host;
    policy.limits.in_flight = in_flight;
    auto fetcher = curl_fetcher(policy);
    int good = 0;
    for (int i = 0; i < 12; ++i) {
      fetcher->get(request_for(server.url("/" + std::to_string(i))),
                   [&](Result<Response> result) { good += result ? 1 : 0; });
    }
    fetcher->run();
    CHECK(good == 12);
    CHECK(server.most_at_once() == most);
    CHECK(connections_of(server).size() <= static_cast<std::size_t>(most));
  }
}

TEST_CASE("an answer may lead to further questions, in the same run") {
  HttpServer server;
  server.on_any([](const Seen& seen) { return Answer{.body = seen.path}; });
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  std::vector<std::string> bodies;
  std::function<void(int)> ask = [&](int depth) {
    fetcher->get(request_for(server.url("/" + std::to_string(depth))),
                 [&, depth](Result<Response> r) {
                   bodies.push_back(r ? r->body : r.error().to_text());
                   if (depth < 5) ask(depth + 1);
                 });
  };
  ask(1);
  fetcher->run();
  CHECK(bodies == std::vector<std::string>{"/1", "/2", "/3", "/4", "/5"});
}

TEST_CASE("wire bytes are those before decompression") {
  HttpServer server;
  const std::string body(200000, 'x');
  server.on("/x", Answer{.body = body});  // the server compresses what it is asked to
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  const auto result = fetch(*fetcher, request_for(server.url("/x")));
  REQUIRE(result);
  CHECK(result->body == body);
  CHECK(result->wire_bytes < 20000);
  CHECK(result->wire_bytes > 50);
}

TEST_CASE("HEAD brings headers and no body") {
  HttpServer server;
  server.on("/x", Answer{.body = std::string(5000, 'x'), .headers = {{"X-Kind", "k"}}});
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  Request request = request_for(server.url("/x"));
  request.method = "HEAD";
  request.max_bytes = 10;
  const auto result = fetch(*fetcher, request);
  REQUIRE_MESSAGE(result, text_of(result));
  CHECK(result->body.empty());
  CHECK(result->headers.at("x-kind") == "k");
  CHECK(server.seen("/x")[0].method == "HEAD");
}

TEST_CASE("waits double, and jitter keeps them between half and all") {
  Backoff backoff(7);
  Backoff same(7);
  for (int i = 0; i < 2000; ++i) {
    const int attempt = 1 + i % 6;
    const auto most = milliseconds(100) * (1 << (attempt - 1));
    const auto wait = backoff.wait(milliseconds(100), attempt);
    CHECK(wait >= most / 2);
    CHECK(wait <= most);
    CHECK(wait == same.wait(milliseconds(100), attempt));
  }
  CHECK(backoff.wait(milliseconds(1), 1000) > milliseconds(0));
}

TEST_CASE("Retry-After is seconds or a date") {
  const Instant now = *parse_instant("2026-05-14T19:06:38Z");
  using std::chrono::seconds;
  using Wait = std::optional<seconds>;
  for (const auto& row :
       std::vector<std::pair<std::string, Wait>>{{"0", seconds(0)},
                                                 {"120", seconds(120)},
                                                 {"Thu, 14 May 2026 19:07:08 GMT", seconds(30)},
                                                 {"Thu, 14 May 2026 19:06:08 GMT", seconds(0)},
                                                 {"99999999999999999999", seconds(365 * 86400)},
                                                 {"999999999999", seconds(365 * 86400)},
                                                 {"-5", std::nullopt},
                                                 {"", std::nullopt},
                                                 {"soon", std::nullopt}}) {
    CHECK_MESSAGE((parse_retry_after(row.first, now) == row.second), row.first);
  }
}
