// Private to src/version: what a scheme's parser makes of a text, and the tools they share.
//
// Keys compare bytewise. A number is one byte, number_tag plus its count of digits, and then its
// digits without leading zeros (zero has none); all bytes that end or qualify a release are lower,
// so that a release stands below every longer one with the same numbers. Every key ends with a byte
// that no longer key of the scheme has at that place (PEP 440's local versions excepted, which
// count as the same version to a cut): "just above a version" is its key and after_tag.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/characters.h"
#include "version/version.h"

namespace buildable {

inline constexpr char floor_tag = '\x01';  // below every continuation of a release's numbers
inline constexpr char number_tag = '\x30';
inline constexpr char after_tag = '\xFF';  // above every continuation of a key

struct Parsed {
  std::string text;
  std::string key;
  bool prerelease = false;
};

std::optional<Parsed> parse_pep440(std::string_view text);
std::optional<Parsed> parse_semver(std::string_view text);
std::optional<Parsed> parse_go(std::string_view text);
std::optional<Parsed> parse_java(std::string_view text);
std::optional<Parsed> parse_composer(std::string_view text);
std::optional<Parsed> parse_ruby(std::string_view text);
std::optional<Parsed> parse_maven(std::string_view text);
std::optional<Parsed> parse_docker(std::string_view text);

// Makes versions of texts that the program composed itself, which may be a little longer than what
// Version::parse takes: the successor of a number of 200 digits has 201.
struct VersionParts {
  static std::optional<Version> make(Scheme scheme, std::string_view text);
};

// How many bytes of a version's key are the numbers of its release.
std::size_t release_length(const Version& version);
// The place below everything that has this version's release.
std::string floor_key(const Version& version);
// "99" gives "100". Precondition: decimal digits.
std::string increment(std::string_view digits);
// "3.14", of its numbers.
std::string join(const std::vector<std::string>& numbers);

inline char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string to_lower(std::string_view text);

std::string_view without_leading_zeros(std::string_view digits);
void append_number(std::string& key, std::string_view digits);

// A place in a text, read from left to right.
struct Scanner {
  std::string_view rest;

  bool done() const { return rest.empty(); }
  char peek() const { return rest.empty() ? '\0' : rest.front(); }
  bool take(char c);
  bool take_one_of(std::string_view characters);
  bool take_word(std::string_view lower_case);  // ignores case
  std::string_view take_digits() { return take_while(is_digit); }

  template <class Predicate>
  std::string_view take_while(Predicate accepts) {
    std::size_t length = 0;
    while (length < rest.size() && accepts(rest[length])) ++length;
    const std::string_view taken = rest.substr(0, length);
    rest.remove_prefix(length);
    return taken;
  }
};

// Reads "3.14.0" onto the text and the key; a dot that no digit follows is left to the caller.
struct Release {
  int count = 0;                // of numbers
  std::size_t significant = 0;  // length of the key without the trailing zeros
};
Release scan_release(Scanner& in, Parsed& out);

// Reads "+build.5" without keeping it; true where there is none.
bool skip_build_metadata(Scanner& in);

}  // namespace buildable
