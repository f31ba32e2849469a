// The framing of requests: what goes to the HTTP library, and what never does.
#include "serve/transport/request_guard.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using buildable::http::longest_head;
using buildable::http::most_fields;
using buildable::http::RequestGuard;

namespace {

using namespace std::string_literals;

const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n";
const std::string post = "POST /v1/check HTTP/1.1\r\nHost: x\r\n";

std::string fields(unsigned count) {
  std::string all;
  for (unsigned i = 0; i < count; ++i) all += "X-" + std::to_string(i) + ": y\r\n";
  return all;
}

struct Fed {
  std::string passed;
  int refused = 0;
  std::uint64_t requests = 0;
};

// `piece` bytes at a time; what was not taken is not offered again.
Fed feed(const std::string& bytes, std::size_t piece) {
  RequestGuard guard;
  Fed fed;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::string_view next = std::string_view(bytes).substr(at, piece);
    fed.passed += next.substr(0, guard.feed(next));
  }
  if (guard.refusal() != nullptr) fed.refused = guard.refusal()->status;
  fed.requests = guard.requests_passed();
  return fed;
}

}  // namespace

TEST_CASE("requests that are framed in one way only pass as they are") {
  struct Row {
    std::string bytes;
    std::uint64_t requests;
  };
  const Row rows[] = {
      {get + "\r\n", 1},
      {"GET / HTTP/1.0\r\n\r\n", 1},
      {"GET / HTTP/1.0\r\nHost: x\r\n\r\n", 1},
      {"OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n", 1},
      {"GET http://x/a?b=c HTTP/1.1\r\nhOsT: x:80\r\n\r\n", 1},
      {"GET /\xc3\xa9 HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 1},
      {get + "X-Empty:\r\nX-Tab:\t a\tb \t\r\nX-Bytes: \xff\xfe\r\n\r\n", 1},
      {"\r\n\r\n" + get + "\r\n", 1},
      {get + "\r\n" + get + "\r\n", 2},
      {get + "Content-Length: 0\r\n\r\n" + get + "\r\n", 2},
      {post + "Content-Length: 5\r\n\r\nG\r\n\r\n" + get + "\r\n", 2},
      {post + "Content-Length: 005\r\n\r\nhello", 1},
      {post + "Content-Length: 5\r\n\r\nhell", 0},
      {get + "X: y", 0},
      {get + fields(most_fields - 1) + "\r\n", 1},
      {"GET /?" + std::string(8000, '&') + " HTTP/1.1\r\nHost: x\r\n\r\n", 1},
  };
  for (const Row& row : rows)
    for (const std::size_t piece : {std::size_t(1), std::size_t(7), std::size_t(100000)}) {
      CAPTURE(row.bytes);
      CAPTURE(piece);
      const Fed fed = feed(row.bytes, piece);
      CHECK(fed.refused == 0);
      CHECK(fed.passed == row.bytes);
      CHECK(fed.requests == row.requests);
    }
}

TEST_CASE("what two readers may frame differently is refused, and all that follows it dropped") {
  struct Row {
    const char* name;
    std::string bytes;
    int status;
  };
  const Row rows[] = {
      {"a space before a colon", post + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n",
       400},
      {"a tab before a colon", get + "X\t: y\r\n\r\n", 400},
      {"a field without a name", get + ": y\r\n\r\n", 400},
      {"a field without a colon", get + "X\r\n\r\n", 400},
      {"a name that is not a token", get + "X(1): y\r\n\r\n", 400},
      {"a folded field", get + "X: y\r\n z\r\n\r\n", 400},
      {"a folded first field", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
      {"NUL in a value", get + "X: a\0b\r\n\r\n"s, 400},
      {"NUL in a name", get + "X\0: b\r\n\r\n"s, 400},
      {"NUL at the end of the last field", get + "X: a\0\r\n\r\n"s, 400},
      {"a bare CR in a value", get + "X: a\rY: b\r\n\r\n", 400},
      {"a bare LF after a field", get + "X: a\nY: b\r\n\r\n", 400},
      {"a bare LF after the request line", "GET / HTTP/1.1\nHost: x\n\n", 400},
      {"a bare LF as the end of the head", get + "\n", 400},
      {"a control character in a value", get + "X: \x1b[1m\r\n\r\n", 400},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", get + "Host: y\r\n\r\n", 400},
      {"the same Host twice", get + "Host: x\r\n\r\n", 400},
      {"two Hosts in one", "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n", 400},
      {"a Host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
      {"a Host with a user", "GET / HTTP/1.1\r\nHost: a@x\r\n\r\n", 400},
      {"a Host with quotes", "GET / HTTP/1.1\r\nHost: \"x\"\r\n\r\n", 400},
      {"a Host that is not an address", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
      {"a Host whose port is not a number", "GET / HTTP/1.1\r\nHost: x:y\r\n\r\n", 400},
      {"a length and an encoding", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"an encoding and a length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
       400},
      {"an encoding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
      {"the same length twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
      {"two lengths in one", post + "Content-Length: 5, 6\r\n\r\n", 400},
      {"a negative length", post + "Content-Length: -1\r\n\r\n", 400},
      {"a length with a sign", post + "Content-Length: +5\r\n\r\n", 400},
      {"a length in hexadecimal", post + "Content-Length: 0x5\r\n\r\n", 400},
      {"an empty length", post + "Content-Length:\r\n\r\n", 400},
      {"a length beyond 64 bits", post + "Content-Length: 99999999999999999999999\r\n\r\n", 413},
      {"no target", "GET HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"an empty target", "GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"no version", "GET /\r\n", 400},
      {"a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"two spaces before the version", "GET /  HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a space before the method", " GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"a space after the version", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
      {"NUL in the target", "GET /\0x HTTP/1.1\r\nHost: x\r\n\r\n"s, 400},
      {"a bare CR in the target", "GET /\rx HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"another protocol", "GET / ICAP/1.0\r\nHost: x\r\n\r\n", 400},
      {"a version in small letters", "GET / http/1.1\r\nHost: x\r\n\r\n", 400},
      {"a version of two digits", "GET / HTTP/1.10\r\nHost: x\r\n\r\n", 400},
      {"HTTP/2 without an upgrade", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/9.9", "GET / HTTP/9.9\r\n\r\n", 505},
      {"a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n"s, 400},
      {"nothing but empty lines", "\r\n\r\n\r\n\r\n\r\n\r\n", 400},
      {"a field too many", get + fields(most_fields) + "\r\n", 431},
      {"a long field", get + "X: " + std::string(longest_head, 'a'), 431},
      {"a long target", "GET /" + std::string(longest_head, 'a'), 414},
  };
  for (const Row& row : rows)
    for (const std::size_t piece : {std::size_t(1), std::size_t(7), std::size_t(100000)}) {
      CAPTURE(row.name);
      CAPTURE(piece);
      const std::string further = get + "\r\n";
      const Fed fed = feed(row.bytes + further, piece);
      CHECK(fed.refused == row.status);
      CHECK(fed.requests == 0);
      CHECK(fed.passed.size() < row.bytes.size());
      if (piece > row.bytes.size()) CHECK(fed.passed.empty());
      // The requests before it are not touched.
      const Fed second = feed(further + row.bytes + further, piece);
      CHECK(second.refused == row.status);
      CHECK(second.requests == 1);
      CHECK(second.passed.starts_with(further));
    }
}

TEST_CASE("after a body of no known length nothing passes any more") {
  const std::string head = post + "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::size_t piece : {std::size_t(1), std::size_t(100000)}) {
    const Fed fed = feed(head + "0\r\n\r\n" + get + "\r\n", piece);
    CHECK(fed.passed == head);
    CHECK(fed.refused == 0);
    CHECK(fed.requests == 0);
  }
}
