// The files of this checkout that tests read. One that is missing fails the test.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/paths.h"

namespace buildable::testing {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), "cannot read " << path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// `path` is below tests/data.
inline std::filesystem::path test_data(const std::filesystem::path& path) {
  return source_dir() / "tests" / "data" / path;
}

}  // namespace buildable::testing
