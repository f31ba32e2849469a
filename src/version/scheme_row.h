// Private to src/version: a scheme is one row. Everything that depends on the scheme stands here;
// to add a scheme, add its enumerator, its parser and its row.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "version/cuts.h"
#include "version/range.h"
#include "version/regex_stem.h"
#include "version/render.h"
#include "version/scheme.h"

namespace buildable {

struct SchemeRow {
  Scheme scheme;
  std::string_view name;
  std::string_view example;
  std::optional<Parsed> (*parse)(std::string_view);

  // How many numbers a complete release has, so that fewer name a series; 0: no text names a
  // series.
  std::size_t complete_length;
  // How many numbers releases have at most, among those that were ever made. The text of a renderer
  // does not tell apart what differs only beyond them (Python 3.9.12 and 3.9.12.1).
  int release_numbers;

  // Where the release after a release is known (1.2.4 follows 1.2.3 at once), every cut can move to
  // three numbers; the functions below, but for the one about prereleases, are not asked then.
  bool discrete;
  // The first final that is not below the prerelease.
  std::string (*next_final)(const Version& prerelease);
  // The canonical place of a cut among the finals, among the prereleases where it is at one, and
  // among the prereleases where it is at a final or below a whole release.
  Cut (*canonical_final)(const Cut&);
  Cut (*canonical_at_prerelease)(const Cut&);
  Cut (*canonical_at_final)(const Cut&);
  Cut (*canonical_floor)(const Cut&);

  // The pattern of a prerelease in the spellings that bots see, without its count.
  std::string (*prerelease_stem)(const Version&, const Prerelease&);

  // The ranges that pins of such versions are written in; absent where their pins take none.
  std::optional<Grammar> pin_grammar;
  Rendered (*to_pin_range)(const VersionSet&);
};

const SchemeRow& row_of(Scheme scheme);

}  // namespace buildable
