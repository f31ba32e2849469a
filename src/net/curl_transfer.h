// One attempt of one request, as a handle for libcurl's multi interface.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "net/curl_fetcher.h"
#include "net/failure.h"
#include "net/url.h"

namespace buildable::net {

struct Attempt {
  Url url;
  std::string method;
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t max_bytes = 0;
  std::chrono::milliseconds timeout{0};
};

// Not movable: libcurl holds its address.
class CurlTransfer {
 public:
  CurlTransfer(const FetchPolicy& policy, Attempt attempt);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  CURL* handle() const { return easy_.get(); }

  // What arrived, once libcurl says that the transfer has ended.
  int status() const;
  std::size_t wire_bytes() const;  // headers and body, before decompression
  std::string& body() { return body_; }
  std::map<std::string, std::string>& headers() { return headers_; }
  // Why it ended, for any code but CURLE_OK.
  Failure failure(CURLcode code) const;

 private:
  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  void set_target();
  void set_times(const FetchLimits& limits);
  void set_headers(const std::string& user_agent);
  void set_trust(const FetchPolicy& policy);
  void set_callbacks();
  Failure timeout_failure() const;

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
  bool take_header(std::string_view line);

  Attempt attempt_;
  bool local_;          // any address may be connected to
  bool through_proxy_;  // the address that is connected to is the proxy's
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::unique_ptr<curl_slist, FreeList> header_list_;
  std::array<char, CURL_ERROR_SIZE> detail_{};
  std::string body_;
  std::map<std::string, std::string> headers_;
  std::size_t header_bytes_ = 0;
  bool body_too_large_ = false;
  bool headers_too_large_ = false;
  std::string refused_address_;
};

}  // namespace buildable::net
