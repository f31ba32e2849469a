// keygen and verify: what a consumer is told of a tree that was changed on its way.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include "publish/manifest_file.h"
#include "publish/repository.h"
#include "publish/verification.h"

using namespace buildable::test;
using buildable::publish::check_revision;
using buildable::publish::compare_revisions;

namespace {

// A published and signed tree, checked out.
struct Signed : Repository {
  Signed() {
    REQUIRE(run_in(scratch.path, "keygen -q --out key").code == 0);
    REQUIRE(run_in(scratch.path, "keygen -q --out other").code == 0);
    put(scratch / "buildable.toml", "[publish]\nsigning_key = \"key\"\n");
    REQUIRE(publish("--at 2026-04-10").code == 0);
    must("git clone -q remote.git tree 2>/dev/null");
  }
  Ran verify(const std::string& words = "--key key.pub",
             const std::string& at = "2026-04-11") const {
    return run_in(scratch.path, "verify tree --at " + at + " " + words);
  }
};

}  // namespace

TEST_CASE("keygen: a secret that only its owner can read, and that is never overwritten") {
  const Scratch scratch;
  const Ran ran = run_in(scratch.path, "keygen --out key");
  CHECK(ran.code == 0);
  struct stat status {};
  REQUIRE(::stat((scratch / "key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  const std::string name = ran.out.substr(0, ran.out.size() - 1);
  CHECK(name.size() == 16);
  CHECK(has(content(scratch / "key.pub"), "buildable-public-key ed25519 " + name + " "));
  const std::string secret = content(scratch / "key");
  const Ran again = run_in(scratch.path, "keygen --out key");
  CHECK(again.code == 2);
  CHECK_MESSAGE(has(again.err, "never overwritten"), again.err);
  CHECK(content(scratch / "key") == secret);
  CHECK(run_in(scratch.path, "keygen --out nowhere/key").code == 2);
}

TEST_CASE("a signed tree is verified as it was published, in a clone of the repository") {
  const Signed tree;
  const Ran ran = tree.verify();
  CHECK_MESSAGE(ran.code == 0, ran.err);
  CHECK(ran.out == "verified 2026.04.01\n");
  CHECK(tree.verify("--key other.pub --key key.pub").code == 0);
}

TEST_CASE("every change on the way is refused, with exit 3 and a word on it") {
  struct Case {
    const char* why;
    const char* commands;  // in the tree
    const char* words;
    const char* at;
    const char* says;
  };
  const Case cases[] = {
      {"a byte of a file", "sed -i 's/allowedVersions/allowedversions/' default.json", "",
       "2026-04-11", "default.json: is not what the manifest says: its digest differs"},
      {"a file grew", "echo >>default.json", "", "2026-04-11", "default.json: has "},
      {"a file is gone", "rm renovate/default/python.json", "", "2026-04-11",
       "renovate/default/python.json: is missing"},
      {"a file too many", "echo '{}' >renovate/default/evil.json", "", "2026-04-11",
       "evil.json: is not named by the manifest"},
      {"a file became a link", "mv latest.json x; ln -s x latest.json", "", "2026-04-11",
       "latest.json: is missing"},
      {"a link too many", "ln -s /etc/passwd link", "", "2026-04-11", "link: is not named"},
      {"the manifest was changed", "sed -i 's/2026.04.01/2026.05.01/' manifest.json", "",
       "2026-04-11", "the signature is bad"},
      {"the manifest is gone", "rm manifest.json", "", "2026-04-11", "manifest.json: is missing"},
      {"the signature is gone", "rm manifest.json.sig", "", "2026-04-11",
       "manifest.json.sig: is missing"},
      {"the signature is not a signature", "echo x >manifest.json.sig", "", "2026-04-11",
       "buildable-signature"},
      {"another key", "true", "--key other.pub", "2026-04-11", "signed by another key"},
      {"expired", "true", "", "2026-06-01", "expired at 2026-05-10T23:59:59Z"},
      {"a rollback", "true", "--key key.pub --not-older-than 2026.05.14", "2026-04-11",
       "revision 2026.04.01 is older than 2026.05.14"},
  };
  const Signed tree;
  for (const Case& it : cases) {
    CAPTURE(it.why);
    tree.must("cd tree && " + std::string(it.commands));
    const Ran ran = tree.verify(*it.words != '\0' ? it.words : "--key key.pub", it.at);
    CHECK(ran.code == 3);
    CHECK_MESSAGE(has(ran.err, it.says), ran.err);
    CHECK(ran.out == "");
    tree.must("cd tree && git reset -q --hard && git clean -q -d -f");
  }
  CHECK(tree.verify().code == 0);
}

TEST_CASE("files that may be there besides") {
  const Signed tree;
  tree.must("echo hello >tree/README.md");
  CHECK(tree.verify().code == 3);
  CHECK(tree.verify("--key key.pub --allow README.md").code == 0);
}

TEST_CASE("with a state directory a revision that was seen once is the least that is accepted") {
  const Signed tree;
  const std::string words = "--key key.pub --state seen";
  CHECK(tree.verify(words).code == 0);
  CHECK(tree.verify(words).code == 0);
  REQUIRE(tree.publish("--at 2026-05-20").code == 0);
  tree.must("cd tree && git pull -q");
  CHECK(tree.verify(words, "2026-05-21").out == "verified 2026.05.14\n");
  tree.must("cd tree && git checkout -q 2026.04.01");
  const Ran back = tree.verify(words);
  CHECK(back.code == 3);
  CHECK_MESSAGE(has(back.err, "is older than 2026.05.14"), back.err);
  CHECK(tree.verify("--key key.pub").code == 0);
}

TEST_CASE("a signed tree is published on only with a key; the signature follows the manifest") {
  const Signed tree;
  put(tree.scratch / "buildable.toml", "");
  CHECK(has(tree.publish("--at 2026-04-10").out, "unchanged"));
  const Ran without = tree.publish("--at 2026-05-20");
  CHECK(without.code == 2);
  CHECK_MESSAGE(has(without.err, "there is no key to sign with"), without.err);
  // Another key: the next run signs anew.
  put(tree.scratch / "buildable.toml", "[publish]\nsigning_key = \"other\"\n");
  REQUIRE(tree.publish("--at 2026-04-10").code == 0);
  tree.must("cd tree && git pull -q");
  CHECK(tree.verify("--key other.pub").code == 0);
  CHECK(tree.verify().code == 3);
  CHECK(tree.git("tag") == "2026.04.01");
}

TEST_CASE("what cannot be verified at all exits 2") {
  const Signed tree;
  CHECK(run_in(tree.scratch.path, "verify nowhere --key key.pub").code == 2);
  CHECK(run_in(tree.scratch.path, "verify tree --key key").code == 2);
  CHECK(run_in(tree.scratch.path, "verify tree").code == 2);
  CHECK(tree.verify("--key key.pub --not-older-than yesterday").code == 2);
}

TEST_CASE("revisions are ordered by their numbers") {
  const char* ascending[] = {"2025.12.31",   "2026.05.09",    "2026.05.14", "2026.05.14.1",
                             "2026.05.14.2", "2026.05.14.10", "2026.05.15", "2026.10.01"};
  for (std::size_t a = 0; a < std::size(ascending); ++a)
    for (std::size_t b = 0; b < std::size(ascending); ++b) {
      const int order = compare_revisions(ascending[a], ascending[b]);
      CHECK((order < 0) == (a < b));
      CHECK((order == 0) == (a == b));
    }
  for (const char* revision : {"", "7", "2026.05", "2026.05.14.1.1", "2026.05.x", "2026..14",
                               "2026.05.14.", "-1.2.3", "2026.05.14.1234567890"})
    CHECK_FALSE_MESSAGE(check_revision(revision), revision);
}
