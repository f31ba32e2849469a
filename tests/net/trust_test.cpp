// Where requests may go, by what they and redirects say and by what names resolve to; and what is
// believed about the other end.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include "net/addresses.h"
#include "net/support.h"
#include "net/url.h"
#include "world/http_world.h"
#include "world/raw_server.h"
#include "world/scratch.h"

using namespace buildable;
using namespace buildable::net;
using namespace buildable::testing;
using world::Answer;
using world::HttpServer;
using world::RawConnection;
using world::RawServer;
using world::Scratch;

namespace {

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    auto& address = reinterpret_cast<sockaddr_in&>(storage);
    address.sin_family = AF_INET;
    REQUIRE(::inet_pton(AF_INET, text.c_str(), &address.sin_addr) == 1);
  } else {
    auto& address = reinterpret_cast<sockaddr_in6&>(storage);
    address.sin6_family = AF_INET6;
    REQUIRE(::inet_pton(AF_INET6, text.c_str(), &address.sin6_addr) == 1);
  }
  CHECK(address_text(reinterpret_cast<sockaddr*>(&storage)) == text);
  return is_public_address(reinterpret_cast<sockaddr*>(&storage));
}

void check_error(const Result<Response>& result, const std::vector<std::string>& pieces) {
  const std::string text = text_of(result);
  INFO(text);
  CHECK(text.rfind("error: ", 0) == 0);
  for (const std::string& piece : pieces)
    CHECK_MESSAGE(text.find(piece) != std::string::npos, piece);
}

void check_refused(const std::string& url, const std::vector<std::string>& pieces,
                   const FetchPolicy& policy) {
  auto fetcher = curl_fetcher(policy);
  check_error(fetch(*fetcher, request_for(url)), pieces);
}

}  // namespace

TEST_CASE("addresses of public networks, and others") {
  for (const char* address :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
        "223.255.255.255", "2606:4700::1111", "2620:0:861:ed1a::1", "2a00:1450::1",
        "64:ff9b::101:101", "2002:101:101::1"}) {
    CHECK_MESSAGE(is_public(address), address);
  }
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.1",
                              "10.255.255.255",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.168.0.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "203.0.113.7",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "::127.0.0.1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::1",
                              "2001::1",
                              "2001:db8::1",
                              "3fff::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1"}) {
    CHECK_MESSAGE(!is_public(address), address);
  }
  CHECK(is_public("::ffff:8.8.8.8"));
  sockaddr local{};
  local.sa_family = AF_UNIX;
  CHECK(!is_public_address(&local));
}

TEST_CASE("what a URL shows to people holds no secret") {
  for (const auto& [url, shown] : std::vector<std::pair<std::string, std::string>>{
           {"https://h/p", "https://h/p"},
           {"https://user:pw@h/p", "https://h/p"},
           {"https://h/p?a=1&token=abc&b=2#f", "https://h/p?a=1&token=…&b=2"},
           {"https://h/p?X-Amz-Signature=abc&sig", "https://h/p?X-Amz-Signature=…&sig=…"},
           {"https://h/p?continuation-token=abc", "https://h/p?continuation-token=abc"},
           {"not a URL", "not a URL"}}) {
    CHECK(public_url(url) == shown);
  }
}

TEST_CASE("URLs are read as they are fetched") {
  const auto url = parse_url("HTTPS://Example.ORG/a b?c#d");
  REQUIRE(url);
  CHECK(url->text.find("/a%20b?c") != std::string::npos);
  CHECK(url->endpoint() == "example.org:443");
  CHECK(parse_url("http://[::1]:81/")->endpoint() == "[::1]:81");
  CHECK(parse_url("https://0x7f000001/")->host == "127.0.0.1");
  CHECK(resolve_url(*url, "../x?y")->text.find("/x?y") != std::string::npos);
  CHECK(resolve_url(*url, "//other/z")->host == "other");
  for (const char* bad :
       {"", "relative/path", "https://", "https://u:p@h/", "https://h:99999/", "https://h\n/"}) {
    CHECK_MESSAGE(!parse_url(bad), bad);
  }
}

