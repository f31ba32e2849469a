// The facts that some tests are held against lie beside the checkout, not in it. A test that needs
// them says so and passes over its body where they are absent.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace buildable::testing {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), "cannot read " << path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::optional<std::filesystem::path> shared_data() {
  const char* set = std::getenv("BUILDABLE_FACTS");
  std::filesystem::path path =
      set ? std::filesystem::path(set)
          : std::filesystem::path(BUILDABLE_SOURCE_DIR).parent_path() / "shared" / "data";
  if (std::filesystem::is_directory(path)) return path;
  MESSAGE("skipped: no facts at " << path.string() << " (set BUILDABLE_FACTS)");
  return std::nullopt;
}

}  // namespace buildable::testing
