// Editing files of other people: each change is whole or none, and never over a change that someone
// else made meanwhile.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace buildable::store {

// Puts `fresh` in the place of `expected`, which is what the file said when it was read. Written
// beside it with its permissions and owner, synced, and renamed over it. Fails, and leaves the file
// as it is, where it says something else by now, is not a regular file (a symbolic link is none),
// its owner could not be kept, or one has no right to write to it.
Result<void> replace_text(const std::filesystem::path& path, std::string_view expected,
                          std::string_view fresh);
// Whether that would be done by now, as far as one can tell without doing it.
Result<void> may_replace_text(const std::filesystem::path& path, std::string_view expected);
// Fails where there is a file of that name. Whole on the disk before it has the name.
Result<void> create_text(const std::filesystem::path& path, std::string_view text);
// Fails where the file says something else than `expected`, or one has no right to write to it.
Result<void> remove_text(const std::filesystem::path& path, std::string_view expected);
// Whether that would be done by now; nothing is changed.
Result<void> may_remove_text(const std::filesystem::path& path, std::string_view expected);

}  // namespace buildable::store
