// Looking for edits after which a repository builds: what is planned is foretold before anything is
// written, and planned anew without what cannot be edited or does not build.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/file_changes.h"
#include "app/repository_check.h"
#include "pins/fix_repository.h"

namespace buildable::app {

class FixSearch {
 public:
  // `builds` are those that are foretold of the repository as it is; empty: it is not a whole one,
  // and of its builds nothing is known. All must outlive the search.
  FixSearch(const RepositoryChecker& checker, const ReadRepository& repository,
            const std::vector<report::ForetoldBuild>& builds, const FileChanger& changer)
      : checker_(checker), repository_(repository), builds_(builds), changer_(changer) {}

  // Whether another plan is to be made, within limits(). The number of plans is bounded.
  bool goes_on(const pins::RepositoryEdits& plan);
  const pins::FixLimits& limits() const { return limits_; }

  // A build that fails after the last plan, where none does now; null: there is none.
  const report::ForetoldBuild* broken() const;
  // Of files that cannot be changed and were to be, as seen from the working directory.
  std::vector<Diagnostic> take_failures() { return std::move(failures_); }

 private:
  bool holds_blocked_files(const pins::RepositoryEdits& plan);
  bool learns_from_builds(const pins::RepositoryEdits& plan);
  std::vector<report::ForetoldBuild> foretold(const std::vector<pins::FileChange>& changes) const;
  bool passes_over(const report::ForetoldBuild& failing, const pins::RepositoryEdits& plan);
  std::set<std::string> causes_of(const report::ForetoldBuild& failing,
                                  const pins::RepositoryEdits& plan) const;
  bool settles_what_never_built(const pins::RepositoryEdits& plan);
  void give_up(const std::string& runtime);
  bool fails_now(const std::string& runtime) const;
  bool fails_so_now(const report::ForetoldBuild& build) const;

  const RepositoryChecker& checker_;
  const ReadRepository& repository_;
  const std::vector<report::ForetoldBuild>& builds_;
  const FileChanger& changer_;
  std::vector<report::ForetoldBuild> then_;  // after the last plan that changes something
  pins::FixLimits limits_;
  std::set<std::string> blocked_;     // files
  std::map<std::string, int> tries_;  // by runtime
  std::set<std::string> settled_;     // runtimes whose first plan is as good as any
  std::vector<Diagnostic> failures_;
};

}  // namespace buildable::app
