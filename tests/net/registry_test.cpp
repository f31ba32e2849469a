// The registry client against answers from a table; net/real_registry_test.cpp has the real one.
#include "net/registry.h"

#include <doctest/doctest.h>

#include <deque>
#include <map>

#include "base/digest.h"
#include "base/text.h"

namespace buildable {
namespace {

// Answers from a function and remembers what it was asked.
class TableFetcher : public Fetcher {
 public:
  using Answers = std::function<Result<Response>(const Request&)>;
  explicit TableFetcher(Answers answers) : answers_(std::move(answers)) {}

  void get(Request request, Done done) override {
    queue_.emplace_back(std::move(request), std::move(done));
  }
  void run() override {
    while (!queue_.empty()) {
      auto [request, done] = std::move(queue_.front());
      queue_.pop_front();
      seen.push_back(request);
      done(answers_(request));
    }
  }

  std::vector<Request> seen;

 private:
  Answers answers_;
  std::deque<std::pair<Request, Done>> queue_;
};

std::string header_in(const Request& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return {};
}

const std::string oci_manifest = "application/vnd.oci.image.manifest.v1+json";
const std::string oci_index = "application/vnd.oci.image.index.v1+json";
const std::string docker_manifest = "application/vnd.docker.distribution.manifest.v2+json";
const std::string docker_list = "application/vnd.docker.distribution.manifest.list.v2+json";
const std::string oci_config = "application/vnd.oci.image.config.v1+json";
const std::string docker_config = "application/vnd.docker.container.image.v1+json";
const std::string digest_a = "sha256:" + std::string(64, 'a');
const std::string digest_b = "sha256:" + std::string(64, 'b');

std::string descriptor(const std::string& type, const std::string& digest, std::size_t size,
                       const std::string& more = {}) {
  return R"({"mediaType":")" + type + R"(","digest":")" + digest + R"(","size":)" +
         std::to_string(size) + more + "}";
}

std::string platform(const std::string& os, const std::string& arch) {
  return R"(,"platform":{"os":")" + os + R"(","architecture":")" + arch + R"("})";
}

// An image in a registry, each part of which a test may change before it is put together.
struct Parts {
  std::string config = R"({"os":"linux","architecture":"amd64","config":{"Labels":{"a":"b"}},)"
                       R"("rootfs":{"type":"layers","diff_ids":[")" +
                       digest_a + R"("]}})";
  std::string config_type = oci_config;
  std::string manifest;  // empty: of the parts
  std::string manifest_type = oci_manifest;
  std::string index;  // empty: the tag is the manifest
  std::string index_type = oci_index;

  std::string made_manifest() const {
    if (!manifest.empty()) return manifest;
    return R"({"schemaVersion":2,"mediaType":")" + manifest_type + R"(","config":)" +
           descriptor(config_type, sha256_digest(config), config.size()) + R"(,"layers":[)" +
           descriptor("application/vnd.oci.image.layer.v1.tar+gzip", digest_b, 7) + "]}";
  }
  std::string index_of(const std::vector<std::string>& entries) const {
    return R"({"schemaVersion":2,"mediaType":")" + index_type + R"(","manifests":[)" +
           join(entries, ",") + "]}";
  }
  std::string entry(const std::string& more) const {
    std::string made = made_manifest();
    return descriptor(manifest_type, sha256_digest(made), made.size(), more);
  }
};

const std::string base = "https://registry.example/v2/group/builder";

Response answer(std::string url, std::string body, const std::string& type) {
  Response response{.status = 200, .url = std::move(url), .body = std::move(body)};
  response.headers["content-type"] = type;
  return response;
}

using Table = std::map<std::string, Response>;

Table table_of(const Parts& parts) {
  Table table;
  std::string manifest = parts.made_manifest();
  auto put = [&](const std::string& path, const std::string& body, const std::string& type) {
    table[base + path] = answer(base + path, body, type);
  };
  put("/manifests/" + sha256_digest(manifest), manifest, parts.manifest_type);
  put("/blobs/" + sha256_digest(parts.config), parts.config, "application/octet-stream");
  bool indexed = !parts.index.empty();
  put("/manifests/tag", indexed ? parts.index : manifest,
      indexed ? parts.index_type : parts.manifest_type);
  return table;
}

TableFetcher fetcher_of(Table table) {
  return TableFetcher([table = std::move(table)](const Request& request) -> Result<Response> {
    auto at = table.find(request.url);
    if (at == table.end()) return fail("404 for " + request.url);
    return at->second;
  });
}

