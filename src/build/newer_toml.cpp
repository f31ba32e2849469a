#include "build/newer_toml.h"

#include "base/characters.h"

namespace buildable::build {
namespace {

// "07:32" that no seconds follow.
bool is_short_time(std::string_view text, std::size_t colon) {
  const auto digits = [&](std::size_t at) {
    return at + 1 < text.size() && is_digit(text[at]) && is_digit(text[at + 1]);
  };
  const bool are_seconds = colon >= 3 && text[colon - 3] == ':';
  return colon >= 2 && !are_seconds && digits(colon - 2) && digits(colon + 1) &&
         (colon + 3 >= text.size() || text[colon + 3] != ':');
}

}  // namespace

bool may_be_newer_toml(std::string_view text) {
  int depth = 0;             // of braces
  bool after_comma = false;  // only blanks since
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() && (text[i + 1] == 'e' || text[i + 1] == 'x')) return true;
    if (c == ':' && is_short_time(text, i)) return true;
    if (c == '\n' && depth > 0) return true;
    if (c == '}' && after_comma) return true;
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (c != ' ' && c != '\t') after_comma = c == ',';
  }
  return false;
}

}  // namespace buildable::build
