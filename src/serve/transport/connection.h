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
#include <utility>
#include <vector>

#include "serve/answer.h"
#include "serve/request.h"
#include "serve/transport/memory_budget.h"
#include "serve/transport/request_guard.h"
#include "serve/transport/work.h"

namespace buildable::http {

using Clock = std::chrono::steady_clock;

// What a request says of itself beside its method and target; views into the library's memory.
struct RequestHeaders {
  std::string_view accept_encoding;
  std::string_view if_none_match;
  std::string_view content_type;
  std::string_view content_encoding;
  std::string_view accept;
  std::string_view host;
  std::string_view forwarded_proto;
  std::uint64_t content_length = 0;
  bool has_length = false;
  bool transfer_encoding = false;
};
RequestHeaders headers_of(MHD_Connection* connection);

// Of the thread whose loop serves it, but for what is atomic.
struct Connection {
  Connection(int descriptor, MHD_Connection* of_library, std::vector<Connection*>& looked_after,
             Clock::time_point now)
      : socket(descriptor), library(of_library), unsettled(looked_after), since(now) {}

  // The loop looks after it until it has settled.
  void look_after() {
    if (!std::exchange(is_unsettled, true)) unsettled.push_back(this);
  }

  const int socket;
  MHD_Connection* const library;
  std::vector<Connection*>& unsettled;   // those of its loop
  std::atomic<Clock::time_point> since;  // of the connection, or of the end of its last request
  // Of the body that is being read or the answer that is being sent, as far as it counts.
  std::atomic<std::size_t> held_bytes{0};
  std::atomic<Clock::time_point> held_since{};

  RequestGuard guard;
  std::uint64_t requests_ended = 0;  // answered to their last byte, or given up
  bool answering = false;            // from an answer to its last byte
  bool file_follows = false;         // its body comes from a file, by another call than its head
  bool peer_closed = false;          // it has said that it sends nothing more
  bool refused = false;              // what the guard has to say was sent
  bool is_unsettled = false;
  Clock::time_point linger_until{};  // after a refusal
  std::size_t dropped_bytes = 0;     // of what came after it

  std::string target;
  std::string body;
  Hold hold;
  RequestHeaders headers;
  bool begun = false;      // the headers of the request were looked at
  bool takes_body = true;  // not a HEAD
  JobPtr job;              // that works for the request
  Clock::time_point work_begin{};
  std::size_t route = 0;  // of the job
  bool resumed = false;   // the job is done, or was given up
  Handled worked_out;     // by the job; null answer: nobody is there to be answered
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
  // Ends those that hold memory since before `since`, the longest first, up to so many bytes.
  std::size_t end_holders(Clock::time_point since, std::size_t bytes);

 private:
  std::mutex mutex_;
  std::unordered_set<Connection*> all_;
};

}  // namespace buildable::http
