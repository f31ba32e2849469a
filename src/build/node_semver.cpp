#include "build/node_semver.h"

#include <algorithm>

#include "base/characters.h"
#include "build/node_semver_partial.h"
#include "build/rust_text.h"

namespace buildable::build::node_semver {
namespace {

constexpr std::uint64_t max_number = 900'719'925'474'099;  // the crate's, a digit short of 2^53
constexpr std::size_t max_length = 256;

std::strong_ordering order(const Identifier& a, const Identifier& b) {
  if (a.index() != b.index()) return a.index() <=> b.index();
  if (a.index() == 0) return std::get<0>(a) <=> std::get<0>(b);
  const int compared = std::get<1>(a).compare(std::get<1>(b));
  return compared <=> 0;
}

std::strong_ordering order(const std::vector<Identifier>& a, const std::vector<Identifier>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (const auto compared = order(a[i], b[i]); compared != 0) return compared;
  return a.size() <=> b.size();
}

// The character's length in bytes, and the lowest eight bits of its number: the crate asks those
// whether the character is a letter or a digit.
struct Character {
  std::size_t length = 1;
  unsigned char low = 0;
};
Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return {1, static_cast<unsigned char>(first)};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const unsigned number = ((byte(length - 2) & 0x3FU) << 6U) | (byte(length - 1) & 0x3FU);
  return {std::min(length, text.size()), static_cast<unsigned char>(number & 0xFFU)};
}

bool identifier(Input& in, std::vector<Identifier>& out) {
  std::size_t end = 0;
  while (end < in.rest.size()) {
    const Character character = character_at(in.rest.substr(end));
    const bool dash = character.length == 1 && character.low == '-';
    if (!dash && !is_letter_or_digit(static_cast<char>(character.low))) break;
    end += character.length;
  }
  if (end == 0) return false;
  const std::string_view text = in.rest.substr(0, end);
  if (const auto number = rust::parse_unsigned(text, UINT64_MAX))
    out.emplace_back(*number);
  else
    out.emplace_back(std::string(text));
  in.rest.remove_prefix(end);
  return true;
}

bool identifiers(Input& in, std::vector<Identifier>& out) {
  Input at = in;
  if (!identifier(at, out)) return false;
  in = at;
  while (at.take(".") && identifier(at, out)) in = at;
  return true;
}

// "-rc.1+build", either or both; the "-" may be missing.
std::vector<Identifier> extras(Input& in) {
  std::vector<Identifier> prerelease, build;
  Input at = in;
  at.take("-");
  if (identifiers(at, prerelease))
    in = at;
  else
    prerelease.clear();
  at = in;
  if (at.take("+") && identifiers(at, build)) in = at;
  return prerelease;
}

std::optional<std::uint64_t> number(Input& in) {
  const std::size_t end = std::min(in.rest.find_first_not_of("0123456789"), in.rest.size());
  const auto value = rust::parse_unsigned(in.rest.substr(0, end), max_number);
  if (value) in.rest.remove_prefix(end);
  return value;
}

// Whether there is one; "x" leaves `out` empty.
bool component(Input& in, std::optional<std::uint64_t>& out) {
  if (in.take("x") || in.take("X") || in.take("*")) {
    out.reset();
    return true;
  }
  out = number(in);
  return out.has_value();
}

bool dotted_component(Input& in, std::optional<std::uint64_t>& out) {
  Input at = in;
  if (!at.take(".") || !component(at, out)) return false;
  in = at;
  return true;
}

}  // namespace

std::optional<Partial> partial(Input& in) {
  Input at = in;
  at.take("v");
  at.blanks();
  Partial partial;
  if (!component(at, partial.major)) return std::nullopt;
  const bool second = dotted_component(at, partial.minor);
  // Without a second number a third one cannot follow.
  if (second && dotted_component(at, partial.patch)) partial.prerelease = extras(at);
  in = at;
  return partial;
}

std::strong_ordering order(const Version& a, const Version& b) {
  if (a.major != b.major) return a.major <=> b.major;
  if (a.minor != b.minor) return a.minor <=> b.minor;
  if (a.patch != b.patch) return a.patch <=> b.patch;
  if (a.prerelease.empty() || b.prerelease.empty())
    return a.prerelease.empty() <=> b.prerelease.empty();
  return order(a.prerelease, b.prerelease);
}

std::optional<Version> parse_version(std::string_view text) {
  if (text.size() > max_length) return std::nullopt;
  Input in{text};
  if (!in.take("v")) in.take("V");
  in.blanks();
  const auto major = number(in);
  if (!major || !in.take(".")) return std::nullopt;
  const auto minor = number(in);
  if (!minor || !in.take(".")) return std::nullopt;
  const auto patch = number(in);
  if (!patch) return std::nullopt;
  Version version{*major, *minor, *patch, extras(in)};
  if (!in.rest.empty()) return std::nullopt;
  return version;
}

std::string to_string(const Version& version) {
  std::string text = std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
                     std::to_string(version.patch);
  char separator = '-';
  for (const Identifier& each : version.prerelease) {
    text += separator;
    text += each.index() == 0 ? std::to_string(std::get<0>(each)) : std::get<1>(each);
    separator = '.';
  }
  return text;
}

}  // namespace buildable::build::node_semver
