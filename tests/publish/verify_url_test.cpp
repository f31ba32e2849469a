// verify of an address: the same trust as for a directory, in what a web server gives.
#include <doctest/doctest.h>

#include "publish/servers.h"
#include "support/paths.h"

using namespace buildable::test;
using buildable::testing::program_file;

namespace {

bool can_verify_addresses() {
  if (std::filesystem::exists(std::filesystem::path(program_file()).parent_path() /
                              "buildable-network"))
    return true;
  buildable::testing::skip("buildable-network is not built");
  return false;
}

}  // namespace

TEST_CASE("a tree on a branch is verified where it is") {
  if (!can_verify_addresses()) return;
  const Repository repository;
  REQUIRE(run_in(repository.scratch.path, "keygen -q --out key").code == 0);
  put(repository.scratch / "buildable.toml", "[publish]\nsigning_key = \"key\"\n");
  REQUIRE(repository.publish("--path presets --at 2026-04-10").code == 0);
  const std::string words =
      "verify 'git+file://" + repository.url + "#main:presets' --key key.pub ";
  const Ran good = run_in(repository.scratch.path, words + "--at 2026-04-11");
  CHECK_MESSAGE(good.code == 0, good.err);
  repository.change("echo '{}' >presets/default.json");
  CHECK(run_in(repository.scratch.path, words + "--at 2026-04-11").code == 3);
}

TEST_CASE("a remote that does not answer is no answer; one that is not there is an error") {
  if (!can_verify_addresses()) return;
  const Repository repository;
  REQUIRE(run_in(repository.scratch.path, "keygen -q --out key").code == 0);
  const std::string nobody = "127.0.0.1:" + std::to_string(free_port());
  const auto verify = [&](const std::string& place) {
    return run_in(repository.scratch.path, "verify '" + place + "' --key key.pub");
  };
  struct Row {
    std::string place;
    int code;
    const char* says;
  };
  const Row rows[] = {
      {"git+http://" + nobody + "/presets.git", 5, "no_answer"},
      {"git+ssh://git@" + nobody + "/presets.git", 5, "no_answer"},
      {"git+https://name.invalid/presets.git", 5, "no_answer"},
      {"git+file:///nowhere/presets.git", 2, "git fetch"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.place);
    const Ran ran = verify(row.place);
    CAPTURE(ran.err);
    CHECK(ran.code == row.code);
    CHECK(has(ran.err, row.says));
  }
}

TEST_CASE("a tree behind a web server is verified, and what was changed there is refused") {
  const auto lighttpd = installed("lighttpd");
  if (!lighttpd || !can_verify_addresses()) return;
  const Repository repository;
  const std::string home = repository.scratch.path.string();
  const int port = free_port();
  const std::string endpoint = "127.0.0.1:" + std::to_string(port);
  REQUIRE(run_in(repository.scratch.path, "keygen -q --out key").code == 0);
  put(repository.scratch / "buildable.toml",
      "allow_local = [\"" + endpoint + "\"]\n[publish]\nsigning_key = \"key\"\n");
  REQUIRE(repository.publish("--at 2026-04-10").code == 0);
  repository.must("git clone -q remote.git tree 2>/dev/null");
  put(repository.scratch / "lighttpd.conf",
      "server.document-root = \"" + home + "/tree\"\nserver.port = " + std::to_string(port) +
          "\nserver.bind = \"127.0.0.1\"\nserver.stat-cache-engine = \"disable\"\nmimetype.assign "
          "= ( \".html\" => \"text/html\", "
          "\"\" => \"application/octet-stream\" )\n");
  const Server server({*lighttpd, "-D", "-f", home + "/lighttpd.conf"}, port,
                      repository.scratch / "lighttpd.log");
  const auto verify = [&](const std::string& words) {
    return run_in(repository.scratch.path,
                  "verify http://" + endpoint + "/ --key key.pub --at 2026-04-11 " + words);
  };
  const Ran good = verify("--state seen");
  CHECK_MESSAGE(good.code == 0, good.err);
  CHECK(good.out == "verified 2026.04.01\n");
  CHECK(verify("--not-older-than 2026.04.02").code == 3);

  repository.must("echo >>tree/latest.json");
  const Ran changed = verify("");
  CHECK(changed.code == 3);
  CHECK_MESSAGE(has(changed.err, "latest.json: has "), changed.err);
  repository.must("rm tree/latest.json");
  const Ran missing = verify("");
  CHECK(missing.code == 3);
  CHECK_MESSAGE(has(missing.err, "latest.json: is missing"), missing.err);
  repository.must("rm tree/manifest.json.sig");
  CHECK(verify("").code == 3);

  // An address without TLS that the settings do not name.
  put(repository.scratch / "buildable.toml", "");
  CHECK(verify("").code == 2);
}
