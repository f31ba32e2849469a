// Remotes that refuse, hang or are not there: a clear error, and nothing half done.
#include <doctest/doctest.h>

#include <chrono>

#include "publish/repository.h"
#include "support/paths.h"

using namespace buildable::test;
using buildable::testing::program_file;

namespace {

constexpr const char* before = "--at 2026-04-10";
constexpr const char* after = "--at 2026-05-20";

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

TEST_CASE("a hook that refuses, for the branch or for the tag alone: nothing is there afterwards") {
  struct Case {
    const char* why;
    const char* hook;
    const char* script;
    const char* says;
  };
  const Case cases[] = {
      {"a protected branch, as GitLab says it", "pre-receive",
       "echo 'GitLab: You are not allowed to push code to protected branches on this project.'; "
       "exit 1",
       "not allowed to push code to protected branches"},
      {"a check of the branch", "update",
       "case $1 in refs/heads/*) echo 'no, says CI'; exit 1; esac", "no, says CI"},
      {"a check of the tag", "update", "case $1 in refs/tags/*) echo 'no tags'; exit 1; esac",
       "no tags"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.why);
    const Repository repository;
    REQUIRE(repository.publish(before).code == 0);
    const std::string head = repository.head();
    repository.hook(it.hook, it.script);
    const Ran ran = repository.publish(after);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, "the remote refused refs/"), ran.err);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
    CHECK(repository.head() == head);
    CHECK(repository.git("tag") == "2026.04.01");
  }
}

TEST_CASE("a branch that may only move forward takes publications") {
  const Repository repository;
  repository.git("config receive.denyNonFastForwards true");
  repository.git("config receive.denyDeletes true");
  CHECK(repository.publish(before).code == 0);
  CHECK(repository.publish(after).code == 0);
}

TEST_CASE("hooks, signing and push options of the user's own settings are left out") {
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  put(repository.scratch / "hooks/pre-push", "#!/bin/sh\nexit 1\n");
  repository.must("chmod +x hooks/*");
  repository.must(
      "git config --global core.hooksPath \"$HOME/hooks\"; "
      "git config --global commit.gpgSign true; git config --global tag.gpgSign true; "
      "git config --global push.gpgSign true; git config --global push.pushOption x; "
      "git config --global fetch.prune true; git config --global core.autocrlf true");
  const Ran ran = repository.publish(after);
  CHECK_MESSAGE(ran.code == 0, ran.err);
}

TEST_CASE("a remote that is not there, or cannot be read, is named without its password") {
  const Repository repository;
  struct Case {
    const char* url;
    const char* says;
  };
  const Case cases[] = {
      {"/nowhere/remote.git", "/nowhere/remote.git"},
      {"https://user:hunter2@127.0.0.1:1/x.git", "127.0.0.1"},
      {"ext::sh -c 'touch escaped'", "ext"},
      {"-upload-pack=touch escaped", "blocked"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.url);
    const Ran ran =
        run_in(repository.scratch.path, "publish --repo=\"" + std::string(it.url) + "\"",
               repository.environment());
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
    CHECK_FALSE(has(ran.err, "hunter2"));
    CHECK_FALSE(std::filesystem::exists(repository.scratch / "escaped"));
  }
}

TEST_CASE("a remote that hangs is given up at the deadline, with all that was started") {
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  const std::string head = repository.head();

  SUBCASE("in a hook, while pushing") {
    repository.hook("pre-receive",
                    "echo $$ >'" + (repository.scratch / "pid").string() + "'; sleep 60");
  }
  SUBCASE("before it says a word") {
    // An ssh that connects and then is silent.
    put(repository.scratch / "ssh",
        "#!/bin/sh\necho $$ >'" + (repository.scratch / "pid").string() + "'; exec sleep 60\n");
    repository.must(
        "chmod +x ssh; git config --global core.sshCommand \"$HOME/ssh\"; "
        "git config --global url.ssh://host/.insteadOf '" +
        repository.url + "'");
  }
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = repository.publish(std::string("--deadline 2 ") + after);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, "no_answer: git took longer than 2 seconds"), ran.err);
  CHECK(seconds_since(begin) < 20);
  CHECK(repository.head() == head);
  const std::string pid = content(repository.scratch / "pid");
  REQUIRE(!pid.empty());
  CHECK_FALSE(is_running(pid));
}

TEST_CASE("without git on the PATH it says so") {
  const Repository repository;
  const Ran ran = run_in(repository.scratch.path, "publish --repo '" + repository.url + "'",
                         "PATH=/nowhere HOME=/nowhere");
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, "cannot run git"), ran.err);
}

