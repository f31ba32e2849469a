#include "base/path_name.h"

#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/text.h"

namespace buildable {
namespace {

bool is_portable(char c) {
  return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
bool is_device(std::string_view name) {
  constexpr std::array<std::string_view, 6> alone{"con", "prn", "aux", "nul", "conin$", "conout$"};
  constexpr std::array<std::string_view, 2> numbered{"com", "lpt"};
  const std::string stem = to_lower_ascii(name.substr(0, name.find('.')));
  if (std::find(alone.begin(), alone.end(), stem) != alone.end()) return true;
  return stem.size() == 4 && is_digit(stem.back()) &&
         std::find(numbered.begin(), numbered.end(), stem.substr(0, 3)) != numbered.end();
}

// Why the text cannot be a name; empty: it can.
std::string_view objection(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.size() > PathName::longest) return "is longer than 100 bytes";
  if (!std::all_of(name.begin(), name.end(), is_portable))
    return "holds other characters than letters, digits and ._+-";
  if (!is_letter_or_digit(name.front()) && name.front() != '_')
    return "does not begin with a letter, a digit or _";
  if (name.back() == '.') return "ends with a dot";
  if (is_device(name)) return "is the name of a device on Windows";
  return {};
}

tl::unexpected<Error> refused(std::string_view text, std::string_view why) {
  return fail(in_quotes(text) + " cannot be part of a path: " + std::string(why));
}

}  // namespace

Result<PathName> PathName::parse(std::string_view text) {
  if (const auto why = objection(text); !why.empty())
    return refused(text, "it " + std::string(why));
  return PathName(std::string(text));
}

Result<InnerPath> InnerPath::parse(std::string_view text) {
  if (text.size() > longest) return refused(text, "it is longer than 500 bytes");
  for (const std::string_view name : split(text, '/'))
    if (const auto why = objection(name); !why.empty())
      return refused(text, in_quotes(name) + " " + std::string(why));
  return InnerPath(std::string(text));
}

}  // namespace buildable
