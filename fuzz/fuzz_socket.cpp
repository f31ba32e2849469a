// Whatever a client writes to the socket: the service answers in HTTP or ends the connection, and
// answers the next client as if nothing had been.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "fuzz.h"
#include "serve/transport/listening.h"
#include "serve/transport/server.h"
#include "served.h"

using namespace buildable;

namespace {

constexpr int patience = 5000;  // milliseconds, for one that must answer
constexpr int quiet = 50;       // for one that need not

class Service {
 public:
  Service() {
    const int socket = http::listen_on("127.0.0.1:0").value();
    port_ = http::port_of(socket);
    server_ =
        http::Server::start(socket, fuzz::make_generation(), {}, [] { return Instant{}; }).value();
  }
  int port() const { return port_; }

 private:
  int port_ = 0;
  std::unique_ptr<http::Server> server_;
};

class Client {
 public:
  explicit Client(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fuzz::require(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Reads beside it, so that neither side waits for the other.
  void write(std::string_view text) {
    while (!text.empty() && !ended_) {
      pollfd ready{socket_, POLLIN | POLLOUT, 0};
      if (poll(&ready, 1, patience) <= 0) return;
      if ((ready.revents & POLLOUT) != 0) {
        const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) return;
        text.remove_prefix(static_cast<std::size_t>(sent));
      }
      if ((ready.revents & (POLLIN | POLLHUP)) != 0) read_some();
    }
  }
  void end_writing() const { shutdown(socket_, SHUT_WR); }
  // Everything up to the end, or until nothing came for so long.
  const std::string& read(int milliseconds) {
    pollfd ready{socket_, POLLIN, 0};
    while (!ended_ && poll(&ready, 1, milliseconds) > 0) read_some();
    return text_;
  }

 private:
  void read_some() {
    char buffer[16384];
    const ssize_t count = recv(socket_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count <= 0)
      ended_ = true;
    else if (text_.size() < 64 * sizeof buffer)
      text_.append(buffer, static_cast<std::size_t>(count));
  }

  int socket_;
  bool ended_ = false;
  std::string text_;
};

bool begins_as_http(std::string_view text) {
  return text.starts_with("HTTP/1.1 ") || text.starts_with("HTTP/1.0 ");
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  static const Service service;
  {
    Client client(service.port());
    client.write(fuzz::text_of(data, size));
    client.end_writing();
    const std::string& answer = client.read(quiet);
    fuzz::require(answer.empty() || begins_as_http(answer));
  }
  Client next(service.port());
  next.write("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  fuzz::require(next.read(patience).starts_with("HTTP/1.1 200"));
  return 0;
}

static const fuzz::Registered registered{"socket", "http json", run};
