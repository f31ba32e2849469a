// Why one attempt failed, before it is known whether another follows.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "net/fetcher.h"

namespace buildable::net {

struct Failure {
  std::string what;
  std::string hint;
  bool may_pass = false;                       // another attempt may succeed
  std::optional<std::chrono::seconds> wait{};  // the server's own request (Retry-After)
};

// The failure of an answer with a status that is none: `headers` as in Response.
Failure status_failure(int status, const std::map<std::string, std::string>& headers, Instant now);

// "120" or an HTTP date; nothing when it is neither. Dates that have passed give 0.
std::optional<std::chrono::seconds> parse_retry_after(const std::string& value, Instant now);

std::string seconds_text(std::chrono::milliseconds time);  // "1.5 s"

// "source: what (3 attempts)", the URL without secrets as the file. `no_answer` where another
// attempt might have succeeded.
Error to_error(const Failure& failure, const std::string& source, const std::string& url,
               int attempts);

}  // namespace buildable::net
