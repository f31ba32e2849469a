// A request as the handler sees it: what a transport has read, nothing of how. Views into the
// transport's memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace buildable::http {

enum class Method : std::uint8_t { get, head, post, options, other };
Method method_named(std::string_view name);

struct Request {
  Method method = Method::get;
  std::string_view target;  // as on the request line: "/v1/check?runtime=x"
  std::string_view accept_encoding;
  std::string_view if_none_match;
  std::string_view content_type;
  std::string_view body;
  std::string_view accept;
  std::string_view host;             // of the Host field
  std::string_view forwarded_proto;  // of X-Forwarded-Proto, which a proxy that ends TLS sends
};

// The parameters of a query, in their order, decoded.
using Parameters = std::vector<std::pair<std::string, std::string>>;

// The path of a target, still encoded; of the absolute form ("http://host/path") too.
std::string_view path_of(std::string_view target);
std::string_view query_of(std::string_view target);

// The address under which the client has found this server, as far as the request tells it:
// "https://example.org/". Empty where Host is missing or is no plain name or address with a port:
// it is from outside, and goes into a page.
std::string own_address(const Request& request);

// %XX resolved; in queries "+" is a space. Fails on a broken escape, on a control character and on
// what is not UTF-8 then.
Result<std::string> decode_path(std::string_view path);
Result<Parameters> parse_query(std::string_view query);

}  // namespace buildable::http
