// What a publication would change of what stands on a branch. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "publish/manifest_file.h"
#include "publish/remote.h"

namespace buildable::publish {

// What stands under `folder` ("" or "some/where/") of a branch.
struct Standing {
  std::string folder;
  BranchHead head;
  std::optional<Manifest> manifest;  // absent: nothing of ours is there
  bool is_signed = false;

  // Of a file that was read, by its path here; null where it is not there.
  const std::string* text(const std::string& path) const {
    const auto found = head.texts.find(folder + path);
    return found == head.texts.end() ? nullptr : &found->second;
  }
};

// The paths, under the branch's root, of the files that are read for a Standing.
std::vector<std::string> paths_to_read(const std::string& folder);
// Fails where manifest.json is not ours, or of a newer form.
Result<Standing> standing_of(const std::string& folder, BranchHead head);

struct Plan {
  std::vector<std::string> added;  // paths in the tree, as the three are
  std::vector<std::string> modified;
  std::vector<std::string> removed;
  bool manifest_is_right = false;  // it says of these files what is true
  bool changes_files() const { return !added.empty() || !modified.empty() || !removed.empty(); }
};

// `tree` without its manifest. Fails where a file that is not ours stands in the way.
Result<Plan> plan_of(const Standing& standing, const std::map<std::string, std::string>& tree,
                     const std::string& snapshot_digest);

// The revision of a tree that changed: of that day, newer than what stands, no taken tag.
Result<std::string> next_revision(const std::string& day, const Standing& standing,
                                  const std::vector<std::string>& tags);

}  // namespace buildable::publish
