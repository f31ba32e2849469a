#include "bots/runtime_names.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/characters.h"
#include "base/ignore.h"
#include "base/text.h"
#include "bots/dependencies.h"
#include "bots/lint_findings.h"

namespace buildable::bots {
namespace {

constexpr std::size_t max_pattern_comparisons = 1'000'000;

constexpr std::array<std::string_view, 2> name_keys{"matchPackageNames", "matchDepNames"};
constexpr std::array<std::string_view, 2> regex_keys{"matchPackagePatterns", "matchDepPatterns"};
constexpr std::array<std::string_view, 2> prefix_keys{"matchPackagePrefixes", "matchDepPrefixes"};
constexpr std::array<std::string_view, 2> source_keys{"matchDatasources", "matchManagers"};

// A regular expression of letters, "^" and "$".
struct PlainRegex {
  std::string words;
  bool from_begin = false;
  bool to_end = false;

  bool matches(std::string_view text) const {
    if (from_begin && to_end) return text == words;
    if (from_begin) return text.starts_with(words);
    return to_end ? text.ends_with(words) : text.find(words) != text.npos;
  }
};

// Nothing where it is more than that.
std::optional<PlainRegex> plain_regex(std::string_view text) {
  PlainRegex regex;
  if (text.starts_with('^')) {
    regex.from_begin = true;
    text.remove_prefix(1);
  }
  if (text.ends_with('$') && !text.ends_with("\\$")) {
    regex.to_end = true;
    text.remove_suffix(1);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size();
    if (escaped) ++i;
    const bool plain = is_letter_or_digit(text[i]) ? !escaped
                                                   : escaped || text[i] == '/' || text[i] == '-' ||
                                                         text[i] == '_' || text[i] == ':';
    if (!plain) return std::nullopt;
    regex.words += text[i];
  }
  if (regex.words.empty()) return std::nullopt;
  return regex;
}

// "^python$" of "/^python$/" and "/^python$/i".
std::optional<std::string_view> between_slashes(std::string_view text) {
  if (text.ends_with("/i")) text.remove_suffix(1);
  if (text.size() < 3 || text.front() != '/' || text.back() != '/') return std::nullopt;
  return text.substr(1, text.size() - 2);
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '/' && name.front() != '!' && name.find('*') == name.npos;
}

}  // namespace

RuntimeNames::RuntimeNames(const LintContext& context) {
  std::map<std::string, int> uses;  // of datasources, by runtimes
  for (const RuntimeRules& rules : context.rules.runtimes) {
    std::set<std::string> sources;
    for (const RenovateMatch& match : rules.renovate.matches)
      sources.insert(match.datasources.begin(), match.datasources.end());
    for (const std::string& source : sources) ++uses[source];
  }
  for (const RuntimeRules& rules : context.rules.runtimes) {
    const RuntimePolicy* runtime = governed_by(context.track, rules.id);
    if (!runtime) continue;
    add_rules(rules, *runtime);
    // "python-version", whatever is asked of it; not "npm", which has all packages.
    for (const RenovateMatch& match : rules.renovate.matches)
      for (const std::string& source : match.datasources)
        if (uses[source] == 1 && source.ends_with("-version")) by_source_.emplace(source, runtime);
    for (const std::string& manager : rules.renovate.single_managers)
      by_source_.emplace(manager, runtime);
  }
}

void RuntimeNames::add_rules(const RuntimeRules& rules, const RuntimePolicy& runtime) {
  by_name_.emplace(rules.id, &runtime);
  const auto add = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names)
      if (is_plain_name(name)) by_name_.emplace(name, &runtime);
  };
  for (const PinPlace& place : rules.pins)
    if (place.syntax == PinSyntax::image && place.granularity == Granularity::version)
      add(place.names);
  for (const DependabotNames& known : rules.dependabot)
    if (known.granularity == Granularity::version) add(known.dependencies);
  for (const RenovateMatch& match : rules.renovate.matches)
    if (match.granularity == Granularity::version) add(match.packages);
}

void RuntimeNames::add_matching(std::string_view pattern, std::set<const RuntimePolicy*>& found) {
  comparisons_ += by_name_.size();
  const auto regex = plain_regex(pattern);
  if (!regex || comparisons_ > max_pattern_comparisons) return;
  for (const auto& [name, runtime] : by_name_)
    if (regex->matches(name)) found.insert(runtime);
}

void RuntimeNames::add_named(std::string_view written, std::set<const RuntimePolicy*>& found) {
  if (const auto regex = between_slashes(written)) return add_matching(*regex, found);
  if (written.starts_with('!')) return;
  if (written.find('*') == written.npos) {
    for (const std::string_view name : {written, dependency_of_image(written)})
      if (const auto known = by_name_.find(name); known != by_name_.end())
        found.insert(known->second);
    return;
  }
  // One that stands for everything is about no runtime.
  comparisons_ += by_name_.size();
  if (written.find_first_not_of("*/") == written.npos || comparisons_ > max_pattern_comparisons)
    return;
  for (const auto& [name, runtime] : by_name_)
    if (glob_matches(written, name)) found.insert(runtime);
}

std::set<const RuntimePolicy*> RuntimeNames::of_rule(const Node& rule) {
  std::set<const RuntimePolicy*> found;
  bool has_names = false;
  const auto each = [&](const auto& keys, const auto& use) {
    for (const std::string_view key : keys)
      for (const Node* text : texts_of(rule.find(key))) {
        has_names = true;
        use(text->text);
      }
  };
  each(name_keys, [&](const std::string& name) { add_named(name, found); });
  each(regex_keys, [&](const std::string& regex) { add_matching(regex, found); });
  each(prefix_keys, [&](const std::string& prefix) { add_named(prefix + "*", found); });
  if (has_names) return found;
  for (const std::string_view key : source_keys)
    for (const Node* source : texts_of(rule.find(key)))
      if (const auto known = by_source_.find(source->text); known != by_source_.end())
        found.insert(known->second);
  return found;
}

}  // namespace buildable::bots
