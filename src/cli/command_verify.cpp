#include <filesystem>

#include "cli/commands.h"
#include "cli/verification.h"
#include "store/file_reader.h"

namespace buildable::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 100000;

// All but git's own folder.
Result<std::vector<std::string>> list_files(const fs::path& directory) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    const fs::path path = it->path().lexically_relative(directory);
    if (path == ".git") {
      it.disable_recursion_pending();
      continue;
    }
    if (it->symlink_status(error).type() == fs::file_type::directory) continue;
    paths.push_back(path.generic_string());
    if (paths.size() > most_files)
      return fail(Diagnostic{.message = "holds too many files", .file = directory.string()});
  }
  if (error) return fail(Diagnostic{.message = error.message(), .file = directory.string()});
  return paths;
}

}  // namespace

int command_verify(const Context& context, const VerifyArguments& arguments) {
  const fs::path directory = arguments.place;
  std::error_code error;
  if (!fs::is_directory(directory, error))
    return context.failed(Diagnostic{.message = "no such directory", .file = arguments.place});
  return verify_and_print(
      context, arguments,
      {[&directory](const auto& paths) { return store::read_regular_files(directory, paths); },
       [&directory] { return list_files(directory); }});
}

}  // namespace buildable::cli
