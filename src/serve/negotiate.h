// What a client says it takes and has (RFC 9110, sections 12.5.3 and 13.1.2).
#pragma once

#include <cstdint>
#include <string_view>

namespace buildable::http {

enum class Coding : std::uint8_t { identity, gzip, brotli };

struct AcceptedCodings {
  bool gzip = false;
  bool brotli = false;
};
// Of an Accept-Encoding: with its weights and "*". A weight of 0 refuses.
AcceptedCodings takes(std::string_view accept_encoding);
// The preferred of the codings that there are; brotli before gzip. Identity where the client
// refuses all: an answer that it may not read is better than none.
Coding choose(std::string_view accept_encoding, AcceptedCodings available);

// Whether an If-None-Match names the tag, compared weakly: a proxy that compresses makes W/"x" of
// "x". `etag` is strong, with its quotes.
bool matches(std::string_view if_none_match, std::string_view etag);

}  // namespace buildable::http
