// The one place where the program opens a file to read it: never waiting for the other end of a
// pipe, regular files only, up to a size. Errors name the file and say what it is instead.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/file_descriptor.h"

namespace buildable::store {

// Where a reader names no bound of its own.
inline constexpr std::size_t max_file_size = 64U << 20U;

// What to do where the last part of the path is a symbolic link.
enum class Links : std::uint8_t { followed, refused };

struct ReadOptions {
  std::size_t max_bytes = max_file_size;  // a larger file is an error
  Links links = Links::followed;
};

// A relative path starts from `directory`, a descriptor of one.
struct FilePlace {
  int directory;
  std::filesystem::path path;
};

Result<std::string> read_file(const std::filesystem::path& path, const ReadOptions& options = {});
Result<std::string> read_file(const FilePlace& place, const ReadOptions& options = {});
// Nothing where there is no file of that name. A link that leads nowhere is an error.
Result<std::optional<std::string>> read_file_if_there(const std::filesystem::path& path,
                                                      const ReadOptions& options = {});
// At most that many bytes from its beginning.
Result<std::string> read_beginning(const std::filesystem::path& path, std::size_t max_bytes);

// Those of the paths at which a regular file is; what a symbolic link leads to is not one of the
// directory's files.
Result<std::map<std::string, std::string>> read_regular_files(
    const std::filesystem::path& directory, const std::vector<std::string>& paths);

// A file named on the command line. Standard input and other streams that the shell passes
// (/dev/stdin, /dev/fd/63 of `<(command)`) are read to their end, bounded; /dev/null is empty.
Result<std::string> read_argument(const std::string& path, std::size_t max_bytes = max_file_size);
Result<std::string> read_standard_input(std::size_t max_bytes = max_file_size);

// Opened for reading; fails on everything but a regular file.
Result<FileDescriptor> open_file(const FilePlace& place, Links links);
// Opened for listing or syncing.
Result<FileDescriptor> open_directory(const FilePlace& place, Links links);
// Whether the open file says exactly that, from where it stands.
bool holds_exactly(const FileDescriptor& file, std::string_view expected);

// "a named pipe", "a directory": what is at the path, by its mode. "a regular file" for one.
std::string_view kind_of_file(unsigned mode);

}  // namespace buildable::store
