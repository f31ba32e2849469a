// Fetching over HTTP as the observers see it: many requests in flight, answers by callback. The
// real one is net/curl_fetcher.h; a recording and a replaying one stand in for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace buildable::net {

struct Request {
  std::string source;  // name of the platform's source it belongs to, for progress and metrics
  std::string url;     // https, without credentials
  std::string method = "GET";                                // GET or HEAD
  std::vector<std::pair<std::string, std::string>> headers;  // e.g. Accept, Authorization
  std::size_t max_bytes = 8U << 20U;                         // of the body after decompression
  bool cacheable = true;  // keep the body on disk and ask conditionally next time
  // Statuses besides 2xx that are an answer and no failure (404 where absence is normal, 401 where
  // a challenge follows).
  std::vector<int> expected;
};

struct Response {
  int status = 0;
  std::string url;                             // after redirects
  std::string body;                            // after decompression
  std::map<std::string, std::string> headers;  // lower-case names; the last of repeated ones
  bool from_cache = false;                     // the server said 304
  std::size_t wire_bytes = 0;
  int attempts = 1;
  std::chrono::milliseconds duration{0};
};

class Fetcher {
 public:
  using Done = std::function<void(Result<Response>)>;
  virtual ~Fetcher() = default;
  // Starts as soon as the host's and the total limits allow. `done` is called exactly once, from
  // run(), and may call get() again. Errors name the URL, what happened and what to do.
  virtual void get(Request request, Done done) = 0;
  // Returns when nothing is under way any more.
  virtual void run() = 0;
};

}  // namespace buildable::net
