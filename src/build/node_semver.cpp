#include "build/node_semver.h"

#include <algorithm>

#include "base/text.h"
#include "build/rust_text.h"

namespace buildable::build::node_semver {
namespace {

constexpr std::uint64_t max_number = 900'719'925'474'099;  // the crate's, a digit short of 2^53
constexpr std::size_t max_length = 256;

std::strong_ordering order(const Identifier& a, const Identifier& b) {
  if (a.index() != b.index()) return a.index() <=> b.index();
  if (a.index() == 0) return std::get<0>(a) <=> std::get<0>(b);
  const int compared = std::get<1>(a).compare(std::get<1>(b));
  return compared <=> 0;
}

std::strong_ordering order(const std::vector<Identifier>& a, const std::vector<Identifier>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (const auto compared = order(a[i], b[i]); compared != 0) return compared;
  return a.size() <=> b.size();
}

// A position in a text; every function leaves it in place where it does not match.
struct Input {
  std::string_view rest;

  bool take(std::string_view tag) {
    if (!rest.starts_with(tag)) return false;
    rest.remove_prefix(tag.size());
    return true;
  }
  std::size_t blanks() {
    const std::size_t end = std::min(rest.find_first_not_of(" \t"), rest.size());
    rest.remove_prefix(end);
    return end;
  }
};

// The character's length in bytes, and the lowest eight bits of its number: the crate asks those
// whether the character is a letter or a digit.
struct Character {
  std::size_t length = 1;
  unsigned char low = 0;
};
Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return {1, static_cast<unsigned char>(first)};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const unsigned number = ((byte(length - 2) & 0x3FU) << 6U) | (byte(length - 1) & 0x3FU);
  return {std::min(length, text.size()), static_cast<unsigned char>(number & 0xFFU)};
}

bool is_letter_or_digit(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool identifier(Input& in, std::vector<Identifier>& out) {
  std::size_t end = 0;
  while (end < in.rest.size()) {
    const Character character = character_at(in.rest.substr(end));
    const bool dash = character.length == 1 && character.low == '-';
    if (!dash && !is_letter_or_digit(character.low)) break;
    end += character.length;
  }
  if (end == 0) return false;
  const std::string_view text = in.rest.substr(0, end);
  if (const auto number = rust::parse_unsigned(text, UINT64_MAX))
    out.emplace_back(*number);
  else
    out.emplace_back(std::string(text));
  in.rest.remove_prefix(end);
  return true;
}

bool identifiers(Input& in, std::vector<Identifier>& out) {
  Input at = in;
  if (!identifier(at, out)) return false;
  in = at;
  while (at.take(".") && identifier(at, out)) in = at;
  return true;
}

// "-rc.1+build", either or both; the "-" may be missing.
std::vector<Identifier> extras(Input& in) {
  std::vector<Identifier> prerelease, build;
  Input at = in;
  at.take("-");
  if (identifiers(at, prerelease))
    in = at;
  else
    prerelease.clear();
  at = in;
  if (at.take("+") && identifiers(at, build)) in = at;
  return prerelease;
}

std::optional<std::uint64_t> number(Input& in) {
  const std::size_t end = std::min(in.rest.find_first_not_of("0123456789"), in.rest.size());
  const auto value = rust::parse_unsigned(in.rest.substr(0, end), max_number);
  if (value) in.rest.remove_prefix(end);
  return value;
}

// A version of which parts may be missing or "x".
struct Partial {
  std::optional<std::uint64_t> major;
  std::optional<std::uint64_t> minor;
  std::optional<std::uint64_t> patch;
  std::vector<Identifier> prerelease;

  Version version() const {
    return {major.value_or(0), minor.value_or(0), patch.value_or(0), prerelease};
  }
};

// Whether there is one; "x" leaves `out` empty.
bool component(Input& in, std::optional<std::uint64_t>& out) {
  if (in.take("x") || in.take("X") || in.take("*")) {
    out.reset();
    return true;
  }
  out = number(in);
  return out.has_value();
}

bool dotted_component(Input& in, std::optional<std::uint64_t>& out) {
  Input at = in;
  if (!at.take(".") || !component(at, out)) return false;
  in = at;
  return true;
}

std::optional<Partial> partial(Input& in) {
  Input at = in;
  at.take("v");
  at.blanks();
  Partial partial;
  if (!component(at, partial.major)) return std::nullopt;
  const bool second = dotted_component(at, partial.minor);
  // Without a second number a third one cannot follow.
  if (second && dotted_component(at, partial.patch)) partial.prerelease = extras(at);
  in = at;
  return partial;
}

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

std::strong_ordering order(const Version& a, const Version& b) {
  if (a.major != b.major) return a.major <=> b.major;
  if (a.minor != b.minor) return a.minor <=> b.minor;
  if (a.patch != b.patch) return a.patch <=> b.patch;
  if (a.prerelease.empty() || b.prerelease.empty())
    return a.prerelease.empty() <=> b.prerelease.empty();
  return order(a.prerelease, b.prerelease);
}

std::optional<Version> parse_version(std::string_view text) {
  if (text.size() > max_length) return std::nullopt;
  Input in{text};
  if (!in.take("v")) in.take("V");
  in.blanks();
  const auto major = number(in);
  if (!major || !in.take(".")) return std::nullopt;
  const auto minor = number(in);
  if (!minor || !in.take(".")) return std::nullopt;
  const auto patch = number(in);
  if (!patch) return std::nullopt;
  Version version{*major, *minor, *patch, extras(in)};
  if (!in.rest.empty()) return std::nullopt;
  return version;
}

std::string to_string(const Version& version) {
  std::string text = std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
                     std::to_string(version.patch);
  char separator = '-';
  for (const Identifier& each : version.prerelease) {
    text += separator;
    text += each.index() == 0 ? std::to_string(std::get<0>(each)) : std::get<1>(each);
    separator = '.';
  }
  return text;
}

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
