// A remote repository: what stands on a branch, and single commits to it, without a work tree.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "publish/git.h"

namespace buildable::publish {

struct RemoteOptions {
  std::string url;                             // whatever git takes: a path, file://, ssh, https
  std::filesystem::path cache;                 // what was fetched is kept there; empty: thrown away
  std::chrono::milliseconds deadline{120000};  // of every single step
};

struct BranchFile {
  std::string mode;  // "100644"
  std::string id;
  friend bool operator==(const BranchFile&, const BranchFile&) = default;
};

struct BranchHead {
  std::string commit;  // empty: there is no such branch
  std::string parent;  // the first; empty: none
  std::map<std::string, BranchFile> files;
  std::map<std::string, std::string> texts;  // of the files that were asked for and are there
};

struct NewCommit {
  std::string parent;  // empty: the branch begins with it
  std::map<std::string, std::string> written;
  std::vector<std::string> removed;
  std::string message;
  std::string author;  // "Name <mail>"
  Instant when;
  std::string tag;  // an annotated one with the same message; empty: none
};

struct Push {
  std::string commit;
  std::string branch;
  std::string expected;              // what the branch must still be; empty: must not be there
  std::string tag;                   // must not be there; empty: none
  std::vector<std::string> options;  // for the server
};
enum class PushOutcome : std::uint8_t { done, lost_race };

class Workspace;

class Remote {
 public:
  // Of several processes with one cache, one waits for the other.
  static Result<Remote> open(const RemoteOptions& options);
  Remote(Remote&&) noexcept;
  Remote& operator=(Remote&&) = delete;
  ~Remote();

  // Asks the server. Where the branch is still what it was when it was fetched last, nothing more
  // than its name is transferred. Gives the contents of the files at `paths`, too.
  Result<BranchHead> look(const std::string& branch, const std::vector<std::string>& paths);
  // The names of the tags that begin so.
  Result<std::vector<std::string>> tags(const std::string& beginning);

  // Makes the commit here; the remote knows nothing of it. Its id.
  Result<std::string> commit(const NewCommit& commit);
  // Makes a tag here that is not part of a new commit.
  Result<void> tag(const NewCommit& tagged, const std::string& commit);
  // All or nothing, in one exchange. A failure means that the server refused or cannot be reached.
  Result<PushOutcome> push(const Push& push);

 private:
  Remote(std::unique_ptr<Workspace> workspace, Git git, std::string url);
  Result<bool> fetch(const std::string& branch, const std::string& ref);
  Result<PushOutcome> judge_failure(const Push& push, const ProcessResult& result);
  Result<std::string> commit_of(const std::string& branch);
  Result<void> begin_anew();

  std::unique_ptr<Workspace> workspace_;
  Git git_;
  std::string url_;
};

// Why a name cannot be a branch; nothing when it can.
Result<void> check_branch_name(const std::string& name);

}  // namespace buildable::publish
