// A run that is killed at a chosen step: before its n-th system call.
#pragma once

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace buildable::test {

// Kills the work before its n-th call and answers nothing, or answers how many calls it made until
// it ended by itself.
template <class Work>
std::optional<int> calls_unless_killed(int n, Work work) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(8);
    // The leak checker traces the process itself, which a traced one does not allow.
    const char* options = ::getenv("ASAN_OPTIONS");
    const std::string all = std::string(options == nullptr ? "" : options) + ":detect_leaks=0";
    ::setenv("ASAN_OPTIONS", all.c_str(), 1);
    ::raise(SIGSTOP);
    work();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE_MESSAGE(WIFSTOPPED(status), "a process cannot be traced here");
  ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
  bool entering = true;
  for (int calls = 0;;) {
    ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) {
      REQUIRE(WEXITSTATUS(status) == 0);
      return calls;
    }
    REQUIRE(WIFSTOPPED(status));
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) continue;
    if (entering && ++calls == n) break;
    entering = !entering;
  }
  ::kill(child, SIGKILL);
  REQUIRE(::waitpid(child, &status, 0) == child);
  return std::nullopt;
}

// False: the work ended before it came to that call; then it was whole.
template <class Work>
bool killed_before_call(int n, Work work) {
  return !calls_unless_killed(n, work);
}

// `count` calls, spread over the work, which is done once to count them all. How many it makes
// depends on the build: sanitizers make many of their own.
template <class Work>
std::vector<int> spread_calls(int count, Work work) {
  const int all = calls_unless_killed(std::numeric_limits<int>::max(), work).value();
  std::vector<int> chosen;
  for (int i = 0; i < count; ++i) chosen.push_back(1 + all * (2 * i + 1) / (2 * count));
  return chosen;
}

}  // namespace buildable::test
