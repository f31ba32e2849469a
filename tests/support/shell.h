// Command lines of the shell, run as a user runs them.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
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

}  // namespace buildable::test
