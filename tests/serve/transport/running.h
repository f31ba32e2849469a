// A server on a free port of loopback, and what it costs.
#pragma once

#include <fstream>

#include "serve/served.h"
#include "serve/transport/client.h"
#include "serve/transport/listening.h"
#include "serve/transport/server.h"

namespace buildable::testing {

struct Running {
  explicit Running(const http::ServerOptions& options = {}) {
    const auto socket = http::listen_on("127.0.0.1:0");
    REQUIRE(socket.has_value());
    port = http::port_of(*socket);
    auto started = http::Server::start(*socket, embedded_generation(), options,
                                       [] { return *parse_instant("2026-05-20T00:00:00Z"); });
    REQUIRE(started.has_value());
    server = std::move(*started);
  }

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
