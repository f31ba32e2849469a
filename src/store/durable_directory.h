// Directories that survive a crash, and the lock of those who write in one.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "store/file_descriptor.h"

namespace buildable::store {

// Creates the directory and what is missing above it, synced.
Result<void> create_durably(const std::filesystem::path& directory);

// Held by one process at a time; released at the end of its life, however that comes.
class FileLock {
 public:
  // Waits until the lock is free. Makes the file where it is missing.
  static Result<FileLock> take(const std::filesystem::path& file);

 private:
  explicit FileLock(FileDescriptor file) : file_(std::move(file)) {}
  FileDescriptor file_;
};

}  // namespace buildable::store
