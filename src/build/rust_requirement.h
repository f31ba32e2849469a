// Requirements as Rust's semver crate reads and judges them (https://docs.rs/semver, VersionReq):
// "=1.21", ">=1.20, <1.22", "~1.2", "1.2" for "^1.2", "*".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace buildable::build::rust {

// A version of three numbers; a prerelease is compared as a whole, word by word as SemVer does.
struct Numbers {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::string prerelease;
};

struct Comparator {
  enum class Operator : std::uint8_t {
    exact,
    greater,
    greater_or_equal,
    less,
    less_or_equal,
    tilde,
    caret,
    wildcard,
  };
  Operator op = Operator::caret;
  std::uint64_t major = 0;
  std::optional<std::uint64_t> minor;
  std::optional<std::uint64_t> patch;
  std::string prerelease;
};

class Requirement {
 public:
  // `error`: the crate's own words where it cannot be read.
  static std::optional<Requirement> parse(std::string_view text, std::string& error);

  bool matches(const Numbers& version) const;
  // As the crate prints it: "=1.21", ">=1.20, <1.22", "*".
  std::string text() const;

 private:
  std::vector<Comparator> comparators_;  // empty: "*"
};

}  // namespace buildable::build::rust
