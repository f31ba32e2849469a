// A tree of files as a directory: replaced as a whole, or not at all.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace buildable {

// Makes `directory` hold exactly `tree` and the files there that are not ours (those that the
// manifest.json already there does not name). The new directory is written beside the old one and
// the two are exchanged in one step, so a reader sees the old or the new tree. Refused where the
// directory holds something and no manifest.json of ours: it is hardly the place that was meant.
Result<void> write_tree(const std::filesystem::path& directory,
                        const std::map<std::string, std::string>& tree);

}  // namespace buildable
