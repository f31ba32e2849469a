#include "serve/transport/response_cache.h"

namespace buildable::http {

ResponsePtr make_response(const AnswerPtr& answer, bool last_on_connection) {
  auto holder = std::make_unique<AnswerPtr>(answer);
  ResponsePtr response(MHD_create_response_from_buffer_with_free_callback_cls(
      answer->body.size(), const_cast<char*>(answer->body.data()),  // it is only read
      [](void* held) { delete static_cast<AnswerPtr*>(held); }, holder.get()));
  if (!response) return nullptr;
  (void)holder.release();  // the response's now
  if (answer->status == MHD_HTTP_NOT_MODIFIED) {
    // RFC 9110, 8.6: the length that 200 would have had, or none; the library's own is 0.
    MHD_set_response_options(response.get(), MHD_RF_INSANITY_HEADER_CONTENT_LENGTH, MHD_RO_END);
    MHD_add_response_header(response.get(), MHD_HTTP_HEADER_CONTENT_LENGTH,
                            std::to_string(answer->length_of_full).c_str());
  }
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
  return kept_.emplace(answer.get(), std::move(made)).first->second.get();
}

}  // namespace buildable::http
