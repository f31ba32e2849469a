#include "cli/network_program.h"

#include <unistd.h>

#include <filesystem>

namespace buildable {

int run_network_program(const Context& context, char** words) {
  std::error_code error;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* place : {"buildable-network", "../libexec/buildable/buildable-network"}) {
    const std::string program = (here / place).string();
    execv(program.c_str(), words);
  }
  return context.failed(
      Diagnostic{.message = "the program buildable-network cannot be run",
                 .file = here.string(),
                 .hint = "install it beside this one or in ../libexec/buildable; it is built where "
                         "libcurl and libarchive are found"});
}

}  // namespace buildable
