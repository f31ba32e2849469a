// URLs as libcurl itself reads them, so that what is checked is what is fetched.
#pragma once

#include <string>
#include <string_view>

#include "base/public_url.h"
#include "base/result.h"

namespace buildable::net {

struct Url {
  std::string text;    // normalised, without a fragment
  std::string scheme;  // lower case
  std::string host;    // lower case; IPv6 in brackets
  int port = 0;        // the scheme's own where none is written; 0 where the scheme has none

  std::string endpoint() const { return host + ":" + std::to_string(port); }
  bool same_origin(const Url& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
};

// Fails on what is not an absolute URL and on credentials inside it. Errors never show credentials.
Result<Url> parse_url(const std::string& text);
// `location` as a redirect gives it: absolute, or relative to `base`.
Result<Url> resolve_url(const Url& base, const std::string& location);

}  // namespace buildable::net
