// Well-behaved clients of the real server.
#include <doctest/doctest.h>
#include <sys/un.h>

#include <atomic>
#include <thread>

#include "base/digest.h"
#include "serve/transport/request_guard.h"
#include "serve/transport/running.h"

using namespace buildable;
using namespace buildable::testing;

TEST_CASE("the answers of the handler go over the wire") {
  Running running;
  const http::GenerationPtr shown = running.server->shown();
  Client client(running.port);
  const Reply whole = client.get("/default.json");
  CHECK(whole.status == 200);
  CHECK(whole.body == (*shown->file("/default.json"))->identity.full.body);
  CHECK(whole.header("Content-Type") == "application/json; charset=utf-8");
  CHECK(!whole.header("Date").empty());
  CHECK(whole.header("ETag") == (*shown->file("/default.json"))->identity.etag);

  const Reply packed = client.get("/default.json", "Accept-Encoding: gzip, br\r\n");
  CHECK(packed.header("Content-Encoding") == "br");
  CHECK(packed.body == (*shown->file("/default.json"))->brotli->full.body);

  const Reply again =
      client.get("/default.json", "If-None-Match: " + whole.header("ETag") + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.header("ETag") == whole.header("ETag"));
  // The length of the 200 would be right, too, but widespread parsers then wait for a body.
  CHECK(again.header("Content-Length") == "0");

  const Reply head = client.ask("HEAD /default.json HTTP/1.1\r\nHost: x\r\n\r\n", true);
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == std::to_string(whole.body.size()));

  CHECK(client.get("/v1/check?runtime=python&version=3.14").status == 200);
  CHECK(client.get("/?q=python+3.14").status == 200);
  CHECK(client.get("/nothing").status == 404);
  CHECK(client.ask("OPTIONS /v1/tracks HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
  CHECK(client.ask("DELETE /default.json HTTP/1.1\r\nHost: x\r\n\r\n").status == 405);
  // All on one connection, which still stands.
  CHECK(client.get("/healthz").status == 200);
}

TEST_CASE("what was worked out once is answered again, of each generation its own") {
  http::ServerOptions options;
  options.threads = 1;
  Running running(options);
  Client client(running.port);
  const std::string target = "/v1/check?runtime=node&version=22";
  const Reply first = client.get(target);
  CHECK(client.get(target).body == first.body);
  CHECK(client.get(target, "If-None-Match: " + first.header("ETag") + "\r\n").status == 304);
  CHECK(client.ask("HEAD " + target + " HTTP/1.1\r\nHost: x\r\n\r\n", true).status == 200);
  // More than are kept.
  for (int i = 0; i < 3000; ++i)
    REQUIRE(client.get("/v1/check?runtime=node&version=" + std::to_string(i)).status == 200);
  CHECK(client.get(target).body == first.body);
  http::RefreshStatus status;
  status.stale = true;
  running.server->show(embedded_generation(status));
  CHECK(has(client.get(target).body, "\"stale\": true"));
}

TEST_CASE("what was worked out for one host is not given to another") {
  http::ServerOptions options;
  options.threads = 1;
  Running running(options);
  Client client(running.port);
  for (const std::string target : {"/", "/?q=python+3.14"})
    for (const std::string host : {"a.example", "b.example", "a.example"})
      for (const std::string proto : {"http", "https"}) {
        const Reply reply = client.ask("GET " + target + " HTTP/1.1\r\nHost: " + host +
                                       "\r\nX-Forwarded-Proto: " + proto + "\r\n\r\n");
        CHECK(has(reply.body, ">" + proto + "://" + host + "/</span>default.json"));
      }
}

TEST_CASE("targets reach the handler as they were sent") {
  Running running;
  Client client(running.port);
  CHECK(client.get("/%64efault.json").status == 200);
  CHECK(client.get("/default.json?a=%zz").status == 200);
  CHECK(client.get("/v1/check?runtime=node&version=%7E22").status == 400);
  CHECK(client.get("/v1/check?runtime=python&version=3.14%2b").status == 400);
  CHECK(client.get("http://x/default.json").status == 200);
}

TEST_CASE("HTTP 1.0 clients are answered and left") {
  Running running;
  Client client(running.port);
  CHECK(client.ask("GET /default.json HTTP/1.0\r\n\r\n").status == 200);
  CHECK(client.ended_within(Milliseconds(2000)));
}

TEST_CASE("pipelined requests are all answered, in order") {
  Running running;
  Client client(running.port);
  REQUIRE(
      client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
                  "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                  "GET /default.json HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(client.read_reply().status == 200);
  CHECK(client.read_reply().status == 404);
  CHECK(client.read_reply().body.size() > 1000);
}

TEST_CASE("what is shown changes between two requests, never within an answer") {
  Running running;
  const auto one = embedded_generation();
  const auto other = http::Generation::make(embedded_material("2025-06-01"), {}, one.get());
  REQUIRE(other.has_value());
  std::atomic<bool> end{false};
  std::atomic<int> wrong{0};
  std::atomic<int> answers{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i)
    clients.emplace_back([&] {
      Client client(running.port);
      while (!end) {
        const Reply reply = client.get("/default.json");
        const std::string tag = "\"" + sha256_hex(reply.body).substr(0, 32) + "\"";
        if (reply.status != 200 || reply.header("ETag") != tag) ++wrong;
        ++answers;
      }
    });
  for (int i = 0; i < 300; ++i) {
    running.server->show(i % 2 == 0 ? *other : one);
    const int before = answers;
    REQUIRE(Running::comes([&] { return answers > before; }));
  }
  end = true;
  for (std::thread& client : clients) client.join();
  CHECK(wrong == 0);
  CHECK(answers > 100);
}

TEST_CASE("a server that ends finishes what is under way and says that it is not ready") {
  Running running;
  Client client(running.port);
  CHECK(client.get("/readyz").status == 200);
  // Once the first is answered, the beginning of the second was read.
  Client slow(running.port);
  REQUIRE(slow.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /default.json HTTP/1.1\r\nHo"));
  REQUIRE(slow.read_reply().status == 200);
  running.server->announce_stop();
  const Reply last = client.get("/readyz");
  CHECK(last.status == 503);
  CHECK(last.header("Connection") == "close");
  CHECK(client.ended_within(Milliseconds(2000)));

  std::thread draining([&] { running.server->drain(Milliseconds(30'000)); });
  // It no longer listens: the drain has begun.
  REQUIRE(Running::comes([&] { return !Client(running.port).connected(); }));
  REQUIRE(slow.send("st: x\r\n\r\n"));
  CHECK(slow.read_reply().status == 200);
  draining.join();
  running.server.reset();
  CHECK(!Client(running.port).connected());
}

TEST_CASE("addresses to listen on") {
  for (const char* good : {"127.0.0.1:0", "localhost:0", "[::1]:0", ":0", "0"}) {
    const auto socket = http::listen_on(good);
    CHECK_MESSAGE(socket.has_value(), good);
    if (socket) CHECK(http::port_of(*socket) > 0);
    if (socket) close(*socket);
  }
  for (const char* bad :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "::1:80", "127.0.0.1:65536",
        "127.0.0.1:-1", "no.such.host.invalid:80", "300.0.0.1:80"}) {
    const auto socket = http::listen_on(bad);
    CHECK_MESSAGE(!socket.has_value(), bad);
    if (!socket) CHECK(!socket.error().message().empty());
  }
  const auto taken = http::listen_on("127.0.0.1:0");
  REQUIRE(taken.has_value());
  const auto again = http::listen_on(http::address_of(*taken));
  REQUIRE(!again.has_value());
  CHECK(has(again.error().message(), "in use"));
  close(*taken);
}

TEST_CASE("the service manager is told, if there is one") {
  const std::string path = "/tmp/buildable-notify-" + std::to_string(getpid());
  const int manager = socket(AF_UNIX, SOCK_DGRAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.sun_path);
  REQUIRE(bind(manager, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  setenv("NOTIFY_SOCKET", path.c_str(), 1);
  http::notify_manager("READY=1");
  unsetenv("NOTIFY_SOCKET");
  http::notify_manager("READY=1");  // nobody to tell
  char told[64] = {};
  CHECK(recv(manager, told, sizeof told, MSG_DONTWAIT) == 7);
  CHECK(std::string(told) == "READY=1");
  CHECK(recv(manager, told, sizeof told, MSG_DONTWAIT) < 0);
  close(manager);
  unlink(path.c_str());
}

TEST_CASE("whatever the guard lets pass the library has room for, in one piece and in many") {
  const auto filled = [](std::string head, const std::string& field_end, unsigned fields) {
    // All fields together as long as a head may be, with the blank line behind it.
    const std::size_t room = http::longest_head - head.size() - 2;
    for (unsigned i = 0; i < fields; ++i) {
      const std::string name = "X-" + std::to_string(i) + ": ";
      const std::size_t size = room / fields - name.size() - field_end.size() - 2;
      head += name + std::string(size, 'a') + field_end + "\r\n";
    }
    return head + "\r\n";
  };
  const std::string get = "GET /default.json HTTP/1.1\r\nHost: x\r\n";
  const std::string around = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  struct Row {
    std::string name;
    std::string request;
    int status;
  };
  const Row rows[] = {
      {"one long field", filled(get, "", 1), 200},
      {"as many fields as may be", filled(get, "", http::most_fields - 1), 200},
      {"a field of many values", filled(get, ",b;c=d", http::most_fields - 1), 200},
      {"a long cookie",
       get + "Cookie: " + std::string(http::longest_head - get.size() - 12, 'c') + "\r\n\r\n", 200},
      {"a long target",
       "GET /" + std::string(http::longest_head - around.size(), 'a') +
           " HTTP/1.1\r\nHost: x\r\n\r\n",
       404},
      {"a long query",
       "GET /?" + std::string(http::longest_head - around.size() - 1, '&') +
           " HTTP/1.1\r\nHost: x\r\n\r\n",
       200},
      {"a body behind it",
       filled("POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
              "Content-Type: application/json\r\n",
              "", 32) +
           "{}",
       400},
  };
  Running running;
  for (const Row& row : rows) {
    CAPTURE(row.name);
    for (const std::size_t piece : {row.request.size(), std::size_t{700}, std::size_t{1}}) {
      CAPTURE(piece);
      Client client(running.port);
      for (std::size_t at = 0; at < row.request.size(); at += piece)
        REQUIRE(client.send(std::string_view(row.request).substr(at, piece)));
      CHECK(client.read_reply().status == row.status);
      CHECK(client.ask(row.request).status == row.status);  // on the same connection
      CHECK(client.get("/healthz").status == 200);
    }
  }
}

TEST_CASE("a large answer is whole for who reads slowly and asks ahead") {
  Running running;
  const std::string body = (*running.server->shown()->file("/default.json"))->identity.full.body;
  REQUIRE(body.size() > 32'000);
  const std::string get = "GET /default.json HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string head = "HEAD /default.json HTTP/1.1\r\nHost: x\r\n\r\n";
  Client client(running.port);
  client.receive_slowly();
  REQUIRE(client.send(get + head + get + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + get));
  CHECK(client.read_reply().body == body);
  CHECK(client.read_reply(true).header("Content-Length") == std::to_string(body.size()));
  CHECK(client.read_reply().body == body);
  CHECK(client.read_reply().status == 200);
  CHECK(client.read_reply().body == body);
}

TEST_CASE("the head of a large answer waits for its body, and for nothing where none follows") {
  Running running;
  Client client(running.port);
  Milliseconds least(1000);
  for (int i = 0; i < 5; ++i) {
    CHECK(client.get("/default.json").status == 200);
    const auto begin = std::chrono::steady_clock::now();
    CHECK(client.ask("HEAD /default.json HTTP/1.1\r\nHost: x\r\n\r\n", true).status == 200);
    const auto took = std::chrono::steady_clock::now() - begin;
    least = std::min(least, std::chrono::ceil<Milliseconds>(took));
  }
  CHECK(least < Milliseconds(150));  // the kernel gives up waiting for more after 200
}
