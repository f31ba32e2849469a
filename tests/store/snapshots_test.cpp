#include "store/snapshots.h"

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <random>
#include <set>

#include "base/digest.h"
#include "store/file_reader.h"
#include "support/scratch.h"

using namespace buildable;
using namespace buildable::store;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

struct StoreScratch : Scratch {
  fs::path store() const { return path / "state" / "toolforge"; }
};

Instant at(int hour) { return Instant(std::chrono::hours(500000 + hour)); }

// Large enough that writing it takes several steps.
std::string snapshot(int number) {
  return "{\"number\": " + std::to_string(number) + "}\n" + std::string(20000, 'x');
}

fs::path file_of(const fs::path& store, const std::string& text) {
  return store / "snapshots" / (sha256_hex(text) + ".json");
}

void put(const fs::path& store, int number, int hour) {
  const auto done = SnapshotStore(store).put(snapshot(number), at(hour));
  REQUIRE_MESSAGE(done, (done ? std::string() : done.error().to_text()));
}

std::string newest(const fs::path& store) {
  const auto found = SnapshotStore(store).newest();
  return found ? found->text : "error: " + found.error().to_text();
}

std::vector<std::string> texts(const fs::path& store) {
  std::vector<std::string> texts;
  for (const StoredSnapshot& each : SnapshotStore(store).history()) texts.push_back(each.text);
  return texts;
}

std::set<std::string> files_in(const fs::path& directory) {
  std::set<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    files.insert(entry.path().lexically_relative(directory).string());
  return files;
}

