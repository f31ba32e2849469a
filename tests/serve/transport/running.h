// A server on a free port of loopback, and what it costs.
#pragma once

#include <atomic>
#include <fstream>
#include <functional>
#include <thread>

#include "serve/served.h"
#include "serve/transport/client.h"
#include "serve/transport/listening.h"
#include "serve/transport/server.h"

namespace buildable::testing {

struct Running {
  explicit Running(http::ServerOptions options = {}) {
    options.steady_clock = [this] {
      return std::chrono::steady_clock::now() + std::chrono::milliseconds(ahead.load());
    };
    const auto socket = http::listen_on("127.0.0.1:0");
    REQUIRE(socket.has_value());
    port = http::port_of(*socket);
    auto started = http::Server::start(*socket, embedded_generation(), options,
                                       [] { return *parse_instant("2026-05-20T00:00:00Z"); });
    REQUIRE(started.has_value());
    server = std::move(*started);
  }

  // Turns the clock that connections are ended by.
  void advance(Milliseconds time) { ahead += time.count(); }
  // Whether it becomes so in time; what is waited for is an event, and comes much sooner.
  static bool comes(const std::function<bool()>& so, Milliseconds patience = Milliseconds(10000)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!so()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(Milliseconds(1));
    }
    return true;
  }
  // Connections that the server has, but for the one that asks.
  int connections() const {
    Client client(port);
    const std::string body = client.get("/metrics").body;
    const std::string name = "\nbuildable_http_connections ";
    return std::atoi(body.c_str() + body.find(name) + name.size()) - 1;
  }

  std::atomic<std::int64_t> ahead{0};
  int port = 0;
  std::unique_ptr<http::Server> server;
};

// Of this process, in bytes.
inline std::size_t resident_memory() {
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * 4096;
}

}  // namespace buildable::testing
