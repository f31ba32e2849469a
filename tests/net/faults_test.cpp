// Whatever a server or the network does: an error that says what happened, in bounded time, and the
// next request to a good server works.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <set>

#include "net/support.h"
#include "world/http_world.h"
#include "world/raw_server.h"

using namespace buildable;
using namespace buildable::net;
using namespace buildable::testing;
using world::Answer;
using world::FullSocket;
using world::HttpServer;
using world::RawConnection;
using world::RawServer;
using world::Seen;

namespace {

constexpr milliseconds soon{8000};  // of a machine that is busy with other things

// The row of the table: the error holds all the pieces, names source and URL, and comes in time.
void check_fault(FetchPolicy policy, Request request, std::vector<std::string> pieces) {
  HttpServer good;
  good.on("/good", Answer{.body = "{}"});
  policy.local_addresses.push_back(good.endpoint());
  auto fetcher = curl_fetcher(policy);
  std::string text;
  const auto time = time_of([&] { text = text_of(fetch(*fetcher, request)); });
  INFO(text);
  CHECK(text.rfind("error: ", 0) == 0);
  pieces.push_back("values: ");
  pieces.push_back("\n  ");  // what to do
  for (const std::string& piece : pieces)
    CHECK_MESSAGE(text.find(piece) != std::string::npos, piece);
  CHECK(time < soon);
  CHECK(text_of(fetch(*fetcher, request_for(good.url("/good")))) == "200 {}");
}

void check_script(RawServer::Script script, std::vector<std::string> pieces) {
  RawServer server(std::move(script));
  pieces.push_back(server.url("/x"));
  check_fault(quick_policy({server.endpoint()}), request_for(server.url("/x")), std::move(pieces));
}

void check_answer(const Answer& answer, std::vector<std::string> pieces, std::size_t times) {
  HttpServer server;
  server.on("/x", answer);
  pieces.push_back(server.url("/x"));
  check_fault(quick_policy({server.endpoint()}), request_for(server.url("/x")), std::move(pieces));
  CHECK(server.seen("/x").size() == times);
}

std::string gzip_of(std::size_t zeros) {
  std::string out(zeros / 500 + 1024, '\0');
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  std::string block(1U << 20U, '\0');
  for (std::size_t done = 0; done < zeros; done += block.size()) {
    stream.next_in = reinterpret_cast<Bytef*>(block.data());
    stream.avail_in = static_cast<uInt>(block.size());
    REQUIRE(deflate(&stream, Z_NO_FLUSH) == Z_OK);
  }
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

long peak_memory_in_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

constexpr const char* ok_head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

}  // namespace

TEST_CASE("fault: nobody listens") {
  const std::string endpoint = "127.0.0.1:" + std::to_string(world::closed_port());
  check_fault(quick_policy({endpoint}), request_for("http://" + endpoint + "/x"),
              {"no connection", "(3 attempts)", "http://" + endpoint + "/x"});
}

TEST_CASE("fault: the name does not exist") {
  FetchPolicy policy = quick_policy({});
  policy.hosts = {"nowhere.invalid"};
  check_fault(policy, request_for("https://nowhere.invalid/x"),
              {"the name cannot be resolved", "nowhere.invalid"});
}

TEST_CASE("fault: connecting takes for ever") {
  FullSocket full;
  const std::string endpoint = "127.0.0.1:" + std::to_string(full.port());
  FetchPolicy policy = quick_policy({endpoint});
  policy.limits.connect = milliseconds(300);
  check_fault(policy, request_for("http://" + endpoint + "/x"), {"no connection within 0."});
}

TEST_CASE("fault: connected, but no answer") {
  RawServer server([](RawConnection& connection) { connection.wait_for_end(); });
  FetchPolicy policy = quick_policy({server.endpoint()});
  policy.limits.request = milliseconds(400);
  check_fault(policy, request_for(server.url("/x")),
              {"no complete answer within 0.", "(3 attempts)"});
}

TEST_CASE("fault: an answer that drips") {
  RawServer server([](RawConnection& connection) {
    connection.read_request();
    connection.send(std::string(ok_head) + "Content-Length: 1000000\r\n\r\n");
    while (connection.send("x") && connection.wait(milliseconds(50))) {
    }
  });
  FetchPolicy policy = quick_policy({server.endpoint()});
  policy.limits.request = milliseconds(20000);
  policy.limits.attempts = 1;
  check_fault(policy, request_for(server.url("/x")), {"less than 1 kB/s"});
}

TEST_CASE("fault: headers without end") {
  check_script(
      [](RawConnection& connection) {
        connection.read_request();
        connection.send(ok_head);
        for (int i = 0;
             connection.send("X-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n");
             ++i) {
        }
      },
      {"more than 256 KiB of headers"});
}

TEST_CASE("fault: no HTTP at all") {
  check_script(
      [](RawConnection& connection) {
        connection.read_request();
        connection.send("SSH-2.0-OpenSSH_9.2\r\n");
      },
      {"the answer is not HTTP"});
}

TEST_CASE("fault: the connection is closed without a word") {
  check_script([](RawConnection& connection) { connection.read_request(); },
               {"closed without an answer", "(3 attempts)"});
}

TEST_CASE("fault: a body shorter than its length") {
  check_script(
      [](RawConnection& connection) {
        connection.read_request();
        connection.send(std::string(ok_head) + "Content-Length: 1000\r\n\r\n{\"half\":");
      },
      {"the body ended early", "(3 attempts)"});
}

TEST_CASE("fault: a chunked body that breaks off") {
  check_script(
      [](RawConnection& connection) {
        connection.read_request();
        connection.send(std::string(ok_head) +
                        "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n");
      },
      {"(3 attempts)"});
}

TEST_CASE("fault: a chunked body without end") {
  check_script(
      [](RawConnection& connection) {
        connection.read_request();
        connection.send(std::string(ok_head) + "Transfer-Encoding: chunked\r\n\r\n");
        while (connection.send("1000\r\n" + std::string(4096, 'x') + "\r\n")) {
        }
      },
      {"the body is larger than 1048576 bytes"});
}

TEST_CASE("fault: a body of 1 GB is stopped, and takes no memory") {
  const long before = peak_memory_in_megabytes();
  check_script(
      [](RawConnection& connection) {
        connection.read_request();
        connection.send(std::string(ok_head) + "Content-Length: 1000000000\r\n\r\n");
        const std::string block(64U << 10U, 'x');
        for (int i = 0; i < 16000 && connection.send(block); ++i) {
        }
      },
      {"the body is larger than 1048576 bytes"});
  CHECK(peak_memory_in_megabytes() - before < 64);
}

TEST_CASE("fault: a gzip bomb is counted as it unfolds") {
  const std::string bomb = gzip_of(200U << 20U);
  REQUIRE(bomb.size() < (1U << 20U));  // what travels is within the limit
  const long before = peak_memory_in_megabytes();
  check_script(
      [&](RawConnection& connection) {
        connection.read_request();
        connection.send(std::string(ok_head) + "Content-Encoding: gzip\r\nContent-Length: " +
                        std::to_string(bomb.size()) + "\r\n\r\n" + bomb);
        connection.wait_for_end();
      },
      {"the body is larger than 1048576 bytes (after decompression)"});
  CHECK(peak_memory_in_megabytes() - before < 64);
}

TEST_CASE("fault: a body that is not the gzip it claims to be") {
  check_answer({.body = "plain", .headers = {{"Content-Encoding", "gzip"}}},
               {"cannot be decompressed"}, 1);
}

TEST_CASE("fault: 500 each time") {
  check_answer({.status = 500, .body = "{}"}, {"answered 500", "(3 attempts)"}, 3);
}

TEST_CASE("fault: 429 that asks for more patience than there is") {
  check_answer({.status = 429, .headers = {{"Retry-After", "3600"}}},
               {"answered 429", "wants a wait of 3600 s"}, 1);
}

TEST_CASE("fault: statuses that another attempt does not change") {
  check_answer({.status = 404, .body = "{}"}, {"answered 404: nothing is there"}, 1);
  check_answer({.status = 403, .body = "{}"}, {"answered 403: access refused"}, 1);
  check_answer({.status = 302, .body = "{}"}, {"answered 302"}, 1);
  check_answer({.status = 400, .body = "{}"}, {"answered 400"}, 1);
}

TEST_CASE("fault: a web page where none was asked for") {
  check_answer({.body = "<html>Sign in</html>", .type = "text/html; charset=utf-8"},
               {"answered with a web page"}, 1);
}

TEST_CASE("fault: 304 to a question without conditions is asked once more, then refused") {
  check_answer({.status = 304}, {"answered 304"}, 2);
}

TEST_CASE("a large page beside a failure does not hide the failure") {
  check_answer({.status = 503, .body = std::string(2U << 20U, 'x')}, {"answered 503"}, 3);
}

TEST_CASE("500, then good") {
  HttpServer server;
  server.on("/x", [count = 0](const Seen&) mutable {
    return Answer{.status = ++count < 3 ? 500 : 200, .body = "{}"};
  });
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  const auto result = fetch(*fetcher, request_for(server.url("/x")));
  REQUIRE(text_of(result) == "200 {}");
  CHECK(result->attempts == 3);
}

TEST_CASE("429 with a short Retry-After: the wait is kept") {
  HttpServer server;
  server.on("/x", [count = 0](const Seen&) mutable {
    return ++count == 1 ? Answer{.status = 429, .headers = {{"Retry-After", "1"}}}
                        : Answer{.body = "{}"};
  });
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  std::string text;
  const auto time =
      time_of([&] { text = text_of(fetch(*fetcher, request_for(server.url("/x")))); });
  CHECK(text == "200 {}");
  CHECK(time >= milliseconds(1000));
}

TEST_CASE("expected statuses are answers, and are not tried again") {
  HttpServer server;
  server.on("/401", Answer{.status = 401, .headers = {{"WWW-Authenticate", "Bearer realm=\"r\""}}});
  server.on("/503", Answer{.status = 503, .body = "{}"});
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  for (const auto& [path, status] : {std::pair{"/401", 401}, {"/404", 404}, {"/503", 503}}) {
    Request request = request_for(server.url(path));
    request.expected = {401, 404, 503};
    const auto result = fetch(*fetcher, request);
    REQUIRE_MESSAGE(result, text_of(result));
    CHECK(result->status == status);
    if (status == 401) CHECK(result->headers.at("www-authenticate") == "Bearer realm=\"r\"");
  }
  CHECK(server.seen().size() == 3);
}

TEST_CASE("a web page is an answer where it was asked for") {
  HttpServer server;
  server.on("/x", Answer{.body = "<p>", .type = "text/html"});
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  Request request = request_for(server.url("/x"));
  request.headers = {{"accept", "text/html"}};
  CHECK(text_of(fetch(*fetcher, request)) == "200 <p>");
}

TEST_CASE("the deadline of everything ends what is under way, what waits and what is asked later") {
  RawServer server([](RawConnection& connection) { connection.wait_for_end(); });
  FetchPolicy policy = quick_policy({server.endpoint()});
  policy.limits.request = milliseconds(30000);
  policy.limits.slow_for = milliseconds(30000);
  policy.limits.total = milliseconds(700);
  policy.limits.per_host = 2;
  auto fetcher = curl_fetcher(policy);
  std::multiset<std::string> errors;
  auto note = [&](Result<Response> result) { errors.insert(text_of(result)); };
  for (int i = 0; i < 4; ++i) {
    fetcher->get(request_for(server.url("/x")), [&](Result<Response> result) {
      note(std::move(result));
      if (errors.size() == 1) fetcher->get(request_for(server.url("/late")), note);
    });
  }
  const auto time = time_of([&] { fetcher->run(); });
  CHECK(errors.size() == 5);
  for (const std::string& error : errors) {
    CHECK_MESSAGE(error.find("not finished within the 0.7 s") != std::string::npos, error);
  }
  CHECK(time >= milliseconds(700));
  CHECK(time < soon);
}
