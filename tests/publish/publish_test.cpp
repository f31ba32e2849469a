// What a publication does to a branch, with a bare repository as the remote.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "publish/repository.h"

using namespace buildable::test;
using nlohmann::json;

namespace {

constexpr const char* before = "--at 2026-04-10";
constexpr const char* after = "--at 2026-05-20";

// The manifest then names a state that nothing here knows.
const std::string forget_digest =
    "sed -i 's/\"snapshot\": \"sha256:..../\"snapshot\": \"sha256:0000/' manifest.json; ";

json manifest_of(const Repository& repository, const std::string& revision = "main") {
  return json::parse(repository.tree(revision).at("manifest.json"));
}

}  // namespace

TEST_CASE(
    "a first publication to an empty repository: one commit with the whole tree, and its tag") {
  const Repository repository;
  const Ran ran = repository.publish(after);
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(ran.out == "published 2026.05.14 " + repository.head() + "\n");
  CHECK(without_manifest(repository.tree()) == repository.generated(after));
  CHECK(repository.commits() == 1);
  CHECK(repository.git("tag") == "2026.05.14");
  CHECK(repository.git("cat-file -t 2026.05.14") == "tag");
  CHECK(repository.git("rev-parse 2026.05.14^{commit}") == repository.head());
  CHECK(repository.git("log -1 --format='%an <%ae> %cI'") ==
        "buildable <buildable@localhost> 2026-05-20T23:59:59+00:00");
  CHECK(manifest_of(repository)["revision"] == "2026.05.14");
  CHECK(manifest_of(repository)["expires"] == "2026-06-19T23:59:59Z");
  CHECK(repository.is_sound());
}

TEST_CASE("nothing changed: no commit, no push, one line") {
  const Repository repository;
  REQUIRE(repository.publish(after).code == 0);
  const std::string head = repository.head();
  repository.hook("pre-receive",
                  "echo pushed >>'" + (repository.scratch / "pushes").string() + "'");
  for (const char* words : {"--at 2026-05-20", "--at 2026-05-25", "--at 2026-06-01"}) {
    const Ran ran = repository.publish(words);
    CHECK(ran.code == 0);
    CHECK(ran.out == "unchanged 2026.05.14 " + head + "\n");
    CHECK(ran.err == "");
  }
  CHECK(repository.head() == head);
  CHECK_FALSE(std::filesystem::exists(repository.scratch / "pushes"));
}

TEST_CASE("a change: one commit on top, a message that tells it, a tag of its own") {
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  const std::string old = repository.head();
  const Ran ran = repository.publish(after);
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(repository.git("rev-parse main^") == old);
  CHECK(repository.commits() == 2);
  CHECK(without_manifest(repository.tree()) == repository.generated(after));
  CHECK(without_manifest(repository.tree("2026.04.01")) == repository.generated(before));
  CHECK(repository.git("tag") == "2026.04.01\n2026.05.14");
  const std::string subject = repository.git("log -1 --format=%s");
  CHECK_MESSAGE(has(subject, "(builder 24_0.21."), subject);
  const std::string message = repository.git("log -1 --format=%B");
  for (const char* part : {"| track | runtime | now buildable |", "Sources:\n- toolforge-deploy@",
                           "sha256:", "Files: 0 added, "})
    CHECK_MESSAGE(has(message, part), message);
  CHECK(repository.git("log -1 --format='%(trailers:key=Buildable-Revision,valueonly)'") ==
        "2026.05.14");
  CHECK(has(repository.git("log -1 --format='%(trailers:key=Buildable-Snapshot,valueonly)'"),
            "sha256:"));
  CHECK(has(repository.tree().at("CHANGELOG.md"), "## 2026-05-14\n"));
}

