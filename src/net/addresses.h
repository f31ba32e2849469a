// Which addresses the public network has. What a name resolves to is checked against this before a
// socket is opened: a name in an outside document must not reach into the network we stand in.
// https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry
#pragma once

#include <sys/socket.h>

#include <string>

namespace buildable::net {

// False for loopback, private, link-local, shared, unspecified, multicast, documentation and
// reserved addresses, also inside IPv6 forms that carry an IPv4 address; false for other families.
bool is_public_address(const sockaddr* address);

std::string address_text(const sockaddr* address);  // "127.0.0.1", "::1"

}  // namespace buildable::net