void overwrite(const fs::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

// Each spoils a file.
struct Damage {
  const char* name;
  std::function<void(const fs::path&)> apply;
};

const std::vector<Damage>& damages() {
  static const std::vector<Damage> list{
      {"missing", [](const fs::path& file) { fs::remove(file); }},
      {"empty", [](const fs::path& file) { overwrite(file, ""); }},
      {"truncated", [](const fs::path& file) { fs::resize_file(file, fs::file_size(file) - 1); }},
      {"a byte flipped",
       [](const fs::path& file) {
         std::string content = *read_file(file);
         content[content.size() / 2] ^= 1;
         overwrite(file, content);
       }},
      {"other content", [](const fs::path& file) { overwrite(file, "{}\n"); }},
      {"a directory in its place",
       [](const fs::path& file) {
         fs::remove(file);
         fs::create_directory(file);
       }},
      {"a named pipe in its place",
       [](const fs::path& file) {
         fs::remove(file);
         REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
       }},
  };
  return list;
}

// By what is not a file of ours, and is not replaced by one.
bool is_held(const fs::path& file) { return fs::exists(file) && !fs::is_regular_file(file); }

// Runs in a process of its own; the exit code is the answer.
int in_child(const std::function<int()>& body) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(body());
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("what was put is the newest, and the history keeps all") {
  StoreScratch scratch;
  CHECK(newest(scratch.store()).find("there is no good snapshot") != std::string::npos);
  CHECK(texts(scratch.store()).empty());
  for (int number : {1, 2, 1}) put(scratch.store(), number, number);
  CHECK(newest(scratch.store()) == snapshot(1));
  CHECK(texts(scratch.store()) == std::vector{snapshot(1), snapshot(2), snapshot(1)});
  CHECK(files_in(scratch.store()) ==
        std::set<std::string>{"index.json", "index.json.1", "lock", "snapshots",
                              "snapshots/" + sha256_hex(snapshot(1)) + ".json",
                              "snapshots/" + sha256_hex(snapshot(2)) + ".json"});
}

TEST_CASE("the same again is only seen again") {
  StoreScratch scratch;
  for (int hour : {1, 5, 3}) put(scratch.store(), 1, hour);
  const auto found = SnapshotStore(scratch.store()).newest();
  REQUIRE(found);
  CHECK(found->stored == at(1));
  CHECK(found->seen == at(5));
  CHECK(found->digest == sha256_digest(snapshot(1)));
  CHECK(SnapshotStore(scratch.store()).history().size() == 1);
}

TEST_CASE("a damaged snapshot is passed over, and putting it again fixes it") {
  for (const Damage& damage : damages()) {
    CAPTURE(damage.name);
    StoreScratch scratch;
    put(scratch.store(), 1, 1);
    put(scratch.store(), 2, 2);
    damage.apply(file_of(scratch.store(), snapshot(2)));
    CHECK(newest(scratch.store()) == snapshot(1));
    CHECK(texts(scratch.store()) == std::vector{snapshot(1)});
    if (is_held(file_of(scratch.store(), snapshot(2)))) continue;
    put(scratch.store(), 2, 3);
    CHECK(texts(scratch.store()) == std::vector{snapshot(1), snapshot(2)});
  }
}

TEST_CASE("when all are damaged the error names each") {
  StoreScratch scratch;
  put(scratch.store(), 1, 1);
  put(scratch.store(), 2, 2);
  for (int number : {1, 2}) overwrite(file_of(scratch.store(), snapshot(number)), "?");
  const std::string error = newest(scratch.store());
  for (int number : {1, 2})
    CHECK(error.find(file_of(scratch.store(), snapshot(number)).string()) != std::string::npos);
}

TEST_CASE("of a damaged index the generation before it counts, of two the files themselves") {
  for (const Damage& damage : damages()) {
    CAPTURE(damage.name);
    StoreScratch scratch;
    for (int number : {1, 2, 3}) put(scratch.store(), number, number);
    damage.apply(scratch.store() / "index.json");
    CHECK(newest(scratch.store()) == snapshot(2));
    damage.apply(scratch.store() / "index.json.1");
    CHECK(texts(scratch.store()).size() == 3);
    if (is_held(scratch.store() / "index.json")) continue;
    put(scratch.store(), 4, 4);
    CHECK(newest(scratch.store()) == snapshot(4));
    CHECK(texts(scratch.store()).size() == 4);
  }
}

TEST_CASE("a damaged index does not take the place of the good generation before it") {
  StoreScratch scratch;
  for (int number : {1, 2, 3}) put(scratch.store(), number, number);
  overwrite(scratch.store() / "index.json", "{");
  put(scratch.store(), 4, 4);
  CHECK(texts(scratch.store()) == std::vector{snapshot(1), snapshot(2), snapshot(4)});
  overwrite(scratch.store() / "index.json", "{");
  CHECK(texts(scratch.store()) == std::vector{snapshot(1), snapshot(2)});
}

TEST_CASE("no flipped byte of the index goes unnoticed") {
  StoreScratch scratch;
  for (int number : {1, 2}) put(scratch.store(), number, number);
  const std::string good = *read_file(scratch.store() / "index.json");
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] ^= static_cast<char>(1 << (i % 7));
    overwrite(scratch.store() / "index.json", bad);
    CAPTURE(bad);
    CHECK(texts(scratch.store()) == std::vector{snapshot(1)});
  }
}

TEST_CASE("two processes at once lose nothing") {
  StoreScratch scratch;
  constexpr int each = 25;
  std::vector<pid_t> children;
  for (int process = 0; process < 2; ++process) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child > 0) {
      children.push_back(child);
      continue;
    }
    SnapshotStore store(scratch.store());
    for (int i = 0; i < each; ++i)
      if (!store.put(snapshot(1000 * process + i), at(i))) _exit(1);
    _exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  const auto all = texts(scratch.store());
  CHECK(all.size() == 2 * each);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == 2 * each);
}

namespace {

// Old or new, nothing else; and a later put leaves no trace of the killed one.
void check_after_kill(const fs::path& store, const std::vector<std::string>& possible) {
  const std::string found = newest(store);
  CHECK(std::find(possible.begin(), possible.end(), found) != possible.end());
  put(store, 9, 9);
  CHECK(newest(store) == snapshot(9));
  for (const std::string& file : files_in(store)) CHECK(file.find(".new-") == std::string::npos);
}

}  // namespace

