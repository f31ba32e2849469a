// Whatever a client sends: it is answered, with a status that the metrics know, and an answer that
// is not good says so as a problem in JSON. What is asked again in the same words is answered the
// same.
#include <algorithm>

#include "base/document.h"
#include "fuzz.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "serve/routes.h"

using namespace buildable;

namespace {

http::GenerationPtr make_generation() {
  const EmbeddedSnapshot& newest = embedded_snapshots().back();
  const Snapshot snapshot = embedded_snapshot(newest);
  auto policy = std::make_shared<const Policy>(
      compile(snapshot, embedded_rules(), newest.effective, newest.digest).value());
  const TreeInput input{embedded_rules(), *policy, write_snapshot(snapshot),
                        embedded_history().states};
  http::Material material{
      embedded_rules(),       policy,      emit_tree(input, {}).value(), input.history,
      served_page(input, {}), "2026.05.14"};
  return http::Generation::make(std::move(material), {}, nullptr).value();
}

bool is_counted(int status) {
  const auto& known = http::counted_statuses;
  return std::find(known.begin(), known.end(), status) != known.end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const http::GenerationPtr generation = make_generation();
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
