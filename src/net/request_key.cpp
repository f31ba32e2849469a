#include "net/request_key.h"

#include <algorithm>
#include <array>

#include "base/document.h"
#include "base/text.h"

namespace buildable::net {

bool is_credential_header(std::string_view name) {
  static constexpr std::array<std::string_view, 6> names{
      "authorization", "cookie", "job-token", "private-token", "proxy-authorization", "x-api-key"};
  return std::find(names.begin(), names.end(), to_lower_ascii(name)) != names.end();
}

std::map<std::string, std::string> plain_headers(const Request& request) {
  std::map<std::string, std::string> headers;
  for (const auto& [name, value] : request.headers) {
    if (!is_credential_header(name)) headers[to_lower_ascii(name)] = value;
  }
  return headers;
}

bool has_credentials(const Request& request) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [](const auto& header) { return is_credential_header(header.first); });
}

std::string header_value(const Request& request, std::string_view lower_name) {
  for (const auto& [name, value] : request.headers) {
    if (to_lower_ascii(name) == lower_name) return value;
  }
  return {};
}

std::string request_key(const std::string& method, const std::string& url,
                        const std::map<std::string, std::string>& headers) {
  std::string key = method + " " + url + "\n";
  for (const auto& [name, value] : headers)
    key.append(name).append(": ").append(value).append("\n");
  return key;
}

bool carries_token(std::string_view body) {
  constexpr std::size_t largest = 64U << 10U;
  if (body.size() > largest || trim(body).substr(0, 1) != "{") return false;
  const auto root = parse_json(body, {});
  return root && (root->find("token") != nullptr || root->find("access_token") != nullptr);
}

}  // namespace buildable::net
