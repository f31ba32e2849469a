#include "serve/transport/received.h"

#include <sys/socket.h>

#include <cerrno>
#include <string_view>
#include <vector>

#include "serve/transport/connection.h"

namespace buildable::http {
namespace {

// By descriptor. A connection is read by one thread only.
std::vector<Connection*>& watched() {
  thread_local std::vector<Connection*> sockets;
  return sockets;
}

Connection* watched_at(int socket) {
  const std::vector<Connection*>& sockets = watched();
  const auto place = static_cast<std::size_t>(socket);
  return socket >= 0 && place < sockets.size() ? sockets[place] : nullptr;
}

// As recv(2). What the guard keeps back is read and dropped, as long as there is some.
ssize_t receive(Connection& connection, char* into, std::size_t size, int flags) {
  constexpr int most_reads = 16;  // a sender that does not end must not hold up the loop
  for (int i = 0; i < most_reads; ++i) {
    const ssize_t got = recvfrom(connection.socket, into, size, flags, nullptr, nullptr);
    if (got <= 0) return got;
    if (connection.refused) connection.dropped_bytes += static_cast<std::size_t>(got);
    const std::size_t passed =
        connection.guard.feed(std::string_view(into, static_cast<std::size_t>(got)));
    if (connection.guard.refusal() != nullptr) connection.look_after();
    if (passed > 0) return static_cast<ssize_t>(passed);
  }
  errno = EAGAIN;
  return -1;
}

}  // namespace

void watch_received(int socket, Connection& connection) {
  std::vector<Connection*>& sockets = watched();
  const auto place = static_cast<std::size_t>(socket);
  if (place >= sockets.size()) sockets.resize(place + 1, nullptr);
  sockets[place] = &connection;
}

void forget_received(int socket) { watched()[static_cast<std::size_t>(socket)] = nullptr; }

}  // namespace buildable::http

extern "C" ssize_t recv(int socket, void* buffer, std::size_t size, int flags) {
  using namespace buildable::http;
  if (Connection* connection = watched_at(socket))
    return receive(*connection, static_cast<char*>(buffer), size, flags);
  return recvfrom(socket, buffer, size, flags, nullptr, nullptr);
}

extern "C" ssize_t send(int socket, const void* buffer, std::size_t size, int flags) {
  const buildable::http::Connection* connection = buildable::http::watched_at(socket);
  if (connection != nullptr && connection->file_follows) flags |= MSG_MORE;
  return sendto(socket, buffer, size, flags, nullptr, 0);
}
