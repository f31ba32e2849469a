#include "cli/output_stream.h"

namespace buildable::cli {
namespace {

constexpr std::size_t block = std::size_t{1} << 16U;
constexpr std::size_t longest_line = std::size_t{1} << 20U;

// Where the text may be cut: behind a line, or in a very long one behind a character. 0: not yet.
std::size_t cut_of(std::string_view text) {
  if (text.size() < block) return 0;
  const std::size_t newline = text.rfind('\n');
  if (newline != std::string_view::npos) return newline + 1;
  if (text.size() < longest_line) return 0;
  for (std::size_t end = text.size(); end > 0; --end)
    if (text[end - 1] >= ' ' && text[end - 1] <= '~') return end;
  return text.size();
}

}  // namespace

OutputStream::OutputStream(std::ostream& target, OutputTraits traits)
    : std::ostream(nullptr), buffer_(target, traits) {
  rdbuf(&buffer_);
}

bool OutputStream::Buffer::show(std::size_t size) {
  std::string shown;
  filter_.append(shown, std::string_view(pending_).substr(0, size));
  pending_.erase(0, size);
  target_.write(shown.data(), static_cast<std::streamsize>(shown.size()));
  return bool(target_);
}

std::streamsize OutputStream::Buffer::xsputn(const char* text, std::streamsize size) {
  pending_.append(text, static_cast<std::size_t>(size));
  const std::size_t cut = cut_of(pending_);
  return cut == 0 || show(cut) ? size : 0;
}

OutputStream::Buffer::int_type OutputStream::Buffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char character = traits_type::to_char_type(c);
  return xsputn(&character, 1) == 1 ? c : traits_type::eof();
}

int OutputStream::Buffer::sync() {
  const bool good = show(pending_.size());
  return good && target_.flush() ? 0 : -1;
}

}  // namespace buildable::cli