TEST_CASE("URLs that are refused before anything is sent") {
  FetchPolicy policy = quick_policy({});
  policy.hosts = {"example.org", "localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"};
  check_refused("http://example.org/", {"the scheme \"http\" is refused"}, policy);
  check_refused("ftp://example.org/", {"the scheme \"ftp\" is refused"}, policy);
  check_refused("file:///etc/passwd", {"the scheme \"file\" is refused"}, policy);
  check_refused("https://example.com/", {"the host \"example.com\" is not on the list"}, policy);
  check_refused("https://sub.example.org/", {"is not on the list"}, policy);
  check_refused("https://user:geheim@example.org/", {"credentials in the URL"}, policy);
  check_refused("https://", {"not a URL"}, policy);
  auto fetcher = curl_fetcher(policy);
  const auto secret = text_of(fetch(*fetcher, request_for("https://user:geheim@example.org/")));
  CHECK(secret.find("geheim") == std::string::npos);
  Request injected = request_for("https://example.org/");
  injected.headers = {{"Authorization", "Bearer a\r\nHost: other"}};
  check_error(fetch(*fetcher, injected), {"control characters"});
}

TEST_CASE("names and numbers that lead to this machine are refused before a socket is opened") {
  RawServer server([](RawConnection&) {});
  const std::string port = ":" + std::to_string(server.port());
  FetchPolicy policy = patient_policy({});
  policy.hosts = {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]"};
  for (const std::string host : {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "0x7f000001"}) {
    check_refused("https://" + host + port + "/",
                  {"an address of no public network", "name \"", "local addresses"}, policy);
  }
  CHECK(server.connections() == 0);
  policy.local_addresses = {"localhost" + port};  // named: now it may
  check_refused("https://localhost" + port + "/", {"the TLS handshake failed"}, policy);
  CHECK(server.connections() > 0);
}

TEST_CASE("redirects are followed to places that are allowed, and only there") {
  HttpServer server;
  RawServer other([](RawConnection&) {});  // not named as local
  auto redirect = [&](const std::string& path, const std::string& target) {
    server.on(path, Answer{.status = 302, .headers = {{"Location", target}}});
    return server.url(path);
  };
  server.on("/end", Answer{.body = "{}"});
  FetchPolicy policy = quick_policy({server.endpoint()});
  policy.hosts = {"localhost", "example.org"};
  auto fetcher = curl_fetcher(policy);

  redirect("/two", "/end");
  const auto followed = fetch(*fetcher, request_for(redirect("/one", "two")));
  REQUIRE(text_of(followed) == "200 {}");
  CHECK(followed->url == server.url("/end"));
  CHECK(followed->attempts == 1);

  redirect("/loop", "/loop");
  check_error(fetch(*fetcher, request_for(server.url("/loop"))), {"more than 3 redirects"});
  CHECK(server.seen("/loop").size() == 4);
  for (const auto& [target, what] : std::vector<std::pair<std::string, std::string>>{
           {"http://example.org/", "the scheme \"http\" is refused"},
           {"file:///etc/passwd", "the scheme \"file\" is refused"},
           {"ftp://example.org/x", "the scheme \"ftp\" is refused"},
           {"gopher://example.org/x", "the scheme \"gopher\" is refused"},
           {"https://example.com/", "the host \"example.com\" is not on the list"},
           {"https://a:b@example.org/", "credentials in the URL"},
           {"https://169.254.169.254/latest/meta-data", "is not on the list"},
           {other.url("/"), "the scheme \"http\" is refused"},
           {"https://localhost:" + std::to_string(other.port()) + "/",
            "an address of no public network"},
           {"https://[::1", "redirected: not a URL"}}) {
    check_error(fetch(*fetcher, request_for(redirect("/to", target))), {what});
  }
  CHECK(other.connections() == 0);
}

