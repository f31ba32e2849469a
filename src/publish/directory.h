// A tree of files as a directory that may hold other things, too.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace buildable::publish {

struct Delivery {
  // What did not go as usual and needs no action: a file of an earlier tree that is not generated
  // any more, but was changed since, stays.
  std::vector<Diagnostic> warnings;
  bool in_one_step = true;
};

// Makes `directory` hold `tree`, which has a manifest.json that names its other files. Ours are the
// files that the manifest.json already there names and that still are what it says; everything else
// is somebody else's and stays as it is: files, links, empty folders, a repository, the directory's
// own mode and owner, and where `directory` is a link, the link.
//
// Refused, with every reason and before anything changes, where a name of ours is taken: by a file
// that we have not written or that was changed since, by a link, or by a folder.
//
// Where the directory is new, or all in it is ours and it has no link, rights or attributes of its
// own, it is written beside and put in place by one
// rename. Else file by file, each by a rename, after all were written to `.buildable-new` in it;
// the manifest comes last. Until it is there a reader who holds files against the manifest sees
// that they differ. Killed before the first rename, the old tree stands; killed later, the next run
// first finishes what was begun (`.buildable-ready`). Files that stay the same are not touched.
//
// Two runs at a time wait for one another.
Result<Delivery> write_tree(const std::filesystem::path& directory,
                            const std::map<std::string, std::string>& tree);

}  // namespace buildable::publish
