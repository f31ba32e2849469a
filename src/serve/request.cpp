#include "serve/request.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"

namespace buildable::http {
namespace {

int digit_of(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      const int high = i + 2 < text.size() ? digit_of(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? digit_of(text[i + 2]) : -1;
      if (high < 0 || low < 0)
        return fail("a broken escape in the address", "write % as %25, and other bytes as %XX");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (is_control(c)) return fail("a control character in the address", "leave it out");
    decoded += c;
  }
  if (!is_valid_utf8(decoded))
    return fail("the address is not UTF-8", "encode its characters as UTF-8, then as %XX");
  return decoded;
}

// Without "http://host".
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t path = target.find('/', scheme.size());
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  return target;
}

// RFC 1123, section 2.1: labels of letters, digits and hyphens; an address is one, too.
bool is_plain_name(std::string_view name) {
  constexpr std::size_t longest = 253;
  if (name.empty() || name.size() > longest) return false;
  for (const std::string_view label : split(name, '.'))
    if (label.empty() || label.front() == '-' || label.back() == '-' ||
        !std::all_of(label.begin(), label.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; }))
      return false;
  return true;
}

// In brackets.
bool is_ipv6(std::string_view text) {
  return text.size() > 3 && text.front() == '[' && text.back() == ']' &&
         text.substr(1, text.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") ==
             std::string_view::npos;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), is_digit);
}

// A name or an address, and a port if need be, none of which needs an escape anywhere.
bool is_plain_host(std::string_view host) {
  const std::size_t colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
  const std::string_view name = host.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return false;
  return is_plain_name(name) || is_ipv6(name);
}

}  // namespace

std::string own_address(const Request& request) {
  if (!is_plain_host(request.host)) return {};
  const bool secure = request.forwarded_proto == "https";
  return (secure ? "https://" : "http://") + to_lower_ascii(request.host) + "/";
}

Method method_named(std::string_view name) {
  if (name == "GET") return Method::get;
  if (name == "HEAD") return Method::head;
  if (name == "POST") return Method::post;
  if (name == "OPTIONS") return Method::options;
  return Method::other;
}

std::string_view path_of(std::string_view target) {
  target = origin_form(target);
  return target.substr(0, target.find_first_of("?#"));
}

std::string_view query_of(std::string_view target) {
  const std::size_t begin = target.find('?');
  if (begin == std::string_view::npos) return {};
  target.remove_prefix(begin + 1);
  return target.substr(0, target.find('#'));
}

Result<std::string> decode_path(std::string_view path) { return decode(path, false); }

Result<Parameters> parse_query(std::string_view query) {
  Parameters parameters;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), true);
    if (!name) return fail(std::move(name.error()));
    auto value = decode(
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!value) return fail(std::move(value.error()));
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

}  // namespace buildable::http
