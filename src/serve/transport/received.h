// Inside the transport: what the HTTP library receives passes through here first.
#pragma once

namespace buildable::http {

struct Connection;

// libmicrohttpd 0.9.75 takes spaces before colons, folded lines, NULs and several Hosts, answers
// some errors with two header blocks, and says nothing of the bytes as they came. It reads sockets
// with recv(2) and lets nobody come in between, so recv() of this program is defined in
// received.cpp: for the sockets named here, on the thread that named them, it hands on only what
// the connection's guard lets pass. Likewise its send(): the library pushes the head of an answer
// whose body is in a file at once, in a packet of its own; here it waits for the first of the body.
// For every other socket both are what they always were.
void watch_received(int socket, Connection& connection);
void forget_received(int socket);

}  // namespace buildable::http
