// What was recorded is answered again without a network, and holds no secret.
#include "net/record.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "net/support.h"
#include "world/http_world.h"
#include "world/scratch.h"

using namespace buildable;
using namespace buildable::net;
using namespace buildable::testing;
using namespace std::literals;
using world::Answer;
using world::HttpServer;
using world::Scratch;
using world::Seen;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string> files_under(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_directory()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[entry.path().lexically_relative(directory)] = {std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

Request with(Request request, std::string name, std::string value) {
  request.headers.emplace_back(std::move(name), std::move(value));
  return request;
}

// A small registry: a challenge, a token, the protected thing; and a failure.
struct Registry {
  HttpServer server;

  Registry() {
    server.on("/v2", [](const Seen& seen) {
      if (!seen.headers.contains("authorization")) {
        return Answer{.status = 401, .headers = {{"WWW-Authenticate", "Bearer realm=\"r\""}}};
      }
      return Answer{.body = "manifest for " + seen.headers.at("accept"),
                    .headers = {{"Docker-Content-Digest", "sha256:1"}, {"Set-Cookie", "geheim"}}};
    });
    server.on("/token", Answer{.body = R"({"token": "geheim", "expires_in": 300})"});
    server.on("/binary", Answer{.body = "\x00\xff\n\x01"s});
  }

  std::vector<Request> requests() const {
    Request challenged = with(request_for(server.url("/v2")), "Accept", "a");
    challenged.expected = {401};
    const Request first = with(request_for(server.url("/v2")), "Authorization", "Bearer geheim");
    return {challenged,
            request_for(server.url("/token?token=geheim")),
            with(first, "Accept", "a"),
            with(first, "Accept", "b"),
            request_for(server.url("/binary")),
            request_for(server.url("/missing"))};
  }
};

std::vector<std::string> ask_all(Fetcher& fetcher, const std::vector<Request>& requests) {
  std::vector<std::string> answers(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    fetcher.get(requests[i], [&answers, i](Result<Response> result) {
      answers[i] = text_of(result);
      if (result) CHECK(!result->headers.empty());
    });
  }
  fetcher.run();
  return answers;
}

}  // namespace

TEST_CASE("a recording answers as the network did, failures included, without tokens") {
  Scratch scratch;
  std::vector<Request> requests;
  std::vector<std::string> live;
  {
    Registry registry;
    requests = registry.requests();
    auto recording = recording_fetcher(curl_fetcher(quick_policy({registry.server.endpoint()})),
                                       scratch / "recording");
    live = ask_all(*recording, requests);
  }
  CHECK(live[1].find("geheim") != std::string::npos);  // the live run needs its token
  CHECK(live[5].find("answered 404") != std::string::npos);
  for (const auto& file : files_under(scratch / "recording")) {
    CHECK_MESSAGE(file.second.find("geheim") == std::string::npos, file.first);
  }
  auto replaying = replaying_fetcher(scratch / "recording");
  auto replayed = ask_all(*replaying, requests);
  CHECK(replayed[1].find("\"token\": \"not-kept\"") != std::string::npos);
  live[1] = replayed[1];
  CHECK(replayed == live);
  CHECK(ask_all(*replaying, requests) == replayed);
}

TEST_CASE("a recording does not depend on the order of the answers") {
  Scratch scratch;
  Registry registry;
  auto requests = registry.requests();
  for (const char* name : {"one", "two"}) {
    auto recording =
        recording_fetcher(curl_fetcher(quick_policy({registry.server.endpoint()})), scratch / name);
    ask_all(*recording, requests);
    std::reverse(requests.begin(), requests.end());
  }
  CHECK(files_under(scratch / "one") == files_under(scratch / "two"));
}

TEST_CASE("what was not recorded, was damaged or is not a recording is an error that says so") {
  Scratch scratch;
  Registry registry;
  const std::vector<Request> requests{request_for(registry.server.url("/binary"))};
  const fs::path directory = scratch / "recording";
  ask_all(*recording_fetcher(curl_fetcher(quick_policy({registry.server.endpoint()})), directory),
          requests);
  auto replay = [&](const std::string& path) {
    return text_of(fetch(*replaying_fetcher(directory), request_for(registry.server.url(path))));
  };
  CHECK(replay("/other").find("GET was not recorded") != std::string::npos);
  CHECK(replay("/other").find("/other") != std::string::npos);
  for (const auto& entry : fs::directory_iterator(directory / "bodies")) {
    std::ofstream(entry.path()) << "changed";
  }
  CHECK(replay("/binary").find("was changed or is damaged") != std::string::npos);
  fs::remove_all(directory / "bodies");
  CHECK(replay("/binary").find("cannot read") != std::string::npos);
  std::ofstream(directory / "index.json") << "{";
  CHECK(replay("/binary").find("index.json") != std::string::npos);
  fs::remove(directory / "index.json");
  CHECK(replay("/binary").find("index.json") != std::string::npos);
}

TEST_CASE("a recording that cannot be written fails the run: it was asked for") {
  Scratch scratch;
  Registry registry;
  std::ofstream(scratch / "file") << "x";
  auto recording =
      recording_fetcher(curl_fetcher(quick_policy({registry.server.endpoint()})), scratch / "file");
  CHECK(text_of(fetch(*recording, request_for(registry.server.url("/binary"))))
            .find("cannot write") != std::string::npos);
}