Result<Image> read(Fetcher& fetcher,
                   const std::string& reference = "registry.example/group/builder:tag",
                   const std::string& arch = "amd64") {
  Result<ImageReference> parsed = parse_image_reference(reference);
  REQUIRE_MESSAGE(parsed, parsed.error().to_text());
  RegistryClient client(fetcher, "registry");
  std::optional<Result<Image>> image;
  client.read_image(*parsed, "linux", arch, [&](Result<Image> done) {
    REQUIRE(!image.has_value());
    image = std::move(done);
  });
  fetcher.run();
  REQUIRE(image.has_value());
  return *image;
}

Result<Image> read(const Parts& parts) {
  TableFetcher fetcher = fetcher_of(table_of(parts));
  return read(fetcher);
}

template <class T>
void check_says(const Result<T>& result, std::string_view words) {
  REQUIRE(!result.has_value());
  std::string text = result.error().to_text();
  CHECK_MESSAGE(text.find(words) != std::string::npos, "said: " << text);
}

TEST_CASE("references name a registry, a repository and a tag or a digest") {
  struct Row {
    std::string text, registry, repository, tag, digest;
  };
  for (const Row& row : {
           Row{"a.example/b:c", "a.example", "b", "c", ""},
           Row{"a.example:5000/b/c-d__e/f.g:V1.2_x-y", "a.example:5000", "b/c-d__e/f.g", "V1.2_x-y",
               ""},
           Row{"localhost/b:c", "localhost", "b", "c", ""},
           Row{"127.0.0.1:5000/b:c", "127.0.0.1:5000", "b", "c", ""},
           Row{"a.example/b@" + digest_a, "a.example", "b", "", digest_a},
           Row{"a.example/b:c@" + digest_a, "a.example", "b", "c", digest_a},
       }) {
    CAPTURE(row.text);
    auto reference = parse_image_reference(row.text);
    REQUIRE_MESSAGE(reference, reference.error().to_text());
    CHECK(reference->registry == row.registry);
    CHECK(reference->repository == row.repository);
    CHECK(reference->tag == row.tag);
    CHECK(reference->digest == row.digest);
  }
}

TEST_CASE("a reference that leaves something to a default, or is none, is refused") {
  for (const std::string& text :
       std::vector<std::string>{"",
                                "builder",
                                "builder:tag",
                                "heroku/builder:24",
                                "a.example/b",
                                "a.example/:t",
                                "a.example/b:",
                                "a.example/B:c",
                                "a.example/b//c:d",
                                "a.example/b/:c",
                                "a.example/-b:c",
                                "a.example/b:.c",
                                "a.example/b c:d",
                                "https://a.example/b:c",
                                "user@a.example/b:c",
                                "a.example/b@sha256:abc",
                                "a.example/b@sha512:" + std::string(128, 'a'),
                                "a.example/b:c@" + digest_a + "@" + digest_a,
                                "a.example:0/b:c",
                                "a.example:70000/b:c",
                                "a.example:x/b:c",
                                ".example/b:c",
                                "a..example/b:c",
                                "a.example/../b:c",
                                "a.example/b:" + std::string(129, 'c'),
                                "a.example/" + std::string(600, 'b') + ":c",
                                "a.example/b:c?x",
                                "a.example/b\n:c",
                                "a.example/b:c#"}) {
    CAPTURE(text);
    check_says(parse_image_reference(text), "no image reference");
  }
}

TEST_CASE("an image is read, whichever media types it has and whether an index leads to it") {
  for (bool docker : {false, true}) {
    for (bool indexed : {false, true}) {
      CAPTURE(docker);
      CAPTURE(indexed);
      Parts parts;
      if (docker) {
        parts.config_type = docker_config;
        parts.manifest_type = docker_manifest;
        parts.index_type = docker_list;
      }
      std::string other = descriptor(parts.manifest_type, digest_a, 5, platform("linux", "arm64"));
      std::string attestation =
          descriptor(parts.manifest_type, digest_a, 5, platform("unknown", "unknown"));
      std::string annotated =
          descriptor(parts.manifest_type, digest_a, 5,
                     platform("linux", "amd64") +
                         R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"})");
      if (indexed) {
        parts.index = parts.index_of(
            {other, attestation, annotated, parts.entry(platform("linux", "amd64"))});
      }
      auto image = read(parts);
      REQUIRE_MESSAGE(image, image.error().to_text());
      CHECK(image->manifest_digest == sha256_digest(parts.made_manifest()));
      CHECK(image->digest == sha256_digest(indexed ? parts.index : parts.made_manifest()));
      CHECK(image->config == parts.config);
      REQUIRE(image->layers.size() == 1);
      CHECK(image->layers[0].digest == digest_b);
      CHECK(image->layers[0].diff_id == digest_a);
      CHECK(image->layers[0].size == 7);
    }
  }
}

