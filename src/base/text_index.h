// Places in a text, looked up instead of counted: built once in time linear in the text, each
// look-up takes logarithmic time. Whoever asks for more than one place of a text uses this.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace buildable {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Lines and columns of byte offsets. The text must outlive it.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  // 1-based, the column in bytes; an offset behind the text is its end.
  TextPosition position(std::size_t offset) const;
  // Where a line begins; a line behind the last begins at the end. Lines count from 1.
  std::size_t begin_of(std::size_t line) const;

 private:
  std::size_t size_;
  std::vector<std::size_t> begins_;
};

// Byte offsets of characters (code points), for libraries that count these. A byte order mark at
// the start is not counted, as neither libyaml nor toml++ counts it. The text must be UTF-8.
class CharacterIndex {
 public:
  explicit CharacterIndex(std::string_view text);

  // Of the character with this number, from 0; the end of the text where there is none.
  std::size_t byte(std::size_t character) const;
  // How many characters stand before the byte, which begins one.
  std::size_t character(std::size_t byte) const;

 private:
  static constexpr std::size_t step = 64;
  bool is_start(std::size_t at) const {
    return (static_cast<unsigned char>(text_[at]) & 0xC0) != 0x80;
  }

  std::string_view text_;
  std::vector<std::size_t> known_;  // the bytes of every 64th character
  std::size_t count_ = 0;           // of characters
};

}  // namespace buildable
