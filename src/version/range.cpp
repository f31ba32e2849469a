#include "version/range.h"

#include <array>

#include "base/text.h"
#include "version/range_grammars.h"
#include "version/range_parts.h"

namespace buildable {
namespace {

struct Entry {
  Grammar grammar;
  std::string_view name;
  std::string_view example;
  Result<VersionSet> (*parse)(Scheme, std::string_view);
};

constexpr std::array<Entry, 7> entries{{
    {Grammar::npm, "npm", ">=20.19.0 <23 || ^24.1", parse_npm_range},
    {Grammar::pep440, "pep440", ">=3.12,<3.15", parse_pep440_range},
    {Grammar::poetry, "poetry", "^3.12 or >=3.12,<3.15", parse_poetry_range},
    {Grammar::ruby, "ruby", "~> 3.4 or >= 3.2, < 3.5", parse_ruby_range},
    {Grammar::composer, "composer", "^8.2 or ~8.2.0 || 8.4.*", parse_composer_range},
    {Grammar::cargo, "cargo", "=1.24 or >=1.22, <1.25", parse_cargo_range},
    {Grammar::maven, "maven", "[3.9,4) or 3.9.4", parse_maven_range},
}};

const Entry& entry_of(Grammar grammar) { return entries[static_cast<std::size_t>(grammar)]; }

tl::unexpected<Error> not_a_range(const Entry& entry, std::string_view text,
                                  const std::string& why) {
  return fail(in_quotes(text) + " is not a valid " + std::string(entry.name) + " range: " + why,
              "write it like " + std::string(entry.example));
}

std::size_t alternatives_in(std::string_view text) {
  std::size_t count = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '|') continue;
    ++count;
    if (text.substr(at, 2) == "||") ++at;
  }
  return count;
}

}  // namespace

std::string_view name_of(Grammar grammar) { return entry_of(grammar).name; }

Result<Grammar> grammar_named(std::string_view name) {
  for (const Entry& entry : entries) {
    if (entry.name == name) return entry.grammar;
  }
  std::string known;
  for (const Entry& entry : entries) {
    known.append(known.empty() ? "" : ", ").append(entry.name);
  }
  return fail("no range grammar is called " + in_quotes(name), "known: " + known);
}

Result<VersionSet> parse_range(Grammar grammar, Scheme scheme, std::string_view text,
                               const std::vector<SeriesName>& names) {
  const Entry& entry = entry_of(grammar);
  if (text.size() > max_range_length) {
    return not_a_range(entry, text, "longer than " + std::to_string(max_range_length) + " bytes");
  }
  if (alternatives_in(text) > max_range_alternatives) {
    return not_a_range(entry, text,
                       "more than " + std::to_string(max_range_alternatives) + " alternatives");
  }
  const std::string_view range = trim(text);
  for (const SeriesName& series : names) {
    if (series.name == range) return VersionSet::series(scheme, series.numbers).finals_only();
  }
  Result<VersionSet> set = entry.parse(scheme, range);
  if (!set) return not_a_range(entry, range, set.error().message());
  return set;
}

}  // namespace buildable
