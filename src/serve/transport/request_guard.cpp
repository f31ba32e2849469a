#include "serve/transport/request_guard.h"

#include <algorithm>
#include <charconv>

#include "base/characters.h"
#include "base/text.h"

namespace buildable::http {
namespace {

constexpr Refusal broken_line{400, "a line of the request does not end in CR LF",
                              "end each line of the head with CR LF"};
constexpr Refusal broken_request_line{400, "the request line is not METHOD TARGET HTTP/1.1",
                                      "write one space between the parts, and no other"};
constexpr Refusal other_version{505, "this version of HTTP is not spoken here",
                                "ask with HTTP/1.1"};
constexpr Refusal long_target{414, "the request line is too long",
                              "ask for less at once; the bound is 8192 bytes"};
constexpr Refusal long_head{431, "the header fields are too long or too many",
                            "send at most 8192 bytes in 64 fields"};
constexpr Refusal folded_field{400, "a header field goes on in a second line",
                               "write each field into one line"};
constexpr Refusal broken_name{400, "the name of a header field is not a token",
                              "write NAME: VALUE without a space before the colon"};
constexpr Refusal broken_value{400, "a header field holds a control character", "leave it out"};
constexpr Refusal no_host{400, "the request names no host", "send one Host field"};
constexpr Refusal several_hosts{400, "the request names several hosts", "send one Host field"};
constexpr Refusal broken_host{400, "the Host field is not a host",
                              "send a name or an address, and a port if need be"};
constexpr Refusal several_lengths{400, "the request has several lengths",
                                  "send one Content-Length"};
constexpr Refusal broken_length{400, "Content-Length is not a number", "send digits only"};
constexpr Refusal huge_length{413, "Content-Length is beyond every bound",
                              "send a shorter body; /openapi.json says how long it may be"};
constexpr Refusal two_framings{400, "the request has both a length and a transfer encoding",
                               "send Content-Length alone"};
constexpr Refusal encoded_1_0{400, "HTTP/1.0 has no Transfer-Encoding",
                              "send Content-Length, or speak HTTP/1.1"};
constexpr unsigned most_empty_lines = 4;

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && to_lower_ascii(text) == lower;
}

// RFC 3986, section 3.2.2: a name, or an address in brackets; then a port. Empty where the target
// has no authority.
bool is_host(std::string_view text) {
  constexpr std::string_view in_names = "-._~%!$&'()*+,;=";
  std::size_t end = 0;
  if (text.starts_with('[')) {
    end = text.find(']');
    if (end == std::string_view::npos) return false;
    ++end;
    if (text.substr(1, end - 2).find_first_not_of("0123456789abcdefABCDEF:.") !=
        std::string_view::npos)
      return false;
  } else {
    while (end < text.size() &&
           (is_letter_or_digit(text[end]) || in_names.find(text[end]) != std::string_view::npos))
      ++end;
  }
  const std::string_view port = text.substr(end);
  return port.empty() || (port.front() == ':' && port.size() <= 6 && is_digits(port.substr(1)));
}

std::string_view without_blanks(std::string_view value) {
  const std::size_t begin = value.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return value.substr(begin, value.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::size_t RequestGuard::feed(std::string_view bytes) {
  has_seen_bytes_ = true;
  std::size_t request = 0;  // where the one that is being read begins, if in these bytes
  std::size_t at = 0;
  while (at < bytes.size() && refusal_ == nullptr && state_ != State::rest) {
    const std::uint64_t passed = requests_passed_;
    if (state_ == State::body) {
      const auto taken = std::min<std::uint64_t>(body_left_, bytes.size() - at);
      at += static_cast<std::size_t>(taken);
      body_left_ -= taken;
      if (body_left_ == 0) end_request();
    } else {
      at += feed_head(bytes.substr(at));
    }
    if (requests_passed_ != passed) request = at;
  }
  return refusal_ != nullptr ? request : at;
}

// One line or what there is of it.
std::size_t RequestGuard::feed_head(std::string_view bytes) {
  const std::size_t newline = bytes.find('\n');
  const bool whole = newline != std::string_view::npos;
  const std::string_view piece = bytes.substr(0, whole ? newline + 1 : bytes.size());
  head_.size += piece.size();
  if (head_.size > longest_head) {
    refuse(state_ == State::request_line ? long_target : long_head);
  } else if (!whole) {
    line_.append(piece);
  } else if (line_.empty()) {
    judge_line(piece);
  } else {
    line_.append(piece);
    judge_line(line_);
    line_.clear();
  }
  return piece.size();
}

void RequestGuard::judge_line(std::string_view line) {
  if (!line.ends_with("\r\n")) return refuse(broken_line);
  line.remove_suffix(2);
  if (state_ == State::request_line) return judge_request_line(line);
  if (line.empty()) return end_head();
  judge_field(line);
}

void RequestGuard::judge_request_line(std::string_view line) {
  if (line.empty()) {
    if (++head_.empty_lines > most_empty_lines) refuse(broken_request_line);
    return;
  }
  const std::size_t target = line.find(' ') + 1;
  const std::size_t version = line.rfind(' ') + 1;
  if (target == 0 || version <= target + 1 || !is_token(line.substr(0, target - 1)))
    return refuse(broken_request_line);
  const std::string_view between = line.substr(target, version - 1 - target);
  if (std::any_of(between.begin(), between.end(), [](char c) { return c == ' ' || is_control(c); }))
    return refuse(broken_request_line);
  const std::string_view spoken = line.substr(version);
  if (spoken.size() != 8 || !spoken.starts_with("HTTP/") || spoken[6] != '.' ||
      !is_digits(spoken.substr(5, 1)) || !is_digits(spoken.substr(7)))
    return refuse(broken_request_line);
  head_.http_1_0 = spoken == "HTTP/1.0";
  if (!head_.http_1_0 && spoken != "HTTP/1.1") return refuse(other_version);
  state_ = State::fields;
}

void RequestGuard::judge_field(std::string_view line) {
  if (++head_.fields > most_fields) return refuse(long_head);
  if (line.front() == ' ' || line.front() == '\t') return refuse(folded_field);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return refuse(broken_name);
  const std::string_view value = without_blanks(line.substr(colon + 1));
  if (std::any_of(value.begin(), value.end(), [](char c) { return c != '\t' && is_control(c); }))
    return refuse(broken_value);
  judge_known_field(line.substr(0, colon), value);
}

void RequestGuard::judge_known_field(std::string_view name, std::string_view value) {
  if (equals_ignoring_case(name, "host")) {
    if (++head_.hosts > 1) return refuse(several_hosts);
    if (!is_host(value)) return refuse(broken_host);
  } else if (equals_ignoring_case(name, "content-length")) {
    judge_length(value);
  } else if (equals_ignoring_case(name, "transfer-encoding")) {
    head_.encoded = true;
  }
}

void RequestGuard::judge_length(std::string_view value) {
  if (++head_.lengths > 1) return refuse(several_lengths);
  if (value.empty() || !is_digits(value)) return refuse(broken_length);
  const auto read = std::from_chars(value.data(), value.data() + value.size(), head_.length);
  if (read.ec != std::errc()) refuse(huge_length);
}

void RequestGuard::end_head() {
  if (head_.hosts == 0 && !head_.http_1_0) return refuse(no_host);
  if (head_.encoded && head_.lengths > 0) return refuse(two_framings);
  if (head_.encoded && head_.http_1_0) return refuse(encoded_1_0);
  body_left_ = head_.length;
  const bool encoded = head_.encoded;
  head_ = {};
  if (encoded) {
    state_ = State::rest;
  } else if (body_left_ > 0) {
    state_ = State::body;
  } else {
    end_request();
  }
}

void RequestGuard::end_request() {
  ++requests_passed_;
  state_ = State::request_line;
}

}  // namespace buildable::http
