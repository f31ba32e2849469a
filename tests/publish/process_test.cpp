// Other programs, run with everything bounded.
#include "publish/process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "base/public_url.h"
#include "publish/git.h"
#include "publish/repository.h"

using namespace buildable;
using namespace buildable::publish;
using namespace buildable::test;

namespace {

ProcessRequest shell(const std::string& script) {
  return {.words = {"sh", "-c", script}, .environment = {"PATH=/usr/bin:/bin", "GREETING=hello"}};
}

}  // namespace

TEST_CASE("what a program reads, writes and leaves with") {
  ProcessRequest request = shell("cat; echo \"$GREETING $HOME\" >&2; exit 7");
  request.input = std::string(300000, 'x') + "\n";
  const auto ran = run_process(request);
  REQUIRE(ran);
  CHECK(ran->code == 7);
  CHECK(ran->out == request.input);
  CHECK(ran->err == "hello \n");
  CHECK(run_process(shell("kill -9 $$"))->code == 128 + 9);
  CHECK(run_process(shell("read line; echo \"<$line>\""))->out == "<>\n");
}

TEST_CASE("words are not read by a shell") {
  const auto ran = run_process({.words = {"printf", "%s|", "a b", "$HOME", "*", "; exit 1", ""},
                                .environment = {"PATH=/usr/bin:/bin"}});
  REQUIRE(ran);
  CHECK(ran->out == "a b|$HOME|*|; exit 1||");
}

TEST_CASE("what cannot be run is a failure that names it") {
  const auto ran = run_process({.words = {"no-such-program"}, .environment = {"PATH=/usr/bin"}});
  REQUIRE_FALSE(ran);
  CHECK(has(ran.error().to_text(), "cannot run no-such-program: No such file"));
}

TEST_CASE("at the deadline everything that was started is ended") {
  const Scratch scratch;
  ProcessRequest request = shell("sleep 60 & echo $! >'" + (scratch / "pid").string() + "'; wait");
  request.deadline = std::chrono::milliseconds(300);
  const auto begin = std::chrono::steady_clock::now();
  const auto ran = run_process(request);
  REQUIRE_FALSE(ran);
  CHECK(has(ran.error().message(), "took longer"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
  CHECK_FALSE(is_running(content(scratch / "pid")));
}

TEST_CASE("a program that is silent and closes its streams is ended too") {
  ProcessRequest request = shell("exec >&- 2>&-; sleep 60");
  request.deadline = std::chrono::milliseconds(300);
  CHECK_FALSE(run_process(request));
}

TEST_CASE("an output without end is cut off") {
  ProcessRequest request = shell("while :; do echo yes; done");
  request.max_output = 100000;
  const auto ran = run_process(request);
  REQUIRE_FALSE(ran);
  CHECK(has(ran.error().message(), "wrote more than 100000 bytes"));
}

TEST_CASE("what a program leaves running does not keep us waiting") {
  const auto begin = std::chrono::steady_clock::now();
  const auto ran = run_process(shell("echo done; sleep 5 &"));
  REQUIRE(ran);
  CHECK(ran->out == "done\n");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(4));
}

TEST_CASE("there is no terminal to ask on") {
  CHECK(run_process(shell("exec 2>/dev/null; : </dev/tty"))->code != 0);
}

TEST_CASE("git's environment: the user's own, without what leads git elsewhere or makes it talk") {
  const auto environment = git_environment(
      {"HOME=/home/x", "TOKEN=secret", "GIT_DIR=/elsewhere", "GIT_TRACE=1",
       "GIT_SSH_COMMAND=ssh -v", "GIT_ASKPASS=/bin/ask", "GIT_CONFIG_COUNT=1", "GIT_WORK_TREE=/w",
       "LC_ALL=de_DE.UTF-8", "GIT_TERMINAL_PROMPT=1", "GIT_INDEX_FILE=/i", "GIT_EXTERNAL_DIFF=x"});
  const auto holds = [&](const std::string& value) {
    return std::find(environment.begin(), environment.end(), value) != environment.end();
  };
  for (const char* kept :
       {"HOME=/home/x", "TOKEN=secret", "GIT_SSH_COMMAND=ssh -v", "GIT_ASKPASS=/bin/ask",
        "GIT_CONFIG_COUNT=1", "LC_ALL=C", "GIT_TERMINAL_PROMPT=0"})
    CHECK_MESSAGE(holds(kept), kept);
  for (const char* gone :
       {"GIT_DIR=/elsewhere", "GIT_TRACE=1", "GIT_WORK_TREE=/w", "LC_ALL=de_DE.UTF-8",
        "GIT_TERMINAL_PROMPT=1", "GIT_INDEX_FILE=/i", "GIT_EXTERNAL_DIFF=x"})
    CHECK_FALSE_MESSAGE(holds(gone), gone);
}

TEST_CASE("a password in an address is not told") {
  const std::string url = "https://bot:hunter2@host/x.git";
  CHECK(without_secrets("fatal: " + url + " refused hunter2", url) ==
        "fatal: https://host/x.git refused …");
  CHECK(without_secrets(url, url) == "https://host/x.git");
  CHECK(without_secrets("https://TOKEN123@host/", "https://TOKEN123@host/") == "https://host/");
  CHECK(without_secrets("ssh://git@host/x", "ssh://git@host/x") == "ssh://host/x");
  CHECK(without_secrets("deploy: ssh://deploy@host/x", "ssh://deploy@host/x") ==
        "deploy: ssh://host/x");
  CHECK(without_secrets("text", "/a/path@2") == "text");
}