TEST_CASE("what others wrote stays; what is ours and no longer generated goes; edits are fixed") {
  const Repository repository;
  repository.change("echo hello >README.md; mkdir presets; echo '{}' >presets/own.json");
  REQUIRE(repository.publish(std::string("--path presets ") + before).code == 0);
  // A file that an earlier buildable generated and this one does not.
  repository.change(
      "cd presets && echo old >gone.json && echo '{}' >default.json && "
      "sed -i 's|\"files\": {|\"files\": {\\n    \"gone.json\": {\"size\": 4, \"sha256\": "
      "\"'$(sha256sum "
      "<gone.json | cut -c1-64)'\"},|' manifest.json && cd ..");
  REQUIRE(repository.tree().contains("presets/gone.json"));
  const Ran ran = repository.publish(std::string("--path ./presets/ ") + before);
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  auto tree = without_manifest(repository.tree(), "presets/");
  CHECK(tree.at("README.md") == "hello\n");
  CHECK(tree.at("presets/own.json") == "{}\n");
  CHECK_FALSE(tree.contains("presets/gone.json"));
  const auto generated = repository.generated(before);
  CHECK(tree.at("presets/default.json") == generated.at("default.json"));
  CHECK(tree.size() == generated.size() + 2);
  CHECK(repository.git("tag") == "2026.04.01\n2026.04.01.1");
  CHECK(has(repository.git("log -1 --format=%s"), "the same versions, files written anew"));
}

TEST_CASE("a file that is not ours and stands in the way is refused, whatever its kind") {
  struct Case {
    const char* why;
    const char* commands;
    const char* named;
  };
  const Case cases[] = {
      {"another file", "echo '{}' >default.json", "default.json"},
      {"no manifest of ours", "echo '{}' >manifest.json", "manifest.json"},
      {"a manifest of a newer form", "echo '{\"schema_version\": 2}' >manifest.json", "newer"},
      {"a file for a folder", "echo x >renovate", "renovate"},
      {"a folder for a file", "mkdir default.json; echo x >default.json/x", "default.json/x"},
      {"a link", "ln -s elsewhere latest.json", "latest.json"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.why);
    const Repository repository;
    repository.change(it.commands);
    const std::string head = repository.head();
    const Ran ran = repository.publish(after);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, it.named), ran.err);
    CHECK(repository.head() == head);
  }
}

TEST_CASE("a dry run says what would be committed, and commits nothing") {
  const Repository repository;
  REQUIRE(repository.publish(before).code == 0);
  const std::string head = repository.head();
  const Ran ran = repository.publish(std::string("--dry-run ") + after);
  CHECK(ran.code == 0);
  CHECK(has(ran.out, "now buildable (builder"));
  CHECK(has(ran.out, "\nM default.json\n"));
  CHECK(repository.head() == head);
  CHECK(repository.git("tag") == "2026.04.01");
}

TEST_CASE("an older state, and one that lost too much, are refused with exit 3") {
  const Repository repository;
  REQUIRE(repository.publish(after).code == 0);
  const std::string head = repository.head();
  const Ran older = repository.publish(before);
  CHECK(older.code == 3);
  CHECK_MESSAGE(has(older.err, "snapshot_older"), older.err);

  // What is published can build a track that nothing here knows of any more.
  repository.change(forget_digest +
                    "sed -i 's|\"name\": \"latest\"|\"name\": \"newest\"|' snapshot.json && "
                    "grep -q newest snapshot.json");
  const Ran shrunken = repository.publish(after);
  CHECK(shrunken.code == 3);
  CHECK_MESSAGE(has(shrunken.err, "track_vanished"), shrunken.err);
  CHECK(has(shrunken.err, "Nothing was published"));
  CHECK(repository.git("rev-parse main^") == head);
}

TEST_CASE("a published snapshot that cannot be read is not a ground to publish on") {
  const Repository repository;
  REQUIRE(repository.publish(after).code == 0);
  // A known state is known by its digest.
  repository.change("echo '{' >snapshot.json");
  REQUIRE(repository.publish(after).code == 0);
  CHECK(without_manifest(repository.tree()) == repository.generated(after));

  repository.change(forget_digest + "echo '{' >snapshot.json");
  const Ran ran = repository.publish(after);
  CHECK(ran.code == 2);
  CHECK_MESSAGE(has(ran.err, "nothing can be held against it"), ran.err);
  repository.change("git rm -q snapshot.json");
  CHECK(repository.publish(after).code == 0);
  CHECK(without_manifest(repository.tree()) == repository.generated(after));
}

