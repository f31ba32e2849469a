// What writing a tree into a directory would change there. Reads, writes nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "publish/manifest_file.h"
#include "store/inner_files.h"

namespace buildable::publish {

inline constexpr std::size_t max_manifest_size = 64U << 20U;

// How a file of the new tree is recognised where it stands already.
using NewEntries = std::map<std::string, ManifestEntry>;

struct PlannedWrite {
  std::string path;
  std::optional<struct stat> replaced;  // the file of ours that stands there
};

struct DirectoryPlan {
  std::vector<PlannedWrite> written;  // the manifest, which is always the last, is not among them
  std::vector<std::string> removed;   // ours, and no longer generated
  std::vector<std::string> gone;      // no longer generated, and removed already
  std::vector<std::string> kept;      // of the earlier tree and of this one: as they should be
  std::vector<Diagnostic> warnings;
  std::optional<PlannedWrite> manifest;  // absent: it stands there already
  bool changes() const { return manifest || !written.empty() || !removed.empty(); }
  // Of the files of ours that stand there: the same, to be replaced, to be removed.
  std::vector<std::string> ours() const;
};

// The manifest of the tree that stands there; nothing where there is none. Fails where another file
// has its name.
Result<std::optional<Manifest>> standing_manifest(const store::InnerFiles& files);

// `entries`: every file of the new tree with its digest, the manifest and the signature among them.
// Fails with everything that is in the way.
Result<DirectoryPlan> plan_directory(const store::InnerFiles& files,
                                     const std::optional<Manifest>& standing,
                                     const NewEntries& entries);

}  // namespace buildable::publish
