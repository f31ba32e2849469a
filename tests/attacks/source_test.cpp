// Every source lies in the same way at once: nothing new is believed, kept or published, and the
// last good state still loads. (Single lies beside sources that tell the truth: tests/world,
// tests/observe.)
#include "attacks/state.h"
#include "rules/embedded.h"
#include "world/http_world.h"
#include "world/raw_server.h"
#include "world/registry/archives.h"

using namespace buildable::test;
using namespace buildable;
using world::Answer;
using world::RawConnection;

namespace {

// All sources of the rules behind one server; a last good state beside.
void make_place(const std::filesystem::path& place, const std::string& endpoint) {
  remember(place, later_snapshot());
  std::string settings =
      "state_directory = \"states\"\ncache_directory = \"cache\"\nallow_local = [\"" + endpoint +
      "\"]\n";
  for (const Source& source : embedded_rules().platform.sources)
    settings += "[sources." + source.name + "]\nurl = \"http://" + endpoint + "/" +
                source.url.substr(source.url.find("://") + 3) + "\"\n";
  put(place / "buildable.toml", settings);
}

// 3: what was read is not to be believed. 5: there was no answer.
void check_lie(const std::string& endpoint, int code = 3) {
  const Repository repository;
  const auto& place = repository.scratch.path;
  make_place(place, endpoint);
  const Natures states = natures_in(place / "states");
  const Outcome observed =
      run_program(place, {"observe", "-q", "--at", later, "--out", "snapshot.json"});
  check_harmless(observed);
  CHECK_MESSAGE(observed.code == code, observed.err);
  CHECK(observed.err.size() > 20);
  CHECK_FALSE(std::filesystem::exists(place / "snapshot.json"));
  CHECK(difference(states, natures_in(place / "states")) == "");
  tried(Promise::whole);
  const Outcome published =
      run_program(place, {"publish", "--observe", "-q", "--at", later, "--repo", repository.url});
  check_harmless(published);
  CHECK_MESSAGE(published.code == code, published.err);
  CHECK(repository.git("for-each-ref") == "");
  tried(Promise::doubt);
  const Outcome builder = run_program(place, {"builder", "--at", later});
  CHECK(builder.code == 0);
  CHECK_MESSAGE(has(builder.err, "2026-09-01"), builder.err);
  tried(Promise::offline);
  tried(Promise::bounded);
}

std::string brackets() { return std::string(100'000, '['); }

}  // namespace

TEST_CASE("answers that are nothing, too much, or something else") {
  const std::pair<const char*, Answer> rows[] = {
      {"no byte", {.body = ""}},
      {"a blank", {.body = " \n", .type = "text/plain"}},
      {"an empty object", {.body = "{}"}},
      {"an empty list", {.body = "[]"}},
      {"nothing, as JSON has it", {.body = "null"}},
      {"a page", {.body = "<html>Sign in</html>", .type = "text/html"}},
      {"brackets", {.body = brackets()}},
      {"elements", {.body = replace_all(brackets(), "[", "<a>"), .type = "text/xml"}},
      {"zero bytes", {.body = std::string(100'000, '\0'), .type = "text/plain"}},
      {"ill-formed UTF-8",
       {.body = replace_all(brackets(), "[", "\xED\xA0\x80"), .type = "text/plain"}},
      {"orders to a terminal", {.body = "\x1b[2J\n::error::x\n", .type = "text/plain"}},
      {"20 MB", {.body = std::string(20U << 20U, 'x'), .type = "text/plain"}},
      {"a bomb",
       {.body = world::gzip(std::string(100U << 20U, '\0')),
        .type = "text/plain",
        .headers = {{"Content-Encoding", "gzip"}}}},
      {"a coding that it is not", {.body = "x", .headers = {{"Content-Encoding", "gzip"}}}},
      {"no content", {.status = 204}},
      {"forbidden, in orders", {.status = 403, .body = "\x1b[31m::error::x", .type = "text/plain"}},
      {"gone", {.status = 410}},
      {"a redirect to itself", {.status = 302, .headers = {{"Location", "/"}}}},
      {"a redirect into the cloud",
       {.status = 302, .headers = {{"Location", "http://169.254.169.254/latest/meta-data"}}}},
      {"a redirect to a file", {.status = 302, .headers = {{"Location", "file:///etc/passwd"}}}},
      {"a redirect to orders",
       {.status = 302, .headers = {{"Location", "https://a/%1b[2J%0a::error::"}}}},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.first));
    world::HttpServer server;
    server.on_any([&row](const world::Seen&) { return row.second; });
    check_lie(server.endpoint());
  }
}

TEST_CASE("what is not a HTTP") {
  const struct {
    const char* name;
    world::RawServer::Script script;
    int code = 3;
  } rows[] = {
      {"closed without a word", [](RawConnection& it) { it.read_request(); }, 5},
      {"no HTTP",
       [](RawConnection& it) {
         it.read_request();
         it.send("220 smtp\x1b[2J\r\n");
       }},
      {"headers without end",
       [](RawConnection& it) {
         it.read_request();
         it.send("HTTP/1.1 200 OK\r\n");
         while (it.send("X-A: " + std::string(1000, 'a') + "\r\n")) {
         }
       }},
      {"chunks without end",
       [](RawConnection& it) {
         it.read_request();
         it.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
         while (it.send("1000\r\n" + std::string(0x1000, 'x') + "\r\n")) {
         }
       }},
      {"shorter than it says",
       [](RawConnection& it) {
         it.read_request();
         it.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{}");
       },
       5},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.name));
    world::RawServer server(row.script);
    check_lie(server.endpoint(), row.code);
  }
}
