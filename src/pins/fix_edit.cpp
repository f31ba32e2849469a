#include <algorithm>

#include "base/characters.h"
#include "pins/fix.h"

namespace buildable::pins {
namespace {

bool is_yaml(std::string_view path) {
  const auto ends = [path](std::string_view end) {
    return path.size() > end.size() && path.substr(path.size() - end.size()) == end;
  };
  return ends(".yml") || ends(".yaml");
}

// "3.10" is the number 3.1 to YAML.
bool loses_zero(std::string_view value) {
  return value.size() > 2 && value.back() == '0' &&
         std::count(value.begin(), value.end(), '.') == 1 &&
         std::all_of(value.begin(), value.end(), [](char c) { return c == '.' || is_digit(c); });
}

bool stands_alone(std::string_view text, TextSpan span) {
  const auto is_any = [&](std::size_t at, std::string_view bytes) {
    return at >= text.size() || bytes.find(text[at]) != std::string_view::npos;
  };
  return (span.begin == 0 || is_any(span.begin - 1, " [,\t")) && is_any(span.end, " ],\t\r\n");
}

}  // namespace

bool precedes_digest(const Pin& pin, std::string_view text) {
  const std::string_view rest = text.substr(std::min(pin.version_span.end, text.size()));
  return rest.substr(0, rest.find_first_of(" \t\r\n\"',")).find("@sha256:") !=
         std::string_view::npos;
}

Fixed fitted(Fixed fixed, const Pin& pin, std::string_view text) {
  const bool whole = pin.version_span == pin.value_span;
  if (whole && is_yaml(pin.file) && loses_zero(fixed.edit.text) &&
      stands_alone(text, pin.value_span))
    fixed.edit.text = '"' + fixed.edit.text + '"';
  return fixed;
}

}  // namespace buildable::pins
