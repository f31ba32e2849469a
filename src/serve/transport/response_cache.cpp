#include "serve/transport/response_cache.h"

#include <sys/mman.h>
#include <unistd.h>

#include <string_view>

namespace buildable::http {
namespace {

constexpr std::size_t most_responses = 2048;
// Of a tree with all its codings some 3 MB.
constexpr std::size_t most_response_bytes = 16U << 20U;
constexpr std::size_t most_answers = 512;
constexpr std::size_t largest_answer = 128U << 10U;  // the page
constexpr std::size_t most_answer_bytes = 8U << 20U;
constexpr std::size_t longest_key = 320;
// Below this a copy costs less than the second call.
constexpr std::size_t worth_a_file = 16U << 10U;
constexpr std::size_t most_files = 64;  // descriptors

// A file of the memory alone, whose pages the kernel hands to every socket without a copy. -1:
// none.
int file_of(std::string_view body) {
  const int file = memfd_create("answer", MFD_CLOEXEC);
  if (file < 0) return -1;
  while (!body.empty()) {
    const ssize_t written = write(file, body.data(), body.size());
    if (written <= 0) {
      close(file);
      return -1;
    }
    body.remove_prefix(static_cast<std::size_t>(written));
  }
  return file;
}

ResponsePtr response_in_file(const Answer& answer) {
  const int file = file_of(answer.body);
  if (file < 0) return nullptr;
  ResponsePtr response(MHD_create_response_from_fd64(answer.body.size(), file));
  if (!response) close(file);  // else the response's now
  return response;
}

ResponsePtr response_in_memory(const AnswerPtr& answer) {
  auto holder = std::make_unique<AnswerPtr>(answer);
  ResponsePtr response(MHD_create_response_from_buffer_with_free_callback_cls(
      answer->body.size(), const_cast<char*>(answer->body.data()),  // it is only read
      [](void* held) { delete static_cast<AnswerPtr*>(held); }, holder.get()));
  if (response) (void)holder.release();  // the response's now
  return response;
}

ResponsePtr with_headers(ResponsePtr response, const Answer& answer) {
  if (!response) return nullptr;
  for (const Header& header : answer.headers)
    if (MHD_add_response_header(response.get(), header.name.c_str(), header.value.c_str()) !=
        MHD_YES)
      return nullptr;
  return response;
}

}  // namespace

ResponsePtr make_response(const AnswerPtr& answer, bool last_on_connection) {
  ResponsePtr response = with_headers(response_in_memory(answer), *answer);
  if (response && last_on_connection)
    MHD_add_response_header(response.get(), MHD_HTTP_HEADER_CONNECTION, "close");
  return response;
}

const ResponseCache::Kept* ResponseCache::of(const AnswerPtr& answer) {
  const auto found = kept_.find(answer.get());
  if (found != kept_.end()) return &found->second;
  Kept made = make(answer);
  if (!made.response) return nullptr;
  bytes_ += answer->body.size();
  if (kept_.size() >= most_responses || bytes_ > most_response_bytes) {
    clear();
    bytes_ = answer->body.size();
  }
  if (made.in_file) ++files_;
  return &kept_.emplace(answer.get(), std::move(made)).first->second;
}

ResponseCache::Kept ResponseCache::make(const AnswerPtr& answer) {
  if (answer->body.size() >= worth_a_file && files_ < most_files)
    if (ResponsePtr response = with_headers(response_in_file(*answer), *answer))
      return {std::move(response), answer, true};
  return {make_response(answer, false), answer, false};
}

void ResponseCache::clear() {
  kept_.clear();
  files_ = 0;
  bytes_ = 0;
}

const Handled* AnswerCache::find(const std::string& asked) const {
  const auto found = kept_.find(asked);
  return found == kept_.end() ? nullptr : &found->second;
}

Handled AnswerCache::keep(const std::string& asked, Handled handled) {
  const Answer& answer = *handled.answer;
  if (!answer.repeatable || answer.body.size() > largest_answer || asked.size() > longest_key)
    return handled;
  auto kept = std::make_shared<Answer>(answer);
  kept->reusable = true;  // from now on the same object
  handled.answer = std::move(kept);
  const std::size_t size = handled.answer->body.size();
  bytes_ += size;
  if (kept_.size() >= most_answers || bytes_ > most_answer_bytes) {
    kept_.clear();
    bytes_ = size;
  }
  kept_[asked] = handled;
  return handled;
}

}  // namespace buildable::http
