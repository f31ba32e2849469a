// Running the real programs on what an attacker made, and what must hold whatever it was.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/digest.h"
#include "publish/repository.h"
#include "support/hostile_texts.h"
#include "support/paths.h"
#include "support/sanitized.h"
#include "support/scratch.h"
#include "support/trials.h"

namespace buildable::test {

struct Outcome {
  int code = -1;
  int signal = 0;  // that ended it
  std::string out;
  std::string err;
  std::size_t peak = 0;  // bytes of memory
  std::string all() const { return out + err; }
};

// Whether the program that is attacked is sanitized: it may be another build than these tests.
inline bool is_program_sanitized() { return testing::is_sanitized && !testing::is_other_program(); }

// The longest that any of this may take, in seconds; the deadlines of the program are shorter. What
// hangs is a failure, not the end of the tests; what is merely slow is found by fuzzers and by
// tests of growth.
inline const unsigned patience = is_program_sanitized() ? 600 : 180;

using Words = std::vector<std::string>;

inline void become_program(const std::filesystem::path& directory, Words words,
                           const std::filesystem::path& streams) {
  const auto redirect = [&](const char* name, int number) {
    const int file = ::open((streams / name).c_str(), O_CREAT | O_WRONLY, 0600);
    return ::dup2(file, number) >= 0;
  };
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  if (!redirect("out", STDOUT_FILENO) || !redirect("err", STDERR_FILENO)) ::_exit(127);
  if (::chdir(directory.c_str()) != 0) ::_exit(127);
  ::setenv("HOME", directory.c_str(), 1);
  ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  ::alarm(patience);
  words.insert(words.begin(), buildable::testing::program_file());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

// The words reach the program as they are.
inline Outcome run_program(const std::filesystem::path& directory, const Words& words) {
  const Scratch streams;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) become_program(directory, words, streams.path);
  int status = 0;
  rusage used{};
  REQUIRE(::wait4(child, &status, 0, &used) == child);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          content(streams / "out"), content(streams / "err"),
          static_cast<std::size_t>(used.ru_maxrss) * 1024};
}

// It ended by itself, with one of its own exit codes, and printed nothing that is obeyed.
inline void check_harmless(const Outcome& ran, bool of_github = false) {
  CHECK_MESSAGE(ran.signal == 0, ran.err.substr(0, 2000));
  CHECK_MESSAGE((ran.code >= 0 && ran.code <= 5), ran.err.substr(0, 2000));
  CHECK(raw_in(ran.out, of_github) == "");
  CHECK(raw_in(ran.err, false) == "");
  CHECK(ran.out.size() + ran.err.size() < (16U << 20U));
}

// What a file is: kind, mode, number, and digest of its content, or target.
inline std::string nature_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return "absent";
  std::string nature = std::to_string(status.st_mode) + " " + std::to_string(status.st_ino) + " ";
  if (S_ISREG(status.st_mode)) nature += sha256_hex(content(path));
  if (S_ISLNK(status.st_mode)) nature += std::filesystem::read_symlink(path).string();
  return nature;
}

using Natures = std::map<std::string, std::string>;

inline Natures natures_in(const std::filesystem::path& directory) {
  Natures all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
    all[entry.path().lexically_relative(directory).string()] = nature_of(entry.path());
  return all;
}

// The first path at which two directories differ; empty where they do not.
inline std::string difference(const Natures& before, const Natures& after) {
  for (const auto& [path, nature] : before) {
    const auto there = after.find(path);
    if (there == after.end()) return path + " is gone";
    if (there->second != nature) return path + " was changed";
  }
  for (const auto& [path, nature] : after)
    if (!before.contains(path)) return path + " is new";
  return {};
}

}  // namespace buildable::test
