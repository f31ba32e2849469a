// Odd requests on the wire: each gets one well-formed answer, or none, and the connection ends.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "serve/transport/running.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using namespace std::string_literals;

constexpr Milliseconds bound{10'000};  // of what happens at once, on a machine that is busy

const std::string get = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
const std::string post = "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
const std::string next = "GET /default.json HTTP/1.1\r\nHost: x\r\n\r\n";

struct Trial {
  const char* name;
  std::string sent;
  int status;  // of the only answer; then the connection ends
};

const std::vector<Trial>& trials() {
  static const std::vector<Trial> all{
      {"a space before a colon, and a length",
       post + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400},
      {"a length and an encoding",
       post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"lengths that differ", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
      {"a negative length", post + "Content-Length: -1\r\n\r\n", 400},
      {"a length in hexadecimal", post + "Content-Length: 0x10\r\n\r\n", 400},
      {"a length beyond 64 bits", post + "Content-Length: 99999999999999999999999\r\n\r\n", 413},
      {"the largest length", post + "Content-Length: 18446744073709551615\r\n\r\n", 413},
      {"a body that is too long", post + "Content-Length: 209715200\r\n\r\n", 413},
      {"a body of no length", post + "\r\n", 411},
      {"chunks", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 411},
      {"a broken chunk", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", 411},
      {"an encoding that nobody knows", post + "Transfer-Encoding: x\r\n\r\nhello", 411},
      {"this request takes no body", get + "Content-Length: 5\r\n\r\nhello", 413},
      {"NUL in a header", get + "X: a\0b\r\n\r\n"s, 400},
      {"NUL in the last header's end", get + "X: a\0\r\n\r\n"s, 400},
      {"a folded header", get + "X: a\r\n b\r\n\r\n", 400},
      {"a bare CR", get + "X: a\rHost: y\r\n\r\n", 400},
      {"bare LFs", "GET / HTTP/1.1\nHost: x\n\n", 400},
      {"two Hosts", get + "Host: y\r\n\r\n", 400},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"a Host with a slash", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
      {"a header without a colon", get + "X\r\n\r\n", 400},
      {"no version", "GET /\r\n\r\n", 400},
      {"a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a target with NUL", "GET /\0x HTTP/1.1\r\nHost: x\r\n\r\n"s, 400},
      {"HTTP/9.9", "GET / HTTP/9.9\r\n\r\n", 505},
      {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n"s, 400},
      {"a thousand NULs", std::string(1000, '\0') + "\n", 400},
      {"empty lines", "\r\n\r\n\r\n\r\n\r\n\r\n", 400},
      {"a header without an end", get + "X: " + std::string(20'000, 'a'), 431},
      {"a request line without an end", "GET /" + std::string(20'000, 'a'), 414},
      {"a hundred headers",
       get +
           [] {
             std::string headers;
             for (int i = 0; i < 100; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
             return headers;
           }() +
           "\r\n",
       431},
  };
  return all;
}

// One answer, whole, with one header block, and a problem that says what to do.
void check_refused(const std::string& received, int status) {
  CAPTURE(received);
  REQUIRE(received.starts_with("HTTP/1.1 " + std::to_string(status) + " "));
  CHECK(received.find("HTTP/1.1 ", 1) == std::string::npos);
  const std::size_t blank = received.find("\r\n\r\n");
  REQUIRE(blank != std::string::npos);
  Reply reply;
  reply.head = received.substr(0, blank + 2);
  reply.body = received.substr(blank + 4);
  CHECK(reply.header("Connection") == "close");
  CHECK(reply.header("Content-Type") == "application/problem+json");
  CHECK(reply.header("Content-Length") == std::to_string(reply.body.size()));
  const auto problem = nlohmann::json::parse(reply.body, nullptr, false);
  REQUIRE(problem.is_object());
  CHECK(problem["status"] == status);
  CHECK(!problem["help"].get<std::string>().empty());
}

}  // namespace

TEST_CASE("odd requests get one well-formed answer, and the connection ends") {
  Running running;
  for (const Trial& trial : trials()) {
    CAPTURE(trial.name);
    Client client(running.port);
    client.send(trial.sent + next);
    check_refused(client.read_all(bound), trial.status);
    CHECK(client.ended());
  }
  CHECK(Running::comes([&] { return running.connections() == 0; }));
}

TEST_CASE("odd requests that come in pieces are refused as well") {
  Running running;
  for (const Trial& trial : trials()) {
    if (trial.sent.size() > 1000) continue;
    CAPTURE(trial.name);
    Client client(running.port);
    for (const char byte : trial.sent)
      if (!client.send(std::string(1, byte))) break;
    check_refused(client.read_all(bound), trial.status);
    CHECK(client.ended());
  }
}

TEST_CASE("requests before an odd one are answered first") {
  Running running;
  for (const Trial& trial : trials()) {
    if (trial.sent.size() > 1000) continue;
    CAPTURE(trial.name);
    Client client(running.port);
    client.send(next + next + trial.sent + next);
    CHECK(client.read_reply().body.size() > 1000);
    CHECK(client.read_reply().body.size() > 1000);
    check_refused(client.read_all(bound), trial.status);
    CHECK(client.ended());
  }
}

TEST_CASE("odd requests that are whole are answered, and the connection goes on") {
  Running running;
  std::string cookies = "Cookie: a=b";
  for (int i = 0; i < 1500; ++i) cookies += ";c=d";
  std::string most;
  for (int i = 0; i < 60; ++i)
    most += "X-" + std::to_string(i) + ": " + std::string(100, 'y') + "\r\n";
  const Trial whole[] = {
      {"8,000 times &", "GET /?" + std::string(8000, '&') + " HTTP/1.1\r\nHost: x\r\n\r\n", 200},
      {"8,000 times & to a file",
       "GET /default.json?" + std::string(8000, '&') + " HTTP/1.1\r\nHost: x\r\n\r\n", 200},
      {"2,000 parameters",
       "GET /?" +
           [] {
             std::string all;
             for (int i = 0; i < 2000; ++i) all += "a=b&";
             return all;
           }() +
           " HTTP/1.1\r\nHost: x\r\n\r\n",
       200},
      {"a long question", "GET /?q=" + std::string(7900, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
       400},
      {"a long version",
       "GET /v1/check?runtime=python&version=" + std::string(7900, '1') +
           " HTTP/1.1\r\nHost: x\r\n\r\n",
       400},
      {"a path of slashes", "GET " + std::string(8000, '/') + " HTTP/1.1\r\nHost: x\r\n\r\n", 404},
      {"1,500 cookies", get + cookies + "\r\n\r\n", 200},
      {"headers up to the bound", get + most + "\r\n", 200},
      {"an empty line before", "\r\n" + next, 200},
      {"ranges",
       get + "Range: bytes=0-" +
           [] {
             std::string all;
             for (int i = 0; i < 900; ++i) all += ",0-";
             return all;
           }() +
           "\r\n\r\n",
       200},
      {"an expectation", post + "Content-Length: 13\r\n\r\n{\"files\": {}}", 200},
  };
  for (const Trial& trial : whole) {
    CAPTURE(trial.name);
    Client client(running.port);
    for (int i = 0; i < 3; ++i) {
      REQUIRE(client.send(trial.sent));
      CHECK(client.read_reply().status == trial.status);
    }
    CHECK(client.get("/healthz").status == 200);
  }
}

TEST_CASE("many requests at once on one connection are all answered") {
  Running running;
  Client client(running.port);
  std::string all;
  for (int i = 0; i < 500; ++i)
    all += get + "X: " + std::string(static_cast<std::size_t>(i), 'y') + "\r\n\r\n";
  std::thread sender([&] { client.send(all, bound); });
  for (int i = 0; i < 500; ++i) REQUIRE(client.read_reply().status == 200);
  sender.join();
}

TEST_CASE("clients that leave in the middle of a request are let go at once") {
  http::ServerOptions options;
  options.connections_per_address = 1000;
  Running running(options);
  const std::string beginnings[] = {
      "G",
      "GET / HTTP/1.1\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: y",
      post + "Content-Length: 100\r\n\r\n",
      post + "Content-Length: 100\r\n\r\n{\"files\"",
      next + "GET /",
      next + next + post + "Content-Length: 100\r\n\r\nhalf",
  };
  for (int round = 0; round < 20; ++round)
    for (const std::string& beginning : beginnings) {
      Client leaves(running.port);
      CHECK(leaves.send(beginning));
    }
  // The clock of the deadline stands far from it: only their leaving ends them.
  CHECK(Running::comes([&] { return running.connections() == 0; }));
  running.server->drain(Milliseconds(20'000));
}

TEST_CASE("a client that says it will send nothing more is still answered") {
  Running running;
  Client client(running.port);
  REQUIRE(client.send(next + next));
  client.finish_sending();
  CHECK(client.read_reply().status == 200);
  CHECK(client.read_reply().status == 200);
  CHECK(client.ended_within(bound));
  CHECK(Running::comes([&] { return running.connections() == 0; }));
}

TEST_CASE("a drain is bounded, also where requests never become whole") {
  Running running;
  Client half(running.port);
  REQUIRE(half.send("GET / HTTP/1.1\r\nHost: x\r\nX: y"));
  Client odd(running.port);
  REQUIRE(odd.send("GET /?" + std::string(8000, '&') + " HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(odd.read_reply().status == 200);
  const auto begin = std::chrono::steady_clock::now();
  running.server->drain(Milliseconds(200));
  CHECK(std::chrono::steady_clock::now() - begin < bound);
}
