// A stand-in server that misbehaves: the test writes the bytes of every answer itself.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace buildable::world {

class RawConnection {
 public:
  RawConnection(int socket, const std::atomic<bool>& ending) : socket_(socket), ending_(ending) {}

  // Up to the empty line after the headers; what there was when the client has gone.
  std::string read_request();
  // False when the client has gone or the server ends.
  bool send(std::string_view bytes);
  // False when the server ends meanwhile.
  bool wait(std::chrono::milliseconds time);
  // Until the client has gone or the server ends.
  void wait_for_end();

 private:
  int socket_;
  const std::atomic<bool>& ending_;
};

class RawServer {
 public:
  // Runs for every connection, in a thread of its own; the connection is closed at its end.
  using Script = std::function<void(RawConnection&)>;

  explicit RawServer(Script script);
  ~RawServer();  // ends the scripts
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  int port() const;
  std::string endpoint() const;                    // "127.0.0.1:port"
  std::string url(const std::string& path) const;  // http
  int connections() const;                         // so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A socket on loopback whose queue is full: connecting to it takes for ever.
class FullSocket {
 public:
  FullSocket();
  ~FullSocket();
  FullSocket(const FullSocket&) = delete;
  FullSocket& operator=(const FullSocket&) = delete;

  int port() const { return port_; }

 private:
  int listener_ = -1;
  int port_ = 0;
  std::vector<int> clients_;
};

// A port of loopback where nobody listens.
int closed_port();

}  // namespace buildable::world
