// The client against Debian's docker-registry, with images that skopeo pushed.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/digest.h"
#include "base/text.h"
#include "net/layer.h"
#include "net/registry.h"
#include "net/support.h"
#include "support/files.h"
#include "support/skip.h"
#include "world/buildpack_files.h"
#include "world/registry/real_registry.h"
#include "world/registry/token_server.h"
#include "world/scratch.h"

namespace buildable::net {
namespace {

using testing::quick_policy;
using world::BuilderImage;
using world::RealRegistry;
using world::Scratch;
using world::TokenServer;

bool can_run() {
  if (world::has_registry_programs()) return true;
  testing::skip("docker-registry, skopeo or openssl is not installed");
  return false;
}

ImageReference reference_of(const std::string& text) {
  auto reference = parse_image_reference(text);
  REQUIRE_MESSAGE(reference, reference.error().to_text());
  return *reference;
}

Result<Image> read(Fetcher& fetcher, RegistryClient& client, const std::string& reference,
                   const std::string& arch = "amd64") {
  std::optional<Result<Image>> image;
  client.read_image(reference_of(reference), "linux", arch,
                    [&](Result<Image> done) { image = std::move(done); });
  fetcher.run();
  REQUIRE(image.has_value());
  return *image;
}

Result<std::string> read_blob(Fetcher& fetcher, RegistryClient& client,
                              const std::string& reference, const std::string& digest,
                              std::size_t limit = 32U << 20U) {
  std::optional<Result<std::string>> blob;
  client.read_blob(reference_of(reference), digest, limit,
                   [&](Result<std::string> done) { blob = std::move(done); });
  fetcher.run();
  REQUIRE(blob.has_value());
  return *blob;
}

BuilderImage builder_image(const std::string& tag) {
  testing::HerokuFacts facts;
  return world::make_builder_image(facts, tag);
}

struct Buildpack {
  std::string id, version, diff_id;
};

// What the label of the image says, read without the code that the program reads it with.
std::vector<Buildpack> buildpacks_in(const std::string& config) {
  auto labels = nlohmann::json::parse(config)["config"]["Labels"];
  std::string text = labels["io.buildpacks.buildpack.layers"].get<std::string>();
  auto layers = nlohmann::json::parse(text);
  std::vector<Buildpack> found;
  for (const auto& [id, versions] : layers.items()) {
    for (const auto& [version, entry] : versions.items()) {
      found.push_back({id, version, entry["layerDiffID"].get<std::string>()});
    }
  }
  return found;
}

// Every buildpack that has an inventory has it in its program; returns how many.
int check_programs(Fetcher& fetcher, RegistryClient& client, const std::string& reference,
                   const Image& image) {
  testing::HerokuFacts facts;
  int checked = 0;
  for (const Buildpack& buildpack : buildpacks_in(image.config)) {
    CAPTURE(buildpack.id);
    auto inventory = world::inventory_file(facts, buildpack.id, buildpack.version);
    if (!inventory) continue;
    auto layer = std::find_if(image.layers.begin(), image.layers.end(),
                              [&](const auto& one) { return one.diff_id == buildpack.diff_id; });
    REQUIRE(layer != image.layers.end());
    auto blob = read_blob(fetcher, client, reference, layer->digest);
    REQUIRE_MESSAGE(blob, blob.error().to_text());
    auto program = unpack_layer(*blob, layer->diff_id).and_then([&](const std::string& tar) {
      return file_in_layer(tar, buildpack_program_path(buildpack.id, buildpack.version));
    });
    REQUIRE_MESSAGE(program, program.error().to_text());
    CHECK(program->find(*inventory) != std::string::npos);
    ++checked;
  }
  return checked;
}

TEST_CASE("a real registry's images: both generations of media types, with and without an index") {
  if (!can_run()) return;
  Scratch scratch;
  RealRegistry registry(scratch.path());
  BuilderImage amd = builder_image("24_0.21.7");
  BuilderImage arm = world::for_architecture(amd, "arm64");
  for (const char* format : {"oci", "v2s2"}) {
    for (bool indexed : {false, true}) {
      CAPTURE(format);
      CAPTURE(indexed);
      std::string reference =
          registry.endpoint() + "/group/builder:" + format + (indexed ? "-index" : "-manifest");
      std::vector<world::PlatformImage> images{{"amd64", amd}};
      if (indexed) images.push_back({"arm64", arm});
      world::push(scratch.path(), images, reference, format);

      auto fetcher = curl_fetcher(quick_policy({registry.endpoint()}));
      RegistryClient client(*fetcher, "registry", "http");
      auto image = read(*fetcher, client, reference);
      REQUIRE_MESSAGE(image, image.error().to_text());
      CHECK((image->digest == image->manifest_digest) == !indexed);
      CHECK(sha256_digest(image->config) == sha256_digest(amd.config));
      if (std::string(format) == "oci") CHECK(image->manifest_digest == amd.digest);
      CHECK(check_programs(*fetcher, client, reference, *image) == 4);

      auto other = read(*fetcher, client, reference, "arm64");
      CHECK(other.has_value() == indexed);
      if (indexed) CHECK(other->config == arm.config);
      auto none = read(*fetcher, client, reference, "s390x");
      REQUIRE(!none);
      CHECK(none.error().to_text().find("not ") != std::string::npos);
    }
  }
}

// Counts how the answers came.
class CountingFetcher : public Fetcher {
 public:
  explicit CountingFetcher(Fetcher& real) : real_(real) {}

