// Checking repositories: reading them, choosing the track of each, judging.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/state.h"
#include "build/collected.h"
#include "pins/collect.h"
#include "pins/judge_track.h"
#include "report/report.h"
#include "report/settings.h"
#include "report/track_judge.h"
#include "store/repository_walk.h"

namespace buildable::app {

// Whether the path is a repository's folder: a single file says nothing of a build.
bool is_folder(const std::string& root);
// What stands before the repository's own path where path_in names one of its files.
std::string prefix_of(const std::string& directory);

// What was found in a repository, with its track chosen.
struct ReadRepository {
  std::string directory;
  pins::JudgeInput found;  // problems name files of the repository
  build::CollectedFiles build_files;
  std::vector<pins::RepositoryFile> bot_files;  // configurations of bots
  std::vector<Diagnostic> problems;  // what could not be read; files as path_in gives them
  std::string track;
  std::string track_reason;
  std::vector<pins::ComponentTrack> components;  // that are built from it
  std::map<std::string, int> ignored;            // files that the settings ignore, by the reason
};

// Asked from any thread. What it is made of must outlive it. A track is compiled when a repository
// first needs it.
class RepositoryChecker {
 public:
  // Without a track each repository chooses its own.
  RepositoryChecker(const report::CheckSettings& settings, std::optional<pins::ChosenTrack> track,
                    const State& state, Instant at);

  // Fails where there is no such directory or file, and where its track is not known. What lies
  // beyond the limits of CheckLimits is a problem.
  Result<ReadRepository> read(const std::string& root) const;
  // What cannot be judged is a problem of the report.
  report::RepositoryReport check(const std::string& root) const;
  // The same of the change from a revision of git to what is in the directory now; what was there
  // before is left out, or fails nothing (report/change.h).
  report::RepositoryReport check_since(const std::string& root, const std::string& revision) const;
  // The same where only the names of the changed files are known: paths in the repository, or as
  // seen from the working directory.
  report::RepositoryReport check_changed(const std::string& root,
                                         const std::vector<std::string>& changed) const;

  // What the build makes of these files of the repository, before its settings are applied.
  std::vector<report::ForetoldBuild> builds_of(const ReadRepository& repository,
                                               const build::Files& files) const;

  // Whether the settings say that the file is not to be read.
  bool is_ignored(std::string_view path) const { return ignored_.find(path) != nullptr; }
  const pins::PinFinder& finder() const { return finder_; }
  const report::CheckSettings& settings() const { return settings_; }
  // The policy of a track, and of the one that follows it where that is another builder.
  Result<const Policy*> policy(const std::string& track) const;

 private:
  struct OfTrack {
    Policy policy;
    std::unique_ptr<report::TrackJudge> judge;
    std::vector<std::string> remarks;
  };

  // What gives the files: a directory, a commit.
  using Walker = std::function<Result<std::vector<Diagnostic>>(const store::RepositoryWalk& walk)>;
  Result<ReadRepository> read(const std::string& root, const Walker& walker) const;
  report::RepositoryReport check(const std::string& root, const Walker& walker,
                                 const std::vector<std::string>* changed = nullptr) const;
  report::RepositoryReport judge(const std::string& root, ReadRepository repository,
                                 const std::vector<std::string>* changed) const;

  std::vector<pins::PinFinding> lint(const ReadRepository& repository, const Policy& policy) const;
  store::FileInterest interest(std::string_view path) const;
  void count_ignored(const std::string& path, ReadRepository& repository) const;
  store::FileInterest interest_with_build(std::string_view path) const;
  void choose_track(ReadRepository& repository) const;
  void choose_track_by(const pins::RepositoryFile& components, ReadRepository& repository) const;
  std::vector<pins::CurrentBuilder> builders() const;
  std::vector<std::string> track_and_next(const std::string& track) const;
  Result<std::unique_ptr<OfTrack>> compile_track(const std::string& track) const;
  Result<const OfTrack*> of_track(const std::string& track) const;

  const report::CheckSettings& settings_;
  std::optional<pins::ChosenTrack> track_;
  const State& state_;
  Instant at_;
  const Rules& rules_;
  pins::PinFinder finder_;
  pins::FileWatch watch_;  // of any track, for what it wants
  report::IgnoredFiles ignored_;
  mutable std::mutex compiling_;
  mutable std::map<std::string, Result<std::unique_ptr<OfTrack>>> tracks_;
};

}  // namespace buildable::app
