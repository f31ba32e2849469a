// Reading what matters of a repository's directory. Ignored and vendored folders are passed over,
// symbolic links are not followed out of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::store {

enum class FileInterest : std::uint8_t {
  none,
  name,      // that something of this name is there, whatever it is: it is never opened
  presence,  // that it is there
  glance,    // what is in it, if it can be read: that it cannot be is not a problem
  peek,      // the same, or else that it is there
  text,      // what is in it
};

struct RepositoryWalk {
  // Asked for every file that is not ignored, with its path in the repository, and, with a "/" at
  // the end, for every folder that holds one. Folders that are passed over are asked for in the
  // root alone, where git knows a file in them.
  std::function<FileInterest(std::string_view path)> interest;
  // Given each file of interest, one after the other by path; without a text where none is of
  // interest, and where it cannot be read. The walk ends where it returns false.
  std::function<bool(const std::string& path, std::optional<std::string> text)> use;
  // The name of a file in the root that comes before all others; may be empty.
  std::string first;
  std::size_t max_bytes;  // of a text; a larger file is a problem
  // Of holding names against the patterns of ignore files, letter by letter: a few seconds. Beyond
  // it they leave out nothing more, which is a problem. No repository of people comes near.
  std::size_t max_pattern_steps = 500'000'000;
};

// `root` is a directory, or one file: that alone is then looked at, as if it lay in the root. Fails
// where there is neither. What cannot be read inside is a problem, and the rest is read; files are
// named as path_in gives them. No more than one text is held at a time.
Result<std::vector<Diagnostic>> walk_repository(const std::string& root,
                                                const RepositoryWalk& walk);

// A file of interest that was met on the walk, read again.
Result<std::string> read_again(const std::string& directory, std::string_view path,
                               std::size_t max_bytes);

// Whether the folder holds what others wrote or a tool made ("a/node_modules", ".git"): it is not
// looked into.
bool is_passed_over(std::string_view folder);

// The directory that paths in the repository are relative to: `root`, or that of the file.
std::string directory_of_repository(const std::string& root);
// A file of the repository in that directory, as seen from the working directory: "tool/src/x", or
// "src/x" where the directory is ".".
std::string path_in(std::string_view directory, std::string_view file);

}  // namespace buildable::store
