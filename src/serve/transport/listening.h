// Sockets to listen on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable::http {

// "127.0.0.1:8080", "[::]:8080" (both families), "localhost:8080", ":8080" and "8080" (every
// address). Port 0: any free one. The caller owns the descriptor.
Result<int> listen_on(std::string_view address);
// Where a service that listens there can be asked from the same machine: "http://127.0.0.1:8080/",
// also where it listens on every address.
Result<std::string> url_of_listener(std::string_view address);
// "127.0.0.1:8080", as the socket is bound.
std::string address_of(int socket);
int port_of(int socket);

// The first socket that systemd has opened for this process, if it has: sd_listen_fds(3). Further
// ones are refused.
Result<std::optional<int>> socket_of_systemd();
// Tells the service manager, if there is one, e.g. "READY=1": sd_notify(3).
void notify_manager(std::string_view state);

}  // namespace buildable::http
