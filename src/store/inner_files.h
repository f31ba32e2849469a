// The files under one open directory. No path leads out of it, and no link is followed on the way:
// who may write there cannot make a program that writes there reach elsewhere.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/file_descriptor.h"

namespace buildable::store {

struct InnerEntry {
  enum class Kind : std::uint8_t {
    absent,
    file,  // a regular one
    folder,
    other,    // a link, a pipe, a device
    blocked,  // on the way stands something that is not a folder; `at` names it
  };
  Kind kind = Kind::absent;
  struct stat status {};
  std::string at;
};

// Paths have "/" between their names (base/path_name.h); ".buildable-new/a" is one, too.
class InnerFiles {
 public:
  // A link to a directory is followed here, and only here.
  static Result<InnerFiles> open(const std::filesystem::path& directory);

  const std::filesystem::path& directory() const { return directory_; }
  int descriptor() const { return root_.value(); }
  struct stat status() const;

  InnerEntry look(const std::string& path) const;
  // Of a regular file of exactly `size` bytes; nothing where it is another or cannot be read.
  std::optional<std::string> read(const std::string& path, std::size_t size) const;
  // A regular file of at most `limit` bytes.
  Result<std::string> read_up_to(const std::string& path, std::size_t limit) const;
  // A new file, and the folders above it. With `like` it gets that one's mode, and its owner and
  // group where the system lets us give them.
  Result<void> create(const std::string& path, std::string_view content,
                      const struct stat* like = nullptr) const;
  Result<void> create_folder(const std::string& path) const;
  // Over a file only where `replace`; the folders above the new name are created.
  Result<void> move(const std::string& from, const std::string& to, bool replace) const;
  // A file, and the folders above it that it leaves empty.
  Result<void> remove(const std::string& path) const;
  void remove_empty_folders_above(std::string path) const;
  // A folder with all that is in it.
  Result<void> remove_folder(const std::string& path) const;
  // Whether names in the nearest folder that exists above `path` may be changed.
  bool may_change(const std::string& path) const;

 private:
  InnerFiles(std::filesystem::path directory, FileDescriptor root)
      : directory_(std::move(directory)), root_(std::move(root)) {}
  Result<FileDescriptor> folder_of(const std::string& path, bool create) const;

  std::filesystem::path directory_;
  FileDescriptor root_;
};

}  // namespace buildable::store
