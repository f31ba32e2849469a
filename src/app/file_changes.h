// Making the changes that fix planned: each file whole or not at all.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "build/collected.h"
#include "pins/fix_repository.h"
#include "store/repository_walk.h"

namespace buildable::app {

// Makes the changes of one repository, as far as its files still say what was found in them.
// Paths of changes are the repository's; failures name files as seen from the working directory.
class FileChanger {
 public:
  FileChanger(std::string directory, bool dry_run)
      : directory_(std::move(directory)), dry_run_(dry_run) {}

  // Why files of these changes cannot be changed, by file; nothing is changed to find out. A link
  // can where it leads to a file that becomes the same.
  std::map<std::string, Diagnostic> blocked(const std::vector<pins::FileChange>& changes) const;

  void make(const std::vector<pins::FileChange>& changes);

  bool is_made(const pins::FixedThing& thing) const;
  // As the files are once all is made that could be.
  std::vector<build::ChangedFile> changed(const std::vector<pins::FileChange>& changes) const;
  std::vector<Diagnostic> take_failures() { return std::move(failures_); }
  std::vector<pins::FileChange> take_changes() { return std::move(made_); }

 private:
  using ByRealPath = std::map<std::string, const pins::FileChange*>;
  // `written` are those changes that are of no link.
  Result<void> may_make(const pins::FileChange& change, const ByRealPath& written) const;
  ByRealPath by_real_path(const std::vector<pins::FileChange>& changes) const;
  bool make(const pins::FileChange& change, bool is_link);
  bool may_remove(const pins::FileChange& removal);
  bool leave(const pins::FileChange& change, const Result<void>& done);
  Result<void> write(const pins::FileChange& change) const;
  Result<void> hold_link(const pins::FileChange& change) const;
  std::string shown(std::string_view file) const { return store::path_in(directory_, file); }

  std::string directory_;
  bool dry_run_;
  std::set<std::string> not_written_;  // files of the repository; links among them
  std::vector<Diagnostic> failures_;
  std::vector<pins::FileChange> made_;
};

}  // namespace buildable::app
