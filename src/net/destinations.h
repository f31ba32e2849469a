// Where a FetchPolicy lets requests and redirects go.
#pragma once

#include <optional>

#include "net/curl_fetcher.h"
#include "net/failure.h"
#include "net/url.h"

namespace buildable::net {

// The policy names the URL's host and port as one that may be local.
bool is_local(const FetchPolicy& policy, const Url& url);

// Why the URL may not be asked; nothing when it may.
std::optional<Failure> refusal(const FetchPolicy& policy, const Url& url);

// Why a redirect may not be followed; nothing when it may.
std::optional<Failure> redirect_refusal(const FetchPolicy& policy, const Url& from, const Url& to);

}  // namespace buildable::net
