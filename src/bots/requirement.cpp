#include "bots/requirement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/characters.h"
#include "base/text.h"
#include "version/range.h"

namespace buildable::bots {
namespace {

using Reading = Requirement::Reading;

constexpr std::size_t max_length = 200;
constexpr std::size_t complete = 3;  // numbers of a release

// One operator and its bound: ">= 3.15.a".
struct Condition {
  std::string_view op;               // "=" where none is written
  std::vector<std::string> numbers;  // before the first word
  bool has_word = false;             // "a", "x", "rc1" behind them
};

// What Dependabot drops of a tag, and of a requirement on tags: "-slim-bookworm".
std::string_view without_suffix(std::string_view version) {
  const std::size_t hyphen = version.find('-');
  if (hyphen == version.npos) return version;
  const std::string_view suffix = version.substr(hyphen + 1);
  const bool plain = !suffix.empty() && std::all_of(suffix.begin(), suffix.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.';
  });
  return plain ? version.substr(0, hyphen) : version;
}

// Gem::Version's pattern, without a hyphen, which no runtime's bound has.
bool is_gem_version(std::string_view text) {
  const auto parts = split(text, '.');
  return is_digits(parts.front()) &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && std::all_of(part.begin(), part.end(), is_letter_or_digit);
         });
}

std::string_view operator_of(std::string_view text) {
  constexpr std::array<std::string_view, 7> operators{"!=", ">=", "<=", "~>", "=", ">", "<"};
  for (const std::string_view op : operators)
    if (text.starts_with(op)) return op;
  return {};
}

std::optional<Condition> condition_of(std::string_view text) {
  text = trim(text);
  const std::string_view op = operator_of(text);
  const std::string_view version = trim(text.substr(op.size()));
  if (!is_gem_version(version)) return std::nullopt;
  Condition condition{op.empty() ? std::string_view("=") : op, {}, false};
  for (const std::string_view part : split(version, '.')) {
    if (!is_digits(part)) {
      condition.has_word = true;
      break;
    }
    condition.numbers.emplace_back(part);
  }
  return condition;
}

std::optional<Cut> cut_at(Scheme scheme, std::vector<std::string> numbers, Cut::Side side) {
  if (numbers.size() < complete) numbers.resize(complete, "0");
  const auto version = Version::parse(scheme, join(numbers, "."));
  return version ? std::optional(Cut{*version, side}) : std::nullopt;
}

// Of "3.14.2" what "~>" ends before: 3.15; of "3" it is 4.
std::vector<std::string> bumped(std::vector<std::string> numbers) {
  if (numbers.size() > 1) numbers.pop_back();
  // Ten digits are far beyond any release.
  constexpr std::size_t digits = 9;
  const std::string last = numbers.back().substr(0, digits);
  numbers.back() = std::to_string(std::stoul(last) + 1);
  return numbers;
}

// Nothing where the bound is no version of the scheme.
std::optional<VersionSet> set_of(const Condition& condition, Scheme scheme) {
  using Side = Cut::Side;
  const auto at = [&](Side side) {
    return cut_at(scheme, condition.numbers, condition.has_word ? Side::floor : side);
  };
  const auto before = at(Side::before);
  const auto after = at(Side::after);
  if (!before || !after) return std::nullopt;
  if (condition.op == ">=") return VersionSet::between(scheme, before, std::nullopt);
  if (condition.op == ">") return VersionSet::between(scheme, after, std::nullopt);
  if (condition.op == "<") return VersionSet::between(scheme, std::nullopt, before);
  if (condition.op == "<=") return VersionSet::between(scheme, std::nullopt, after);
  const VersionSet one =
      condition.has_word ? VersionSet::none(scheme) : VersionSet::between(scheme, before, after);
  if (condition.op == "=") return one;
  if (condition.op == "!=") return one.complement();
  const auto end = cut_at(scheme, bumped(condition.numbers), Side::floor);
  return end ? std::optional(VersionSet::between(scheme, before, end)) : std::nullopt;
}

Requirement unknown(Scheme scheme) { return {Reading::unknown, VersionSet::none(scheme)}; }

