// Versions and ranges as the Rust crate node-semver 2.2.0 reads them, which heroku/nodejs uses. It
// is not npm's node-semver: what it cannot read of a range it drops, pieces that do not overlap
// are united, "<=22" leaves out 22.0.0, and some texts end the program.
// https://github.com/felipesere/node-semver-rs (src/lib.rs and src/range.rs at v2.2.0)
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace buildable::build::node_semver {

using Identifier = std::variant<std::uint64_t, std::string>;  // numbers come before words

struct Version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::vector<Identifier> prerelease;

  friend bool operator==(const Version&, const Version&) = default;
};
std::strong_ordering order(const Version& a, const Version& b);

// Full versions only, a "v" before and a build behind allowed; the text is not trimmed.
std::optional<Version> parse_version(std::string_view text);
std::string to_string(const Version& version);

struct Bound {
  enum class Kind : std::uint8_t { unbounded, including, excluding };
  Kind kind = Kind::unbounded;
  Version version;
};

struct BoundSet {
  Bound lower;
  Bound upper;
};

class Range {
 public:
  bool satisfied_by(const Version& version) const;

 private:
  friend struct RangeParser;
  std::vector<BoundSet> sets_;
};

// The three things that reading a range can do.
struct Reading {
  std::optional<Range> range;
  bool panics = false;  // the buildpack ends with a panic
};
Reading parse_range(std::string_view text);

// As the buildpack calls it: trimmed, "latest" is anything, "~=" is "~".
Reading parse_requirement(std::string_view text);

}  // namespace buildable::build::node_semver
