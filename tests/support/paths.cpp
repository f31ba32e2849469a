#include "support/paths.h"

namespace buildable::testing {

const std::filesystem::path& source_dir() {
  static const std::filesystem::path path = BUILDABLE_SOURCE_DIR;
  return path;
}

const std::string& program_file() {
  static const std::string path = BUILDABLE_PROGRAM;
  return path;
}

}  // namespace buildable::testing
