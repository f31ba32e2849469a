// The handler: a pure function from a request to an answer, over an immutable generation.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "serve/answer.h"
#include "serve/generation.h"
#include "serve/metrics.h"
#include "serve/request.h"

namespace buildable::http {

// What an answer may depend on, beside the request.
struct Moment {
  const GenerationPtr& generation;
  const Metrics& metrics;
  Instant now;
  bool stopping = false;  // the service is about to end
  // Asked now and then by what takes time: nobody waits for the answer any more. May be empty.
  std::function<bool()> stop;
};

struct Call {
  const Request& request;
  const Moment& moment;
  std::string_view path;  // decoded
  Parameters parameters;  // of the query
};

struct Route {
  std::string_view name;     // for metrics
  std::string_view pattern;  // "/v1/tracks/{track}/runtimes/{runtime}"
  bool takes_post = false;   // beside GET and HEAD
  // The parameters of a query that it knows.
  std::vector<std::string_view> parameters;
  bool refuses_others = false;  // another parameter may be a mistyped one that would matter
  AnswerPtr (*answer)(const Call&) = nullptr;
  std::size_t longest_value = 512;  // of a parameter; no version and no name is longer
};

std::span<const Route> routes();
// For metrics: the routes', then that of files of the tree, then that of no route.
std::span<const std::string_view> route_names();

struct Handled {
  AnswerPtr answer;
  std::size_t route = 0;  // of route_names()
};

// Whether the answer may take so long that it must not hold up others.
bool takes_time(const Request& request);
// Of route_names().
std::size_t route_of(const Request& request);

// Never null, never throws; 404 for an address that is not served.
Handled handle(const Request& request, const Moment& moment);

}  // namespace buildable::http
