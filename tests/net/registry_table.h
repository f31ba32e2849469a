// A registry whose answers are a table.
#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <optional>

#include "base/digest.h"
#include "base/text.h"
#include "net/registry.h"

namespace buildable::testing {

using namespace net;

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

inline std::string header_in(const Request& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return {};
}

inline const std::string oci_manifest = "application/vnd.oci.image.manifest.v1+json";
inline const std::string oci_index = "application/vnd.oci.image.index.v1+json";
inline const std::string docker_manifest = "application/vnd.docker.distribution.manifest.v2+json";
inline const std::string docker_list = "application/vnd.docker.distribution.manifest.list.v2+json";
inline const std::string oci_config = "application/vnd.oci.image.config.v1+json";
inline const std::string docker_config = "application/vnd.docker.container.image.v1+json";
inline const std::string digest_a = "sha256:" + std::string(64, 'a');
inline const std::string digest_b = "sha256:" + std::string(64, 'b');

inline std::string descriptor(const std::string& type, const std::string& digest, std::size_t size,
                              const std::string& more = {}) {
  return R"({"mediaType":")" + type + R"(","digest":")" + digest + R"(","size":)" +
         std::to_string(size) + more + "}";
}

inline std::string platform(const std::string& os, const std::string& arch) {
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

inline const std::string base = "https://registry.example/v2/group/builder";

inline Response answer(std::string url, std::string body, const std::string& type) {
  Response response{.status = 200, .url = std::move(url), .body = std::move(body)};
  response.headers["content-type"] = type;
  return response;
}

using Table = std::map<std::string, Response>;

inline Table table_of(const Parts& parts) {
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

inline TableFetcher fetcher_of(Table table) {
  return TableFetcher([table = std::move(table)](const Request& request) -> Result<Response> {
    auto at = table.find(request.url);
    if (at == table.end()) return fail("404 for " + request.url);
    return at->second;
  });
}

inline Result<Image> read(Fetcher& fetcher,
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

inline Result<Image> read(const Parts& parts) {
  TableFetcher fetcher = fetcher_of(table_of(parts));
  return read(fetcher);
}

template <class T>
void check_says(const Result<T>& result, std::string_view words) {
  REQUIRE(!result.has_value());
  std::string text = result.error().to_text();
  CHECK_MESSAGE(text.find(words) != std::string::npos, "said: " << text);
}

}  // namespace buildable::testing
