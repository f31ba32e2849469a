// Files of lines "<key> <value>", comments after "//": go.mod (https://go.dev/ref/mod#go-mod-file),
// also with a key that is itself a comment; and directives of C# files ("#:property A=B").
#include "base/characters.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

bool is_space_or_tab(char c) { return c == ' ' || c == '\t'; }

// The number of bytes of the line that the key takes; zero where the line does not begin with it. A
// space of the key stands for any number of them, after a word for at least one.
std::size_t length_of_key(std::string_view line, std::string_view key) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!is_space_or_tab(key[i])) {
      if (at >= line.size() || line[at] != key[i]) return 0;
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < line.size() && is_space_or_tab(line[at])) ++at;
    if (at == begin && is_word_character(key[i - 1])) return 0;
  }
  return at < line.size() && (is_space_or_tab(line[at]) || line[at] == '=') ? at : 0;
}

}  // namespace

void find_directives(FileReading& file, const Places& places) {
  const std::string_view text = file.text();
  for (TextSpan line : line_spans(text)) {
    line = trimmed(text, line);
    for (const Place* place : places) {
      const std::size_t length = length_of_key(file.slice(line), place->rules->key);
      if (length == 0) continue;
      TextSpan value = trimmed(text, {line.begin + length, line.end});
      if (value.begin < value.end && text[value.begin] == '=')
        value = trimmed(text, {value.begin + 1, value.end});
      const std::size_t comment = file.slice(value).find("//");
      if (comment != std::string_view::npos)
        value = trimmed(text, {value.begin, value.begin + comment});
      file.add_whole(*place, place->rules->key, value);
    }
  }
}

}  // namespace buildable::pins
