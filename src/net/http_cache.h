// Answers on disk, for asking conditionally: one file an entry, named by the digest of the
// question, a line of JSON and the body. Only bodies that the server confirms (304) are ever used.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "net/fetcher.h"

namespace buildable::net {

struct CacheEntry {
  std::string url;       // asked for, without secrets: for people
  std::string answerer;  // digest of the URL that answered, after redirects
  int status = 0;
  std::string sha256;  // of the body
  std::map<std::string, std::string> headers;

  // If-None-Match and If-Modified-Since for a request to that URL; none for another, whose ETag
  // means something else.
  std::vector<std::pair<std::string, std::string>> conditions(const std::string& url_asked) const;
};

class HttpCache {
 public:
  // An empty directory name: nothing is found and nothing kept.
  explicit HttpCache(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // What is known of the last answer, body unread. Entries that cannot be read do not exist.
  std::optional<CacheEntry> find(const Request& request) const;
  // The whole answer, if its body has the digest it was stored with.
  std::optional<Response> load(const Request& request) const;
  // Keeps complete answers (200) that have a validator, hold no token and may be stored. A cache
  // that cannot be written is only slower, so that is not an error.
  void store(const Request& request, const Response& response) const;

 private:
  bool may_use(const Request& request) const;
  std::filesystem::path file_of(const Request& request) const;

  std::filesystem::path directory_;
};

}  // namespace buildable::net