TEST_CASE("a manifest that nears its end is renewed: same revision, no tag") {
  const Repository repository;
  REQUIRE(repository.publish("--at 2026-05-20").code == 0);
  const Ran ran = repository.publish("--at 2026-06-10");
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(repository.commits() == 2);
  CHECK(manifest_of(repository)["revision"] == "2026.05.14");
  CHECK(manifest_of(repository)["expires"] == "2026-07-10T23:59:59Z");
  CHECK(manifest_of(repository)["last_seen"] == "2026-06-10T23:59:59Z");
  CHECK(repository.git("tag") == "2026.05.14");
  CHECK(has(repository.git("log -1 --format=%s"), "confirmed until 2026-07-10"));
  CHECK(repository.git("diff --name-only main^ main") == "manifest.json");
}

TEST_CASE("a manifest is not renewed where what is deployed was not looked up again") {
  const Repository repository;
  REQUIRE(repository.publish("--at 2099-01-01").code == 0);
  CHECK(manifest_of(repository)["expires"] == "2099-01-31T23:59:59Z");
  const Ran ran = repository.publish("--at 2099-01-20");
  CHECK(ran.code == 0);
  CHECK(repository.commits() == 1);
  CHECK(manifest_of(repository)["expires"] == "2099-01-31T23:59:59Z");
  CHECK_MESSAGE(has(ran.err, " and is not renewed: its facts are of 2026-"), ran.err);
}

TEST_CASE("a tag that somebody else made is left alone") {
  const Repository repository;
  repository.change("echo hello >README.md");
  repository.git("tag 2026.05.14 main");
  const std::string tagged = repository.git("rev-parse 2026.05.14");
  REQUIRE(repository.publish(after).code == 0);
  CHECK(repository.git("tag") == "2026.05.14\n2026.05.14.1");
  CHECK(repository.git("rev-parse 2026.05.14") == tagged);
  CHECK(manifest_of(repository)["revision"] == "2026.05.14.1");
}

TEST_CASE("another branch, an author of one's own") {
  const Repository repository;
  put(repository.scratch / "buildable.toml", "[publish]\nauthor = \"A Bot <bot@example.org>\"\n");
  REQUIRE(repository.publish(std::string("--branch some/branch ") + before).code == 0);
  CHECK(repository.head() == "");
  CHECK(repository.git("log -1 --format='%an <%ae>' some/branch") == "A Bot <bot@example.org>");
  CHECK(has(repository.publish(std::string("--branch some/branch ") + before).out, "unchanged"));
  REQUIRE(repository.publish(std::string("--branch some/branch ") + after).code == 0);
  CHECK(repository.commits("some/branch") == 2);
}

TEST_CASE("with a state directory what was fetched is kept, and a killed run's leavings are not") {
  const Repository repository;
  put(repository.scratch / "buildable.toml", "state_directory = \"state\"\n");
  REQUIRE(repository.publish(before).code == 0);
  CHECK(has(repository.publish(before).out, "unchanged"));
  const auto cache = repository.scratch / "state/publish";
  int repositories = 0;
  for (const auto& entry : std::filesystem::directory_iterator(cache)) {
    if (entry.path().extension() != ".git") continue;
    ++repositories;
    // As a process that was killed in the middle of fetching leaves it.
    put(entry.path() / "shallow.lock", "");
    put(entry.path() / "refs/buildable/fetched/main.lock", "");
    put(cache / (entry.path().stem().string() + ".busy"), "");
  }
  CHECK(repositories == 1);
  repository.change("echo hello >README.md");
  REQUIRE(repository.publish(after).code == 0);
  CHECK(repository.tree().at("README.md") == "hello\n");
  // A history that was written anew.
  repository.git("update-ref refs/heads/main main~2");
  REQUIRE(repository.publish(after).code == 0);
  CHECK_FALSE(repository.tree().contains("README.md"));
  CHECK(without_manifest(repository.tree()) == repository.generated(after));
}

TEST_CASE("what makes no sense is refused before anything is asked") {
  const Repository repository;
  struct Case {
    const char* words;
    const char* says;
  };
  const Case cases[] = {
      {"--path ../up", "--path"},    {"--path .git", "--path"},   {"--path 'a b'", "--path"},
      {"--branch 'a b'", "branch"},  {"--branch a..b", "branch"}, {"--branch -x", "branch"},
      {"--branch x.lock", "branch"}, {"--branch ''", "branch"},   {"--deadline 0", "--deadline"},
      {"--at yesterday", "--at"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.words);
    const Ran ran = repository.publish(it.words);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
  }
  CHECK(repository.head() == "");
}