TEST_CASE("credentials stay with the origin they are for") {
  HttpServer first;
  HttpServer second;
  first.on("/here", Answer{.status = 307, .headers = {{"Location", "/again"}}});
  first.on("/again", Answer{.status = 307, .headers = {{"Location", second.url("/away")}}});
  second.on("/away", Answer{.status = 307, .headers = {{"Location", first.url("/back")}}});
  first.on("/back", Answer{.body = "{}"});
  auto fetcher = curl_fetcher(quick_policy({first.endpoint(), second.endpoint()}));
  Request request = request_for(first.url("/here"));
  request.headers = {{"Authorization", "Bearer secret"}, {"Private-Token", "x"}, {"Accept", "a/b"}};
  REQUIRE(text_of(fetch(*fetcher, request)) == "200 {}");
  CHECK(first.seen("/here")[0].headers.at("authorization") == "Bearer secret");
  CHECK(first.seen("/again")[0].headers.at("authorization") == "Bearer secret");
  for (const auto& seen : {second.seen("/away")[0], first.seen("/back")[0]}) {
    CHECK(!seen.headers.contains("authorization"));
    CHECK(!seen.headers.contains("private-token"));
    CHECK(seen.headers.at("accept") == "a/b");
  }
}

TEST_CASE(
    "TLS: an unknown authority is refused, a named one believed, and no way leads back to http") {
  Scratch scratch;
  const auto certificate = world::make_certificate(scratch.path());
  HttpServer server(certificate);
  HttpServer plain;
  plain.on("/x", Answer{.body = "{}"});
  server.on("/x", Answer{.body = "{}"});
  server.on("/plain", Answer{.status = 302, .headers = {{"Location", plain.url("/x")}}});
  FetchPolicy policy = patient_policy({server.endpoint(), plain.endpoint()});

  check_refused(server.url("/x"), {"the certificate is not trusted", "ca_file"}, policy);
  CHECK(server.seen().empty());

  policy.ca_file = certificate.certificate;
  auto fetcher = curl_fetcher(policy);
  CHECK(text_of(fetch(*fetcher, request_for(server.url("/x")))) == "200 {}");
  check_error(fetch(*fetcher, request_for(server.url("/plain"))), {"is refused after https"});
  CHECK(plain.seen().empty());

  check_refused("https://" + plain.endpoint() + "/x", {"the TLS handshake failed"}, policy);
  policy.ca_file = scratch / "missing.pem";
  check_refused(server.url("/x"), {"the file of authorities cannot be read"}, policy);
}

TEST_CASE("the environment and the home directory have no say") {
  HttpServer server;
  HttpServer proxy;
  server.on("/x", Answer{.body = "{}"});
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
    ::setenv(name, proxy.url("").c_str(), 1);
  }
  auto fetcher = curl_fetcher(quick_policy({server.endpoint()}));
  CHECK(text_of(fetch(*fetcher, request_for(server.url("/x")))) == "200 {}");
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"})
    ::unsetenv(name);
  CHECK(proxy.seen().empty());
  CHECK(!server.seen("/x")[0].headers.contains("authorization"));
  CHECK(server.seen("/x")[0].headers.at("user-agent") == "buildable-test");
}

TEST_CASE("a proxy is used where the policy names one, and not for local addresses") {
  HttpServer server;
  HttpServer proxy;  // no proxy in truth: it sees the CONNECT and answers 404
  server.on("/x", Answer{.body = "{}"});
  FetchPolicy policy = quick_policy({server.endpoint()});
  policy.hosts = {"example.org"};
  policy.proxy = proxy.url("");
  policy.limits.attempts = 1;
  auto fetcher = curl_fetcher(policy);
  CHECK(text_of(fetch(*fetcher, request_for(server.url("/x")))) == "200 {}");
  check_error(fetch(*fetcher, request_for("https://example.org/x")), {"CONNECT"});
}
