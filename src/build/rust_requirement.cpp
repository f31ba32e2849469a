#include "build/rust_requirement.h"

#include <algorithm>
#include <array>
#include <compare>

#include "base/characters.h"
#include "base/text.h"
#include "build/rust_text.h"

namespace buildable::build::rust {
namespace {

using Operator = Comparator::Operator;
constexpr std::size_t max_comparators = 32;

struct Spelled {
  std::string_view text;
  Operator op;
};
// Longer ones first.
constexpr std::array<Spelled, 7> operators{{{">=", Operator::greater_or_equal},
                                            {"<=", Operator::less_or_equal},
                                            {">", Operator::greater},
                                            {"<", Operator::less},
                                            {"=", Operator::exact},
                                            {"~", Operator::tilde},
                                            {"^", Operator::caret}}};

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

std::strong_ordering order_words(std::string_view a, std::string_view b) {
  const bool first = all_digits(a), second = all_digits(b);
  if (first != second) return first ? std::strong_ordering::less : std::strong_ordering::greater;
  if (first && a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::strong_ordering order_prereleases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();
  const auto first = split(a, '.'), second = split(b, '.');
  for (std::size_t i = 0; i < first.size() && i < second.size(); ++i)
    if (const auto compared = order_words(first[i], second[i]); compared != 0) return compared;
  return first.size() <=> second.size();
}

std::string character_at_start(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return "'" + std::string(text.substr(0, end)) + "'";
}

// Reads one comparator after another; `error` is set where it stops.
class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) { blanks(); }

  std::vector<Comparator> parse() {
    if (wildcard()) {
      blanks();
      if (!rest_.empty())
        error = rest_.starts_with(',')
                    ? "wildcard req (*) must be the only comparator in the version req"
                    : "unexpected character after wildcard in version req";
      return {};
    }
    std::vector<Comparator> found;
    while (error.empty()) {
      found.push_back(comparator());
      if (!error.empty() || rest_.empty()) break;
      if (!rest_.starts_with(',')) {
        refuse("expected comma after " + std::string(position_) + ", found " +
               character_at_start(rest_));
        break;
      }
      rest_.remove_prefix(1);
      blanks();
      if (found.size() == max_comparators) refuse("excessive number of version comparators");
    }
    return found;
  }

  std::string error;

