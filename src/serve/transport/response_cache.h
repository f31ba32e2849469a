// Inside the transport: what libmicrohttpd makes of an answer, kept for answers that are the same
// object for every request.
#pragma once

#include <microhttpd.h>

#include <memory>
#include <unordered_map>

#include "serve/answer.h"

namespace buildable::http {

struct ResponseEnd {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};
using ResponsePtr = std::unique_ptr<MHD_Response, ResponseEnd>;

// The response keeps the answer alive. Null where memory is out.
ResponsePtr make_response(const AnswerPtr& answer, bool last_on_connection);

class ResponseCache {
 public:
  // Of one thread.
  MHD_Response* response_of(const AnswerPtr& answer);
  void clear() { kept_.clear(); }

 private:
  std::unordered_map<const Answer*, ResponsePtr> kept_;
};

}  // namespace buildable::http
