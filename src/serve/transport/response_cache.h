// Inside the transport: what libmicrohttpd makes of an answer, kept for answers that are the same
// object for every request.
#pragma once

#include <microhttpd.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "serve/answer.h"
#include "serve/routes.h"

namespace buildable::http {

struct ResponseEnd {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};
using ResponsePtr = std::unique_ptr<MHD_Response, ResponseEnd>;

// The response keeps the answer alive. Null where memory is out.
ResponsePtr make_response(const AnswerPtr& answer, bool last_on_connection);

// Of one thread and one generation. Bounded: it begins anew when it is full.
class ResponseCache {
 public:
  struct Kept {
    ResponsePtr response;
    AnswerPtr answer;  // lives as long, so that its address is no other's
    bool in_file = false;
  };
  const Kept* of(const AnswerPtr& answer);  // null where memory is out
  void clear();

 private:
  Kept make(const AnswerPtr& answer);

  std::unordered_map<const Answer*, Kept> kept_;
  std::size_t files_ = 0;
  std::size_t bytes_ = 0;  // of their bodies
};

// Answers that were worked out, by all of the request that they depend on: the handler is a
// function, and CI asks the same again and again. As bounded as the above.
class AnswerCache {
 public:
  const Handled* find(const std::string& asked) const;
  // What is given out: the answer, kept where it may be.
  Handled keep(const std::string& asked, Handled handled);
  void clear() {
    kept_.clear();
    bytes_ = 0;
  }

 private:
  std::unordered_map<std::string, Handled> kept_;
  std::size_t bytes_ = 0;  // of their bodies
};

}  // namespace buildable::http
