#include "build/yarn_engines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/characters.h"
#include "build/node_manager_versions.h"

namespace buildable::build {
namespace {

constexpr std::size_t longest_judged = 300;  // bytes of a range; people write shorter ones

bool is_operator_byte(char c) { return c == '<' || c == '>' || c == '=' || c == '~' || c == '^'; }
bool is_prefix_byte(char c) { return c == '=' || c == 'v'; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  if (words.back().empty()) words.pop_back();
  return words;
}

bool begins_version(std::string_view text) {
  return !text.empty() && (is_digit(text[0]) || text[0] == 'x' || text[0] == 'X' || text[0] == '*');
}

// An operator is joined with the version that follows it.
std::vector<std::string> comparators_of(std::string_view alternative) {
  std::vector<std::string> all;
  for (std::string& word : words_of(alternative)) {
    const bool joins = !all.empty() && is_operator_byte(all.back().back()) &&
                       (begins_version(word) || is_prefix_byte(word.front()));
    if (joins)
      all.back() += word;
    else
      all.push_back(std::move(word));
  }
  return all;
}

// "<=", "~>", "^" or none; "v" and "=" behind it mean nothing. Nothing where there is no such
// operator.
std::optional<std::string> operator_of(std::string_view& comparator) {
  constexpr std::array<std::string_view, 8> operators{"<=", ">=", "<", ">", "=", "~>", "~", "^"};
  std::string found;
  for (const std::string_view each : operators)
    if (found.empty() && comparator.starts_with(each)) found = each;
  comparator.remove_prefix(found.size());
  while (!comparator.empty() && is_prefix_byte(comparator.front())) comparator.remove_prefix(1);
  if (!comparator.empty() && is_operator_byte(comparator.front())) return std::nullopt;
  return found;
}

bool has_bytes_of_version(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == '+' || c == '*';
  });
}

// What one comparator takes at most; nothing where Yarn surely leaves it out.
std::optional<VersionSet> comparator_at_most(std::string_view comparator) {
  std::string_view rest = comparator;
  const auto op = operator_of(rest);
  if (!op || !begins_version(rest) || !has_bytes_of_version(rest)) return std::nullopt;
  const auto set = range_of_npm(*op + std::string(rest));
  return set ? *set : VersionSet::all(Scheme::semver);
}

// A dash may make a range of two versions, and an operator before another joins with it.
bool is_unclear(std::string_view comparator) {
  return comparator == "-" || is_operator_byte(comparator.back());
}

// Our reader of ranges is that of a later node-semver, which takes build metadata anywhere.
VersionSet alternative_at_most(std::string_view alternative) {
  VersionSet everything = VersionSet::all(Scheme::semver);
  if (alternative.find('+') != std::string_view::npos) return everything;
  if (const auto set = range_of_npm(alternative)) return *set;
  std::optional<VersionSet> all;
  for (const std::string& each : comparators_of(alternative)) {
    if (is_unclear(each)) return everything;
    const auto set = comparator_at_most(each);
    if (set) all = all ? all->intersect(*set) : *set;
  }
  return all.value_or(VersionSet::none(Scheme::semver));
}

}  // namespace

VersionSet taken_by_yarn_at_most(std::string_view range) {
  if (range.size() > longest_judged) return VersionSet::all(Scheme::semver);
  VersionSet taken = VersionSet::none(Scheme::semver);
  std::string_view rest = range;
  while (true) {
    const std::size_t bars = rest.find("||");
    taken = taken.unite(alternative_at_most(rest.substr(0, bars)));
    if (bars == std::string_view::npos) return taken;
    rest.remove_prefix(bars + 2);
  }
}

bool yarn_refuses_node(std::string_view range, std::string_view node) {
  const VersionSet taken = taken_by_yarn_at_most(range);
  const std::string major(node.substr(0, node.find('.')));
  std::vector<std::string> counts_as{std::string(node)};
  for (const char* series : {"0.10.", "0.11.", "0.12.", "0.13."})
    counts_as.push_back(series + major);
  return std::none_of(counts_as.begin(), counts_as.end(), [&](const std::string& each) {
    const auto version = Version::parse(Scheme::semver, each);
    return !version || taken.contains(*version);
  });
}

}  // namespace buildable::build