// The child is stopped at the entry and at the exit of every system call, and killed there.
TEST_CASE("killed at any step of a put, the old or the new state is there") {
  int steps = 0;
  for (bool finished = false; !finished; ++steps) {
    CAPTURE(steps);
    StoreScratch scratch;
    put(scratch.store(), 1, 1);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(77);
      raise(SIGSTOP);
      _exit(SnapshotStore(scratch.store()).put(snapshot(2), at(2)) ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) {
      MESSAGE("skipped: processes may not be traced here");
      return;
    }
    for (int i = 0; i < steps && !WIFEXITED(status); ++i) {
      ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
      waitpid(child, &status, 0);
    }
    finished = WIFEXITED(status);
    if (!finished) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
    }
    check_after_kill(scratch.store(), {snapshot(1), snapshot(2)});
  }
  CHECK(steps > 40);
  MESSAGE("killed at " << steps - 1 << " steps");
}

TEST_CASE("killed at random times while putting one after another, a hundred times") {
  std::mt19937 random(7);
  StoreScratch scratch;
  put(scratch.store(), 0, 0);
  for (int round = 0; round < 100; ++round) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (int i = 0;; ++i) (void)SnapshotStore(scratch.store()).put(snapshot(i % 5), at(i));
    }
    usleep(std::uniform_int_distribution<useconds_t>(0, 8000)(random));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    check_after_kill(scratch.store(), {snapshot(0), snapshot(1), snapshot(2), snapshot(3),
                                       snapshot(4), snapshot(9)});
  }
}

TEST_CASE("a directory that may not be written is an error, and can still be read") {
  StoreScratch scratch;
  put(scratch.store(), 1, 1);
  fs::permissions(scratch.path, fs::perms(0755));
  for (const fs::path& directory : {scratch.store(), scratch.store() / "snapshots"})
    fs::permissions(directory, fs::perms(0555));
  const int answer = in_child([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return 77;
    const auto done = SnapshotStore(scratch.store()).put(snapshot(2), at(2));
    if (done || done.error().to_text().find(scratch.store().string()) == std::string::npos)
      return 1;
    return newest(scratch.store()) == snapshot(1) ? 0 : 2;
  });
  fs::permissions(scratch.store(), fs::perms(0755));
  fs::permissions(scratch.store() / "snapshots", fs::perms(0755));
  CHECK(answer == 0);
  CHECK(newest(scratch.store()) == snapshot(1));
}

namespace {

// Puts until the place is used up; then the last good one must be there.
int fill_up(const fs::path& store) {
  int good = -1;
  for (int number = 0; number < 100; ++number) {
    const auto done = SnapshotStore(store).put(snapshot(number), at(number));
    if (done) {
      good = number;
      continue;
    }
    if (good < 0) return 1;
    if (newest(store) != snapshot(good)) return 2;
    for (const std::string& file : files_in(store))
      if (file.find(".new-") != std::string::npos) return 3;
    return 0;
  }
  return 4;
}

}  // namespace

TEST_CASE("a full disk is an error and leaves the last good one") {
  StoreScratch scratch;
  const int answer = in_child([&] {
    // A mount that only this process sees.
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
      return 77;
    if (mount("none", scratch.path.c_str(), "tmpfs", 0, "size=128k") != 0) return 77;
    return fill_up(scratch.store());
  });
  if (answer == 77) {
    MESSAGE("skipped: no small file system can be mounted here");
    return;
  }
  CHECK(answer == 0);
}

TEST_CASE("a file that cannot grow is an error and leaves the last good one") {
  StoreScratch scratch;
  put(scratch.store(), 1, 1);
  const int answer = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t limit : {rlim_t{0}, rlim_t{100}, rlim_t{10000}, rlim_t{20010}}) {
      const rlimit bound{limit, RLIM_INFINITY};
      if (setrlimit(RLIMIT_FSIZE, &bound) != 0) return 1;
      if (SnapshotStore(scratch.store()).put(snapshot(2), at(2))) return 2;
      if (newest(scratch.store()) != snapshot(1)) return 3;
    }
    return 0;
  });
  CHECK(answer == 0);
  CHECK(texts(scratch.store()) == std::vector{snapshot(1)});
}
