// Ranges: what the crate makes of them, and what they admit.
#include <algorithm>
#include <iterator>

#include "build/node_semver_partial.h"
#include "build/rust_text.h"

namespace buildable::build::node_semver {
namespace {

using Kind = Bound::Kind;

Bound including(Version version) { return {Kind::including, std::move(version)}; }
Bound excluding(Version version) { return {Kind::excluding, std::move(version)}; }
Version number_of(std::uint64_t major, std::uint64_t minor, std::uint64_t patch) {
  return {major, minor, patch, {}};
}
// "1.2.0-0": below everything that has these numbers.
Version floor_of(std::uint64_t major, std::uint64_t minor, std::uint64_t patch) {
  return {major, minor, patch, {Identifier(std::uint64_t{0})}};
}

std::optional<BoundSet> between(Bound lower, Bound upper) {
  if (lower.kind != Kind::unbounded && upper.kind != Kind::unbounded) {
    const auto compared = order(lower.version, upper.version);
    const bool both = lower.kind == Kind::including && upper.kind == Kind::including;
    if (compared > 0 || (compared == 0 && !both)) return std::nullopt;
  }
  return BoundSet{std::move(lower), std::move(upper)};
}
std::optional<BoundSet> at_least(Bound lower) { return between(std::move(lower), {}); }
std::optional<BoundSet> at_most(Bound upper) { return between({}, std::move(upper)); }
std::optional<BoundSet> exactly(const Version& version) {
  return between(including(version), including(version));
}

const Bound& higher_lower(const Bound& a, const Bound& b) {
  if (a.kind == Kind::unbounded) return b;
  if (b.kind == Kind::unbounded) return a;
  const auto compared = order(a.version, b.version);
  if (compared != 0) return compared > 0 ? a : b;
  return a.kind == Kind::excluding ? a : b;
}
const Bound& lower_upper(const Bound& a, const Bound& b) {
  if (a.kind == Kind::unbounded) return b;
  if (b.kind == Kind::unbounded) return a;
  const auto compared = order(a.version, b.version);
  if (compared != 0) return compared < 0 ? a : b;
  return a.kind == Kind::excluding ? a : b;
}

std::optional<BoundSet> intersect(const BoundSet& a, const BoundSet& b) {
  return between(higher_lower(a.lower, b.lower), lower_upper(a.upper, b.upper));
}

bool same_numbers(const Version& a, const Version& b) {
  return a.major == b.major && a.minor == b.minor && a.patch == b.patch;
}

bool admits_prerelease(const Bound& bound, const Version& version) {
  return bound.kind != Kind::unbounded && !bound.version.prerelease.empty() &&
         same_numbers(bound.version, version);
}

bool satisfies(const BoundSet& set, const Version& version) {
  if (set.lower.kind != Kind::unbounded) {
    const auto compared = order(set.lower.version, version);
    if (compared > 0 || (compared == 0 && set.lower.kind == Kind::excluding)) return false;
  }
  if (set.upper.kind != Kind::unbounded) {
    const auto compared = order(version, set.upper.version);
    if (compared > 0 || (compared == 0 && set.upper.kind == Kind::excluding)) return false;
  }
  return version.prerelease.empty() || admits_prerelease(set.lower, version) ||
         admits_prerelease(set.upper, version);
}

}  // namespace

bool Range::satisfied_by(const Version& version) const {
  return std::any_of(sets_.begin(), sets_.end(),
                     [&](const BoundSet& set) { return satisfies(set, version); });
}

// The grammar at the head of the crate's range.rs. What a piece says is a bound set, or nothing
// where it is dropped.
struct RangeParser {
  using Piece = std::optional<BoundSet>;

  bool panics = false;

  static bool ends(std::string_view rest) {
    return rest.empty() || rest.front() == ' ' || rest.front() == '\t' || rest.starts_with("||");
  }

  static Piece below_next(const Partial& p) {
    if (p.minor)
      return between(including(number_of(*p.major, *p.minor, 0)),
                     excluding(floor_of(*p.major, *p.minor + 1, 0)));
    return between(including(number_of(*p.major, 0, 0)), excluding(floor_of(*p.major + 1, 0, 0)));
  }

  // "1.2", "x", "1.2.3": what stands alone or after "=".
  static Piece plain(const Partial& p) {
    if (!p.major) return at_least(including({}));
    if (p.minor && p.patch) return exactly(p.version());
    return below_next(p);
  }

  static Piece above(const Partial& p) {
    if (p.major && p.minor && !p.patch)
      return at_least(including(number_of(*p.major, *p.minor + 1, 0)));
    if (p.major && !p.minor && !p.patch) return at_least(including(number_of(*p.major + 1, 0, 0)));
    return at_least(excluding(p.version()));
  }

  static Piece below(const Partial& p) {
    if (p.major && p.minor && !p.patch) return at_most(excluding(floor_of(*p.major, *p.minor, 0)));
    return at_most(excluding(p.version()));
  }

  // The crate's reading of "<=22": up to 22.0.0-0, so not 22.0.0.
  static Piece up_to(const Partial& p) {
    if (!p.patch) return at_most(including(floor_of(p.major.value_or(0), p.minor.value_or(0), 0)));
    return at_most(including(p.version()));
  }

