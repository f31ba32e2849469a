#include "build/openjdk_version.h"

#include "base/characters.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::uint64_t most = UINT32_MAX;

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

// Leaves the text as it was where there is none that fits.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::string_view ahead = text;
  const auto number = rust::parse_unsigned(take_digits(ahead), most);
  if (!number) return std::nullopt;
  text = ahead;
  return static_cast<std::uint32_t>(*number);
}

// Numbers between dots; a dot that no number follows is left.
std::vector<std::uint32_t> take_numbers(std::string_view& text) {
  std::vector<std::uint32_t> numbers;
  std::string_view ahead = text;
  while (const auto number = take_number(ahead)) {
    numbers.push_back(*number);
    text = ahead;
    if (!ahead.starts_with('.')) break;
    ahead.remove_prefix(1);
  }
  return numbers;
}

bool take_word(std::string_view& text, bool dotted) {
  std::size_t length = 0;
  while (length < text.size() && (is_letter_or_digit(text[length]) ||
                                  (dotted && (text[length] == '.' || text[length] == '-'))))
    ++length;
  text.remove_prefix(length);
  return length > 0;
}

void skip_optional(std::string_view& text, std::string_view prefix) {
  std::string_view ahead = text;
  if (!ahead.starts_with(prefix)) return;
  ahead.remove_prefix(prefix.size());
  if (take_word(ahead, true)) text = ahead;
}

// "-ea+13-LTS", "+13", "-ea", "+-LTS", or nothing.
void skip_suffix(std::string_view& text) {
  std::string_view ahead = text;
  const bool hyphen = ahead.starts_with('-');
  if (hyphen) ahead.remove_prefix(1);
  const bool word = hyphen && take_word(ahead, false);
  std::string_view after_word = word ? ahead : text;
  std::string_view build = after_word;
  if (build.starts_with('+')) {
    build.remove_prefix(1);
    if (take_number(build)) {
      text = build;
      return skip_optional(text, "-");
    }
  }
  if (word) {
    text = after_word;
    return skip_optional(text, "-");
  }
  skip_optional(text, "+-");
}

// "u442" or "_442" after a lone major, or after one that "1." precedes.
std::optional<OpenJdkVersion> take_legacy(const std::vector<std::uint32_t>& numbers,
                                          std::string_view& text) {
  const bool prefixed = numbers.size() == 2 && numbers[0] == 1;
  if (numbers.size() != 1 && !prefixed) return std::nullopt;
  std::string_view ahead = text;
  if (!ahead.starts_with('u') && !ahead.starts_with('_')) return std::nullopt;
  ahead.remove_prefix(1);
  const auto update = take_number(ahead);
  if (!update) return std::nullopt;
  text = ahead;
  return OpenJdkVersion{true, numbers.back(), {*update}};
}

}  // namespace

ParsedOpenJdkVersion parse_openjdk_version(std::string_view text) {
  std::string_view rest = text;
  std::vector<std::uint32_t> numbers = take_numbers(rest);
  if (numbers.empty()) {
    std::string_view digits = rest;
    const bool huge = !take_digits(digits).empty();
    return {std::nullopt, {std::string(text), huge ? "MapRes" : "Digit"}};
  }
  while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
  if (numbers.empty()) return {std::nullopt, {std::string(text), "panic"}};
  std::optional<OpenJdkVersion> version = take_legacy(numbers, rest);
  if (!version) {
    version = OpenJdkVersion{false, numbers.front(), {numbers.begin() + 1, numbers.end()}};
    skip_suffix(rest);
  }
  if (!rest.empty()) return {std::nullopt, {std::string(rest), "Eof"}};
  return {std::move(version), {}};
}

OpenJdkRequirement parse_openjdk_requirement(std::string_view value) {
  OpenJdkRequirement requirement;
  requirement.text = value;
  // The blanks around it go only where there is a hyphen to split at.
  const std::string_view trimmed = rust::trim(value);
  const std::size_t hyphen = trimmed.find('-');
  if (hyphen != std::string_view::npos) {
    requirement.distributed = true;
    requirement.distribution = trimmed.substr(0, hyphen);
    requirement.text = trimmed.substr(hyphen + 1);
  }
  if (const auto series = rust::parse_unsigned(requirement.text, most))
    requirement.series = static_cast<std::uint32_t>(*series);
  else
    requirement.exact = parse_openjdk_version(requirement.text);
  return requirement;
}

std::string openjdk_spelling(std::string_view version) {
  const bool legacy =
      version.size() > 4 && version[0] >= '1' && version[0] <= '8' && version.substr(1, 3) == ".0.";
  if (!legacy) return std::string(version);
  return "1." + std::string(version.substr(0, 1)) + ".0_" + std::string(version.substr(4));
}

}  // namespace buildable::build
