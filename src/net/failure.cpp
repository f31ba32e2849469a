#include "net/failure.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "base/no_answer.h"
#include "base/text.h"
#include "net/url.h"

namespace buildable::net {
namespace {

constexpr int too_many_requests = 429;

bool is_server_failure(int status) { return status >= 500 && status <= 599; }

Failure failure_of(int status) {
  const std::string answered = "answered " + std::to_string(status);
  if (status == 401 || status == 403) {
    return {answered + ": access refused", "the source must be readable without an account"};
  }
  if (status == 404 || status == 410) {
    return {answered + ": nothing is there", "check the URL; the source may have moved"};
  }
  if (status == too_many_requests) {
    return {answered + ": too many requests", "try again later, or less often", true};
  }
  if (is_server_failure(status)) {
    return {answered + ": the server failed", "try again later", true};
  }
  return {answered, "check the URL; the source may have changed"};
}

}  // namespace

Failure status_failure(int status, const std::map<std::string, std::string>& headers, Instant now) {
  Failure failure = failure_of(status);
  const auto found = headers.find("retry-after");
  if (failure.may_pass && found != headers.end()) {
    failure.wait = parse_retry_after(found->second, now);
  }
  return failure;
}

std::optional<std::chrono::seconds> parse_retry_after(const std::string& value, Instant now) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  constexpr std::int64_t a_year =
      std::int64_t{365} * 86400;  // more is as good as never, and sums stay small
  if (read.ec == std::errc::result_out_of_range) return std::chrono::seconds(a_year);
  if (read.ec == std::errc() && read.ptr == end) {
    if (number < 0) return std::nullopt;
    return std::chrono::seconds(std::min(number, a_year));
  }
  const std::int64_t date = ::curl_getdate(value.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const std::int64_t wait = date - now.time_since_epoch().count();
  return std::chrono::seconds(std::clamp<std::int64_t>(wait, 0, a_year));
}

std::string seconds_text(std::chrono::milliseconds time) {
  const auto tenths = time.count() / 100;
  const std::string rest = tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10);
  return std::to_string(tenths / 10) + rest + " s";
}

Error to_error(const Failure& failure, const std::string& source, const std::string& url,
               int attempts) {
  Diagnostic diagnostic{.file = public_url(url), .hint = failure.hint};
  if (!source.empty()) diagnostic.message = source + ": ";
  diagnostic.message += failure.what;
  if (failure.may_pass) diagnostic.path = no_answer;
  if (attempts > 1) diagnostic.message += " (" + std::to_string(attempts) + " attempts)";
  return diagnostic;
}

}  // namespace buildable::net
