// Maven's "Version Order Specification":
// https://maven.apache.org/pom.html#version-order-specification Also the order of sbt and, near
// enough, Gradle.
//
// A missing token counts as zero or as the empty qualifier, so at each place: qualifiers of
// prereleases, the end, "sp", other qualifiers, "-1", ".1"; a run of zeros before a number makes it
// lower than any number without.
//
// Normalised further than the specification, whose order has cycles there (1 > 1.0.alpha > 1-sp >
// 1): zeros are dropped before every qualifier, not only before hyphens.
#include "version/scheme_cuts.h"

namespace buildable {
namespace {

enum Token : char {
  alpha = 2,
  beta = 3,
  milestone = 4,
  candidate = 5,
  snapshot = 6,
  end_of_version = 16,
  service_pack = 17,
  other_qualifier = 18,
  hyphen_zeros = 32,
  hyphen_number = 33,
  dot_zeros = 34,
};

struct Qualifier {
  std::string_view word;
  Token token;
};
constexpr Qualifier known_qualifiers[] = {
    {"alpha", alpha},
    {"beta", beta},
    {"milestone", milestone},
    {"rc", candidate},
    {"cr", candidate},
    {"snapshot", snapshot},
    {"sp", service_pack},
    {"", end_of_version},
    {"ga", end_of_version},
    {"final", end_of_version},
    {"release", end_of_version},
};

Token qualifier_token(std::string_view word, bool digit_follows) {
  if (digit_follows && word == "a") return alpha;
  if (digit_follows && word == "b") return beta;
  if (digit_follows && word == "m") return milestone;
  for (const Qualifier& qualifier : known_qualifiers)
    if (qualifier.word == word) return qualifier.token;
  return other_qualifier;
}

struct Tokens {
  Parsed& out;
  int zeros = 0;
  bool zeros_after_hyphen = false;

  void add_zero(bool hyphen) {
    if (hyphen) zeros = 0;
    if (zeros == 0) zeros_after_hyphen = hyphen;
    ++zeros;
  }

  void add_number(bool hyphen, std::string_view digits) {
    if (without_leading_zeros(digits).empty()) return add_zero(hyphen);
    if (hyphen)
      out.key += hyphen_number;
    else if (zeros > 0)
      (out.key += zeros_after_hyphen ? hyphen_zeros : dot_zeros) += static_cast<char>(0xFF - zeros);
    append_number(out.key, digits);
    zeros = 0;
  }

  void add_qualifier(bool hyphen, const std::string& word, bool digit_follows) {
    const Token token = qualifier_token(word, digit_follows);
    if (token == end_of_version) return add_zero(hyphen);
    zeros = 0;
    out.key += token;
    if (token == other_qualifier) (out.key += word) += '\0';
    out.prerelease = out.prerelease || token < end_of_version;
  }
};

bool is_qualifier_character(char c) { return is_letter(c) || c == '+'; }

}  // namespace

std::optional<Parsed> parse_maven(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return {};
  Scanner in{text};
  Parsed out{std::string(text), {}, false};
  Tokens tokens{out};
  bool hyphen = false;
  for (;;) {
    const std::string_view digits = in.take_digits();
    if (!digits.empty()) {
      tokens.add_number(hyphen, digits);
    } else {
      const std::string word = to_lower(in.take_while(is_qualifier_character));
      if (word.empty()) return {};
      tokens.add_qualifier(hyphen, word, is_digit(in.peek()));
    }
    if (in.done()) break;
    hyphen = !in.take('.');
    if (hyphen) in.take_one_of("-_");  // else a change between digits and letters
  }
  out.key += end_of_version;
  return out;
}

// Cuts ------------------------------------------------------------------------------------------

// What stands before the first qualifier of prereleases.
std::string next_final_maven(const Version& prerelease) {
  const std::string& text = prerelease.text();
  std::string longest = release_of(prerelease);
  for (std::size_t end = longest.size(); end < text.size(); ++end) {
    const bool digit_follows = is_digit(text[end]);
    if (is_letter_or_digit(text[end]) && digit_follows == is_digit(text[end - 1])) continue;
    if (!is_letter_or_digit(text[end - 1])) continue;
    std::string stem = text.substr(0, end);
    // "a" is "alpha" where a digit follows.
    const bool is_alias = digit_follows && is_letter(stem.back());
    const auto version = VersionParts::make(Scheme::maven, is_alias ? stem + "1" : stem);
    if (!version || version->is_prerelease()) break;
    longest = std::move(stem);
  }
  return longest;
}

// "1-sp" follows 1 at once.
Cut canonical_final_maven(const Cut& cut) {
  if (cut.side == Cut::Side::after || !cut.at.key().ends_with("\x11\x10")) return cut;
  const std::string lower = to_lower(cut.at.text());
  std::string_view stem = std::string_view(cut.at.text()).substr(0, lower.rfind("sp"));
  while (!is_letter_or_digit(stem.back())) stem.remove_suffix(1);
  return moved(cut, stem, Cut::Side::after);
}

}  // namespace buildable