  void get(Request request, Done done) override {
    real_.get(std::move(request), [this, done = std::move(done)](Result<Response> response) {
      bool answered = response && response->status == 200;
      (answered && response->from_cache ? cached : answered ? sent : other) += 1;
      done(std::move(response));
    });
  }
  void run() override { real_.run(); }

  int cached = 0;
  int sent = 0;
  int other = 0;

 private:
  Fetcher& real_;
};

// A registry with an image that wants tokens.
struct GuardedRegistry {
  GuardedRegistry() {
    {
      RealRegistry open(scratch.path());
      world::push(scratch.path(), {{"amd64", image}}, open.endpoint() + "/group/builder:22", "oci");
    }
    world::TokenAuthentication authentication = tokens.authentication();
    registry = std::make_unique<RealRegistry>(scratch.path(), &authentication);
    reference = registry->endpoint() + "/group/builder:22";
    policy = quick_policy({registry->endpoint(), tokens.endpoint()});
    policy.cache = scratch / "cache";
  }

  Scratch scratch;
  BuilderImage image = builder_image("22_20240105");
  TokenServer tokens{scratch.path()};
  std::unique_ptr<RealRegistry> registry;
  std::string reference;
  FetchPolicy policy;
};

TEST_CASE("a real registry with token authentication") {
  if (!can_run()) return;
  GuardedRegistry world;
  std::size_t asked = 0;
  for (bool warm : {false, true}) {
    CAPTURE(warm);
    auto fetcher = curl_fetcher(world.policy);
    CountingFetcher counting(*fetcher);
    RegistryClient client(counting, "registry", "http");
    auto image = read(counting, client, world.reference);
    REQUIRE_MESSAGE(image, image.error().to_text());
    CHECK(image->digest == world.image.digest);
    CHECK(image->config == world.image.config);
    CHECK(check_programs(counting, client, world.reference, *image) == 2);
    // Manifest, config and two layers; besides them the refusal and the token.
    CHECK(counting.cached == (warm ? 4 : 0));
    CHECK(counting.sent == (warm ? 1 : 5));
    CHECK(counting.other == 1);
    REQUIRE(world.tokens.seen().size() == ++asked);
    const world::Seen seen = world.tokens.seen().back();
    CHECK(seen.query.find("scope=repository:group/builder:pull") != std::string::npos);
    CHECK(seen.headers.count("authorization") == 0);
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world.policy.cache)) {
    if (entry.is_regular_file()) {
      CHECK(testing::read_file(entry.path()).find("eyJ") == std::string::npos);
    }
  }
}

TEST_CASE("tokens of a real registry that are named otherwise, refused or out of reach") {
  if (!can_run()) return;
  GuardedRegistry world;
  world.policy.cache.clear();
  auto read_again = [&] {
    auto fetcher = curl_fetcher(world.policy);
    RegistryClient client(*fetcher, "registry", "http");
    return read(*fetcher, client, world.reference);
  };
  world.tokens.name_otherwise();
  CHECK(read_again());
  CHECK(world.tokens.seen().size() == 1);

  world.tokens.refuse();
  auto refused = read_again();
  REQUIRE(!refused);
  CHECK(refused.error().to_text().find("does not accept an anonymous token") != std::string::npos);
  CHECK(world.tokens.seen().size() == 2);

  world.policy.local_addresses = {world.registry->endpoint()};
  CHECK(!read_again());
  CHECK(world.tokens.seen().size() == 2);
}

// Registries that keep blobs elsewhere send there; the token is not for that place.
TEST_CASE("a blob's redirect to another host is followed without the token") {
  world::HttpServer registry;
  world::HttpServer storage;
  std::string blob = "a layer";
  std::string digest = sha256_digest(blob);
  storage.on("/stored", world::Answer{.body = blob, .type = "application/octet-stream"});
  registry.on("/token", world::Answer{.body = R"({"token":"secret"})"});
  registry.on("/v2/group/builder/blobs/" + digest, [&](const world::Seen& seen) {
    world::Answer answer{.status = 401};
    answer.headers["WWW-Authenticate"] = "Bearer realm=\"" + registry.url("/token") + "\"";
    if (seen.headers.count("authorization") == 0) return answer;
    answer = {.status = 307};
    answer.headers["Location"] = storage.url("/stored");
    return answer;
  });
  auto fetcher = curl_fetcher(quick_policy({registry.endpoint(), storage.endpoint()}));
  RegistryClient client(*fetcher, "registry", "http");
  auto read = read_blob(*fetcher, client, registry.endpoint() + "/group/builder:22", digest);
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(*read == blob);
  REQUIRE(storage.seen().size() == 1);
  CHECK(storage.seen()[0].headers.count("authorization") == 0);
  CHECK(registry.seen("/v2/group/builder/blobs/" + digest).back().headers.at("authorization") ==
        "Bearer secret");
}

TEST_CASE("what a real registry does not have or holds spoiled is an error") {
  if (!can_run()) return;
  Scratch scratch;
  RealRegistry registry(scratch.path());
  BuilderImage image = builder_image("24_0.21.7");
  std::string reference = registry.endpoint() + "/group/builder:24";
  world::push(scratch.path(), {{"amd64", image}}, reference, "oci");
  auto fetcher = curl_fetcher(quick_policy({registry.endpoint()}));
  RegistryClient client(*fetcher, "registry", "http");

  CHECK(!read(*fetcher, client, registry.endpoint() + "/group/builder:25"));
  CHECK(!read(*fetcher, client, registry.endpoint() + "/group/other:24"));
  std::string absent = sha256_digest("absent");
  CHECK(!read(*fetcher, client, registry.endpoint() + "/group/builder@" + absent));
  CHECK(!read_blob(*fetcher, client, reference, absent));
  auto read_image = read(*fetcher, client, reference);
  REQUIRE(read_image);
  const ImageLayer& layer = read_image->layers.front();
  CHECK(!read_blob(*fetcher, client, reference, layer.digest, layer.size - 1));

  // The registry's own storage: one byte of a blob changed, as a broken disk would.
  std::string hex = sha256_digest(image.config).substr(7);
  auto stored = scratch / "storage" / "docker/registry/v2/blobs/sha256" / hex.substr(0, 2) / hex;
  std::fstream file(stored / "data", std::ios::in | std::ios::out | std::ios::binary);
  REQUIRE(file.good());
  file.seekp(10);
  file.put('#');
  file.close();
  auto spoiled = read(*fetcher, client, reference);
  REQUIRE(!spoiled);
  CHECK(spoiled.error().to_text().find("the digest is sha256:") != std::string::npos);
}

}  // namespace
}  // namespace buildable::net
