// The comparators that npm ranges and Cargo requirements share.
// https://semver.org, https://docs.npmjs.com/cli/using-npm/semver (node-semver),
// https://docs.rs/semver (Rust).
#pragma once

#include <string>
#include <string_view>

#include "version/range_parts.h"

namespace buildable {

enum class SemverOperator : std::uint8_t {
  exact,
  greater,
  greater_or_equal,
  less,
  less_or_equal,
  tilde,
  caret,
};

// "^1.2", ">=1.2.3-rc.1"
struct SemverComparator {
  SemverOperator op = SemverOperator::exact;
  Numbers numbers;         // up to three; the fewer, the more is left open
  std::string prerelease;  // "rc.1"; only where there are three numbers

  bool is_complete() const { return numbers.size() == 3; }
};

// A number without leading zeros, as SemVer wants it. Empty if there is none.
std::string_view take_semver_number(Scanner& scanner);
// The identifiers after the hyphen, which is consumed already.
Result<std::string> take_semver_prerelease(Scanner& scanner);

// The version with these numbers, zeros for those left open, in the scheme's spelling: Go's has no
// hyphen ("1.22rc1").
std::string semver_text(Scheme scheme, Numbers numbers, std::string_view prerelease);
// The cut at these numbers, zeros for those left open.
Result<Cut> semver_cut(Scheme scheme, Cut::Side side, const Numbers& numbers);

// Comparators that must all hold. Both grammars let a prerelease in only where some comparator
// names a prerelease of the very same three numbers.
class SemverConjunction {
 public:
  explicit SemverConjunction(Scheme scheme)
      : scheme_(scheme), reach_(VersionSet::all(scheme)), named_(VersionSet::none(scheme)) {}

  void restrict_to(const VersionSet& set) { reach_ = reach_.intersect(set); }
  // Precondition: comparator.is_complete().
  Result<void> add(const SemverComparator& comparator);
  VersionSet set() const { return reach_.finals_only().unite(reach_.intersect(named_)); }

 private:
  Scheme scheme_;
  VersionSet reach_;  // what the comparators hold for by plain order
  VersionSet named_;  // the prereleases that have the numbers of a named one
};

}  // namespace buildable