TEST_CASE("manifests may leave their own media type out") {
  Parts parts;
  parts.manifest =
      replace_all(parts.made_manifest(), R"("mediaType":")" + oci_manifest + R"(",)", "");
  CHECK(parts.manifest.find(oci_manifest) == std::string::npos);
  CHECK(read(parts));
}

TEST_CASE("requests say what they accept and are bounded") {
  TableFetcher fetcher = fetcher_of(table_of(Parts{}));
  REQUIRE(read(fetcher));
  REQUIRE(fetcher.seen.size() == 2);
  for (const std::string& type : {oci_manifest, oci_index, docker_manifest, docker_list}) {
    CHECK(header_in(fetcher.seen[0], "Accept").find(type) != std::string::npos);
  }
  CHECK(fetcher.seen[0].max_bytes == 4U << 20U);
  CHECK(fetcher.seen[1].max_bytes == 8U << 20U);
  for (const Request& request : fetcher.seen) {
    CHECK(request.source == "registry");
    CHECK(header_in(request, "Authorization").empty());
  }
}

TEST_CASE("a digest in the reference is what is asked for and checked") {
  Table table = table_of(Parts{});
  std::string digest = sha256_digest(Parts{}.made_manifest());
  TableFetcher right = fetcher_of(table);
  auto image = read(right, "registry.example/group/builder:tag@" + digest);
  REQUIRE_MESSAGE(image, image.error().to_text());
  CHECK(right.seen[0].url == base + "/manifests/" + digest);
  table[base + "/manifests/" + digest_a] = table[base + "/manifests/tag"];
  TableFetcher wrong = fetcher_of(table);
  check_says(read(wrong, "registry.example/group/builder@" + digest_a), "the digest is " + digest);
}

TEST_CASE("bytes that are not those of their digest are refused") {
  Parts indexed;
  indexed.index = indexed.index_of({indexed.entry(platform("linux", "amd64"))});
  std::string manifest_url = base + "/manifests/" + sha256_digest(indexed.made_manifest());
  std::string config_url = base + "/blobs/" + sha256_digest(indexed.config);
  for (const std::string& url : {manifest_url, config_url}) {
    for (bool same_size : {true, false}) {
      CAPTURE(url);
      Table table = table_of(indexed);
      std::string& body = table[url].body;
      same_size ? void(body.back() = ' ') : body.pop_back();
      TableFetcher fetcher = fetcher_of(table);
      check_says(read(fetcher), same_size ? "the digest is sha256:" : "bytes, not");
    }
  }
  Table table = table_of(indexed);
  table[base + "/manifests/tag"].headers["docker-content-digest"] = digest_a;
  TableFetcher fetcher = fetcher_of(table);
  check_says(read(fetcher), "the digest is sha256:");
}

TEST_CASE("an index that does not lead to one image of the platform is refused") {
  Parts parts;
  std::string amd = parts.entry(platform("linux", "amd64"));
  std::string arm = parts.entry(platform("linux", "arm64"));
  struct Row {
    std::string index;
    const char* says;
  };
  for (const Row& row : {
           Row{parts.index_of({}), "not there for linux/amd64"},
           Row{parts.index_of({arm}), "not there for linux/amd64, only for: linux/arm64"},
           Row{parts.index_of({amd, arm, amd}), "several images for linux/amd64"},
           Row{parts.index_of({parts.entry("")}), "not there for linux/amd64"},
           Row{parts.index_of({R"({"platform":{"os":"linux","architecture":"amd64"}})"}),
               "the key 'mediaType' is missing"},
           Row{parts.index_of({descriptor(oci_index, digest_a, 3, platform("linux", "amd64"))}),
               "the platform has no image"},
           Row{parts.index_of(
                   {descriptor(oci_manifest, "sha256:x", 3, platform("linux", "amd64"))}),
               "manifests[0]: no sha256 digest"},
           Row{parts.index_of({"3"}), "not there for linux/amd64"},
           Row{R"({"schemaVersion":2,"manifests":{}})", "a list is needed"},
           Row{R"({"schemaVersion":2})", "the key 'manifests' is missing"},
       }) {
    CAPTURE(row.index);
    Parts with_index = parts;
    with_index.index = row.index;
    check_says(read(with_index), row.says);
  }
  std::vector<std::string> many(1001, arm);
  parts.index = parts.index_of(many);
  check_says(read(parts), "too many entries");
}

