// Clients that are slow, large or hostile: each ends with little harm, and holds nobody else up.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <list>
#include <thread>

#include "serve/transport/running.h"

using namespace buildable;
using namespace buildable::testing;
using namespace std::literals;

namespace {

constexpr std::size_t megabyte = 1U << 20U;
constexpr Milliseconds patience{10'000};  // for what happens at once
constexpr Milliseconds far{100'000};      // a deadline that only a turned clock reaches

// Clients beside a normal one, which must not notice them: it is answered every time. How soon
// depends on what else the machine does; BUILDABLE_TIMED=1 asks for that, too.
void check_normal_client(const Running& running, int questions = 300) {
  const double wait = p99_of_normal_client(running.port, questions);
  CHECK(wait < 5000);
  if (std::getenv("BUILDABLE_TIMED") != nullptr) CHECK_MESSAGE(wait < 50, wait);
}

http::ServerOptions with_deadline(Milliseconds deadline) {
  http::ServerOptions options;
  options.deadline = deadline;
  return options;
}

}  // namespace

TEST_CASE("idle connections hold nobody up") {
  Running running;
  std::list<Client> idle;
  for (int i = 0; i < 100; ++i) idle.emplace_back(running.port);
  check_normal_client(running);
}

TEST_CASE("clients that trickle a header hold nobody up, and end at the deadline") {
  Running running(with_deadline(far));
  std::list<Client> slow;
  for (int i = 0; i < 50; ++i) {
    slow.emplace_back(running.port);
    slow.back().send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  }
  for (int i = 0; i < 20; ++i)
    for (Client& client : slow) CHECK(client.send("a"));
  check_normal_client(running, 20);
  running.advance(far);
  for (Client& client : slow) CHECK(client.ended_within(patience));
}

TEST_CASE("clients that read slowly hold nobody up, and end at the deadline") {
  Running running(with_deadline(far));
  std::list<Client> slow;
  for (int i = 0; i < 30; ++i) {
    slow.emplace_back(running.port);
    // Answers that fill what the kernel keeps for the connection.
    for (int k = 0; k < 60; ++k)
      if (!slow.back().send("GET /snapshot.json HTTP/1.1\r\nHost: x\r\n\r\n", Milliseconds(0)))
        break;
  }
  check_normal_client(running);
  // What a client reads at last lets the server send more, which counts as life: so time goes on.
  for (Client& client : slow)
    CHECK(Running::comes([&] {
      running.advance(far);
      return client.ended_within(Milliseconds(100));
    }));
}

TEST_CASE("idle connections end at the deadline, and busy ones do not") {
  Running running(with_deadline(far));
  Client idle(running.port);
  Client busy(running.port);
  CHECK(idle.get("/healthz").status == 200);
  for (int i = 0; i < 5; ++i) {
    CHECK(busy.get("/healthz").status == 200);
    running.advance(far * 2 / 5);
  }
  CHECK(idle.ended_within(patience));
  CHECK(busy.get("/healthz").status == 200);
}

TEST_CASE("a header line without an end is cut off") {
  Running running;
  const std::size_t before = resident_memory();
  Client client(running.port);
  client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: ");
  const std::string piece(megabyte, 'a');
  int sent = 0;
  while (sent < 300 && client.send(piece, Milliseconds(500))) ++sent;
  CHECK(sent < 20);
  CHECK(resident_memory() < before + 32 * megabyte);
  check_normal_client(running, 50);
}

TEST_CASE("a request line without an end is cut off") {
  Running running;
  Client client(running.port);
  client.send("GET /");
  const std::string piece(megabyte, 'a');
  int sent = 0;
  while (sent < 100 && client.send(piece, Milliseconds(500))) ++sent;
  CHECK(sent < 20);
}

TEST_CASE("twenty million headers are cut off, and their memory is given back") {
  Running running;
  const std::size_t before = resident_memory();
  Client client(running.port);
  client.send("GET / HTTP/1.1\r\nHost: x\r\n");
  std::string thousand;
  for (int i = 0; i < 1000; ++i) thousand += "X-" + std::to_string(i) + ": y\r\n";
  int sent = 0;
  constexpr int many = 20'000;
  while (sent < many && client.send(thousand, Milliseconds(500))) ++sent;
  // The server reads at most 4 MiB on, and the kernel takes some megabytes that are never read.
  CHECK(sent < 5'000);
  client.close();
  CHECK(resident_memory() < before + 16 * megabyte);
}

TEST_CASE("a chunked body is refused before it is read") {
  Running running;
  Client client(running.port);
  const Reply reply = client.ask(
      "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  CHECK(reply.status == 411);
  CHECK(has(reply.body, "Content-Length"));
  CHECK(client.ended_within(Milliseconds(2000)));
}

TEST_CASE("a compressed body is refused") {
  Running running;
  Client client(running.port);
  CHECK(client
            .ask("POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
                 "Content-Length: 10\r\n\r\n")
            .status == 415);
}

TEST_CASE("ranges are not offered: many of them give the body once") {
  Running running;
  Client client(running.port);
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 900; ++i) ranges += ",0-";
  const Reply reply = client.get("/default.json", ranges + "\r\n");
  CHECK(reply.status == 200);
  CHECK(client.received() < 100'000);
}

TEST_CASE("nothing that a client sends becomes a header of ours") {
  Running running;
  for (const char* target :
       {"/a%0d%0aInjected:%201", "/v1/check?runtime=a%0d%0aInjected:%201&version=1",
        "/?q=%0d%0aInjected:%201"}) {
    Client client(running.port);
    const Reply reply = client.get(target, "X-A: b%0d%0aInjected: 1\r\nREMOTE_ADDR: 6.6.6.6\r\n");
    CHECK(reply.status >= 400);
    CHECK(reply.header("Injected").empty());
  }
}

TEST_CASE("one address has no more connections than it may have") {
  http::ServerOptions options;
  options.threads = 1;
  options.connections_per_address = 10;
  Running running(options);
  std::list<Client> many;
  for (int i = 0; i < 10; ++i) {
    many.emplace_back(running.port);
    CHECK(many.back().get("/healthz").status == 200);
  }
  Client further(running.port);
  CHECK(further.get("/healthz").status == 0);
  many.pop_front();
  CHECK(Running::comes([&] { return Client(running.port).get("/healthz").status == 200; }));
}

TEST_CASE("more connections than the bound wait, and are answered when others end") {
  http::ServerOptions options;
  options.threads = 1;
  options.connections = 8;
  Running running(options);
  std::list<Client> all;
  for (int i = 0; i < 8; ++i) {
    all.emplace_back(running.port);
    CHECK(all.back().get("/healthz").status == 200);
  }
  Client waiting(running.port);
  REQUIRE(waiting.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(waiting.read_reply(false, Milliseconds(200)).status == 0);
  all.clear();
  CHECK(waiting.read_reply().status == 200);
}

TEST_CASE("many busy connections are all served") {
  // More at once than the library takes from epoll in one call.
  http::ServerOptions options;
  options.threads = 1;
  options.connections_per_address = 1000;
  Running running(options);
  std::list<Client> many;
  for (int i = 0; i < 400; ++i) many.emplace_back(running.port);
  int answered = 0;
  for (int round = 0; round < 20; ++round) {
    for (Client& client : many) REQUIRE(client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
    for (Client& client : many)
      answered += client.read_reply(false, Milliseconds(2000)).status == 200 ? 1 : 0;
  }
  CHECK(answered == 8000);
}

TEST_CASE("all of them at once, beside a normal client") {
  Running running(with_deadline(Milliseconds(1000)));
  std::atomic<bool> end{false};
  const auto hostile = [&](const std::string& beginning, const std::string& further) {
    return std::thread([&running, &end, beginning, further] {
      while (!end) {
        Client client(running.port);
        if (!client.send(beginning, Milliseconds(100))) continue;
        for (int i = 0; i < 20 && !end && client.send(further, Milliseconds(50)); ++i)
          std::this_thread::yield();
      }
    });
  };
  std::vector<std::thread> threads;
  threads.push_back(hostile("GET / HTTP/1.1\r\nX: ", "a"));
  threads.push_back(hostile("GET / HTTP/1.1\r\nX: ", std::string(20'000, 'a')));
  threads.push_back(hostile("GET /", std::string(20'000, 'a')));
  threads.push_back(
      hostile("POST /v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
              "5\r\naaaaa\r\n"));
  threads.push_back(
      hostile("POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", "a"));
  threads.push_back(hostile("GET /snapshot.json HTTP/1.1\r\nHost: x\r\n\r\n",
                            "GET /snapshot.json HTTP/1.1\r\nHost: x\r\n\r\n"));
  for (int i = 0; i < 5; ++i) check_normal_client(running, 200);
  end = true;
  for (std::thread& thread : threads) thread.join();
}
