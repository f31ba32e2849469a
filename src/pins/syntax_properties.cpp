// Java's properties files: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/
// Properties.html#load(java.io.Reader). Values are taken as written: "https\://" stays so, and no
// version is continued on a next line.
#include <map>

#include "pins/syntax.h"

namespace buildable {
namespace {

// The value on the line if it gives this property one.
std::optional<TextSpan> value_of(std::string_view text, TextSpan line, std::string_view key) {
  line = trimmed(text, line);
  const std::string_view written = text.substr(line.begin, line.end - line.begin);
  if (!written.starts_with(key)) return std::nullopt;
  TextSpan rest = trimmed(text, {line.begin + key.size(), line.end});
  const bool parted = rest.begin > line.begin + key.size();
  const bool sign = rest.begin < rest.end && (text[rest.begin] == '=' || text[rest.begin] == ':');
  if (!parted && !sign) return std::nullopt;
  return sign ? trimmed(text, {rest.begin + 1, rest.end}) : rest;
}

}  // namespace

void find_in_properties(FileReading& file, const Places& places) {
  // Of a key that is given twice the last one counts.
  std::map<const Place*, TextSpan> last;
  for (const TextSpan line : line_spans(file.text()))
    for (const Place* place : places)
      if (const auto value = value_of(file.text(), line, place->rules->key)) last[place] = *value;
  std::multimap<std::size_t, const Place*> in_order;
  for (const auto& [place, value] : last) in_order.emplace(value.begin, place);
  for (const auto& [begin, place] : in_order)
    file.add_whole(*place, place->rules->key, last.at(place));
}

}  // namespace buildable