 private:
  void refuse(std::string why) {
    if (error.empty()) error = std::move(why);
  }
  void blanks() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }
  bool wildcard() {
    if (!rest_.starts_with('*') && !rest_.starts_with('x') && !rest_.starts_with('X')) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool dot() {
    if (!error.empty() || !rest_.starts_with('.')) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::uint64_t number() {
    std::size_t end = 0;
    while (end < rest_.size() && is_digit(rest_[end])) ++end;
    if (end == 0) {
      refuse(rest_.empty() ? "unexpected end of input while parsing " + std::string(position_)
                           : "unexpected character " + character_at_start(rest_) +
                                 " while parsing " + std::string(position_));
      return 0;
    }
    if (end > 1 && rest_[0] == '0') refuse("invalid leading zero in " + std::string(position_));
    const auto value = parse_unsigned(rest_.substr(0, end), UINT64_MAX);
    if (!value) refuse("value of " + std::string(position_) + " exceeds u64::MAX");
    rest_.remove_prefix(end);
    return value.value_or(0);
  }

  // "rc.1"; zeros may lead in build metadata only.
  std::string words(bool numbers_are_strict) {
    std::size_t end = 0;
    while (end < rest_.size() && (is_word(rest_[end]) || rest_[end] == '.')) ++end;
    const std::string_view text = rest_.substr(0, end);
    for (const std::string_view word : split(text, '.')) {
      if (word.empty())
        refuse("empty identifier segment in " + std::string(position_));
      else if (numbers_are_strict && word.size() > 1 && word[0] == '0' && all_digits(word))
        refuse("invalid leading zero in " + std::string(position_));
    }
    rest_.remove_prefix(end);
    return std::string(text);
  }

  Comparator comparator() {
    Comparator found;
    const std::size_t before = rest_.size();
    for (const Spelled& each : operators) {
      if (!rest_.starts_with(each.text)) continue;
      rest_.remove_prefix(each.text.size());
      found.op = each.op;
      break;
    }
    const bool plain = rest_.size() == before;
    blanks();
    position_ = "major version number";
    found.major = number();
    numbers_behind(found, plain);
    if (found.patch && error.empty() && rest_.starts_with('-')) {
      position_ = "pre-release identifier";
      rest_.remove_prefix(1);
      found.prerelease = words(true);
    }
    if (found.patch && error.empty() && rest_.starts_with('+')) {
      position_ = "build metadata";
      rest_.remove_prefix(1);
      words(false);
    }
    blanks();
    return found;
  }

  void numbers_behind(Comparator& found, bool plain) {
    if (!dot()) return;
    position_ = "minor version number";
    const bool any = wildcard();
    if (any && plain) found.op = Operator::wildcard;
    if (!any) found.minor = number();
    if (!dot()) return;
    position_ = "patch version number";
    if (wildcard()) {
      if (plain) found.op = Operator::wildcard;
    } else if (any) {
      refuse("unexpected character after wildcard in version req");
    } else {
      found.patch = number();
    }
  }

  std::string_view rest_;
  std::string_view position_ = "major version number";
};

bool is_exact(const Comparator& wanted, const Numbers& version) {
  return version.major == wanted.major && (!wanted.minor || version.minor == *wanted.minor) &&
         (!wanted.patch || version.patch == *wanted.patch) &&
         version.prerelease == wanted.prerelease;
}

// Above (1) or below (-1) all that the comparator's numbers name, or neither (0).
int side_of(const Comparator& wanted, const Numbers& version) {
  const auto sign = [](std::strong_ordering compared) {
    return compared < 0 ? -1 : compared > 0 ? 1 : 0;
  };
  if (version.major != wanted.major) return sign(version.major <=> wanted.major);
  if (!wanted.minor) return 0;
  if (version.minor != *wanted.minor) return sign(version.minor <=> *wanted.minor);
  if (!wanted.patch) return 0;
  if (version.patch != *wanted.patch) return sign(version.patch <=> *wanted.patch);
  return sign(order_prereleases(version.prerelease, wanted.prerelease));
}

bool within_tilde(const Comparator& wanted, const Numbers& version) {
  if (version.major != wanted.major) return false;
  if (wanted.minor && version.minor != *wanted.minor) return false;
  if (wanted.patch && version.patch != *wanted.patch) return version.patch > *wanted.patch;
  return order_prereleases(version.prerelease, wanted.prerelease) >= 0;
}

bool within_caret(const Comparator& wanted, const Numbers& version) {
  if (version.major != wanted.major) return false;
  if (!wanted.minor) return true;
  if (!wanted.patch)
    return wanted.major > 0 ? version.minor >= *wanted.minor : version.minor == *wanted.minor;
  const bool minor_fixed = wanted.major == 0;
  const bool patch_fixed = minor_fixed && *wanted.minor == 0;
  if (version.minor != *wanted.minor) return !minor_fixed && version.minor > *wanted.minor;
  if (version.patch != *wanted.patch) return !patch_fixed && version.patch > *wanted.patch;
  return order_prereleases(version.prerelease, wanted.prerelease) >= 0;
}

bool satisfies(const Comparator& wanted, const Numbers& version) {
  switch (wanted.op) {
    case Operator::exact:
    case Operator::wildcard:
      return is_exact(wanted, version);
    case Operator::greater:
      return side_of(wanted, version) > 0;
    case Operator::greater_or_equal:
      return is_exact(wanted, version) || side_of(wanted, version) > 0;
    case Operator::less:
      return side_of(wanted, version) < 0;
    case Operator::less_or_equal:
      return is_exact(wanted, version) || side_of(wanted, version) < 0;
    case Operator::tilde:
      return within_tilde(wanted, version);
    case Operator::caret:
      break;
  }
  return within_caret(wanted, version);
}

bool admits_prerelease(const Comparator& wanted, const Numbers& version) {
  return version.major == wanted.major && wanted.minor == version.minor &&
         wanted.patch == version.patch && !wanted.prerelease.empty();
}

std::string spelled(const Comparator& comparator) {
  std::string text;
  for (const Spelled& each : operators)
    if (each.op == comparator.op) text = each.text;
  text += std::to_string(comparator.major);
  const bool star = comparator.op == Operator::wildcard;
  if (!comparator.minor) return star ? text + ".*" : text;
  text += '.' + std::to_string(*comparator.minor);
  if (!comparator.patch) return star ? text + ".*" : text;
  text += '.' + std::to_string(*comparator.patch);
  return comparator.prerelease.empty() ? text : text + '-' + comparator.prerelease;
}

}  // namespace

std::optional<Requirement> Requirement::parse(std::string_view text, std::string& error) {
  Parser parser(text);
  Requirement requirement;
  requirement.comparators_ = parser.parse();
  error = std::move(parser.error);
  if (!error.empty()) return std::nullopt;
  return requirement;
}

bool Requirement::matches(const Numbers& version) const {
  const auto fits = [&](const Comparator& each) { return satisfies(each, version); };
  if (!std::all_of(comparators_.begin(), comparators_.end(), fits)) return false;
  if (version.prerelease.empty()) return true;
  return std::any_of(comparators_.begin(), comparators_.end(),
                     [&](const Comparator& each) { return admits_prerelease(each, version); });
}

std::string Requirement::text() const {
  if (comparators_.empty()) return "*";
  std::vector<std::string> texts;
  for (const Comparator& each : comparators_) texts.push_back(spelled(each));
  return join(texts, ", ");
}

}  // namespace buildable::build::rust
