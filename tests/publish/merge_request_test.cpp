// --merge-request: a branch of its own, and GitLab's push options as a server sees them.
#include <doctest/doctest.h>

#include "publish/repository.h"

using namespace buildable::test;

namespace {

constexpr const char* proposal = "buildable/update";
constexpr const char* before = "--at 2026-04-10";
constexpr const char* after = "--merge-request --at 2026-05-20";

// A server that writes down the options of each push.
struct Server : Repository {
  Server() {
    git("config receive.advertisePushOptions true");
    hook("pre-receive",
         "i=0; while [ $i -lt ${GIT_PUSH_OPTION_COUNT:-0} ]; do eval echo "
         "\"\\\"\\$GIT_PUSH_OPTION_$i\\\"\"; "
         "i=$((i+1)); done >>'" +
             (scratch / "options").string() + "'");
  }
  std::string options() const {
    const std::string text = content(scratch / "options");
    put(scratch / "options", "");
    return text;
  }
};

}  // namespace

TEST_CASE(
    "a merge request: its own branch, title, target and description; no tag before it is merged") {
  const Server server;
  REQUIRE(server.publish(before).code == 0);
  CHECK(server.options() == "");
  const std::string head = server.head();
  const Ran ran = server.publish(after);
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(ran.out == std::string("proposed ") + proposal + " " + server.head(proposal) + "\n");
  CHECK(server.head() == head);
  CHECK(server.git("rev-parse buildable/update^") == head);
  CHECK(server.git("tag") == "2026.04.01");
  const std::string options = server.options();
  for (const char* option : {"merge_request.create\n", "merge_request.target=main\n",
                             "merge_request.remove_source_branch\n",
                             "merge_request.title=", "merge_request.description="})
    CHECK_MESSAGE(has(options, option), options);
  CHECK(has(options, "merge_request.title=" + server.git("log -1 --format=%s buildable/update")));

  SUBCASE("the same again changes nothing") {
    const std::string proposed = server.head(proposal);
    const Ran again = server.publish(after);
    CHECK(again.out == "unchanged 2026.05.14 " + proposed + "\n");
    CHECK(server.head(proposal) == proposed);
    CHECK(server.options() == "");
  }
  SUBCASE("a branch that is left over is updated, on the new head, not multiplied") {
    server.change("echo hello >README.md");
    REQUIRE(server.publish(after).code == 0);
    CHECK(server.git("rev-parse buildable/update^") == server.head());
    CHECK(server.git("for-each-ref --format='%(refname)' refs/heads") ==
          "refs/heads/buildable/update\nrefs/heads/main");
    CHECK(without_manifest(server.tree(proposal)).size() == without_manifest(server.tree()).size());
  }
  SUBCASE("once it is merged the revision gets its tag") {
    server.git("update-ref refs/heads/main refs/heads/buildable/update");
    const Ran merged = server.publish(after);
    REQUIRE_MESSAGE(merged.code == 0, merged.err);
    CHECK(server.git("rev-parse 2026.05.14^{commit}") == server.head());
    CHECK(has(server.publish(after).out, "unchanged 2026.05.14"));
  }
}

TEST_CASE("there must be a branch that a merge request can go to") {
  const Server server;
  const Ran ran = server.publish(after);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, "there is no branch \"main\""), ran.err);
}

TEST_CASE("a server that knows no push options is named as such") {
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  const Ran ran = repository.publish(after);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, "push options"), ran.err);
}
