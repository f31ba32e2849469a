#include "net/curl_transfer.h"

#include <sys/socket.h>

#include <algorithm>

#include "base/text.h"
#include "net/addresses.h"
#include "net/destinations.h"

namespace buildable::net {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t max_header_bytes = 256U << 10U;  // of all lines; libcurl bounds each
constexpr long slowest_bytes_per_second = 1000;

long whole_seconds(milliseconds time) {
  return static_cast<long>(std::chrono::ceil<std::chrono::seconds>(time).count());
}

struct Kind {
  CURLcode code;
  const char* what;
  const char* hint;
  bool may_pass;
};

constexpr const char* check_network = "check that the host is up and can be reached from here";
constexpr const char* check_ca =
    "if a private authority signed the certificate, name its file as ca_file";
constexpr const char* check_server = "try again later; if it stays, the server is at fault";

constexpr std::array<Kind, 15> kinds{{
    {CURLE_COULDNT_RESOLVE_HOST, "the name cannot be resolved", "check the name, and DNS here",
     true},
    {CURLE_COULDNT_RESOLVE_PROXY, "the proxy's name cannot be resolved", "check the proxy", true},
    {CURLE_COULDNT_CONNECT, "no connection", check_network, true},
    {CURLE_PEER_FAILED_VERIFICATION, "the certificate is not trusted", check_ca, false},
    {CURLE_SSL_CACERT_BADFILE, "the file of authorities cannot be read", "check ca_file", false},
    {CURLE_SSL_CONNECT_ERROR, "the TLS handshake failed", check_network, true},
    {CURLE_PARTIAL_FILE, "the body ended early", check_server, true},
    {CURLE_GOT_NOTHING, "the connection was closed without an answer", check_server, true},
    {CURLE_RECV_ERROR, "the connection broke", check_server, true},
    {CURLE_SEND_ERROR, "the connection broke", check_server, true},
    {CURLE_HTTP2, "the connection broke", check_server, true},
    {CURLE_HTTP2_STREAM, "the answer was cut off", check_server, true},
    {CURLE_BAD_CONTENT_ENCODING, "the body cannot be decompressed", check_server, false},
    {CURLE_UNSUPPORTED_PROTOCOL, "the answer is not HTTP", "check host and port", false},
    {CURLE_WEIRD_SERVER_REPLY, "the answer is not HTTP", "check host and port", false},
}};

}  // namespace

CurlTransfer::CurlTransfer(const FetchPolicy& policy, Attempt attempt)
    : attempt_(std::move(attempt)),
      local_(is_local(policy, attempt_.url)),
      through_proxy_(!policy.proxy.empty() && !local_),
      easy_(curl_easy_init()) {
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // do not wait for a resolver that hangs
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // An empty text, unlike none, keeps libcurl from asking the environment.
  curl_easy_setopt(easy, CURLOPT_PROXY, through_proxy_ ? policy.proxy.c_str() : "");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set_target();
  set_times(policy.limits);
  set_headers(policy.user_agent);
  set_trust(policy);
  set_callbacks();
}

void CurlTransfer::set_target() {
  CURL* easy = handle();
  const bool secure = attempt_.url.scheme == "https";
  const char* scheme = secure ? "https" : "http";
  curl_easy_setopt(easy, CURLOPT_URL, attempt_.url.text.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, scheme);
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, scheme);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);  // each target is checked first, by us
  curl_easy_setopt(easy, CURLOPT_NOBODY, attempt_.method == "HEAD" ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                   static_cast<long>(secure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  // A second request to a host waits for the first one's handshake, and shares its connection where
  // HTTP/2 is spoken. Without TLS it would wait for the first one's whole answer.
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, secure ? 1L : 0L);
}

void CurlTransfer::set_times(const FetchLimits& limits) {
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(attempt_.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, slowest_bytes_per_second);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, whole_seconds(limits.slow_for));
}

