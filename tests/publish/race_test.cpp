// Publishers that meet, and publishers that are killed: the branch is always one of the trees that
// somebody published, whole, and the next run fixes what is left to fix.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "publish/repository.h"
#include "support/paths.h"
#include "support/sanitized.h"

using namespace buildable::test;
using buildable::testing::is_sanitized;
using buildable::testing::program_file;

namespace {

// Under a sanitizer each trial takes three times as long, and what it looks for needs fewer.
int times(const char* variable, int usual) {
  const char* set = std::getenv(variable);
  if (set != nullptr) return std::atoi(set);
  return is_sanitized ? usual / 10 : usual;
}

std::set<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

// What a killed program had started ends with it, or sees its push through.
void wait_for_all_of(const std::string& directory) {
  const auto is_at_work = [&directory] {
    std::error_code error;
    for (std::filesystem::directory_iterator it("/proc", error), end; it != end;
         it.increment(error))
      if (has(content(it->path() / "cmdline"), directory)) return true;
    return false;
  };
  for (int i = 0; i < 1000 && is_at_work(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

std::string last_word(const std::string& line) { return line.substr(line.rfind(' ') + 1); }

std::string folder(int round, const char* name) { return name + std::to_string(round); }

}  // namespace

TEST_CASE(
    "two publishers at once, again and again: both end well, nothing is lost, nothing is twice") {
  const Repository repository;
  put(repository.scratch / "one.toml", "[publish]\nauthor = \"One <one@example.org>\"\n");
  put(repository.scratch / "two.toml", "[publish]\nauthor = \"Two <two@example.org>\"\n");
  const int rounds = times("BUILDABLE_RACES", 50);
  int commits = 0;
  int lost = 0;
  for (int round = 0; round < rounds; ++round) {
    // Two of three times both have the same folder in mind; one time even their commits are alike.
    const bool same = round % 3 != 1;
    const std::string a = folder(round, "a");
    const std::string b = same ? a : folder(round, "b");
    Ran first, second;
    const auto publish = [&](const std::string& path, const std::string& author) {
      return repository.publish("--at 2026-05-20 --config " + author + " --path " + path);
    };
    std::thread other([&] { second = publish(b, round % 3 == 0 ? "one.toml" : "two.toml"); });
    first = publish(a, "one.toml");
    other.join();
    REQUIRE_MESSAGE(first.code == 0, first.err);
    REQUIRE_MESSAGE(second.code == 0, second.err);
    commits += same ? 1 : 2;
    if (same) CHECK(last_word(first.out) == last_word(second.out));
    if (round % 3 == 2) CHECK(has(first.out, "published") + has(second.out, "published") == 1);
    lost += has(first.err, "quicker") + has(second.err, "quicker");
    REQUIRE(repository.commits() == commits);
  }
  MESSAGE(lost << " of " << rounds << " races were lost once and run again");
  CHECK(lost > 0);
  const auto tree = repository.tree();
  const auto generated = repository.generated("--at 2026-05-20");
  for (int round = 0; round < rounds; ++round)
    for (const char* name : {"a", "b"})
      for (const auto& [path, text] : generated)
        if (round % 3 == 1 || *name == 'a')
          REQUIRE(tree.at(folder(round, name) + "/" + path) == text);
  // A tag a commit, each on its own.
  CHECK(static_cast<int>(lines_of(repository.git("tag")).size()) == commits);
  CHECK(lines_of(repository.git("rev-parse $(git --git-dir=remote.git tag | sed 's/$/^{commit}/')"))
            .size() == static_cast<std::size_t>(commits));
  CHECK(repository.is_sound());
}

TEST_CASE(
    "killed at any moment, again and again: the old tree or the new one; the next run fixes") {
  const Repository repository;
  put(repository.scratch / "buildable.toml", "state_directory = \"state\"\n");
  REQUIRE(repository.publish("--at 2026-04-10").code == 0);
  const std::string old = repository.head();
  const auto old_tree = repository.generated("--at 2026-04-10");
  const auto new_tree = repository.generated("--at 2026-05-20");
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(repository.publish("--at 2026-05-20").code == 0);
  const auto whole = std::chrono::steady_clock::now() - begin;
  std::mt19937 random(11);
  int untouched = 0;
  int published = 0;
  const int kills = times("BUILDABLE_KILLS", 100);
  for (int kill_number = 0; kill_number < kills; ++kill_number) {
    repository.git("update-ref refs/heads/main " + old);
    repository.shell("git --git-dir=remote.git tag -d 2026.05.14 2026.05.14.1");
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("HOME", repository.scratch.path.c_str(), 1);
      ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
      if (::chdir(repository.scratch.path.c_str()) != 0) ::_exit(1);
      const int nothing = ::open("/dev/null", O_WRONLY);
      ::dup2(nothing, STDOUT_FILENO);
      ::dup2(nothing, STDERR_FILENO);
      ::execl(program_file().c_str(), program_file().c_str(), "publish", "--quiet", "--repo",
              repository.url.c_str(), "--at", "2026-05-20", nullptr);
      ::_exit(1);
    }
    const double part = std::uniform_real_distribution<double>(0, 1.1)(random);
    std::this_thread::sleep_for(
        std::chrono::duration_cast<std::chrono::microseconds>(whole * part));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    wait_for_all_of(repository.scratch.path.string());
    const bool is_old = repository.head() == old;
    REQUIRE(without_manifest(repository.tree()) == (is_old ? old_tree : new_tree));
    REQUIRE(lines_of(repository.git("tag")).count("2026.05.14") == (is_old ? 0U : 1U));
    (is_old ? untouched : published) += 1;
    const Ran next = repository.publish("--at 2026-05-20");
    REQUIRE_MESSAGE(next.code == 0, next.err);
    REQUIRE(without_manifest(repository.tree()) == new_tree);
    REQUIRE(repository.commits() == 2);
  }
  MESSAGE(untouched << " runs were killed before their push, " << published << " after");
  CHECK(untouched > kills / 20);
  CHECK(repository.is_sound());
}
