#include "model/runtime_names.h"

#include <optional>

#include "base/characters.h"
#include "base/text.h"

namespace buildable {
namespace {

bool counts(char c) { return is_letter_or_digit(c) || c == '#' || c == '+'; }
bool is_separator(char c) { return c == ' ' || c == '.' || c == '-' || c == '_'; }

// How far the text, in lower case, spells `plain`. Separators may stand between letters only:
// "python 3" is not the name "python3" but the name "python" and a version.
std::optional<std::size_t> end_of_name(std::string_view text, std::string_view plain) {
  std::size_t at = 0;
  for (const char wanted : plain) {
    while (at < text.size() && is_separator(text[at]) && !is_digit(wanted)) ++at;
    if (at == text.size() || text[at] != wanted) return std::nullopt;
    ++at;
  }
  return at;
}

// What follows the name in the text; nothing where the name goes on.
std::optional<std::string_view> after_name(std::string_view text, std::string_view plain) {
  const auto end = plain.empty() ? std::nullopt : end_of_name(to_lower_ascii(text), plain);
  if (!end) return std::nullopt;
  const std::string_view rest = text.substr(*end);
  if (rest.empty()) return rest;
  if (is_letter(rest.front()) && is_letter(plain.back())) return std::nullopt;
  if (is_digit(plain.back()) && (is_digit(rest.front()) || rest.front() == '.'))
    return std::nullopt;
  const std::size_t begin = rest.find_first_not_of(" @:=/-_");
  return begin == std::string_view::npos ? std::string_view() : trim(rest.substr(begin));
}

// Whether `see` takes one of the runtime's names.
template <class See>
bool any_name(const RuntimePolicy& runtime, const See& see) {
  if (see(runtime.runtime) || see(runtime.name)) return true;
  for (const std::string& alias : runtime.aliases)
    if (see(alias)) return true;
  return false;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : to_lower_ascii(name))
    if (counts(c)) plain += c;
  return plain;
}

const RuntimePolicy* runtime_named(const TrackPolicy& track, std::string_view name) {
  if (const RuntimePolicy* found = track.find(name)) return found;
  const std::string wanted = plain_name(name);
  if (wanted.empty()) return nullptr;
  for (const RuntimePolicy& runtime : track.runtimes)
    if (any_name(runtime, [&](std::string_view each) { return plain_name(each) == wanted; }))
      return &runtime;
  return nullptr;
}

NamedVersion named_version(const TrackPolicy& track, std::string_view text) {
  text = trim(text);
  NamedVersion found;
  std::size_t longest = 0;
  for (const RuntimePolicy& runtime : track.runtimes) {
    any_name(runtime, [&](std::string_view each) {
      const std::string plain = plain_name(each);
      const auto rest = after_name(text, plain);
      if (rest && plain.size() > longest) {
        longest = plain.size();
        found = {&runtime, std::string(*rest)};
      }
      return false;
    });
  }
  return found;
}

}  // namespace buildable