void CurlTransfer::set_headers(const std::string& user_agent) {
  for (const auto& [name, value] : attempt_.headers) {
    // libcurl takes "Name:" for "send no such header"; "Name;" sends an empty one.
    std::string line = name;
    line.append(value.empty() ? ";" : ": ").append(value);
    header_list_.reset(curl_slist_append(header_list_.release(), line.c_str()));
  }
  curl_easy_setopt(handle(), CURLOPT_HTTPHEADER, header_list_.get());
  if (!user_agent.empty()) curl_easy_setopt(handle(), CURLOPT_USERAGENT, user_agent.c_str());
  curl_easy_setopt(handle(), CURLOPT_ACCEPT_ENCODING, "");  // all that are built in
}

void CurlTransfer::set_trust(const FetchPolicy& policy) {
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (policy.ca_file.empty()) return;
  curl_easy_setopt(easy, CURLOPT_CAINFO, policy.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

void CurlTransfer::set_callbacks() {
  CURL* easy = handle();
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail_.data());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::on_open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
}

int CurlTransfer::status() const {
  long status = 0;
  curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

std::size_t CurlTransfer::wire_bytes() const {
  curl_off_t body = 0;
  curl_easy_getinfo(handle(), CURLINFO_SIZE_DOWNLOAD_T, &body);
  return header_bytes_ + static_cast<std::size_t>(body);
}

Failure CurlTransfer::timeout_failure() const {
  curl_off_t began = 0;
  curl_off_t total = 0;
  curl_easy_getinfo(handle(), CURLINFO_PRETRANSFER_TIME_T, &began);
  curl_easy_getinfo(handle(), CURLINFO_TOTAL_TIME_T, &total);
  const auto passed = std::chrono::duration_cast<milliseconds>(std::chrono::microseconds(total));
  if (began == 0) {
    return {"no connection within " + seconds_text(passed), check_network, true};
  }
  const bool whole_time = passed + milliseconds(1) >= attempt_.timeout;
  return {(whole_time ? "no complete answer within " : "less than 1 kB/s, given up after ") +
              seconds_text(passed),
          check_server, true};
}

Failure CurlTransfer::failure(CURLcode code) const {
  if (body_too_large_) {
    return {"the body is larger than " + std::to_string(attempt_.max_bytes) +
                " bytes (after decompression)",
            "check that the URL still names what it should"};
  }
  if (headers_too_large_) return {"more than 256 KiB of headers", check_server};
  if (!refused_address_.empty()) {
    return {
        attempt_.url.host + " leads to " + refused_address_ + ", an address of no public network",
        "if it is meant, name \"" + attempt_.url.endpoint() +
            "\" among the local addresses of the configuration"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return timeout_failure();
  const std::string detail =
      without_secrets(detail_[0] != '\0' ? detail_.data() : curl_easy_strerror(code));
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const Kind& known) { return known.code == code; });
  if (kind == kinds.end()) return {detail, "try again; if it stays, report it"};
  return {std::string(kind->what) + ": " + detail, kind->hint, kind->may_pass};
}

std::size_t CurlTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  return transfer->take_header({data, size * count}) ? size * count : 0;
}

bool CurlTransfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  headers_too_large_ = header_bytes_ > max_header_bytes;
  if (headers_too_large_) return false;
  if (line.substr(0, 5) == "HTTP/") headers_.clear();  // what came before was an interim answer
  const std::size_t colon = line.find(':');
  const std::string_view value = trim(line.substr(std::min(colon, line.size() - 1) + 1));
  if (colon != std::string_view::npos && is_valid_utf8(line)) {
    headers_[to_lower_ascii(line.substr(0, colon))] = value;
  }
  return true;
}

std::size_t CurlTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  const std::size_t bytes = size * count;
  if (bytes <= transfer->attempt_.max_bytes - transfer->body_.size()) {
    transfer->body_.append(data, bytes);
    return bytes;
  }
  // Of a failure the status tells more than the size: its body is read on, but not kept.
  transfer->body_too_large_ = transfer->status() / 100 == 2;
  return transfer->body_too_large_ ? 0 : bytes;
}

curl_socket_t CurlTransfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  if (!transfer->local_ && !transfer->through_proxy_ && !is_public_address(&address->addr)) {
    transfer->refused_address_ = address_text(&address->addr);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace buildable::net
