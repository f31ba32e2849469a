// POST /v1/check: work that takes long, too much of it, and bodies that never come to their end.
#include <doctest/doctest.h>

#include <condition_variable>
#include <cstdlib>
#include <list>
#include <mutex>
#include <nlohmann/json.hpp>

#include "serve/check_files.h"
#include "serve/transport/running.h"

using namespace buildable;
using namespace buildable::testing;
using Json = nlohmann::json;

namespace {

constexpr Milliseconds bound{20'000};  // of what happens at once, on a machine that is busy
constexpr std::size_t megabyte = 1U << 20U;

std::string post(const std::string& body) {
  return "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: "
         "application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string files(const Json& all) { return Json{{"files", all}}.dump(); }
const std::string small_body = files({{".python-version", "3.13\n"}});
const std::string small = post(small_body);

// The beginning of a body of a megabyte.
std::string unfinished(std::size_t sent) {
  return "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: "
         "application/json\r\nContent-Length: " +
         std::to_string(megabyte) + "\r\n\r\n" + std::string(sent, ' ');
}

// Workers wait here until the test lets them go on.
class Gate {
 public:
  http::ServerOptions options(Milliseconds deadline) {
    http::ServerOptions made;
    made.before_work = [this] { pass(); };
    made.work_deadline = deadline;
    return made;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  // Until so many workers stand here.
  bool reached(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, bound, [&] { return reached_ >= count; });
  }

 private:
  void pass() {
    std::unique_lock lock(mutex_);
    ++reached_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int reached_ = 0;
};

// The gate opens before the server waits for its workers.
struct Gated {
  explicit Gated(Milliseconds deadline = std::chrono::hours(1)) : running(gate.options(deadline)) {}
  ~Gated() { gate.open(); }

  Gate gate;
  Running running;
};

}  // namespace

TEST_CASE("checks hold up nobody else; beyond the queue they are asked to come again") {
  Gated gated;
  Gate& gate = gated.gate;
  Running& running = gated.running;
  const std::size_t most = 1 + http::ServerOptions().waiting_work;
  std::list<Client> waiting;
  for (std::size_t i = 0; i < most; ++i) {
    waiting.emplace_back(running.port);
    REQUIRE(waiting.back().send(small));
    if (i == 0) REQUIRE(gate.reached(1));
  }
  REQUIRE(
      Running::comes([&] { return running.server->held_memory() == most * small_body.size(); }));
  const Reply turned_away = Client(running.port).ask(small, false, bound);
  CHECK(turned_away.status == 503);
  CHECK(turned_away.header("Retry-After") == "5");
  CHECK(Json::parse(turned_away.body)["help"].is_string());
  CHECK(p99_of_normal_client(running.port, 100) < 5000);
  gate.open();
  for (Client& client : waiting) {
    CHECK(client.read_reply(false, bound).status == 200);
    CHECK(client.get("/healthz").status == 200);
  }
  CHECK(running.server->held_memory() == 0);
}

TEST_CASE("a check that takes too long is answered with 503 while it goes on") {
  Gated gated(Milliseconds(1));
  Running& running = gated.running;
  Client client(running.port);
  const Reply reply = client.ask(small, false, bound);
  CHECK(reply.status == 503);
  CHECK(reply.header("Retry-After") == "5");
  CHECK(client.get("/healthz").status == 200);
}

TEST_CASE("a check for a client that is gone is given up") {
  Gated gated;
  Gate& gate = gated.gate;
  Running& running = gated.running;
  {
    Client first(running.port);
    Client second(running.port);
    REQUIRE(first.send(small));
    REQUIRE(gate.reached(1));
    REQUIRE(second.send(small));
  }
  // The gate is still shut: nothing but their leaving ends them.
  CHECK(Running::comes([&] { return running.connections() == 0; }));
  CHECK(running.server->held_memory() == 0);
  gate.open();
  CHECK(Client(running.port).ask(small, false, bound).status == 200);
}

TEST_CASE("a server that ends while checks wait ends") {
  Gated gated;
  Gate& gate = gated.gate;
  Running& running = gated.running;
  Client first(running.port);
  Client second(running.port);
  REQUIRE(first.send(small));
  REQUIRE(gate.reached(1));
  REQUIRE(second.send(small));
  running.server->drain(Milliseconds(10));
  CHECK(!running.server->stop_work(Milliseconds(1)));
  gate.open();
  CHECK(running.server->stop_work(bound));
  running.server.reset();
  CHECK(first.ended_within(bound));
  CHECK(second.ended_within(bound));
}

TEST_CASE("checks beyond a bound are refused, and say the bound") {
  http::ServerOptions options;
  options.work_deadline =
      bound;  // the bound is to speak, not the deadline, however busy the machine
  Running running(options);
  std::string pins;
  for (int i = 0; i < 60; ++i) pins += "python 3." + std::to_string(i) + "\n";
  Json thousand = Json::object();
  for (int i = 0; i < 1000; ++i) thousand["d" + std::to_string(i) + "/.tool-versions"] = pins;
  Json many = Json::object();
  for (int i = 0; i <= 1000; ++i) many["d" + std::to_string(i)] = "";
  std::string stages;
  while (stages.size() < 750'000) stages += "FROM python:3.9\n";
  struct Row {
    const char* name;
    std::string body;
    std::string bound;
  };
  const Row rows[] = {
      {"1,000 files of 60 pins", files(thousand), "2000"},
      {"1,001 files", files(many), "1000"},
      {"a long path", files({{std::string(2000, 'd') + "/.python-version", "3.13"}}), "1024"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Client client(running.port);
    const Reply reply = client.ask(post(row.body), false, bound);
    CHECK(reply.status == 413);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    CHECK(has(Json::parse(reply.body)["detail"].get<std::string>(), row.bound));
    CHECK(client.get("/healthz").status == 200);
  }
  // One file has a bound of its own; what was read of it is answered.
  const Reply reply = Client(running.port).ask(post(files({{"Dockerfile", stages}})), false, bound);
  CHECK(reply.status == 200);
  CHECK(has(reply.body, "more than 1000 versions in one file"));
  CHECK(reply.body.size() < megabyte);
}

TEST_CASE("bodies have one budget; small ones fit beside large ones; all of it comes back") {
  http::ServerOptions options;
  options.held_memory = 4 * megabyte;  // three for large bodies
  Running running(options);
  {
    std::list<Client> slow;
    for (std::size_t i = 1; i <= 3; ++i) {
      slow.emplace_back(running.port);
      REQUIRE(slow.back().send(unfinished(1000)));
      // One after the other: the first is to be the one that has dawdled longest.
      REQUIRE(Running::comes([&] { return running.server->held_memory() == i * megabyte; }));
    }
    Client large(running.port);
    const Reply reply = large.ask(unfinished(0), false, bound);
    CHECK(reply.status == 503);
    CHECK(reply.header("Retry-After") == "5");
    CHECK(large.ended_within(bound));
    CHECK(Client(running.port).ask(small, false, bound).status == 200);
    // Those that dawdle give way.
    running.advance(Milliseconds(3'000));
    CHECK(Client(running.port).ask(unfinished(0), false, bound).status == 503);
    CHECK(slow.front().ended_within(bound));
    REQUIRE(Running::comes([&] { return running.server->held_memory() < 3 * megabyte; }));
    Client again(running.port);
    CHECK(again.ask(unfinished(megabyte), false, bound).status == 400);  // spaces are no JSON
  }
  CHECK(Running::comes([&] { return running.server->held_memory() == 0; }));
}

TEST_CASE("nine hundred unfinished bodies cost little, and their memory is given back") {
  http::ServerOptions options;
  options.connections_per_address = 2000;
  Running running(options);
  CHECK(Client(running.port).ask(small, false, bound).status == 200);
  const std::size_t before = resident_memory();
  {
    std::list<Client> slow;
    const std::string most = unfinished(megabyte - 1000);
    for (int i = 0; i < 900; ++i) {
      slow.emplace_back(running.port);
      slow.back().send(most, Milliseconds(20));
    }
    const std::size_t peak = resident_memory();
    MESSAGE("before " << before / megabyte << " MiB, with them " << peak / megabyte << " MiB");
    CHECK(peak < before + 128 * megabyte);
    CHECK(p99_of_normal_client(running.port, 100) < 5000);
  }
  CHECK(Running::comes([&] { return running.connections() == 0; }));
  CHECK(running.server->held_memory() == 0);
  // A fifth more than before, and what the process needs for the test's own clients.
  const std::size_t enough = before + before / 5 + 4 * megabyte;
  CHECK(Running::comes([&] { return resident_memory() < enough; }));
}
