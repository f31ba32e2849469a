// git as a program: an argument vector, an environment without surprises, no hooks, no prompts.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "publish/process.h"

namespace buildable::publish {

// The environment in which git runs: that of this process, since credential helpers may need
// anything of it, but without the GIT_ variables that lead git elsewhere or make it talk.
std::vector<std::string> git_environment(const std::vector<std::string>& inherited);

class Git {
 public:
  // `directory`: a bare repository, which init() makes. `url` is named to keep its secrets out of
  // messages.
  Git(std::filesystem::path directory, std::string url, std::chrono::milliseconds deadline);

  Result<void> init() const;
  // Fails only where git cannot be run or does not end in time; the latter is `no_answer` where it
  // waited for a server.
  Result<ProcessResult> run(const std::vector<std::string>& words, std::string input = {}) const;
  // Its standard output; fails where git does, with what git said.
  Result<std::string> output(const std::vector<std::string>& words, std::string input = {}) const;
  // "git push: the last lines that it said", `no_answer` where these say that nobody did: for the
  // caller that knows more.
  tl::unexpected<Error> failure(const std::string& command, const ProcessResult& result,
                                std::string hint = {}) const;

  const std::filesystem::path& directory() const { return directory_; }

 private:
  std::filesystem::path directory_;
  std::string url_;
  std::chrono::milliseconds deadline_;
  std::vector<std::string> environment_;
};

}  // namespace buildable::publish
