// Sets of versions: one canonical type that every rule, emitter and check uses.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "version/version.h"

namespace buildable {

// A place between versions; the bounds of intervals are cuts, so "open or closed" is which side of
// a version the cut lies on.
struct Cut {
  enum class Side : std::uint8_t {
    floor,  // below everything that has this release, its prereleases included (3.14.0a1, 3.14.0-0)
    before,  // just below this version
    after,   // just above this version and what counts as the same (PEP 440: its local versions)
  };
  Version at;
  Side side;

  // Bytewise comparable with the keys of versions: a version lies above the cut if its key is
  // greater than or equal to it.
  std::string key() const;
  friend bool operator==(const Cut& a, const Cut& b) { return a.key() == b.key(); }
};

// [low, high): no low bound reaches down to, no high bound up to every version of the scheme.
struct Interval {
  std::optional<Cut> low;
  std::optional<Cut> high;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// A set of versions of one scheme.
//
// Final releases and prereleases are two worlds: every grammar treats them apart ("^22.1.0" takes
// no 22.2.0-rc.1, Python's buildpack takes no 3.15.0rc1, an inventory lists three previews of
// many). So a set is two sorted unions of disjoint, non-touching intervals; the first is asked for
// finals, the second for prereleases. Both are canonical: cuts are moved to where the next member
// of that world lies, so that sets with the same members compare equal. Schemes whose finals are
// all of the form a.b.c (semver, dotnet, go) are discrete: {1.2.3, 1.2.4} and [1.2.3, 1.2.5) are
// the same set. In finals() no cut is a floor or at a prerelease, and discrete schemes have only
// `before` cuts at three numbers. In prereleases() a cut at a final is `before` it, which is above
// all prereleases of that final; in discrete schemes it is the floor of the next patch instead.
//
// Precondition of every operation on two sets: one scheme.
class VersionSet {
 public:
  static VersionSet none(Scheme scheme);
  static VersionSet all(Scheme scheme);  // finals and prereleases
  static VersionSet of(const Version& version);
  // Exactly these releases, in any order, repeats allowed.
  static VersionSet of(Scheme scheme, std::span<const Version> releases);
  // Finals only, between two cuts; none when the cuts are in the wrong order.
  static VersionSet finals_between(Scheme scheme, std::optional<Cut> low, std::optional<Cut> high);
  // Prereleases only, between two cuts.
  static VersionSet prereleases_between(Scheme scheme, std::optional<Cut> low,
                                        std::optional<Cut> high);
  // Both.
  static VersionSet between(Scheme scheme, const std::optional<Cut>& low,
                            const std::optional<Cut>& high);
  // Every version whose release begins with these numbers ("3.14": 3.14.0a1, 3.14, 3.14.2, ...);
  // none where the numbers are no release of the scheme.
  static VersionSet series(Scheme scheme, std::span<const std::string> numbers);

  Scheme scheme() const { return scheme_; }
  bool empty() const { return finals_.empty() && prereleases_.empty(); }
  bool contains(const Version& version) const;
  std::span<const Interval> finals() const { return finals_; }
  std::span<const Interval> prereleases() const { return prereleases_; }

  VersionSet unite(const VersionSet& other) const;
  VersionSet intersect(const VersionSet& other) const;
  VersionSet minus(const VersionSet& other) const;
  VersionSet complement() const;
  VersionSet finals_only() const;
  bool includes(const VersionSet& other) const { return other.minus(*this).empty(); }
  bool intersects(const VersionSet& other) const { return !intersect(other).empty(); }

  friend bool operator==(const VersionSet& a, const VersionSet& b) = default;

 private:
  explicit VersionSet(Scheme scheme) : scheme_(scheme) {}

  Scheme scheme_;
  std::vector<Interval> finals_;
  std::vector<Interval> prereleases_;
};

// Text that parse_set reads back to an equal set: "none", "all", or the finals and then, after
// "; pre ", the prereleases where there are any. Single versions stand in braces; intervals have
// "[" and ")" for a cut before a version, "(" and "]" for a cut after it, "~" for a floor and "*"
// for no bound:
//   [3.10, 3.15)
//   {3.9.1, 3.9.4} | (3.10, 3.14]; pre [~3.15, *)
//   none; pre {1.22.0-rc1}
// Equal sets may be spelled differently where the scheme has several spellings: "3.14", "3.14.0".
std::string to_string(const VersionSet& set);
Result<VersionSet> parse_set(Scheme scheme, std::string_view text);

}  // namespace buildable
