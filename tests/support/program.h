// The real program, run as a user or a script runs it. Needs BUILDABLE_PROGRAM, its path.
#pragma once

#include <sys/wait.h>

#include <string>

#include "support/scratch.h"

namespace buildable::test {

struct Ran {
  int code = -1;  // -1: killed
  std::string out;
  std::string err;
};

// A command line of the shell, run in `directory`.
inline Ran run_shell_in(const std::filesystem::path& directory, const std::string& command) {
  const Scratch streams;
  const std::string redirected = "cd '" + directory.string() + "' && { " + command + "\n} >'" +
                                 (streams / "out").string() + "' 2>'" + (streams / "err").string() +
                                 "' </dev/null";
  const int status = std::system(redirected.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(streams / "out"),
          content(streams / "err")};
}

// `words` are given to a shell: quote them. `environment`: "TZ=UTC LANG=C".
inline Ran run_in(const std::filesystem::path& directory, const std::string& words,
                  const std::string& environment = {}) {
  return run_shell_in(directory, environment + " " BUILDABLE_PROGRAM " " + words);
}

// In an empty directory of its own.
inline Ran run(const std::string& words, const std::string& environment = {}) {
  const Scratch directory;
  return run_in(directory.path, words, environment);
}

}  // namespace buildable::test
