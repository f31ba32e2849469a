// Private to node_semver: versions of which parts may be missing, as the crate's ranges hold them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "build/node_semver.h"

namespace buildable::build::node_semver {

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

// What stands there; nothing where there is no such version.
std::optional<Partial> partial(Input& in);

}  // namespace buildable::build::node_semver
