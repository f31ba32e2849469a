// A fetcher with short limits, for stand-in servers on loopback.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "net/curl_fetcher.h"

namespace buildable::testing {

using namespace net;

using std::chrono::milliseconds;

inline FetchPolicy quick_policy(std::vector<std::string> local_addresses) {
  FetchPolicy policy;
  policy.local_addresses = std::move(local_addresses);
  policy.user_agent = "buildable-test";
  policy.jitter_seed = 1;
  policy.limits.connect = milliseconds(1000);
  policy.limits.request = milliseconds(3000);
  policy.limits.total = milliseconds(20000);
  policy.limits.slow_for = milliseconds(1000);
  policy.limits.backoff = milliseconds(10);
  policy.limits.longest_wait = milliseconds(1500);
  return policy;
}

// For what does not wait for a limit: a handshake takes long on a busy machine under sanitizers.
inline FetchPolicy patient_policy(std::vector<std::string> local_addresses) {
  FetchPolicy policy = quick_policy(std::move(local_addresses));
  policy.limits.connect = milliseconds(10000);
  policy.limits.request = milliseconds(15000);
  policy.limits.total = milliseconds(60000);
  return policy;
}

inline Request request_for(std::string url) {
  Request request;
  request.source = "values";
  request.url = std::move(url);
  request.max_bytes = 1U << 20U;
  return request;
}

// One answer; what the fetcher was asked before is finished too.
inline Result<Response> fetch(Fetcher& fetcher, Request request) {
  Result<Response> answer = fail("the callback was not called");
  int calls = 0;
  fetcher.get(std::move(request), [&](Result<Response> result) {
    ++calls;
    answer = std::move(result);
  });
  fetcher.run();
  CHECK(calls == 1);
  return answer;
}

inline std::string text_of(const Result<Response>& result) {
  return result ? std::to_string(result->status) + " " + result->body
                : "error: " + result.error().to_text();
}

template <class Work>
milliseconds time_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace buildable::testing
