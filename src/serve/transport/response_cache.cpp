#include "serve/transport/response_cache.h"

namespace buildable::http {
namespace {

constexpr std::size_t most_responses = 2048;
constexpr std::size_t most_answers = 512;
constexpr std::size_t largest_answer = 16U << 10U;
constexpr std::size_t longest_target = 256;

}  // namespace

ResponsePtr make_response(const AnswerPtr& answer, bool last_on_connection) {
  auto holder = std::make_unique<AnswerPtr>(answer);
  ResponsePtr response(MHD_create_response_from_buffer_with_free_callback_cls(
      answer->body.size(), const_cast<char*>(answer->body.data()),  // it is only read
      [](void* held) { delete static_cast<AnswerPtr*>(held); }, holder.get()));
  if (!response) return nullptr;
  (void)holder.release();  // the response's now
  for (const Header& header : answer->headers)
    if (MHD_add_response_header(response.get(), header.name.c_str(), header.value.c_str()) !=
        MHD_YES)
      return nullptr;
  if (last_on_connection)
    MHD_add_response_header(response.get(), MHD_HTTP_HEADER_CONNECTION, "close");
  return response;
}

MHD_Response* ResponseCache::response_of(const AnswerPtr& answer) {
  const auto found = kept_.find(answer.get());
  if (found != kept_.end()) return found->second.get();
  ResponsePtr made = make_response(answer, false);
  if (!made) return nullptr;
  if (kept_.size() >= most_responses) kept_.clear();
  return kept_.emplace(answer.get(), std::move(made)).first->second.get();
}

const Handled* AnswerCache::find(const std::string& target) const {
  const auto found = kept_.find(target);
  return found == kept_.end() ? nullptr : &found->second;
}

Handled AnswerCache::keep(const std::string& target, Handled handled) {
  const Answer& answer = *handled.answer;
  if (!answer.repeatable || answer.body.size() > largest_answer || target.size() > longest_target)
    return handled;
  auto kept = std::make_shared<Answer>(answer);
  kept->reusable = true;  // from now on the same object
  handled.answer = std::move(kept);
  if (kept_.size() >= most_answers) kept_.clear();
  kept_[target] = handled;
  return handled;
}

}  // namespace buildable::http
