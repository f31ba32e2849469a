// A tree of files as a directory: replaced as a whole, or not at all.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace buildable {

// Limits: a file that is read is at most this large.
inline constexpr std::size_t max_file_size = 64U << 20U;

Result<std::string> read_file(const std::filesystem::path& path);

// Those of the paths at which a file is; a link is none, it may lead anywhere.
Result<std::map<std::string, std::string>> read_regular_files(
    const std::filesystem::path& directory, const std::vector<std::string>& paths);

// Writes beside the target and renames over it.
Result<void> write_file(const std::filesystem::path& path, const std::string& content);

// Makes `directory` hold exactly `tree` and the files there that are not ours (those that the
// manifest.json already there does not name). The new directory is written beside the old one and
// the two are exchanged in one step, so a reader sees the old or the new tree. Refused where the
// directory holds something and no manifest.json of ours: it is hardly the place that was meant.
Result<void> write_tree(const std::filesystem::path& directory,
                        const std::map<std::string, std::string>& tree);

}  // namespace buildable
