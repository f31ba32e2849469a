#include "world/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <thread>

namespace buildable::world {
namespace {

using std::chrono::milliseconds;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int bound_socket(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, plain, size) != 0 || ::getsockname(socket, plain, &size) != 0) {
    throw std::runtime_error("no port for the stand-in server");
  }
  port = ntohs(address.sin_port);
  return socket;
}

// Whether something happens on the socket within a twentieth of a second.
bool is_ready(int socket, short events) {
  pollfd entry{socket, events, 0};
  return ::poll(&entry, 1, 50) > 0;
}

}  // namespace

std::string RawConnection::read_request() {
  std::string text;
  char block[4096];
  while (!ending_ && text.find("\r\n\r\n") == std::string::npos) {
    if (!is_ready(socket_, POLLIN)) continue;
    const ssize_t got = ::recv(socket_, block, sizeof block, 0);
    if (got <= 0) break;
    text.append(block, static_cast<std::size_t>(got));
  }
  return text;
}

bool RawConnection::send(std::string_view bytes) {
  while (!ending_ && !bytes.empty()) {
    if (!is_ready(socket_, POLLOUT)) continue;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return bytes.empty();
}

bool RawConnection::wait(milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (!ending_ && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  return !ending_;
}

void RawConnection::wait_for_end() {
  char byte = 0;
  while (!ending_) {
    if (is_ready(socket_, POLLIN) && ::recv(socket_, &byte, 1, 0) <= 0) return;
  }
}

struct RawServer::State {
  explicit State(Script given) : script(std::move(given)) {}

  void serve(int socket) {
    RawConnection connection(socket, ending);
    script(connection);
    ::close(socket);
  }
  void accept_all();

  Script script;
  std::atomic<bool> ending{false};
  std::atomic<int> connections{0};
  int port = 0;
  int listener = -1;
  std::thread accepter;
  std::vector<std::thread> threads;  // of the accepter
};

void RawServer::State::accept_all() {
  while (!ending) {
    if (!is_ready(listener, POLLIN)) continue;
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections;
    threads.emplace_back([this, socket] { serve(socket); });
  }
  for (std::thread& thread : threads) thread.join();
}

RawServer::RawServer(Script script) : state_(std::make_unique<State>(std::move(script))) {
  state_->listener = bound_socket(state_->port);
  ::listen(state_->listener, 64);
  state_->accepter = std::thread([this] { state_->accept_all(); });
}

RawServer::~RawServer() {
  state_->ending = true;
  state_->accepter.join();
  ::close(state_->listener);
}

int RawServer::port() const { return state_->port; }

std::string RawServer::endpoint() const { return "127.0.0.1:" + std::to_string(port()); }

std::string RawServer::url(const std::string& path) const { return "http://" + endpoint() + path; }

int RawServer::connections() const { return state_->connections; }

FullSocket::FullSocket() {
  listener_ = bound_socket(port_);
  ::listen(listener_, 0);
  const sockaddr_in address = loopback(port_);
  // How many fit differs between kernels: until one does not.
  for (int count = 0; count < 16; ++count) {
    const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    clients_.push_back(client);
    ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (!is_ready(client, POLLOUT)) return;
  }
}

FullSocket::~FullSocket() {
  for (const int client : clients_) ::close(client);
  ::close(listener_);
}

int closed_port() {
  int port = 0;
  ::close(bound_socket(port));
  return port;
}

}  // namespace buildable::world
