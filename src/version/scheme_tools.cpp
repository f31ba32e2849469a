#include "version/scheme.h"

namespace buildable {

std::string increment(std::string_view digits) {
  std::string sum(without_leading_zeros(digits));
  for (std::size_t i = sum.size(); i-- > 0;) {
    if (sum[i] != '9') {
      ++sum[i];
      return sum;
    }
    sum[i] = '0';
  }
  return "1" + sum;
}

std::string join(const std::vector<std::string>& numbers) {
  std::string text;
  for (const std::string& number : numbers) {
    if (!text.empty()) text += '.';
    text += number;
  }
  return text;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

std::string_view without_leading_zeros(std::string_view digits) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

void append_number(std::string& key, std::string_view digits) {
  const std::string_view significant = without_leading_zeros(digits);
  key += static_cast<char>(number_tag + static_cast<int>(significant.size()));
  key += significant;
}

bool Scanner::take(char c) {
  if (peek() != c || done()) return false;
  rest.remove_prefix(1);
  return true;
}

bool Scanner::take_one_of(std::string_view characters) {
  if (done() || characters.find(peek()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

bool Scanner::take_word(std::string_view lower_case) {
  if (rest.size() < lower_case.size()) return false;
  for (std::size_t i = 0; i < lower_case.size(); ++i)
    if (to_lower(rest[i]) != lower_case[i]) return false;
  rest.remove_prefix(lower_case.size());
  return true;
}

Release scan_release(Scanner& in, Parsed& out) {
  Release release{0, out.key.size()};
  while (is_digit(in.peek())) {
    const std::string_view digits = without_leading_zeros(in.take_digits());
    if (release.count > 0) out.text += '.';
    out.text += digits.empty() ? std::string_view("0") : digits;
    append_number(out.key, digits);
    ++release.count;
    if (!digits.empty()) release.significant = out.key.size();
    const bool more = in.peek() == '.' && in.rest.size() > 1 && is_digit(in.rest[1]);
    if (!more) break;
    in.take('.');
  }
  return release;
}

bool skip_build_metadata(Scanner& in) {
  if (!in.take('+')) return true;
  const auto accepts = [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; };
  return !in.take_while(accepts).empty();
}

}  // namespace buildable
