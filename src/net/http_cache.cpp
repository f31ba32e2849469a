#include "net/http_cache.h"

#include "base/digest.h"
#include "base/json_codec.h"
#include "base/text.h"
#include "net/request_key.h"
#include "net/url.h"
#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable {

template <>
struct Fields<net::CacheEntry> {
  static constexpr auto list() {
    return std::tuple{
        required("url", &net::CacheEntry::url), required("answerer", &net::CacheEntry::answerer),
        required("status", &net::CacheEntry::status), required("sha256", &net::CacheEntry::sha256),
        required("headers", &net::CacheEntry::headers)};
  }
};

}  // namespace buildable

namespace buildable::net {

namespace {

constexpr std::size_t max_head_bytes = 256U << 10U;

std::string value_or_empty(const std::map<std::string, std::string>& headers,
                           const std::string& name) {
  auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::optional<CacheEntry> parse_head(std::string_view line) {
  auto entry = from_json<CacheEntry>(line, "cache");
  if (!entry) return std::nullopt;
  return std::move(*entry);
}

bool worth_keeping(const Response& response) {
  const auto& headers = response.headers;
  return response.status == 200 &&
         (headers.contains("etag") || headers.contains("last-modified")) &&
         value_or_empty(headers, "cache-control").find("no-store") == std::string::npos &&
         !carries_token(response.body);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> CacheEntry::conditions(
    const std::string& url_asked) const {
  std::vector<std::pair<std::string, std::string>> list;
  if (answerer != sha256_hex(url_asked)) return list;
  const std::string etag = value_or_empty(headers, "etag");
  const std::string modified = value_or_empty(headers, "last-modified");
  if (!etag.empty()) list.emplace_back("If-None-Match", etag);
  if (!modified.empty()) list.emplace_back("If-Modified-Since", modified);
  return list;
}

bool HttpCache::may_use(const Request& request) const {
  return request.cacheable && !directory_.empty();
}

std::filesystem::path HttpCache::file_of(const Request& request) const {
  return directory_ / sha256_hex(request_key(request.method, request.url, plain_headers(request)));
}

std::optional<CacheEntry> HttpCache::find(const Request& request) const {
  if (!may_use(request)) return std::nullopt;
  const auto text = store::read_beginning(file_of(request), max_head_bytes);
  const std::size_t end = text ? text->find('\n') : std::string::npos;
  if (end == std::string::npos) return std::nullopt;
  return parse_head(std::string_view(*text).substr(0, end));
}

std::optional<Response> HttpCache::load(const Request& request) const {
  if (!may_use(request)) return std::nullopt;
  auto content =
      store::read_file(file_of(request), {.max_bytes = request.max_bytes + max_head_bytes});
  if (!content) return std::nullopt;
  const std::size_t end = content->find('\n');
  if (end == std::string::npos) return std::nullopt;
  auto entry = parse_head(std::string_view(*content).substr(0, end));
  content->erase(0, end + 1);
  if (!entry || content->size() > request.max_bytes || sha256_hex(*content) != entry->sha256) {
    return std::nullopt;
  }
  Response response;
  response.status = entry->status;
  response.body = std::move(*content);
  response.headers = std::move(entry->headers);
  response.from_cache = true;
  return response;
}

void HttpCache::store(const Request& request, const Response& response) const {
  if (!may_use(request) || !worth_keeping(response)) return;
  CacheEntry entry{.url = public_url(request.url),
                   .answerer = sha256_hex(response.url),
                   .status = response.status,
                   .sha256 = sha256_hex(response.body),
                   .headers = response.headers};
  entry.headers.erase("set-cookie");
  // Newlines stand between JSON's tokens only; inside strings they are escaped.
  const std::string head = replace_all(to_json(entry), "\n", " ") + "\n";
  if (head.size() < max_head_bytes)
    (void)store::write_file(file_of(request), head + response.body, {.makes_directories = true});
}

}  // namespace buildable::net
