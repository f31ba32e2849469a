#include "support/paths.h"

#include <cstdlib>

namespace buildable::testing {

const std::filesystem::path& source_dir() {
  static const std::filesystem::path path = BUILDABLE_SOURCE_DIR;
  return path;
}

bool is_other_program() { return std::getenv("BUILDABLE_TEST_PROGRAM") != nullptr; }

const std::string& program_file() {
  static const std::string path =
      is_other_program() ? std::getenv("BUILDABLE_TEST_PROGRAM") : BUILDABLE_PROGRAM;
  return path;
}

}  // namespace buildable::testing
