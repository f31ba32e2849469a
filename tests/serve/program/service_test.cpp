// `buildable serve` as a process: where it listens, how it is told things, how it ends.
#include <sys/stat.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "serve/program/service.h"
#include "support/program.h"

using namespace buildable::testing;
using buildable::test::put;
using buildable::test::run_in;
using buildable::test::Scratch;
using Json = nlohmann::json;

namespace {

constexpr const char* quiet = "[serve]\nlisten = \"127.0.0.1:0\"\nrefresh_seconds = 0\n";

}  // namespace

TEST_CASE("it serves at once what is compiled in, and ends when it is told to") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  Service service(place.path);
  const int port = service.port();
  REQUIRE(port != 0);
  Client client(port);
  CHECK(client.get("/default.json").status == 200);
  const Json ready = Json::parse(client.get("/readyz").body);
  CHECK(ready["status"] == "not refreshed yet");
  CHECK(ready["origin"].get<std::string>().find("compiled in") != std::string::npos);
  service.tell(SIGTERM);
  CHECK(service.wait_for_end() == 0);
  CHECK(service.log().find("Ends.") != std::string::npos);
}

TEST_CASE("the address: the option, then $PORT, then the settings") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  const auto at_port = [] { setenv("PORT", "0", 1); };
  Service by_port(place.path, {}, at_port);
  CHECK(by_port.says("at http://0.0.0.0:"));
  by_port.tell(SIGINT);
  CHECK(by_port.wait_for_end() == 0);
  Service by_option(place.path, {"--listen", "localhost:0"}, at_port);
  CHECK(by_option.port() != 0);
}

TEST_CASE("a probe asks where a service would listen: 0 if it answers, 5 if nobody does") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  Service service(place.path);
  const std::string port = std::to_string(service.port());
  REQUIRE(port != "0");
  const auto probe = [&place](const std::string& where) {
    return run_in(place.path, "serve --probe --listen " + where).code;
  };
  CHECK(probe("127.0.0.1:" + port) == 0);
  CHECK(probe("0.0.0.0:" + port) == 0);
  CHECK(probe(port) == 0);
  CHECK(probe("nowhere") == 2);
  service.tell(SIGTERM);
  CHECK(service.wait_for_end() == 0);
  CHECK(probe("127.0.0.1:" + port) == 5);
}

TEST_CASE("a socket of systemd is taken, and its manager told") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(listen(listener, 10) == 0);
  REQUIRE(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  Service service(place.path, {}, [listener] {
    if (listener == 3)
      fcntl(3, F_SETFD, 0);
    else
      dup2(listener, 3);
    setenv("LISTEN_FDS", "1", 1);
    setenv("LISTEN_PID", std::to_string(getpid()).c_str(), 1);
  });
  CHECK(service.port() == ntohs(address.sin_port));
  CHECK(Client(ntohs(address.sin_port)).get("/healthz").status == 200);
  close(listener);
}

TEST_CASE("what cannot work is said, with the place, and ends with 2") {
  struct Row {
    const char* settings;
    const char* said;
  };
  const Row rows[] = {
      {"[serve]\nlisten = \"nowhere\"\n", "port"},
      {"[serve]\nthreads = 0\n", "serve.threads"},
      {"[serve]\nrefresh_seconds = -1\n", "serve.refresh_seconds"},
      {"[serve]\nlisten_on = \"x\"\n", "listen_on"},
      {"[follow]\nurl = \"x\"\nkey = \"absent.pub\"\n", "absent.pub"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.settings);
    const Scratch place;
    put(place / "buildable.toml", row.settings);
    Service service(place.path);
    CHECK(service.wait_for_end() == 2);
    CHECK_MESSAGE(service.log().find(row.said) != std::string::npos, service.log());
  }
}

TEST_CASE("settings are read again when it is told to, and bad ones leave it as it is") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  Service service(place.path);
  const int port = service.port();
  REQUIRE(port != 0);
  put(place / "buildable.toml", "[serve]\nthreads = \"many\"\n");
  service.tell(SIGHUP);
  CHECK(service.says("The settings stay as they are"));
  put(place / "buildable.toml", quiet);
  service.tell(SIGHUP);
  CHECK(service.says("Settings read again"));
  CHECK(Client(port).get("/healthz").status == 200);
}

TEST_CASE(
    "a named pipe in the place of the settings or of the key leaves it listening to signals") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  Service service(place.path);
  const int port = service.port();
  REQUIRE(port != 0);
  const auto take_place = [&](const char* name) {
    std::filesystem::remove(place / name);
    REQUIRE(mkfifo((place / name).c_str(), 0600) == 0);
    service.tell(SIGHUP);
    CHECK(service.says(std::string(name) + ": is a named pipe, not a regular file"));
  };
  take_place("buildable.toml");
  std::filesystem::remove(place / "buildable.toml");
  put(place / "buildable.toml",
      std::string(quiet) + "[follow]\nurl = \"https://localhost/\"\nkey = \"key.pub\"\n");
  take_place("key.pub");
  CHECK(Client(port).get("/healthz").status == 200);
  service.tell(SIGTERM);
  CHECK(service.wait_for_end() == 0);
}

TEST_CASE(
    "its log has a time and a level in each line, as text or as JSON, and no raw control bytes") {
  for (const char* format : {"text", "json"}) {
    CAPTURE(format);
    const Scratch place;
    put(place / "buildable.toml", quiet);
    Service service(place.path, {"--log-format", format});
    REQUIRE(service.port() != 0);
    put(place / "buildable.toml", "[serve]\n\"\\u001b[31m\" = 1\n");
    service.tell(SIGHUP);
    CHECK(service.says("The settings stay as they are"));
    service.tell(SIGTERM);
    CHECK(service.wait_for_end() == 0);
    const std::string log = service.log();
    CHECK(log.find('\x1b') == std::string::npos);
    std::map<std::string, int> levels;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      const bool json = std::string_view(format) == "json";
      const Json event = json ? Json::parse(line, nullptr, false)
                              : Json{{"time", line.substr(0, 20)}, {"level", line.substr(21, 4)}};
      REQUIRE(event.is_object());
      CHECK(event["time"].get<std::string>().ends_with("Z"));
      ++levels[event["level"].get<std::string>().substr(0, 4)];
    }
    CHECK(levels["info"] >= 2);
    CHECK(levels["warn"] >= 1);
    CHECK(levels.size() == 2);
  }
}

TEST_CASE("a request that is under way when it is told to end is answered") {
  const Scratch place;
  put(place / "buildable.toml", quiet);
  Service service(place.path);
  const int port = service.port();
  REQUIRE(port != 0);
  Client client(port);
  // Once the first is answered, the beginning of the second was read.
  REQUIRE(client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /default.json HTTP/1.1\r\nHo"));
  REQUIRE(client.read_reply().status == 200);
  service.tell(SIGTERM);
  CHECK(service.says("Ends."));
  REQUIRE(client.send("st: x\r\n\r\n"));
  const Reply reply = client.read_reply();
  CHECK(reply.status == 200);
  CHECK(reply.header("Connection") == "close");
  CHECK(service.wait_for_end() == 0);
}
