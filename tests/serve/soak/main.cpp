// A long mixed load on the real service in the platform's world, with refreshes every second and
// sources failing at random: no error answer, no torn body, flat memory. Arguments: minutes (10).
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include "base/digest.h"
#include "base/text.h"
#include "rules/embedded.h"
#include "serve/program/service.h"
#include "world/support.h"

using namespace buildable;
using namespace buildable::testing;
using buildable::world::Answer;
using buildable::world::Seen;

namespace {

int minutes = 10;

// kB, of the process that answers.
long resident(int process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("VmRSS:", 0) == 0) return std::atol(line.c_str() + 6);
  return 0;
}

struct Tally {
  std::atomic<long> answers{0};
  std::atomic<long> not_modified{0};
  std::atomic<long> errors{0};
  std::atomic<long> torn{0};
};

const std::vector<std::string>& targets() {
  static const std::vector<std::string> all{"/default.json",
                                            "/latest.json",
                                            "/policy.json",
                                            "/",
                                            "/renovate/default/python.json",
                                            "/?q=python+3.14",
                                            "/v1/check?runtime=node&version=22",
                                            "/v1/tracks",
                                            "/v1/changes?since=2026-01-01",
                                            "/feed.atom",
                                            "/v1/tracks/latest/runtimes/php",
                                            "/snapshot.json"};
  return all;
}

// The tag of a plain body begins with its hash; that of another coding has it inside.
bool is_whole(const Reply& reply) {
  const std::string tag = reply.header("ETag");
  if (!reply.header("Content-Encoding").empty()) return reply.body.size() > 10;
  return tag == "\"" + sha256_hex(reply.body).substr(0, 32) + "\"";
}

void load(int port, unsigned seed, const std::atomic<bool>& end, Tally& tally) {
  std::mt19937 random(seed);
  std::map<std::string, std::string> tags;
  while (!end) {
    Client client(port);
    for (int i = 0; i < 200 && !end; ++i) {
      const std::string& target = targets()[random() % targets().size()];
      std::string headers;
      if (random() % 3 == 0)
        headers += "Accept-Encoding: gzip, br\r\n";
      else if (random() % 2 == 0 && !tags[target].empty())
        headers += "If-None-Match: " + tags[target] + "\r\n";
      const Reply reply = client.get(target, headers);
      ++tally.answers;
      if (reply.status == 304) {
        ++tally.not_modified;
        continue;
      }
      if (reply.status != 200) {
        ++tally.errors;
        break;
      }
      if (!is_whole(reply)) ++tally.torn;
      if (reply.header("Content-Encoding").empty()) tags[target] = reply.header("ETag");
    }
  }
}

}  // namespace

TEST_CASE("a long mixed load") {
  world::Place place;
  world::Deployed deployed;
  deployed.builder = "24_0.21.8";
  deployed.latest = "24_20260511";
  deployed.committed = "2026-09-01T12:00:00.000+02:00";
  const auto calm = [&] {
    place.world.fix();
    place.world.deploy(deployed);
  };
  calm();
  world::write(place.here / "buildable.toml",
               world::content(place.here / "buildable.toml") +
                   "\n[serve]\nlisten = \"127.0.0.1:0\"\nrefresh_seconds = 1\n");
  Service service(place.here.path());
  const int port = service.port();
  REQUIRE(port != 0);

  std::atomic<bool> end{false};
  Tally tally;
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < 4; ++i) clients.emplace_back([&, i] { load(port, i, end, tally); });

  std::mt19937 random(1);
  const std::vector<std::string> sources{"components/builds-api/values", "artifacts/", "repository",
                                         "inventory", "commits"};
  const auto begin = std::chrono::steady_clock::now();
  const auto length = std::chrono::minutes(minutes);
  long early = 0;
  while (std::chrono::steady_clock::now() - begin < length) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    if (random() % 2 == 0)
      place.world.spoil(sources[random() % sources.size()], [](const Seen&, Answer& answer) {
        answer = {.status = 500, .body = "broken", .type = "text/plain"};
      });
    else
      calm();
    // The allocator has reached its size after a tenth of the time.
    if (early == 0 && std::chrono::steady_clock::now() - begin > length / 10)
      early = resident(service.process());
  }
  const long late = resident(service.process());
  const std::string metrics = Client(port).get("/metrics").body;
  end = true;
  for (std::thread& client : clients) client.join();
  std::cout << tally.answers << " answers, " << tally.not_modified << " of them 304; memory "
            << early << " kB after a tenth of the time, " << late << " kB at the end\n";
  for (const std::string_view line : split_lines(metrics))
    if (line.starts_with("buildable_refreshes_total{")) std::cout << line << '\n';
  CHECK(tally.answers > 1000L * minutes);
  CHECK(tally.errors == 0);
  CHECK(tally.torn == 0);
  CHECK(late < early + early / 5);
  service.tell(SIGTERM);
  CHECK(service.wait_for_end() == 0);
}

int main(int count, char** words) {
  if (count > 1) minutes = std::max(1, std::atoi(words[1]));
  return doctest::Context().run();
}
