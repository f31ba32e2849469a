#include "serve/transport/listening.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "base/text.h"

namespace buildable::http {
namespace {

constexpr int backlog = 1024;
constexpr int first_passed_descriptor = 3;

struct Place {
  std::string host;  // empty: every address
  std::string port;
};

Result<Place> parse_place(std::string_view address) {
  Place place;
  const std::size_t colon = address.rfind(':');
  place.port = colon == std::string_view::npos ? address : address.substr(colon + 1);
  std::string_view host = colon == std::string_view::npos ? "" : address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    return fail("no address to listen on: " + in_quotes(address), "write [::1]:8080");
  place.host = host;
  const bool digits = place.port.find_first_not_of("0123456789") == std::string::npos;
  if (digits && !place.port.empty() && place.port.size() <= 5 && std::stoi(place.port) <= 65535)
    return place;
  return fail("no port: " + in_quotes(place.port),
              "write 127.0.0.1:8080, [::]:8080 or a port alone");
}

struct AddressEnd {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

tl::unexpected<Error> cannot(std::string_view address, int number) {
  return fail("cannot listen on " + std::string(address) + ": " + std::strerror(number),
              number == EADDRINUSE ? "another program does: choose another port" : "");
}

Result<int> open_socket(const addrinfo& where, std::string_view address) {
  const int made =
      socket(where.ai_family, where.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, where.ai_protocol);
  if (made < 0) return cannot(address, errno);
  const int yes = 1;
  const int no = 0;
  setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (where.ai_family == AF_INET6) setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  if (bind(made, where.ai_addr, where.ai_addrlen) == 0 && listen(made, backlog) == 0) return made;
  const int number = errno;
  close(made);
  return cannot(address, number);
}

}  // namespace

Result<std::string> url_of_listener(std::string_view address) {
  const auto place = parse_place(address);
  if (!place) return fail(place.error());
  std::string host = place->host;
  if (host.empty() || host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + place->port + "/";
}

Result<int> listen_on(std::string_view address) {
  const auto place = parse_place(address);
  if (!place) return fail(place.error());
  addrinfo wanted{};
  // Without a host IPv4: "[::]" asks for both.
  wanted.ai_family = place->host.empty() ? AF_INET : AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int status = getaddrinfo(place->host.empty() ? nullptr : place->host.c_str(),
                                 place->port.c_str(), &wanted, &found);
  if (status != 0)
    return fail("no address to listen on: " + in_quotes(address) + ": " + gai_strerror(status),
                "write 127.0.0.1:8080, [::]:8080 or a port alone");
  const std::unique_ptr<addrinfo, AddressEnd> list(found);
  return open_socket(*list, address);
}

std::string address_of(int socket) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  auto* address = reinterpret_cast<sockaddr*>(&bound);
  if (getsockname(socket, address, &size) != 0 ||
      getnameinfo(address, size, host.data(), host.size(), port.data(), port.size(),
                  NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return {};
  const std::string name = host.data();
  return (name.find(':') == std::string::npos ? name : "[" + name + "]") + ":" + port.data();
}

int port_of(int socket) {
  const std::string address = address_of(socket);
  return address.empty() ? 0 : std::stoi(address.substr(address.rfind(':') + 1));
}

Result<std::optional<int>> socket_of_systemd() {
  const char* process = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  if (process == nullptr || count == nullptr || std::to_string(getpid()) != process)
    return std::optional<int>();
  if (std::string_view(count) != "1")
    return fail("systemd passes " + in_quotes(count) + " sockets", "name one ListenStream= only");
  unsetenv("LISTEN_PID");
  unsetenv("LISTEN_FDS");
  const int passed = first_passed_descriptor;
  int listening = 0;
  socklen_t size = sizeof listening;
  if (getsockopt(passed, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || listening == 0)
    return fail("what systemd passes is not a listening socket", "use ListenStream= and Accept=no");
  fcntl(passed, F_SETFD, FD_CLOEXEC);
  fcntl(passed, F_SETFL, fcntl(passed, F_GETFL) | O_NONBLOCK);
  return std::optional<int>(passed);
}

void notify_manager(std::string_view state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  if (path == nullptr || (*path != '/' && *path != '@')) return;
  const std::size_t length = std::strlen(path);
  if (length >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path, length);
  if (*path == '@') address.sun_path[0] = '\0';
  const int made = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (made < 0) return;
  sendto(made, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&address),
         static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
  close(made);
}

}  // namespace buildable::http
