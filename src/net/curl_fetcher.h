// The real Fetcher: libcurl's multi interface, HTTP/2, connections reused, every limit set.
#pragma once

#include <filesystem>
#include <memory>

#include "net/fetcher.h"

namespace buildable::net {

struct FetchLimits {
  std::chrono::milliseconds connect{5000};
  std::chrono::milliseconds request{30000};   // one attempt, first byte to last
  std::chrono::milliseconds total{120000};    // everything that run() does
  std::chrono::milliseconds slow_for{10000};  // below 1 kB/s for this long is a failure
  int attempts = 3;                           // on 429, 5xx, time-outs, connection failures
  std::chrono::milliseconds backoff{500};     // doubled each time, with jitter; Retry-After wins
  std::chrono::milliseconds longest_wait{20000};  // a Retry-After beyond this is a failure
  int redirects = 3;
  int per_host = 4;
  int in_flight = 32;
};

struct FetchPolicy {
  std::vector<std::string> hosts;            // where requests and redirects may go: exact names
  std::vector<std::string> local_addresses;  // "host:port" as URLs write it: may be asked, may be
                                             // loopback, private or link-local, and plain http
  std::string proxy;                         // only where asked for; never for local_addresses
  std::string ca_file;                       // instead of the system's; empty: the system's
  std::filesystem::path cache;               // conditional requests; empty: none
  std::string user_agent;
  FetchLimits limits;
  std::uint32_t jitter_seed = 0;  // of the waits between attempts; 0: from the system
};

// What is refused, besides what breaks a limit: other schemes than https, other hosts than the
// policy names, credentials in URLs, redirects to any of these, names that resolve to addresses of
// no public network, answers in HTML to requests that do not accept it. Authorization is sent to
// the request's own origin only.
std::unique_ptr<Fetcher> curl_fetcher(FetchPolicy policy);

}  // namespace buildable::net
