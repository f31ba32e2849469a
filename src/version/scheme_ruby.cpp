// Gem::Version: https://docs.ruby-lang.org/en/master/Gem/Version.html
//
// A missing segment counts as zero and a word is below zero, so at each place: words (after k
// zeros: the more, the higher), the end, numbers (after k zeros: the more, the lower). One byte
// says which.
#include <algorithm>

#include "version/scheme.h"

namespace buildable {
namespace {

constexpr int word_after_zeros = 0x02;  // plus the count of zeros, at most 100 in 200 bytes
constexpr char end_of_version = '\x70';
constexpr int number_after_zeros = 0xF0;  // minus the count of zeros
constexpr char plain_number = '\xF1';

struct Segments {
  std::string& key;
  int zeros = 0;
  bool has_word = false;

  void add_number(std::string_view digits) {
    if (without_leading_zeros(digits).empty()) {
      ++zeros;
      return;
    }
    key += zeros == 0 ? plain_number : static_cast<char>(number_after_zeros - zeros);
    append_number(key, digits);
    zeros = 0;
  }

  // Zeros that end the numbers before the first word do not count: "1.0.a" is "1.a".
  void add_word(std::string_view word) {
    if (!has_word) zeros = 0;
    has_word = true;
    key += static_cast<char>(word_after_zeros + zeros);
    (key += word) += '\0';
    zeros = 0;
  }
};

bool scan_segments(Scanner& in, Segments& segments) {
  if (!is_letter_or_digit(in.peek())) return false;
  while (is_letter_or_digit(in.peek())) {
    if (is_digit(in.peek()))
      segments.add_number(in.take_digits());
    else
      segments.add_word(in.take_while(is_letter));
  }
  return true;
}

}  // namespace

std::optional<Parsed> parse_ruby(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return {};
  Parsed out;
  out.text = text;
  std::replace(out.text.begin(), out.text.end(), '-', '.');
  Scanner in{out.text};
  Segments segments{out.key};
  segments.add_number(in.take_digits());
  while (in.take('.'))
    if (!scan_segments(in, segments)) return {};
  if (!in.done()) return {};
  out.key += end_of_version;
  out.prerelease = segments.has_word;
  return out;
}

}  // namespace buildable
