// The worst clients of the service, beside a normal one: that one always gets its answer. (What
// each gets, byte for byte: tests/serve/transport.)
#include <list>

#include "attacks/service.h"

using namespace buildable::test;
using buildable::testing::Client;
using buildable::testing::Milliseconds;

namespace {

std::string post_of(std::size_t length, const std::string& body) {
  return "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: "
         "application/json\r\nContent-Length: " +
         std::to_string(length) + "\r\n\r\n" + body;
}

std::string times(std::size_t count, const std::string& piece) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// A check that costs as much as a check may.
std::string costly_check() {
  std::string files;
  for (int i = 0; i < 900; ++i)
    files += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "/Dockerfile\":\"" +
             times(50, "FROM python:3.6\\n") + "\"";
  const std::string body = "{\"files\":{" + files + "}}";
  return post_of(body.size(), body);
}

struct Attack {
  std::string name;
  std::string bytes;
  int connections;
};

std::vector<Attack> attacks() {
  const std::string deep = R"({"files":{"pyproject.toml":")" + times(300'000, "a.") + "a = 1\"}}";
  return {
      {"nothing at all", "", 150},
      {"half a request", "GET /default.json HTTP/1.1\r\nHo", 150},
      {"a query of separators",
       "GET /v1/check?" + std::string(7'000, '&') + " HTTP/1.1\r\nHost: x\r\n\r\n", 50},
      {"a path of dots", "GET /" + times(2'000, "../") + " HTTP/1.1\r\nHost: x\r\n\r\n", 50},
      {"a body that never comes", post_of(1'000'000, "{"), 100},
      {"a body that is nearly there", post_of(1'000'000, std::string(999'999, ' ')), 60},
      {"a body of brackets", post_of(900'000, std::string(900'000, '[')), 20},
      {"a deep dotted key", post_of(deep.size(), deep), 8},
      {"checks of much", costly_check(), 12},
      {"the largest file, unread", times(60, "GET /snapshot.json HTTP/1.1\r\nHost: x\r\n\r\n"), 30},
      {"no HTTP", std::string(100'000, '\x1b'), 30},
      {"two lengths",
       "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
       30},
      {"chunks",
       "POST /v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\nContent-Length: "
       "3\r\n\r\n0\r\n\r\n",
       30},
      {"headers of zero bytes",
       "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(100, '\0') + "\r\n\r\n", 30},
  };
}

}  // namespace

TEST_CASE("beside the worst clients a normal one always gets its answer") {
  const ServedPlace served;
  for (const Attack& attack : attacks()) {
    CAPTURE(attack.name);
    std::list<Client> hostile;
    for (int i = 0; i < attack.connections; ++i) {
      hostile.emplace_back(served.port);
      hostile.back().receive_slowly();
      hostile.back().send(attack.bytes, Milliseconds(0));
      if (i % 10 == 0) served.check_normal_client();
    }
    for (int i = 0; i < 20; ++i) served.check_normal_client();
    tried(Promise::bounded);
    hostile.clear();
    served.check_normal_client();
  }
}

TEST_CASE("orders from outside change nothing of what is served") {
  const ServedPlace served;
  const std::string whole = Client(served.port).get("/default.json").body;
  REQUIRE(whole.size() > 1000);
  for (const char* method : {"PUT", "DELETE", "PATCH", "POST", "TRACE", "CONNECT", "PROPFIND"}) {
    CAPTURE(method);
    Client client(served.port);
    const auto reply = client.ask(
        std::string(method) + " /default.json HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    CHECK(reply.status >= 400);
    CHECK((Client(served.port).get("/default.json").body == whole));
    tried(Promise::atomic);
  }
  for (const char* runtime :
       {"", "python%00", "..%2F..%2Fetc", "%1b%5b2J", "pythn", "python&track=x"}) {
    CAPTURE(runtime);
    const auto reply =
        Client(served.port).get("/v1/check?runtime=" + std::string(runtime) + "&version=3.13");
    CHECK_FALSE(has(reply.body, "\"verdict\":\"buildable\""));
    CHECK_FALSE(has(reply.body, "\"verdict\": \"buildable\""));
    CHECK(raw_in(reply.body, false) == "");
    tried(Promise::doubt);
  }
}
