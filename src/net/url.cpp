#include "net/url.h"

#include <curl/curl.h>

#include <charconv>
#include <memory>

#include "base/text.h"

namespace buildable::net {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, FreeUrl>;

constexpr unsigned reading_flags = CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER | CURLU_URLENCODE;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

Url parts_of(CURLU* handle) {
  curl_url_set(handle, CURLUPART_FRAGMENT, nullptr, 0);
  Url url;
  url.text = part(handle, CURLUPART_URL);
  url.scheme = to_lower_ascii(part(handle, CURLUPART_SCHEME));
  url.host = to_lower_ascii(part(handle, CURLUPART_HOST));
  const std::string port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  return url;
}

Result<Url> read(CURLU* handle, const std::string& text) {
  const CURLUcode code = curl_url_set(handle, CURLUPART_URL, text.c_str(), reading_flags);
  if (code == CURLUE_USER_NOT_ALLOWED) {
    return fail("credentials in the URL " + in_quotes(public_url(text)),
                "take the user and the password out of it");
  }
  if (code != CURLUE_OK) {
    return fail("not a URL: " + in_quotes(public_url(text)) + " (" + curl_url_strerror(code) + ")",
                "write it as https://host/path");
  }
  return parts_of(handle);
}

}  // namespace

Result<Url> parse_url(const std::string& text) {
  UrlHandle handle(curl_url());
  return read(handle.get(), text);
}

Result<Url> resolve_url(const Url& base, const std::string& location) {
  UrlHandle handle(curl_url());
  if (auto first = read(handle.get(), base.text); !first) return first;
  return read(handle.get(), location);
}

}  // namespace buildable::net