TEST_CASE("a full disk: an error, and the remote is what it was") {
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  const std::string head = repository.head();
  // In a name space of its own, where anybody may mount a small disk.
  const std::string full =
      "unshare -rm sh -c 'mkdir -p small && mount -t tmpfs -o size=SIZE none small && "
      "TMPDIR=small exec \"$@\"' sh " +
      program_file() + " publish --repo '" + repository.url + "' " + after;
  if (repository.shell("unshare -rm sh -c 'mkdir -p small && mount -t tmpfs none small'").code !=
      0) {
    MESSAGE("skipped: this system lets nobody mount a small disk");
    return;
  }
  int failures = 0;
  for (const char* size : {"4k", "16k", "40k", "64k", "100k", "160k", "240k", "400k"}) {
    CAPTURE(size);
    std::string command = full;
    command.replace(command.find("SIZE"), 4, size);
    const Ran ran = repository.shell(command);
    if (ran.code == 0) {
      CHECK(repository.commits() == 2);
      break;
    }
    ++failures;
    CHECK_MESSAGE(ran.code == 2, ran.err);
    CHECK_MESSAGE((has(ran.err, "No space left") || has(ran.err, "failed to write") ||
                   has(ran.err, "Out of diskspace")),
                  ran.err);
    CHECK(repository.head() == head);
    CHECK(repository.git("tag") == "2026.04.01");
  }
  CHECK(failures > 2);
  CHECK(repository.publish(after).code == 0);
  CHECK(without_manifest(repository.tree()) == repository.generated(after));
}

TEST_CASE("an address with secrets is told without them, however it is malformed") {
  const Repository repository;
  for (const char* url :
       {"https://user:glpat/s3cretToken@127.0.0.1:1/x.git",
        "https://a@s3cretToken@127.0.0.1:1/x.git",
        "https://127.0.0.1:1/x.git?private_token=s3cretToken", "http://s3cretToken@127.0.0.1:1",
        "https://user:%733cretToken@127.0.0.1:1/x.git", "https://user:s3cretToken",
        "user:s3cretToken@127.0.0.1:1/x.git", "https://s3cretToken/x@127.0.0.1:1/x.git",
        "https://user:1/s3cretToken@127.0.0.1:1/x.git", "https:/user:s3cretToken@127.0.0.1:1/x"}) {
    CAPTURE(url);
    for (const char* proxy : {"", "https_proxy=http://user:s3cretToken@127.0.0.1:1",
                              "https_proxy=http://user:a/s3cretToken@127.0.0.1:1"}) {
      const Ran ran =
          run_in(repository.scratch.path, "publish --deadline 20 --repo='" + std::string(url) + "'",
                 repository.environment() + " GIT_SSH_COMMAND=false " + proxy);
      CHECK(ran.code == 2);
      CHECK_FALSE_MESSAGE(has(ran.err + ran.out, "s3cretToken"), ran.err);
      CHECK_FALSE_MESSAGE(has(ran.err, "quicker"), ran.err);
    }
  }
}

TEST_CASE("what trying again does not change is told at once, and why") {
  struct Case {
    const char* why;
    const char* script;  // of a hook, which says what git's own parts would
    const char* says;
  };
  const Case cases[] = {
      {"a name too long",
       "echo \"error: cannot lock ref 'x': Unable to create 'x.lock': File name too long\" >&2; "
       "exit 1",
       "too long for the server"},
      {"a full server", "echo 'error: unable to write file: No space left on device' >&2; exit 1",
       "no space left"},
      {"a server that cannot write",
       "echo \"error: cannot lock ref 'x': Unable to create 'x.lock': Permission denied\" >&2; "
       "exit 1",
       "cannot write into the repository"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.why);
    const Repository repository;
    repository.hook("pre-receive", it.script);
    const Ran ran = repository.publish(before);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
    CHECK_FALSE_MESSAGE(has(ran.err, "quicker"), ran.err);
  }
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  const Ran below = repository.publish(std::string("--branch main/below ") + after);
  CHECK(below.code == 2);
  CHECK_MESSAGE(has(below.err, "collides with one that is there"), below.err);
  const Ran longer = repository.publish("--branch " + std::string(300, 'b') + " " + after);
  CHECK(longer.code == 2);
  CHECK_FALSE_MESSAGE(has(longer.err, "quicker"), longer.err);
}
