// What the handler gives back.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::http {

struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

// To HEAD a transport sends the same answer as to GET, without the body. Content-Length, Date and
// Connection are the transport's.
struct Answer {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  // Part of a generation, the same object for every request: a transport may keep what it makes of
  // it.
  bool reusable = false;
  // Whoever asks for the same target of the same generation, without If-None-Match, gets the same.
  bool repeatable = false;

  const std::string* header(std::string_view name) const;
};
using AnswerPtr = std::shared_ptr<const Answer>;

// The values that several answers share.
inline constexpr std::string_view json_type = "application/json; charset=utf-8";
inline constexpr std::string_view html_type = "text/html; charset=utf-8";
inline constexpr std::string_view reads_may_be_kept = "public, max-age=300, stale-if-error=604800";
inline constexpr std::string_view keep_nothing = "no-store";
// For everything but pages: nothing may be run or loaded.
inline constexpr std::string_view data_security_policy =
    "default-src 'none'; frame-ancestors 'none'";

// The headers of every answer with a body.
std::vector<Header> content_headers(std::string_view type, std::string_view cache_control,
                                    std::string_view security_policy = data_security_policy);

// RFC 9110, section 15.
std::string_view phrase_of(int status);

// RFC 9457, with a member "help" that says what to do, and "key": the parameter, or the key of the
// body, that is wrong. Empty: none.
AnswerPtr problem(int status, std::string_view detail, std::string_view help,
                  std::string_view key = {});
// Of a Result: its message, hint and key.
AnswerPtr problem(int status, const Error& error);
// 503: the same request may well be answered in a moment, and Retry-After says when.
AnswerPtr busy(std::string_view detail);
AnswerPtr method_not_allowed(std::string_view allowed);

}  // namespace buildable::http
