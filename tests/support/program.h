// The real program, run as a user or a script runs it.
#pragma once

#include <string>

#include "support/paths.h"
#include "support/shell.h"

namespace buildable::test {

// `words` are given to a shell: quote them. `environment`: "TZ=UTC LANG=C".
inline Ran run_in(const std::filesystem::path& directory, const std::string& words,
                  const std::string& environment = {}) {
  return run_shell_in(directory,
                      environment + " " + buildable::testing::program_file() + " " + words);
}

// In an empty directory of its own.
inline Ran run(const std::string& words, const std::string& environment = {}) {
  const Scratch directory;
  return run_in(directory.path, words, environment);
}

}  // namespace buildable::test
