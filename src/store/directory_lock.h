// Held by one process at a time, on a directory itself: nothing is written for it.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "store/file_descriptor.h"

namespace buildable::store {

class DirectoryLock {
 public:
  // Waits until it is free. Nothing where the directory is gone or was replaced meanwhile.
  static std::optional<DirectoryLock> wait_for(const std::filesystem::path& directory);
  // Nothing also where another process holds it.
  static std::optional<DirectoryLock> try_to_take(const std::filesystem::path& directory);
  // False on a file system that knows no locks: then another process may believe that it holds it.
  bool is_exclusive() const { return is_exclusive_; }

 private:
  DirectoryLock(FileDescriptor held, bool is_exclusive)
      : held_(std::move(held)), is_exclusive_(is_exclusive) {}
  static std::optional<DirectoryLock> take(const std::filesystem::path& directory, int flags);

  FileDescriptor held_;
  bool is_exclusive_;
};

}  // namespace buildable::store
