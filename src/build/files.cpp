#include "build/files.h"

#include <algorithm>
#include <utility>

namespace buildable::build {
namespace {

bool before(const SourceFile& a, const SourceFile& b) { return a.path < b.path; }
bool starts_before(const SourceFile& file, std::string_view path) { return file.path < path; }

}  // namespace

Files::Files(std::vector<SourceFile> files) : files_(std::move(files)) {
  std::stable_sort(files_.begin(), files_.end(), before);
  const auto same = [](const SourceFile& a, const SourceFile& b) { return a.path == b.path; };
  files_.erase(std::unique(files_.begin(), files_.end(), same), files_.end());
}

const SourceFile* Files::find(std::string_view path) const {
  const auto at = std::lower_bound(files_.begin(), files_.end(), path, starts_before);
  return at != files_.end() && at->path == path ? &*at : nullptr;
}

bool Files::exists(std::string_view path) const {
  const bool folder_only = path.ends_with('/');
  if (!folder_only && find(path)) return true;
  const std::string folder = folder_only ? std::string(path) : std::string(path) + '/';
  const auto at =
      std::lower_bound(files_.begin(), files_.end(), std::string_view(folder), starts_before);
  return at != files_.end() && at->path.starts_with(folder);
}

std::vector<const SourceFile*> Files::in_folder(std::string_view folder) const {
  const std::string prefix = folder.empty() ? std::string() : std::string(folder) + '/';
  std::vector<const SourceFile*> found;
  auto at = std::lower_bound(files_.begin(), files_.end(), std::string_view(prefix), starts_before);
  for (; at != files_.end() && at->path.starts_with(prefix); ++at)
    if (at->path.size() > prefix.size() &&
        at->path.find('/', prefix.size()) == std::string_view::npos)
      found.push_back(&*at);
  return found;
}

}  // namespace buildable::build
