// A client that may misbehave: it sends the bytes that the test gives it.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace buildable::testing {

using Milliseconds = std::chrono::milliseconds;

struct Reply {
  int status = 0;  // 0: the connection ended before an answer
  std::string head;
  std::string body;

  std::string header(std::string_view name) const {
    const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    const int yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  }
  ~Client() { close(); }
  Client(Client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        pending_(std::move(other.pending_)) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  // False when the server has ended the connection, or takes nothing for so long.
  bool send(std::string_view bytes, Milliseconds patience = Milliseconds(2000)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
        continue;
      }
      if (errno != EAGAIN || std::chrono::steady_clock::now() > end) return false;
      pollfd ready{socket_, POLLOUT, 0};
      poll(&ready, 1, 50);
    }
    return true;
  }

  // The next answer; `without_body`: to a HEAD.
  Reply read_reply(bool without_body = false, Milliseconds patience = Milliseconds(5000)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    Reply reply;
    std::size_t blank = std::string::npos;
    while ((blank = pending_.find("\r\n\r\n")) == std::string::npos)
      if (!receive(end)) return reply;
    reply.head = pending_.substr(0, blank + 2);
    pending_.erase(0, blank + 4);
    reply.status = reply.head.size() > 12 ? std::atoi(reply.head.c_str() + 9) : 0;
    if (without_body || reply.status == 304 || reply.status == 204 || reply.status < 200)
      return reply;
    const std::size_t length =
        static_cast<std::size_t>(std::atoll(reply.header("Content-Length").c_str()));
    while (pending_.size() < length && receive(end)) {
    }
    reply.body = pending_.substr(0, length);
    pending_.erase(0, length);
    return reply;
  }

  Reply ask(std::string_view request, bool without_body = false,
            Milliseconds patience = Milliseconds(5000)) {
    if (!send(request)) return {};
    return read_reply(without_body, patience);
  }
  Reply get(const std::string& target, const std::string& headers = {}) {
    return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
  }

  // Whether the server ends the connection within that time.
  bool ended_within(Milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (receive(end)) {
    }
    return ended_;
  }
  std::size_t received() const { return received_; }
  // Everything that comes until the server ends the connection, or for so long.
  std::string read_all(Milliseconds patience) {
    ended_within(patience);
    return std::exchange(pending_, {});
  }
  bool ended() const { return ended_; }
  // Says that nothing more will come, and goes on listening.
  void finish_sending() { shutdown(socket_, SHUT_WR); }
  void receive_slowly() {
    const int small = 4096;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  }

 private:
  bool receive(std::chrono::steady_clock::time_point end) {
    const auto left =
        std::chrono::duration_cast<Milliseconds>(end - std::chrono::steady_clock::now());
    pollfd ready{socket_, POLLIN, 0};
    if (ended_ || left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) <= 0)
      return false;
    char buffer[65536];
    const ssize_t got = recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0) {
      ended_ = true;
      return false;
    }
    received_ += static_cast<std::size_t>(got);
    pending_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::size_t received_ = 0;
  std::string pending_;
};

// Milliseconds that a normal client waits, asking so many times; the slowest hundredth left out.
inline double p99_of_normal_client(int port, int questions) {
  std::vector<double> waits;
  Client client(port);
  for (int i = 0; i < questions; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    if (client.get("/default.json").status != 200) return 1e9;
    waits.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::sort(waits.begin(), waits.end());
  return waits[waits.size() * 99 / 100];
}

}  // namespace buildable::testing
