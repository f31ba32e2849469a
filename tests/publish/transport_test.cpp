// The same publications over what real remotes speak: file://, ssh to a real sshd, and smart HTTP
// by git's own backend behind a real web server with a password.
#include <doctest/doctest.h>

#include "publish/servers.h"

using namespace buildable::test;

namespace {

// First, unchanged, changed, and a foreign file on the way: what every transport must carry.
void publish_all(const Repository& repository) {
  Ran ran = repository.publish("--at 2026-04-10");
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  CHECK(ran.out == "published 2026.04.01 " + repository.head() + "\n");
  CHECK(repository.publish("--at 2026-04-10").out ==
        "unchanged 2026.04.01 " + repository.head() + "\n");
  repository.change("echo hello >README.md");
  ran = repository.publish("--at 2026-05-20");
  REQUIRE_MESSAGE(ran.code == 0, ran.err);
  auto tree = without_manifest(repository.tree());
  CHECK(tree.at("README.md") == "hello\n");
  tree.erase("README.md");
  CHECK(tree == repository.generated("--at 2026-05-20"));
  CHECK(repository.commits() == 3);
  CHECK(repository.git("tag") == "2026.04.01\n2026.05.14");
  CHECK(repository.is_sound());
}

// sshd with its own keys, for this user, on a port of its own.
struct SshServer {
  int port = free_port();
  std::optional<Server> server;

  SshServer(const Repository& repository, const std::string& sshd) {
    const std::string home = repository.scratch.path.string();
    repository.must(
        "ssh-keygen -q -t ed25519 -N '' -f host_key && ssh-keygen -q -t ed25519 -N '' -f user_key "
        "&& "
        "cp user_key.pub authorized_keys && "
        "printf '[127.0.0.1]:%s %s\\n' " +
        std::to_string(port) + " \"$(cut -d' ' -f1,2 host_key.pub)\" >known_hosts");
    if (::geteuid() == 0) std::filesystem::create_directories("/run/sshd");
    put(repository.scratch / "sshd_config",
        "Port " + std::to_string(port) + "\nListenAddress 127.0.0.1\nHostKey " + home +
            "/host_key\nAuthorizedKeysFile " + home +
            "/authorized_keys\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
            "KbdInteractiveAuthentication no\nPermitRootLogin yes\nPidFile none\n");
    server.emplace(std::vector<std::string>{sshd, "-D", "-e", "-f", home + "/sshd_config"}, port,
                   repository.scratch / "sshd.log");
  }
};

std::string ssh_with(const Repository& repository, const std::string& known_hosts) {
  const std::string home = repository.scratch.path.string();
  return "git config --global core.sshCommand \"ssh -F none -i " + home +
         "/user_key -o UserKnownHostsFile=" + home + "/" + known_hosts +
         " -o GlobalKnownHostsFile=none\"";
}

struct WebServer {
  int port = free_port();
  std::optional<Server> server;

  WebServer(const Repository& repository, const std::string& lighttpd) {
    const std::string home = repository.scratch.path.string();
    put(repository.scratch / "passwords", "bot:hunter2\n");
    repository.git("config http.receivepack true");
    put(repository.scratch / "lighttpd.conf",
        "server.document-root = \"" + home + "/nothing\"\nserver.port = " + std::to_string(port) +
            "\nserver.bind = \"127.0.0.1\"\nserver.upload-dirs = ( \"" + home +
            "\" )\nserver.modules = ( \"mod_alias\", \"mod_auth\", \"mod_authn_file\", "
            "\"mod_cgi\", "
            "\"mod_setenv\" )\n"
            "alias.url = ( \"/git\" => \"/usr/lib/git-core/git-http-backend\" )\n"
            "cgi.assign = ( \"\" => \"\" )\n"
            "setenv.set-environment = ( \"GIT_PROJECT_ROOT\" => \"" +
            home + "\", \"GIT_HTTP_EXPORT_ALL\" => \"1\", \"HOME\" => \"" + home +
            "\" )\n"
            "auth.backend = \"plain\"\nauth.backend.plain.userfile = \"" +
            home +
            "/passwords\"\n"
            "auth.require = ( \"/git\" => ( \"method\" => \"basic\", \"realm\" => \"git\", "
            "\"require\" => \"valid-user\" ) )\n");
    server.emplace(std::vector<std::string>{lighttpd, "-D", "-f", home + "/lighttpd.conf"}, port,
                   repository.scratch / "lighttpd.log");
  }
  std::string address(const std::string& user) const {
    return "http://" + user + "127.0.0.1:" + std::to_string(port) + "/git/remote.git";
  }
};

}  // namespace

TEST_CASE("file://") {
  Repository repository;
  repository.url = "file://" + repository.url;
  publish_all(repository);
}

TEST_CASE("ssh, with the user's own key; a host that is not known is refused without a question") {
  const auto sshd = installed("sshd");
  if (!sshd) return;
  Repository repository;
  const SshServer server(repository, *sshd);
  const std::string user = repository.must("id -un");
  repository.url =
      "ssh://" + user + "@127.0.0.1:" + std::to_string(server.port) + repository.bare().string();

  repository.must(ssh_with(repository, "nobody_is_known"));
  const Ran stranger = repository.publish("--deadline 20");
  CHECK(stranger.code == 2);
  CHECK_MESSAGE(has(stranger.err, "Host key verification failed"), stranger.err);

  repository.must(ssh_with(repository, "known_hosts"));
  publish_all(repository);
}

TEST_CASE(
    "smart HTTP: the password from a credential helper; without one, an error and no prompt") {
  const auto lighttpd = installed("lighttpd");
  if (!lighttpd || !installed("git-http-backend")) return;
  Repository repository;
  const WebServer server(repository, *lighttpd);

  repository.url = server.address("");
  const Ran stranger = repository.publish("--deadline 20");
  CHECK(stranger.code == 2);
  CHECK_MESSAGE(has(stranger.err, "terminal prompts disabled"), stranger.err);

  repository.url = server.address("bot:wrong-password@");
  const Ran wrong = repository.publish("--deadline 20");
  CHECK(wrong.code == 2);
  CHECK_MESSAGE(has(wrong.err, "Authentication failed"), wrong.err);
  CHECK_FALSE(has(wrong.err, "wrong-password"));

  repository.url = server.address("");
  repository.must(
      "git config --global credential.helper "
      "'!f() { echo username=bot; echo password=hunter2; }; f'");
  publish_all(repository);
}
