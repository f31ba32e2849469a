// The real Fetcher: libcurl's multi interface, HTTP/2, connections reused, every limit set.
#pragma once

#include <filesystem>
#include <memory>

#include "net/fetcher.h"

namespace buildable {

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
  std::vector<std::string> local_addresses;  // "host:port" that may be loopback, private or
                                             // link-local, and may be plain http
  std::string proxy;                         // only where asked for
  std::string ca_file;                       // empty: the system's
  std::filesystem::path cache;               // conditional requests; empty: none
  std::string user_agent;
  FetchLimits limits;
};

std::unique_ptr<Fetcher> curl_fetcher(FetchPolicy policy);

}  // namespace buildable
