// The directory in which git keeps what it fetched.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/durable_directory.h"

namespace buildable::publish {

// Either of its own and gone with it, or one that is kept, one for each name. One that a killed
// process left, or that has grown large, is begun anew: git's locks and half-written files are not
// to be told from good ones.
class Workspace {
 public:
  static Result<Workspace> kept(const std::filesystem::path& parent, const std::string& name);
  static Result<Workspace> temporary();
  Workspace(Workspace&& other) noexcept;
  Workspace& operator=(Workspace&&) = delete;
  ~Workspace();

  const std::filesystem::path& directory() const { return directory_; }
  bool is_new() const { return is_new_; }

 private:
  Workspace() = default;

  std::filesystem::path directory_;
  std::filesystem::path mark_;  // there as long as a process is at work; empty: not kept
  std::optional<store::FileLock> lock_;
  bool is_new_ = true;
};

}  // namespace buildable::publish
