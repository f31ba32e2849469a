#include "cli/network_program.h"

#include <unistd.h>

#include <filesystem>

namespace buildable::cli {
namespace {

constexpr const char* places[] = {"buildable-network", BUILDABLE_LIBEXEC "/buildable-network"};

std::filesystem::path own_directory() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

Diagnostic cannot_be_run(const std::filesystem::path& here) {
  return {.message = "the program buildable-network cannot be run",
          .file = here.string(),
          .hint = "install it beside this one or in " BUILDABLE_LIBEXEC
                  "; it is built where libcurl and libarchive are found"};
}

}  // namespace

Result<std::string> network_program_path() {
  const auto here = own_directory();
  std::error_code error;
  for (const char* place : places)
    if (std::filesystem::exists(here / place, error)) return (here / place).string();
  return fail(cannot_be_run(here));
}

int run_network_program(const Context& context, char** words) {
  const auto here = own_directory();
  for (const char* place : places) {
    const std::string program = (here / place).string();
    execv(program.c_str(), words);
  }
  return context.failed(cannot_be_run(here));
}

}  // namespace buildable::cli
