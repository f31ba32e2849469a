#include "serve/transport/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace buildable::http {
namespace {

MHD_Result take_header(void* into, MHD_ValueKind, const char* name, const char* value) {
  auto& headers = *static_cast<RequestHeaders*>(into);
  const std::string_view text = value == nullptr ? std::string_view() : std::string_view(value);
  const std::string lower = to_lower_ascii(name);
  if (lower == "accept-encoding") headers.accept_encoding = text;
  if (lower == "if-none-match") headers.if_none_match = text;
  if (lower == "content-type") headers.content_type = text;
  if (lower == "accept") headers.accept = text;
  if (lower == "host") headers.host = text;
  if (lower == "x-forwarded-proto") headers.forwarded_proto = text;
  if (lower == "content-encoding") headers.content_encoding = text;
  if (lower == "transfer-encoding") headers.transfer_encoding = true;
  if (lower == "content-length") {
    // One number: the guard has looked at it.
    headers.has_length = true;
    std::from_chars(text.data(), text.data() + text.size(), headers.content_length);
  }
  return MHD_YES;
}

}  // namespace

RequestHeaders headers_of(MHD_Connection* connection) {
  RequestHeaders headers;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, &headers);
  return headers;
}

AnswerPtr refuse_early(Method method, const RequestHeaders& headers, std::size_t longest_body) {
  if (headers.transfer_encoding)
    return problem(411, "a body without a length", "send Content-Length, not Transfer-Encoding");
  if (!headers.has_length)
    return method == Method::post
               ? problem(411, "a body without a length", "send a body and its Content-Length")
               : nullptr;
  const std::uint64_t length = headers.content_length;
  if (length > 0 && method != Method::post)
    return problem(413, "this request takes no body", "send none");
  if (length > longest_body)
    return problem(413, "a body of " + std::to_string(length) + " bytes",
                   "send at most " + std::to_string(longest_body) + ", in several requests");
  if (!headers.content_encoding.empty() && headers.content_encoding != "identity")
    return problem(415, "a compressed body", "send it as it is");
  return nullptr;
}

void Connections::add(Connection* connection) {
  const std::lock_guard lock(mutex_);
  all_.insert(connection);
}

void Connections::remove(Connection* connection) {
  const std::lock_guard lock(mutex_);
  all_.erase(connection);
}

// The library closes a connection's descriptor only after it was removed here.
std::size_t Connections::end_older_than(Clock::time_point since) {
  const std::lock_guard lock(mutex_);
  std::size_t ended = 0;
  for (auto connection = all_.begin(); connection != all_.end();) {
    if ((*connection)->since.load(std::memory_order_relaxed) >= since) {
      ++connection;
      continue;
    }
    shutdown((*connection)->socket, SHUT_RDWR);
    connection = all_.erase(connection);
    ++ended;
  }
  return ended;
}

std::size_t Connections::end_holders(Clock::time_point since, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  std::vector<Connection*> holders;
  for (Connection* connection : all_)
    if (connection->held_bytes.load() > 0 && connection->held_since.load() < since)
      holders.push_back(connection);
  std::sort(holders.begin(), holders.end(), [](const Connection* one, const Connection* other) {
    return one->held_since.load() < other->held_since.load();
  });
  std::size_t freed = 0;
  std::size_t ended = 0;
  for (Connection* connection : holders) {
    if (freed >= bytes) break;
    freed += connection->held_bytes.load();
    shutdown(connection->socket, SHUT_RDWR);
    all_.erase(connection);
    ++ended;
  }
  return ended;
}

}  // namespace buildable::http
