// A server that gives signed tokens as docker-registry checks them.
// https://distribution.github.io/distribution/spec/auth/jwt/
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "world/http_world.h"
#include "world/registry/real_registry.h"

namespace buildable::world {

class TokenServer {
 public:
  // Makes its key pair in the directory.
  explicit TokenServer(const std::filesystem::path& directory);

  // What a registry has to be told to believe its tokens.
  TokenAuthentication authentication() const;
  std::string endpoint() const { return server_.endpoint(); }
  std::vector<Seen> seen() const { return server_.seen(); }
  // From now on tokens allow nothing: the registry refuses them.
  void refuse() { refuses_ = true; }
  // Under "access_token" instead of "token".
  void name_otherwise() { otherwise_ = true; }

 private:
  Answer answer(const Seen& request) const;

  Certificate certificate_;
  std::atomic<bool> refuses_{false};
  std::atomic<bool> otherwise_{false};
  HttpServer server_;
};

}  // namespace buildable::world
