// Debian's docker-registry on loopback, and images pushed into it by skopeo.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "world/builder_images.h"

namespace buildable::world {

// Whether the programs are installed that this needs; says which one is not.
bool has_registry_programs();

struct TokenAuthentication {
  std::string realm;  // the token server's URL
  std::string service;
  std::string issuer;
  std::filesystem::path certificate;  // of the key that signs tokens
};

class RealRegistry {
 public:
  // Serves what is in the directory's storage; two may share one. Throws when it does not start.
  explicit RealRegistry(const std::filesystem::path& directory,
                        const TokenAuthentication* authentication = nullptr);
  ~RealRegistry();  // ends it
  RealRegistry(const RealRegistry&) = delete;
  RealRegistry& operator=(const RealRegistry&) = delete;

  const std::string& endpoint() const { return endpoint_; }  // "127.0.0.1:port"

 private:
  pid_t process_ = -1;
  std::string endpoint_;
};

struct PlatformImage {
  std::string arch;
  BuilderImage image;
};

// The same image for another architecture.
BuilderImage for_architecture(const BuilderImage& image, const std::string& arch);

// Pushes the images through an OCI layout in `scratch`: one as a manifest, several behind an index
// in which an attestation stands beside them. `format` is "oci" or "v2s2" (Docker's).
void push(const std::filesystem::path& scratch, const std::vector<PlatformImage>& images,
          const std::string& reference, const std::string& format);

}  // namespace buildable::world
