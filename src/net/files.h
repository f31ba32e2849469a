// Small files of the cache and of recordings.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace buildable {

// Fails on more than `max_bytes`.
Result<std::string> read_bounded(const std::filesystem::path& path, std::size_t max_bytes);

// Makes the directory where it is missing, writes beside the target and renames over it: a reader
// sees the old content or the new one. Nothing is synced: readers verify digests.
Result<void> write_replacing(const std::filesystem::path& path, std::string_view content);

}  // namespace buildable
