// Java's properties files: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/
// Properties.html#load(java.io.Reader). Values are taken as written: "https\://" stays so, and no
// version is continued on a next line.
#include <map>

#include "base/text.h"
#include "pins/syntax.h"

namespace buildable::pins {
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

// Whether a checksum of what is at the address stands beside it: "distributionSha256Sum" beside
// "distributionUrl".
bool has_checksum(const FileReading& file, std::string_view key) {
  constexpr std::string_view address = "Url";
  if (!key.ends_with(address)) return false;
  const std::string_view stem = key.substr(0, key.size() - address.size());
  for (const TextSpan line : line_spans(file.text())) {
    const std::string_view written = file.slice(trimmed(file.text(), line));
    if (!written.starts_with(stem)) continue;
    const std::string_view name = written.substr(0, written.find_first_of(" \t=:"));
    const std::string what = to_lower_ascii(name.substr(stem.size()));
    const bool is_sum = what.starts_with("sha") || what.starts_with("md5") ||
                        what.find("checksum") != std::string::npos;
    if (!is_sum) continue;
    const auto value = value_of(file.text(), line, name);
    if (value && value->begin < value->end) return true;
  }
  return false;
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
  for (const auto& [begin, place] : in_order) {
    FoundValue found;
    found.place = place;
    found.key = place->rules->key;
    found.value = found.version = last.at(place);
    found.has_digest = has_checksum(file, place->rules->key);
    file.add(std::move(found));
  }
}

}  // namespace buildable::pins
