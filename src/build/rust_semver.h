// Version numbers as Rust's semver crate takes them (https://docs.rs/semver, Version::parse): three
// numbers, nothing left out, nothing before them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace buildable::build::rust {

struct SemverVersion {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::string prerelease;
  std::string build;
};

std::optional<SemverVersion> parse_semver(std::string_view text);

}  // namespace buildable::build::rust
