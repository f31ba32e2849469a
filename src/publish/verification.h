// What a consumer may ask of a published tree before it trusts it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "publish/manifest_file.h"
#include "publish/signing.h"

namespace buildable::publish {

struct Trust {
  std::vector<PublicKey> keys;  // one of them must have signed
  std::string not_older_than;   // a revision; empty: any
  Instant now;
};

// The manifest, where one of the keys signed it, it has not expired and it is not older than
// wanted. Everything that is wrong is told, but nothing beyond a bad signature: what an unknown
// writer wrote is not looked into.
Result<Manifest> verify_manifest(const std::string& manifest, const std::string& signature,
                                 const Trust& trust);

// Every file that the manifest names is there and is what it says; no other is there but those
// `allowed`. All that is wrong is told.
Result<void> verify_files(const Manifest& manifest, const std::map<std::string, std::string>& files,
                          const std::vector<std::string>& allowed);

}  // namespace buildable::publish
