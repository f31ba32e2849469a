// The OCI distribution protocol, as far as reading one image needs it.
// https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/fetcher.h"

namespace buildable::net {

struct ImageReference {
  std::string registry;    // "tools-harbor.wmcloud.org"
  std::string repository;  // "toolforge/heroku-builder"
  std::string tag;         // or empty
  std::string digest;      // or empty
};
Result<ImageReference> parse_image_reference(std::string_view text);

struct ImageLayer {
  std::string digest;   // of the compressed blob
  std::string diff_id;  // of the tar inside
  std::string media_type;
  std::size_t size = 0;
};

struct Image {
  std::string digest;           // of what the reference resolves to: index or manifest
  std::string manifest_digest;  // of the platform's manifest
  std::string config;           // JSON, digest verified
  std::vector<ImageLayer> layers;
};

// Reads images with token authentication (the challenge of the registry is followed), both
// generations of media types, digests verified over the bytes. `scheme` is https, or http for hosts
// that the policy names as local.
class RegistryClient {
 public:
  RegistryClient(Fetcher& fetcher, std::string source, std::string scheme = "https");
  // For another source of the same registry: the two share their tokens.
  RegistryClient(const RegistryClient& other, std::string source);
  void read_image(const ImageReference& reference, const std::string& os, const std::string& arch,
                  std::function<void(Result<Image>)> done);
  // `done` may be called at once: where the digest is none.
  void read_blob(const ImageReference& reference, const std::string& digest, std::size_t max_bytes,
                 std::function<void(Result<std::string>)> done);

 private:
  struct Authorizations;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace buildable::net
