#include "base/text_index.h"

#include <algorithm>

namespace buildable {

LineIndex::LineIndex(std::string_view text) : size_(text.size()), begins_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    begins_.push_back(at + 1);
}

TextPosition LineIndex::position(std::size_t offset) const {
  offset = std::min(offset, size_);
  const auto next = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const std::size_t column = offset - *(next - 1) + 1;
  return {static_cast<int>(next - begins_.begin()), static_cast<int>(column)};
}

std::size_t LineIndex::begin_of(std::size_t line) const {
  if (line == 0) return 0;
  return line > begins_.size() ? size_ : begins_[line - 1];
}

CharacterIndex::CharacterIndex(std::string_view text) : text_(text) {
  const std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (std::size_t at = begin; at < text.size(); ++at)
    if (is_start(at) && count_++ % step == 0) known_.push_back(at);
}

std::size_t CharacterIndex::byte(std::size_t character) const {
  if (character >= count_) return text_.size();
  if (count_ == text_.size()) return character;  // all of it ASCII
  std::size_t at = known_[character / step];
  for (std::size_t left = character % step; left > 0; --left) do
      ++at;
    while (!is_start(at));
  return at;
}

std::size_t CharacterIndex::character(std::size_t byte) const {
  if (byte >= text_.size()) return count_;
  const auto next = std::upper_bound(known_.begin(), known_.end(), byte);
  if (next == known_.begin()) return 0;
  const auto before = next - known_.begin() - 1;
  std::size_t character = static_cast<std::size_t>(before) * step;
  for (std::size_t at = known_[static_cast<std::size_t>(before)]; at < byte; ++at)
    character += is_start(at + 1) ? 1 : 0;
  return character;
}

}  // namespace buildable
