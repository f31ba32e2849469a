// How the registry client gets and uses tokens.
#include "net/registry.h"
#include "net/registry_table.h"

namespace buildable::net {
namespace {

using namespace testing;

// A registry that wants the token of its own token server.
struct Guarded {
  std::string challenge = R"(Bearer realm="https://auth.example/token",service="s x")";
  std::string token_answer = R"({"token":"t1"})";
  std::string accepted = "Bearer t1";
  Table table = table_of(Parts{});

  Result<Response> operator()(const Request& request) const {
    if (request.url.rfind("https://auth.example/", 0) == 0) {
      return answer(request.url, token_answer, "application/json");
    }
    if (header_in(request, "Authorization") != accepted) {
      Response refused{.status = 401, .url = request.url};
      if (!challenge.empty()) refused.headers["www-authenticate"] = challenge;
      return refused;
    }
    return table.at(request.url);
  }
};

TEST_CASE("a token is asked for once, as the challenge says, and sent to the registry only") {
  TableFetcher fetcher{Guarded{}};
  auto image = read(fetcher);
  REQUIRE_MESSAGE(image, image.error().to_text());
  REQUIRE(fetcher.seen.size() == 4);  // refused, token, manifest, config
  CHECK(fetcher.seen[1].url ==
        "https://auth.example/token?service=s%20x&scope=repository:group/builder:pull");
  CHECK(header_in(fetcher.seen[1], "Authorization").empty());
  CHECK(!fetcher.seen[1].cacheable);
  CHECK(header_in(fetcher.seen[3], "Authorization") == "Bearer t1");
}

TEST_CASE("challenges and token answers of every allowed form") {
  struct Row {
    std::string challenge, answer, url;
  };
  const std::string scope = "scope=repository:group/builder:pull";
  for (
      const Row& row : {
          Row{R"(bearer REALM="https://auth.example/token",scope="repository:group/builder:pull")",
              R"({"access_token":"t1","expires_in":60})", "https://auth.example/token?" + scope},
          Row{R"(Basic realm="x, \"y\"", Negotiate YII=, Bearer realm="https://auth.example/t?a=b")",
              R"({"token":"","access_token":"t1"})", "https://auth.example/t?a=b&" + scope},
          Row{R"(Negotiate, Bearer service=s , realm = "https://auth.example/t",,)",
              R"({"token":"t1","access_token":"other"})",
              "https://auth.example/t?service=s&" + scope},
      }) {
    CAPTURE(row.challenge);
    Guarded guarded;
    guarded.challenge = row.challenge;
    guarded.token_answer = row.answer;
    TableFetcher fetcher{guarded};
    auto image = read(fetcher);
    REQUIRE_MESSAGE(image, image.error().to_text());
    CHECK(fetcher.seen[1].url == row.url);
  }
}

TEST_CASE("a challenge that cannot be followed is refused") {
  struct Row {
    std::string challenge;
    const char* says;
  };
  for (const Row& row : {
           Row{"", "not for a token"},
           Row{R"(Basic realm="x")", "not for a token"},
           Row{"Bearer", "token server is not acceptable"},
           Row{R"(Bearer realm="http://auth.example/token")", "not acceptable"},
           Row{R"(Bearer realm="file:///etc/passwd")", "not acceptable"},
           Row{R"(Bearer realm="https://user:word@auth.example/t")", "not acceptable"},
           Row{R"(Bearer realm="https://auth.example\@evil.example/t")", "not acceptable"},
           Row{R"(Bearer realm="https:///t")", "not acceptable"},
           Row{R"(Bearer realm="https://auth.example/t#x")", "not acceptable"},
           Row{R"(Bearer realm="https://auth.example/a b")", "not acceptable"},
           Row{R"(Bearer realm="https://auth.example/t)", "a quote without an end"},
           Row{R"(Bearer realm="a",realm="b")", "'realm' stands twice"},
           Row{R"(realm="https://auth.example/t")", "a parameter of no challenge"},
           Row{"Bearer realm=", "not acceptable"},
           Row{"Bearer a=b, realm= ,", "a value is missing"},
           Row{"Bearer @", "a name is missing"},
           Row{"Bearer x=" + std::string(9000, 'a'), "too long"},
       }) {
    CAPTURE(row.challenge);
    Guarded guarded;
    guarded.challenge = row.challenge;
    TableFetcher fetcher{guarded};
    check_says(read(fetcher), row.says);
    CHECK(fetcher.seen.size() == 1);
  }
}

TEST_CASE("a token that is refused or no token ends the reading") {
  Guarded refused;
  refused.accepted = "Bearer other";
  TableFetcher fetcher{refused};
  check_says(read(fetcher), "does not accept an anonymous token");
  CHECK(fetcher.seen.size() == 3);
  for (const std::string& text :
       {std::string("{}"), std::string(R"({"token":3})"), std::string(R"({"token":"a\r\nX: y"})"),
        std::string(R"({"token":""})"), std::string("[]"), std::string("<html>"),
        R"({"token":")" + std::string(20000, 't') + R"("})"}) {
    CAPTURE(text);
    Guarded guarded;
    guarded.token_answer = text;
    TableFetcher other{guarded};
    CHECK(!read(other));
    CHECK(other.seen.size() == 2);
  }
}

// How many of the images that these read at the same time come well.
int images_read(TableFetcher& fetcher, const std::vector<RegistryClient*>& clients) {
  int read = 0;
  for (RegistryClient* client : clients)
    client->read_image(*parse_image_reference("registry.example/group/builder:tag"), "linux",
                       "amd64", [&read](const Result<Image>& image) { read += image ? 1 : 0; });
  fetcher.run();
  return read;
}

TEST_CASE("calls under way together are refused once and share one token, across sources too") {
  TableFetcher fetcher{Guarded{}};
  RegistryClient images(fetcher, "registry");
  RegistryClient layers(images, "image_layer");
  CHECK(images_read(fetcher, {&images, &images, &layers}) == 3);
  CHECK(fetcher.seen.size() == 1 + 1 + 3 * 2);  // refused, token, three times manifest and config
}

TEST_CASE("a token server that fails fails every call that waited for it") {
  Guarded guarded;
  guarded.token_answer = "{}";
  TableFetcher fetcher{guarded};
  RegistryClient client(fetcher, "registry");
  CHECK(images_read(fetcher, {&client, &client, &client}) == 0);
  CHECK(fetcher.seen.size() == 2);
}

TEST_CASE("a registry without tokens is asked by all calls, and nothing waits for ever") {
  Guarded open;
  open.accepted = "";
  TableFetcher fetcher{open};
  RegistryClient client(fetcher, "registry");
  CHECK(images_read(fetcher, {&client, &client, &client}) == 3);
  CHECK(fetcher.seen.size() == 3 * 2);
}

TEST_CASE("a token that has expired is renewed") {
  Guarded guarded;
  int tokens = 0;
  TableFetcher fetcher([&](const Request& request) -> Result<Response> {
    if (request.url.rfind("https://auth.example/", 0) == 0) {
      ++tokens;
      guarded.accepted = "Bearer t" + std::to_string(tokens);
      guarded.token_answer = R"({"token":"t)" + std::to_string(tokens) + R"("})";
    }
    auto given = guarded(request);
    if (given && given->status == 200 && request.url.find("/manifests/") != std::string::npos) {
      guarded.accepted = "nothing";  // expires right after
    }
    return given;
  });
  auto image = read(fetcher);
  REQUIRE_MESSAGE(image, image.error().to_text());
  CHECK(tokens == 2);
}

TEST_CASE("a challenge from another host than the registry is not followed") {
  TableFetcher fetcher([](const Request&) -> Result<Response> {
    Response refused{.status = 401, .url = "https://blobs.example/x"};
    refused.headers["www-authenticate"] = R"(Bearer realm="https://auth.example/token")";
    return refused;
  });
  check_says(read(fetcher), "does not accept an anonymous token");
  CHECK(fetcher.seen.size() == 1);
}

}  // namespace
}  // namespace buildable::net
