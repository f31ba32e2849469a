#include "version/version.h"

#include <algorithm>

#include "version/scheme_row.h"

namespace buildable {
namespace {

// Enough of a bad text to recognise it, safe to print.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string quote = "\"";
  for (char c : text.substr(0, longest)) quote += c >= ' ' && c <= '~' ? c : '?';
  return quote + (text.size() > longest ? "\"..." : "\"");
}

tl::unexpected<Error> bad_version(Scheme scheme, std::string_view text) {
  const SchemeRow& row = row_of(scheme);
  const std::string name(row.name);
  if (text.empty()) return fail("an empty text is not a " + name + " version");
  if (text.size() > max_version_length)
    return fail(in_quotes(text) + " is too long for a version",
                "at most " + std::to_string(max_version_length) + " characters");
  return fail(in_quotes(text) + " is not a valid " + name + " version",
              "write it like \"" + std::string(row.example) + "\"");
}

bool is_only_release(const Version& version) {
  const auto allowed = [](char c) { return is_digit(c) || c == '.'; };
  return std::all_of(version.text().begin(), version.text().end(), allowed);
}

// The lengths that keys can hold: of a number in one byte, of a run of zeros in half of one.
constexpr std::size_t longest_number = max_version_length + 5;
constexpr std::size_t longest_composed = max_version_length + 16;

bool lengths_fit(std::string_view text) {
  std::size_t digits = 0, longest = 0;
  for (char c : text) longest = std::max(longest, digits = is_digit(c) ? digits + 1 : 0);
  return text.size() <= longest_composed && longest <= longest_number;
}

// "22.x", "3.14.*", "3.*.*": what stands before the wildcards, or nothing where there are none.
std::optional<std::string_view> before_wildcards(std::string_view text) {
  std::string_view rest = text;
  while (rest.size() > 2 && rest[rest.size() - 2] == '.' &&
         std::string_view("xX*").find(rest.back()) != std::string_view::npos)
    rest.remove_suffix(2);
  if (rest.size() == text.size()) return {};
  return rest;
}

}  // namespace

std::string_view name_of(Scheme scheme) { return row_of(scheme).name; }

std::optional<Version> VersionParts::make(Scheme scheme, std::string_view text) {
  if (text.size() > longest_number && !lengths_fit(text)) return {};
  std::optional<Parsed> parsed = row_of(scheme).parse(text);
  if (!parsed) return {};
  return Version(scheme, std::move(parsed->text), std::move(parsed->key), parsed->prerelease);
}

Result<Version> Version::parse(Scheme scheme, std::string_view text) {
  if (text.size() > max_version_length) return bad_version(scheme, text);
  std::optional<Version> version = VersionParts::make(scheme, text);
  if (!version) return bad_version(scheme, text);
  return *std::move(version);
}

std::vector<std::string> Version::release() const {
  Scanner in{text_};
  if (const std::size_t epoch = in.rest.find('!'); epoch != std::string_view::npos)
    in.rest.remove_prefix(epoch + 1);
  in.take('v');
  std::vector<std::string> numbers;
  do {
    const std::string_view digits = in.take_digits();
    if (digits.empty()) break;
    const std::string_view number = without_leading_zeros(digits);
    numbers.emplace_back(number.empty() ? std::string_view("0") : number);
  } while (in.take('.'));
  return numbers;
}

std::strong_ordering order(const Version& a, const Version& b) {
  return a.key().compare(b.key()) <=> 0;
}

bool is_partial(const Version& version) {
  if (!is_only_release(version)) return false;
  const std::string& text = version.text();
  const auto dots = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  return dots + 1 < row_of(version.scheme()).complete_length;
}

std::size_t release_length(const Version& version) {
  const std::string& key = version.key();
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
  const std::size_t tag_length = version.scheme() == Scheme::ruby ? 1 : 0;
  std::size_t i = 0;
  while (i < key.size()) {
    std::size_t number = i + tag_length;
    // The end of a Ruby version and its words are below this, the tags of its numbers above.
    if (tag_length == 1 && byte(i) < 0x80) break;
    if (version.scheme() == Scheme::maven && byte(i) == 0x22) number += 2;
    if (number >= key.size() || byte(number) < static_cast<unsigned char>(number_tag)) break;
    i = number + 1 + (byte(number) - static_cast<unsigned char>(number_tag));
  }
  return i;
}

std::string floor_key(const Version& version) {
  return version.key().substr(0, release_length(version)) + floor_tag;
}

Result<Named> parse_named(Scheme scheme, std::string_view text) {
  const auto stem = before_wildcards(text);
  Result<Version> version = Version::parse(scheme, stem.value_or(text));
  if (!version) return bad_version(scheme, text);
  if (stem && !is_only_release(*version)) return bad_version(scheme, text);
  Named named;
  if (stem || is_partial(*version))
    named.series = version->release();
  else
    named.exact = *std::move(version);
  return named;
}

}  // namespace buildable
