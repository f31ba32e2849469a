// Python: keyword arguments with a text in quotes, as setup.py has them: python_requires=">=3.12".
#include "base/characters.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

std::size_t after_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t", at), text.size());
}

// The text in quotes behind "key =" on the line, if it is that.
std::optional<TextSpan> argument_on(std::string_view text, TextSpan line, std::string_view key) {
  line = trimmed(text, line);
  const std::string_view written = text.substr(0, line.end);
  if (line.begin < line.end && written[line.begin] == '#') return std::nullopt;
  std::size_t at = written.find(key, line.begin);
  if (at == std::string_view::npos || (at > line.begin && is_word_character(written[at - 1])))
    return std::nullopt;
  at = after_blanks(written, at + key.size());
  if (at >= written.size() || written[at] != '=') return std::nullopt;
  at = after_blanks(written, at + 1);
  if (at >= written.size() || (written[at] != '"' && written[at] != '\'')) return std::nullopt;
  const std::size_t end = written.find(written[at], at + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return TextSpan{at + 1, end};
}

}  // namespace

void find_arguments(FileReading& file, const Places& places) {
  for (const TextSpan line : line_spans(file.text())) {
    for (const Place* place : places) {
      const auto value = argument_on(file.text(), line, place->rules->key);
      if (value) file.add_whole(*place, place->rules->key, *value);
    }
  }
}

}  // namespace buildable::pins
