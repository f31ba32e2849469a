// How a registry asks for a token. Private to net.
// https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
// https://distribution.github.io/distribution/spec/auth/token/
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::net {

struct Challenge {
  std::string scheme;                             // in lower case: "bearer"
  std::map<std::string, std::string> parameters;  // names in lower case, values unquoted
};

// A WWW-Authenticate header, which may hold several challenges. Fails on what is not of its grammar
// and on a parameter that stands twice.
Result<std::vector<Challenge>> parse_challenges(std::string_view header);

// Where to ask for an anonymous token, with service and scope. `scope` is used when the challenge
// names none. Fails unless a bearer token is asked for, from an https address without credentials
// (or, with `plain_http`, an http one).
Result<std::string> token_url(std::string_view header, std::string_view scope, bool plain_http);

// The token in a token server's answer, under either of its names.
Result<std::string> token_in(std::string_view body, std::string_view url);

}  // namespace buildable::net