  Piece tilde_of(const Partial& p) {
    if (!p.major || (!p.minor && p.patch)) {
      panics = true;
      return std::nullopt;
    }
    if (!p.minor)
      return between(including(number_of(*p.major, 0, 0)), excluding(floor_of(*p.major + 1, 0, 0)));
    return between(including(p.version()), excluding(floor_of(*p.major, *p.minor + 1, 0)));
  }

  static Piece caret_of(const Partial& p) {
    if (!p.major || (!p.minor && p.patch)) return std::nullopt;
    if (*p.major == 0 && !p.minor) return at_most(excluding(floor_of(1, 0, 0)));
    if (*p.major > 0)
      return between(including(p.version()), excluding(floor_of(*p.major + 1, 0, 0)));
    if (*p.minor > 0 || !p.patch)
      return between(including(p.version()), excluding(floor_of(0, *p.minor + 1, 0)));
    return between(including(p.version()), excluding(floor_of(0, 0, *p.patch + 1)));
  }

  static Bound upper_of_hyphen(const Partial& p) {
    if (!p.major && !p.minor && !p.patch) return excluding(floor_of(0, 0, 0));
    if (p.major && !p.minor && !p.patch) return excluding(floor_of(*p.major + 1, 0, 0));
    if (p.major && p.minor && !p.patch) return excluding(floor_of(*p.major, *p.minor + 1, 0));
    return including(p.version());
  }

  bool hyphen(Input& in, Piece& out) {
    Input at = in;
    const auto lower = partial(at);
    if (at.blanks() == 0 || !at.take("-") || at.blanks() == 0) return false;
    const auto upper = partial(at);
    if (!upper || !ends(at.rest)) return false;
    out = lower ? between(including(lower->version()), upper_of_hyphen(*upper))
                : at_most(upper_of_hyphen(*upper));
    in = at;
    return true;
  }

  bool primitive(Input& in, Piece& out) {
    Input at = in;
    std::string_view operation;
    for (const std::string_view each : {">=", ">", "=", "<=", "<"})
      if (operation.empty() && at.take(each)) operation = each;
    if (operation.empty()) return false;
    at.blanks();
    const auto read = partial(at);
    if (!read) return false;
    if (operation == "=" && !read->major) panics = true;
    if (!ends(at.rest)) return false;
    out = operation == ">="  ? at_least(including(read->version()))
          : operation == ">" ? above(*read)
          : operation == "=" ? plain(*read)
          : operation == "<" ? below(*read)
                             : up_to(*read);
    in = at;
    return true;
  }

  bool alone(Input& in, Piece& out) {
    Input at = in;
    const auto read = partial(at);
    if (!read || !ends(at.rest)) return false;
    out = plain(*read);
    in = at;
    return true;
  }

  bool tilde(Input& in, Piece& out) {
    Input at = in;
    if (!at.take("~")) return false;
    at.blanks();
    at.take(">");
    at.blanks();
    const auto read = partial(at);
    if (!read) return false;
    out = tilde_of(*read);
    if (!ends(at.rest)) return false;
    in = at;
    return true;
  }

  bool caret(Input& in, Piece& out) {
    Input at = in;
    if (!at.take("^")) return false;
    at.blanks();
    const auto read = partial(at);
    if (!read || !ends(at.rest)) return false;
    out = caret_of(*read);
    in = at;
    return true;
  }

  static void garbage(Input& in) {
    while (!ends(in.rest)) in.rest.remove_prefix(1);
  }

  Piece simple(Input& in) {
    Piece piece;
    if (hyphen(in, piece) || primitive(in, piece) || alone(in, piece) || tilde(in, piece) ||
        caret(in, piece))
      return piece;
    garbage(in);
    return std::nullopt;
  }

  // Pieces between blanks narrow what came before, but where nothing is left of both: then they
  // stand beside it.
  void range(Input& in, std::vector<BoundSet>& out) {
    std::vector<BoundSet> sets;
    do {
      const Piece piece = simple(in);
      if (!piece) continue;
      const auto overlap = sets.empty() ? Piece() : intersect(sets.back(), *piece);
      if (overlap)
        sets.back() = *overlap;
      else
        sets.push_back(*piece);
    } while (in.blanks() > 0);
    std::move(sets.begin(), sets.end(), std::back_inserter(out));
  }

  Reading read(std::string_view text) {
    Input in{text};
    Range result;
    range(in, result.sets_);
    while (in.take("||")) {
      in.blanks();
      range(in, result.sets_);
    }
    if (panics) return {.panics = true};
    if (result.sets_.empty()) return {};
    return {.range = std::move(result)};
  }
};

Reading parse_range(std::string_view text) { return RangeParser().read(text); }

Reading parse_requirement(std::string_view text) {
  if (text == "latest") return parse_range("x");
  const std::string_view trimmed = rust::trim(text);
  if (trimmed.starts_with("~=")) {
    Reading read = parse_range('~' + std::string(trimmed.substr(2)));
    if (read.range || read.panics) return read;
  }
  return parse_range(trimmed);
}

}  // namespace buildable::build::node_semver
