// The transport: libmicrohttpd between the sockets and the handler. Everything that a client could
// make long, large or many has a bound.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"
#include "serve/generation.h"
#include "serve/metrics.h"

namespace buildable::http {

struct ServerOptions {
  unsigned threads = 2;                    // one may be busy with a large request
  unsigned connections = 1024;             // at once; more wait in the socket's queue
  unsigned connections_per_address = 256;  // more are closed; behind a proxy all have its address
  std::size_t connection_memory = 14U << 10U;  // holds the longest head, and a record of each field
  std::size_t body = 1U << 20U;
  // Of all bodies and of all answers made for one request, together.
  std::size_t held_memory = 32U << 20U;
  // How long such memory may be held where others want it.
  std::chrono::milliseconds hold_grace{2'000};
  unsigned workers = 1;           // for POST /v1/check
  std::size_t waiting_work = 16;  // requests before the workers; more are asked to come again
  std::chrono::milliseconds work_deadline{5'000};  // from a whole request to its answer
  // In which a connection must bring a request to its end, from its beginning or its last request
  // on: bounds idle ones, and those that send or read slowly.
  std::chrono::milliseconds deadline{30'000};
  // What deadlines and graces of connections go by; empty: the system's. For tests.
  std::function<std::chrono::steady_clock::time_point()> steady_clock{};
  std::function<void()> before_work{};  // called by a worker before each job; for tests
};

class Server {
 public:
  // AcceptedCodings over the listening socket, on failure too.
  static Result<std::unique_ptr<Server>> start(int listening_socket, GenerationPtr first,
                                               const ServerOptions& options,
                                               std::function<Instant()> clock);
  // Ends every connection.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // What is answered from now on. Requests that are under way keep what they have.
  void show(GenerationPtr next);
  GenerationPtr shown() const;
  // /readyz says so, and answers end their connections.
  void announce_stop();
  // AcceptedCodings no new connections, and waits until no request is under way, at most this long.
  void drain(std::chrono::milliseconds at_most);
  // AcceptedCodings no more work, cancels what is under way, and says whether that ended within
  // this time.
  bool stop_work(std::chrono::milliseconds at_most);
  // Bytes that count against ServerOptions::held_memory; for tests.
  std::size_t held_memory() const;

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace buildable::http
