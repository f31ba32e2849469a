// Whatever a client sends: it is answered, with a status that the metrics know, and an answer that
// is not good says so as a problem in JSON. What is asked again in the same words is answered the
// same.
#include <algorithm>

#include "base/document.h"
#include "fuzz.h"
#include "served.h"

using namespace buildable;

namespace {

bool is_counted(int status) {
  const auto& known = http::counted_statuses;
  return std::find(known.begin(), known.end(), status) != known.end();
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  static const http::GenerationPtr generation = fuzz::make_generation();
  static const http::Metrics metrics;
  const auto [which, text] = fuzz::choice_and_text(data, size, 4);
  http::Request request;
  const std::size_t line = std::min(text.find('\n'), text.size());
  request.target = text.substr(0, line);
  request.body = text.substr(std::min(line + 1, text.size()));
  request.accept_encoding = request.if_none_match = request.body;
  std::string target;
  if (which == 1) target = "/v1/check?runtime=python&version=" + std::string(request.target);
  if (which == 2) target = "/?q=" + std::string(request.target);
  if (which != 0 && which != 3) request.target = target;
  if (which == 3) {
    request.method = http::Method::post;
    request.target = "/v1/check";
    request.content_type = "application/json";
    request.body = text;
  }
  const http::Moment moment{generation, metrics, Instant{}};
  const http::AnswerPtr answer = http::handle(request, moment).answer;
  fuzz::require(answer != nullptr && is_counted(answer->status) && answer->status != 500);
  if (answer->status >= 400) fuzz::require(parse_json(answer->body, "answer").has_value());
  fuzz::require(http::handle(request, moment).answer->body == answer->body);
  return 0;
}

static const fuzz::Registered registered{"request", "http json", run};
