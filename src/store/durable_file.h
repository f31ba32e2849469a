// Files that survive a crash: whole on the disk before they have their name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable {

// Written beside the target, synced, renamed over it; then the directory is synced. On failure the
// target is as it was and nothing is left beside it.
Result<void> write_durably(const std::filesystem::path& path, std::string_view content);

// What a killed write_durably left in the directory.
void remove_leftovers(const std::filesystem::path& directory);

// Creates the directory and what is missing above it, durably.
Result<void> create_durably(const std::filesystem::path& directory);

// Held by one process at a time; released at the end of its life, however that comes.
class FileLock {
 public:
  // Waits until the lock is free.
  static Result<FileLock> take(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace buildable
