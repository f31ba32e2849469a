// Remotes that are hostile, and addresses that are malformed: no secret is told, nothing that they
// say is obeyed, and a publication is whole or it is not there.
#include "attacks/attack.h"

using namespace buildable::test;

namespace {

constexpr const char* secret = "s3cretToken";

Outcome publish(const Repository& repository, Words words, const char* at = "2026-05-20") {
  words.insert(words.begin(), "publish");
  for (const char* word : {"--deadline", "30", "--at", at}) words.push_back(word);
  return run_program(repository.scratch.path, words);
}

void check_unchanged(const Repository& repository, const std::string& refs) {
  CHECK(repository.git("for-each-ref") == refs);
  CHECK(repository.is_sound());
}

}  // namespace

TEST_CASE("an address with a secret is told without it, whatever its shape") {
  const Repository repository;
  const Words shapes{
      "https://u:%@127.0.0.1:1/x.git",
      "https://%:@127.0.0.1:1/x",
      "https://%:x-oauth-basic@127.0.0.1:1/x",
      "https://u:a%2F%@127.0.0.1:1/x",
      "https://u:%@[::1]:1/x",
      "https://u:%@127.0.0.1:1\\x",
      "HTTPS://u:%@127.0.0.1:1/x",
      "https:///u:%@127.0.0.1:1/x",
      "https://127.0.0.1:1/u:%@x.git",
      "https://127.0.0.1:1/x?access_token=%",
      "https://127.0.0.1:1/x?a=b&job_token=%#c",
      "https://127.0.0.1:1/x#%",
      "https://127.0.0.1:1/x;private_token=%",
      "http://u:%@127.0.0.1:99999/x",
      "http://u:%@127.0.0.1:port/x",
      "ftp://u:%@127.0.0.1:1/x",
      "git://u:%@127.0.0.1:1/x",
      "ssh://u:%@127.0.0.1:1/x",
      "ssh://u:%@-oProxyCommand=x/y",
      "u:%@127.0.0.1:x/y.git",
      "://u:%@127.0.0.1:1/x",
      "https://u:%",
      "https://u:%@",
      "https://u:%@@@127.0.0.1:1/x",
      " https://u:%@127.0.0.1:1/x",
      "https://u:%@127.0.0.1:1/x ",
      "https://u:\t%@127.0.0.1:1/x",
      "https://u:%\n@127.0.0.1:1/x",
      "https://u:%\x1b[2J@127.0.0.1:1/x",
      "file://u:%@127.0.0.1/x",
      "https::https://u:%@127.0.0.1:1/x",
  };
  for (const std::string& shape : shapes) {
    CAPTURE(buildable::printable(shape));
    const Outcome ran =
        publish(repository, {"--repo=" + buildable::replace_all(shape, "%", secret)});
    check_harmless(ran);
    CHECK(ran.code == 2);
    CHECK_FALSE_MESSAGE(has(ran.all(), secret), ran.all());
    tried(Promise::doubt);
  }
  check_unchanged(repository, "");
}

TEST_CASE("what a remote says is shown harmlessly, and what it refuses is not there") {
  const Repository repository;
  REQUIRE(publish(repository, {"--repo", repository.url}, "2026-04-10").code == 0);
  const std::string refs = repository.git("for-each-ref");
  const std::string said = (repository.scratch / "said").string();
  const std::string says = "cat '" + said + "'; cat '" + said + "' >&2; ";
  repository.hook("pre-receive", says + "test ! -e '" + said + ".now'");
  repository.hook("update", says + "exit 1");
  repository.hook("post-receive", says);
  const auto check = [&](const std::string& text, int code) {
    CAPTURE(buildable::printable(text));
    put(said, text + "\n");
    const Outcome ran = publish(repository, {"--repo", repository.url});
    check_harmless(ran);
    CHECK_MESSAGE(ran.code == code, ran.err);
    if (code != 0) check_unchanged(repository, refs);
    tried(Promise::atomic);
  };
  bool at_once = false;  // by the first hook, or by the one for each branch and tag
  for (const std::string& text : hostile_texts()) {
    if (at_once) put(said + ".now", "");
    check(text, 2);
    std::filesystem::remove(said + ".now");
    at_once = !at_once;
  }
  repository.hook("update", says);
  check(hostile_texts()[2], 0);
  CHECK(repository.commits() == 2);
}

TEST_CASE("branches and folders that git or a reader would misunderstand are refused") {
  const Words branches{"",
                       "-d",
                       "--mirror",
                       "a b",
                       "a..b",
                       "a.lock",
                       "@{-1}",
                       "@",
                       "a~1",
                       "a^",
                       "a:b",
                       "refs/../x",
                       "/a",
                       "a/",
                       "a//b",
                       ".a",
                       "a/.b",
                       "a\nb",
                       "a\x1b[2J",
                       "a\\b",
                       "*",
                       std::string(5'000, 'a'),
                       "HEAD:refs/heads/x"};
  const Words folders{
      "..",           "../x", "/etc",     ".git",           "a/../../b",
      "a/.git/hooks", "a\nb", "a\x1b[2J", ":(top)x",        std::string(300, 'a') + "/b",
      "a//b",         "./..", ".GIT/x",   "\xE2\x80\xAEgit"};
  const Repository repository;
  REQUIRE(publish(repository, {"--repo", repository.url}, "2026-04-10").code == 0);
  const std::string refs = repository.git("for-each-ref");
  const auto check = [&](const std::string& option, const std::string& value) {
    CAPTURE(option);
    CAPTURE(buildable::printable(value).substr(0, 100));
    const Outcome ran = publish(repository, {"--repo", repository.url, option + "=" + value});
    check_harmless(ran);
    CHECK_MESSAGE(ran.code == 2, ran.err);
    check_unchanged(repository, refs);
    tried(Promise::atomic);
  };
  for (const std::string& branch : branches) check("--branch", branch);
  for (const std::string& folder : folders) check("--path", folder);
}

TEST_CASE("a remote whose tree was tampered with is not built upon") {
  struct Row {
    std::string name;
    const char* commands;
  };
  const Row rows[] = {
      {"our file is a folder", "rm default.json && mkdir default.json && echo x >default.json/x"},
      {"our file is a link out", "rm default.json && ln -s /etc/hostname default.json"},
      {"our folder is a link out", "rm -r renovate && ln -s /tmp renovate"},
      {"the manifest is not a JSON", "printf '[[[[' >manifest.json"},
      {"the manifest leads out", "sed -i 's,default.json,../default.json,' manifest.json"},
      {"the manifest is deep", "head -c 100000 /dev/zero | tr '\\0' '[' >manifest.json"},
      {"the snapshot is deep", "head -c 100000 /dev/zero | tr '\\0' '[' >snapshot.json"},
      {"the snapshot is a link out", "rm snapshot.json && ln -s /etc/hostname snapshot.json"},
      {"the manifest is from the future", "sed -i 's/2026.04.01/9999.01.01/' manifest.json"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Repository repository;
    REQUIRE(publish(repository, {"--repo", repository.url}, "2026-04-10").code == 0);
    repository.change(row.commands);
    const std::string refs = repository.git("for-each-ref");
    const Outcome ran = publish(repository, {"--repo", repository.url});
    check_harmless(ran);
    CHECK((ran.code == 0 || ran.code == 2 || ran.code == 3));
    if (ran.code != 0) check_unchanged(repository, refs);
    // Where it goes on, it fixes: what stands then is whole.
    if (ran.code == 0)
      CHECK(without_manifest(repository.tree()) == repository.generated("--at 2026-05-20"));
    tried(Promise::doubt);
  }
}
