#include "build/rust_semver.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"
#include "build/rust_text.h"

namespace buildable::build::rust {
namespace {

bool is_identifier_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  if (!is_digits(text)) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return parse_unsigned(text, UINT64_MAX);
}

bool are_identifiers(std::string_view text, bool zeros_allowed) {
  for (const std::string_view each : split(text, '.')) {
    if (each.empty() || !std::all_of(each.begin(), each.end(), is_identifier_character))
      return false;
    const bool numeric = std::all_of(each.begin(), each.end(), is_digit);
    if (numeric && each.size() > 1 && each.front() == '0' && !zeros_allowed) return false;
  }
  return true;
}

}  // namespace

std::optional<SemverVersion> parse_semver(std::string_view text) {
  SemverVersion version;
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos) {
    version.build = text.substr(plus + 1);
    if (!are_identifiers(version.build, true)) return std::nullopt;
    text = text.substr(0, plus);
  }
  const std::size_t hyphen = text.find('-');
  if (hyphen != std::string_view::npos) {
    version.prerelease = text.substr(hyphen + 1);
    if (!are_identifiers(version.prerelease, false)) return std::nullopt;
    text = text.substr(0, hyphen);
  }
  const auto pieces = split(text, '.');
  if (pieces.size() != 3) return std::nullopt;
  const auto major = number_of(pieces[0]), minor = number_of(pieces[1]),
             patch = number_of(pieces[2]);
  if (!major || !minor || !patch) return std::nullopt;
  version.major = *major;
  version.minor = *minor;
  version.patch = *patch;
  return version;
}

}  // namespace buildable::build::rust