// RubyGems' operators; a comma is "and".
Requirement gem_requirement(Scheme scheme, std::string_view text) {
  VersionSet set = VersionSet::all(scheme);
  for (const std::string_view part : split(text, ',')) {
    const auto condition = condition_of(without_suffix(part));
    if (!condition) return {Reading::unreadable, VersionSet::none(scheme)};
    const auto accepted = set_of(*condition, scheme);
    if (!accepted) return unknown(scheme);
    set = set.intersect(*accepted);
  }
  return {set.empty() ? Reading::nothing : Reading::versions, set};
}

bool are_operators(std::string_view text) {
  const auto parts = split(text, ',');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    const std::string_view op = operator_of(trim(part));
    return !op.empty() && op != "~>" && condition_of(part);
  });
}

Requirement npm_requirement(Scheme scheme, std::string_view text) {
  if (are_operators(text)) return gem_requirement(scheme, text);
  const auto set = parse_range(Grammar::npm, scheme, text);
  if (!set) return unknown(scheme);
  // What it lets in of prereleases is of no matter: Dependabot takes them with their finals.
  return {set->empty() ? Reading::nothing : Reading::versions, *set};
}

// Python's operators; a comma is "or".
Requirement conda_requirement(Scheme scheme, std::string_view text) {
  VersionSet set = VersionSet::none(scheme);
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    // "3.15.0a0" is the lowest prerelease.
    if (part.ends_with("a0")) part.remove_suffix(2);
    const auto condition = condition_of(part);
    if (operator_of(part).empty() || operator_of(part) == "~>" || !condition || condition->has_word)
      return unknown(scheme);
    const auto accepted = set_of(*condition, scheme);
    if (!accepted) return unknown(scheme);
    set = set.unite(*accepted);
  }
  return {Reading::versions, set};
}

// An end of "[4.0.0-alpha,5)": nothing where it is open.
std::optional<std::optional<Cut>> maven_bound(Scheme scheme, std::string_view text,
                                              Cut::Side side) {
  constexpr std::string_view lowest = "-alpha";
  text = trim(text);
  if (text.empty()) return std::optional<Cut>();
  const bool floor = text.ends_with(lowest);
  if (floor) text.remove_suffix(lowest.size());
  const auto condition = condition_of(text);
  if (!condition || condition->has_word) return std::nullopt;
  const auto cut = cut_at(scheme, condition->numbers, floor ? Cut::Side::floor : side);
  return cut ? std::optional(std::optional(*cut)) : std::nullopt;
}

// Maven's intervals, or one operator.
Requirement maven_requirement(Scheme scheme, std::string_view text) {
  const bool brackets = text.size() > 2 && (text.front() == '[' || text.front() == '(') &&
                        (text.back() == ']' || text.back() == ')');
  if (!brackets) {
    if (text.ends_with(".x") && is_digits(text.substr(0, text.find('.'))))
      return {Reading::nothing, VersionSet::none(scheme)};
    const auto condition = are_operators(text) ? condition_of(text) : std::nullopt;
    if (!condition || condition->has_word) return unknown(scheme);
    return gem_requirement(scheme, text);
  }
  const auto ends = split(text.substr(1, text.size() - 2), ',');
  if (ends.size() != 2) return unknown(scheme);
  using Side = Cut::Side;
  const auto low = maven_bound(scheme, ends[0], text.front() == '[' ? Side::before : Side::after);
  const auto high = maven_bound(scheme, ends[1], text.back() == ']' ? Side::after : Side::before);
  if (!low || !high) return unknown(scheme);
  return {Reading::versions, VersionSet::between(scheme, *low, *high)};
}

}  // namespace

Requirement read_requirement(DependabotGrammar grammar, Scheme scheme, std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > max_length) return unknown(scheme);
  switch (grammar) {
    case DependabotGrammar::gem:
    case DependabotGrammar::dotnet_sdk:
      return gem_requirement(scheme, text);
    case DependabotGrammar::npm:
      return npm_requirement(scheme, text);
    case DependabotGrammar::conda:
      return conda_requirement(scheme, text);
    case DependabotGrammar::maven:
      return maven_requirement(scheme, text);
    default:
      return unknown(scheme);
  }
}

}  // namespace buildable::bots
