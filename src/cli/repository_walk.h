// Reading what matters of a repository's directory. Ignored and vendored folders are passed over,
// symbolic links are not followed out of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pins/find.h"

namespace buildable {

enum class FileInterest : std::uint8_t {
  none,
  presence,  // that it is there
  text,      // what is in it
};
// Asked once for every file that is not ignored, with its path in the repository.
using FileInterestOf = std::function<FileInterest(std::string_view path)>;

struct WalkedRepository {
  std::vector<RepositoryFile> files;  // of interest, by path; without text where only presence is
  std::vector<Diagnostic> problems;   // what could not be read; files as path_in gives them
};

// `root` is a directory, or one file: that alone is then looked at, as if it lay in the root. Fails
// where there is neither. What cannot be read inside is a problem, and the rest is read.
Result<WalkedRepository> walk_repository(const std::string& root, const FileInterestOf& interest);

// The directory that paths in the repository are relative to: `root`, or that of the file.
std::string directory_of_repository(const std::string& root);
// A file of the repository in that directory, as seen from the working directory: "tool/src/x", or
// "src/x" where the directory is ".".
std::string path_in(std::string_view directory, std::string_view file);

}  // namespace buildable
