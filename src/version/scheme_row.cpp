#include "version/scheme_row.h"

#include <array>

#include "version/scheme_cuts.h"

namespace buildable {
namespace {

// In the order of the enumeration.
constexpr std::array<SchemeRow, 9> rows{{
    {.scheme = Scheme::pep440,
     .name = "pep440",
     .example = "3.14.2",
     .parse = parse_pep440,
     .complete_length = 3,
     .release_numbers = 3,
     .discrete = false,
     .next_final = next_final_pep440,
     .canonical_final = canonical_final_pep440,
     .canonical_at_prerelease = canonical_at_prerelease_pep440,
     .canonical_at_final = canonical_at_final_pep440,
     .canonical_floor = release_floor,
     .prerelease_stem = python_stem,
     .pin_grammar = Grammar::pep440,
     .to_pin_range = to_pep440},
    {.scheme = Scheme::semver,
     .name = "semver",
     .example = "22.1.0",
     .parse = parse_semver,
     .complete_length = 3,
     .release_numbers = 3,
     .discrete = true,
     .next_final = release_of,
     .canonical_final = unchanged,
     .canonical_at_prerelease = canonical_at_prerelease_semver,
     .canonical_at_final = before_the_final,
     .canonical_floor = release_floor,
     .prerelease_stem = plain_stem,
     .pin_grammar = Grammar::npm,
     .to_pin_range = to_npm},
    {.scheme = Scheme::go,
     .name = "go",
     .example = "1.24.2",
     .parse = parse_go,
     .complete_length = 3,
     .release_numbers = 3,
     .discrete = true,
     .next_final = release_of,
     .canonical_final = unchanged,
     .canonical_at_prerelease = canonical_at_prerelease_go,
     .canonical_at_final = before_the_final,
     .canonical_floor = release_floor,
     .prerelease_stem = go_stem,
     .pin_grammar = Grammar::npm,
     .to_pin_range = to_npm},
    {.scheme = Scheme::java,
     .name = "java",
     .example = "21.0.2",
     .parse = parse_java,
     .complete_length = 2,
     .release_numbers = 4,  // 11.0.14.1
     .discrete = false,
     .next_final = release_of,
     .canonical_final = unchanged,
     .canonical_at_prerelease = canonical_at_prerelease_java,
     .canonical_at_final = before_the_final,
     .canonical_floor = release_floor,
     .prerelease_stem = java_stem,
     .pin_grammar = std::nullopt,
     .to_pin_range = nullptr},
    {.scheme = Scheme::dotnet,
     .name = "dotnet",
     .example = "10.0.100",
     .parse = parse_semver,
     .complete_length = 3,
     .release_numbers = 3,
     .discrete = true,
     .next_final = release_of,
     .canonical_final = unchanged,
     .canonical_at_prerelease = canonical_at_prerelease_semver,
     .canonical_at_final = before_the_final,
     .canonical_floor = release_floor,
     .prerelease_stem = plain_stem,
     .pin_grammar = Grammar::npm,
     .to_pin_range = to_npm},
    {.scheme = Scheme::composer,
     .name = "composer",
     .example = "8.4.1",
     .parse = parse_composer,
     .complete_length = 3,
     .release_numbers = 3,
     .discrete = false,
     .next_final = next_final_composer,
     .canonical_final = canonical_final_composer,
     .canonical_at_prerelease = canonical_at_prerelease_composer,
     .canonical_at_final = canonical_at_final_composer,
     .canonical_floor = release_floor,
     .prerelease_stem = composer_stem,
     .pin_grammar = Grammar::composer,
     .to_pin_range = to_composer},
    {.scheme = Scheme::ruby,
     .name = "ruby",
     .example = "3.4.1",
     .parse = parse_ruby,
     .complete_length = 3,
     .release_numbers = 3,
     .discrete = false,
     .next_final = release_of,
     .canonical_final = unchanged,
     .canonical_at_prerelease = unchanged,
     .canonical_at_final = before_the_final,
     .canonical_floor = release_floor,
     .prerelease_stem = ruby_stem,
     .pin_grammar = Grammar::ruby,
     .to_pin_range = to_ruby},
    {.scheme = Scheme::maven,
     .name = "maven",
     .example = "3.9.9",
     .parse = parse_maven,
     .complete_length = 0,
     .release_numbers = 4,  // 1.0.0.1 is common among Maven's artifacts
     .discrete = false,
     .next_final = next_final_maven,
     .canonical_final = canonical_final_maven,
     .canonical_at_prerelease = unchanged,
     .canonical_at_final = before_the_final,
     .canonical_floor = release_floor,
     .prerelease_stem = plain_stem,
     .pin_grammar = Grammar::maven,
     .to_pin_range = to_maven},
    {.scheme = Scheme::docker,
     .name = "docker",
     .example = "3.14.2-slim",
     .parse = parse_docker,
     .complete_length = 0,
     .release_numbers = 4,  // an image counts as it likes
     .discrete = false,
     .next_final = release_of,
     .canonical_final = canonical_final_docker,
     .canonical_at_prerelease = canonical_at_prerelease_docker,
     .canonical_at_final = before_the_release,
     .canonical_floor = canonical_floor_docker,
     .prerelease_stem = plain_stem,
     .pin_grammar = std::nullopt,
     .to_pin_range = nullptr},
}};

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].scheme != static_cast<Scheme>(i)) return false;
  return true;
}
static_assert(rows_are_in_order());

}  // namespace

const SchemeRow& row_of(Scheme scheme) { return rows[static_cast<std::size_t>(scheme)]; }

const Cut& bottom(Scheme scheme, World world) {
  static const std::vector<Cut> bottoms = [] {
    std::vector<Cut> made;
    for (const SchemeRow& row : rows) {
      const Version zero = *VersionParts::make(row.scheme, "0");  // every scheme reads it
      made.push_back({zero, Cut::Side::before});
      made.push_back({zero, Cut::Side::floor});
    }
    return made;
  }();
  return bottoms[2 * static_cast<std::size_t>(scheme) + static_cast<std::size_t>(world)];
}

PinRange to_pin_range(const VersionSet& set) {
  const SchemeRow& row = row_of(set.scheme());
  if (!row.pin_grammar) return {};
  return {name_of(*row.pin_grammar), row.to_pin_range(set)};
}

}  // namespace buildable
