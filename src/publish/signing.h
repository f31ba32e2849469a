// Ed25519 signatures over whole files, as lines of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::publish {

// Lines: "buildable-<what> ed25519 <key's name> <base64>". The name is the beginning of the public
// key's sha256, so that it needs no registry.
struct KeyPair {
  std::string secret_line;  // 32 bytes, the seed of RFC 8032
  std::string public_line;  // 32 bytes
  std::string name;
};
Result<KeyPair> generate_key_pair();

class SigningKey {
 public:
  // `file` names it in errors, which never show its content.
  static Result<SigningKey> parse(std::string_view line, std::string_view file);
  // The signature is over the bytes as they are: other programs can check it.
  std::string sign(std::string_view bytes) const;
  const std::string& name() const { return name_; }

 private:
  std::string secret_;  // 64 bytes, as libsodium wants them
  std::string name_;
};

class PublicKey {
 public:
  static Result<PublicKey> parse(std::string_view line, std::string_view file);
  const std::string& name() const { return name_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::string name_;
};

// Whether one of the keys made the signature; fails saying which key made it, or that it is bad.
Result<void> check_signature(std::string_view bytes, std::string_view signature_line,
                             const std::vector<PublicKey>& keys);

}  // namespace buildable::publish
