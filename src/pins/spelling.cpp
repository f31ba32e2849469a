#include "pins/spelling.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"

namespace buildable::pins {
std::optional<VersionText> version_text_of(std::string_view text) {
  VersionText parts;
  std::size_t at = 0;
  while (at < text.size() && is_letter(text[at])) ++at;
  parts.prefix = text.substr(0, at);
  const auto wildcard = [&](std::size_t place) {
    return place < text.size() && std::string_view("xX*").find(text[place]) != text.npos;
  };
  while (at < text.size() && is_digit(text[at])) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    parts.numbers.emplace_back(text.substr(begin, at - begin));
    if (at + 1 >= text.size() || text[at] != '.' || !is_digit(text[at + 1])) break;
    ++at;
  }
  if (parts.numbers.empty()) return std::nullopt;
  const std::size_t begin = at;
  while (at < text.size() && text[at] == '.' && wildcard(at + 1)) at += 2;
  parts.wildcards = text.substr(begin, at - begin);
  parts.suffix = text.substr(at);
  return parts;
}

std::string to_string(const VersionText& text) {
  return text.prefix + join(text.numbers, ".") + text.wildcards + text.suffix;
}

std::size_t significant_numbers(const std::vector<std::string>& numbers, int series_components) {
  std::size_t count = numbers.size();
  while (count > 0 && numbers[count - 1].find_first_not_of('0') == std::string::npos) --count;
  const auto least = std::min(numbers.size(), static_cast<std::size_t>(series_components));
  return std::max(count, least);
}

}  // namespace buildable::pins
