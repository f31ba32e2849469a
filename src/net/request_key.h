// What makes two requests the same question, for the cache and for recordings.
#pragma once

#include <string>
#include <string_view>

#include "net/fetcher.h"

namespace buildable::net {

// Authorization, cookies and the like: never kept, never sent to another origin, no part of a key.
bool is_credential_header(std::string_view name);

// The request's headers without credentials, lower-case names, as a sorted map.
std::map<std::string, std::string> plain_headers(const Request& request);

bool has_credentials(const Request& request);

// The first value of a header, whatever its case; empty when there is none.
std::string header_value(const Request& request, std::string_view lower_name);

// "GET https://host/path\naccept: text/plain\n" with the URL as given.
std::string request_key(const std::string& method, const std::string& url,
                        const std::map<std::string, std::string>& headers);

// The answer of a token endpoint: a small JSON object with a member "token" or "access_token". Such
// bodies are never written to disk.
bool carries_token(std::string_view body);

}  // namespace buildable::net