TEST_CASE("a manifest or a config of another form is refused") {
  const Parts good;
  std::string manifest = good.made_manifest();
  auto with = [](const std::string& text, const std::string& piece, const std::string& by) {
    REQUIRE(text.find(piece) != std::string::npos);
    return replace_all(text, piece, by);
  };
  struct Row {
    std::string manifest, config;
    const char* says;
  };
  for (const Row& row : {
           Row{"not json", "", "tag"},
           Row{std::string(100000, '['), "", "tag"},
           Row{with(manifest, R"("schemaVersion":2)", R"("schemaVersion":2,"schemaVersion":2)"), "",
               "schemaVersion"},
           Row{with(manifest, R"("schemaVersion":2)", R"("schemaVersion":1)"), "",
               "a manifest of schema 1"},
           Row{with(manifest, R"("schemaVersion":2)", R"("schemaVersion":3)"), "",
               "not a known schema"},
           Row{with(manifest, R"("schemaVersion":2,)", ""), "", "'schemaVersion' is missing"},
           Row{with(manifest, oci_manifest, docker_manifest), "", "says it is"},
           Row{with(manifest, oci_config, "application/vnd.cncf.helm.config.v1+json"), "",
               "no container image"},
           Row{with(manifest, R"("layers":[)", R"("layers":["x",)"), "", "layers[0]"},
           Row{with(manifest, R"("size":7)", R"("size":-7)"), "", "layers[0].size: a size"},
           Row{with(manifest, R"("size":7)", R"("size":"7")"), "", "layers[0].size: a size"},
           Row{with(manifest, R"("size":)" + std::to_string(good.config.size()),
                    R"("size":9000000)"),
               "", "the config has 9000000 bytes"},
           Row{"", "not json", "blobs"},
           Row{"", "{}", "the image is for \"/\""},
           Row{"", with(good.config, "amd64", "arm64"), "not for linux/amd64"},
           Row{"", with(good.config, "diff_ids", "ids"), "'diff_ids' is missing"},
           Row{"", with(good.config, digest_a, "md5:1"), "rootfs.diff_ids[0]: no sha256 digest"},
           Row{"", with(good.config, R"("diff_ids":[)", R"("diff_ids":[")" + digest_b + R"(",)"),
               "the config names 2 layers, the manifest 1"},
       }) {
    CAPTURE(row.says);
    Parts parts;
    parts.manifest = row.manifest;
    if (!row.config.empty()) parts.config = row.config;
    check_says(read(parts), row.says);
  }
}

TEST_CASE("a wrong media type is refused") {
  for (const std::string& type :
       {std::string("text/html"), std::string("application/json"), oci_index, docker_list,
        std::string("application/vnd.docker.distribution.manifest.v1+prettyjws")}) {
    CAPTURE(type);
    Table table = table_of(Parts{});
    table[base + "/manifests/tag"].headers["content-type"] = type;
    TableFetcher fetcher = fetcher_of(table);
    CHECK(!read(fetcher));
  }
  Table table = table_of(Parts{});
  table[base + "/manifests/tag"].headers["content-type"] = oci_manifest + "; charset=utf-8";
  TableFetcher fetcher = fetcher_of(table);
  CHECK(read(fetcher));
}

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

TEST_CASE("blobs are read by their digest") {
  std::string blob = "bytes";
  auto reference = *parse_image_reference("registry.example/group/builder:tag");
  struct Row {
    std::string digest, body;
    bool good;
  };
  for (const Row& row : {Row{sha256_digest(blob), blob, true},
                         Row{sha256_digest(blob), "other", false}, Row{"sha256:x", blob, false}}) {
    TableFetcher fetcher([&](const Request& request) -> Result<Response> {
      return answer(request.url, row.body, "application/octet-stream");
    });
    RegistryClient client(fetcher, "registry");
    int calls = 0;
    client.read_blob(reference, row.digest, 1000, [&](Result<std::string> read) {
      ++calls;
      CHECK(read.has_value() == row.good);
      if (read) CHECK(*read == blob);
    });
    fetcher.run();
    CHECK(calls == 1);
    if (!fetcher.seen.empty()) CHECK(fetcher.seen[0].max_bytes == 1000);
  }
}

TEST_CASE("an error of the network is the error of the image") {
  TableFetcher fetcher([](const Request&) { return Result<Response>(fail("no route")); });
  check_says(read(fetcher), "no route");
}

}  // namespace
}  // namespace buildable
