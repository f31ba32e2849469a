// Inside the transport: one connection, and the request that is under way on it.
#pragma once

#include <microhttpd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "serve/answer.h"
#include "serve/request.h"

namespace buildable::http {

using Clock = std::chrono::steady_clock;

// What a request says of itself beside its method and target; views into the library's memory.
struct RequestHeaders {
  std::string_view accept_encoding;
  std::string_view if_none_match;
  std::string_view content_type;
  std::string_view content_encoding;
  std::string_view content_length;
  int content_lengths = 0;
  bool transfer_encoding = false;
};
RequestHeaders headers_of(MHD_Connection* connection);

struct Connection {
  explicit Connection(int descriptor) : socket(descriptor), since(Clock::now()) {}

  int socket;
  std::atomic<Clock::time_point> since;  // of the connection, or of the end of its last request
  std::string target;
  std::string body;
  RequestHeaders headers;
  bool begun = false;  // the headers of the request were looked at
};

// What is wrong with a request before its body is read; null: nothing. What has no known length, is
// too long or compressed is refused, not read.
AnswerPtr refuse_early(Method method, const RequestHeaders& headers, std::size_t longest_body);

// All connections, for the one that ends those which take too long.
class Connections {
 public:
  void add(Connection* connection);
  void remove(Connection* connection);  // returns when nobody uses it any more
  // Ends those whose time began before `since`; how many. Each is ended once.
  std::size_t end_older_than(Clock::time_point since);

 private:
  std::mutex mutex_;
  std::unordered_set<Connection*> all_;
};

}  // namespace buildable::http
