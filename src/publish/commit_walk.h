// The files of a commit, walked as a directory is (store/repository_walk.h). By git as a program.
#pragma once

#include <string>

#include "store/repository_walk.h"

namespace buildable::publish {

struct BaseCommit {
  std::string id;
  std::string remark;  // what is not as one may think; empty: nothing
};

// What the work tree of `directory` is to be compared with: where its history and that of the
// revision part, else the revision itself. Fails where git knows no such commit; of a shallow clone
// the error says how to get it.
Result<BaseCommit> base_commit(const std::string& directory, const std::string& revision);

// As walk_repository, of what the commit holds below `directory`. Symbolic links to files in the
// commit are followed. Fails where git does.
Result<std::vector<Diagnostic>> walk_commit(const std::string& directory, const std::string& commit,
                                            const store::RepositoryWalk& walk);

}  // namespace buildable::publish
