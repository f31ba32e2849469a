// The manifest of a tree, and its signature where there is a key.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "emit/manifest.h"
#include "emit/tree.h"
#include "publish/signing.h"

namespace buildable::app {

// Of the file that `keygen` made.
Result<publish::SigningKey> read_signing_key(const std::string& file);

struct Seal {
  std::string manifest;
  std::string signature;  // empty: none
};
Seal seal_of(const emit::Tree& tree, const std::string& revision,
             const std::string& snapshot_digest, const emit::ManifestTimes& times,
             const std::optional<publish::SigningKey>& key);

// Adds both to the tree. `key_file` empty: no signature.
Result<void> seal_tree(emit::Tree& tree, const std::string& revision,
                       const std::string& snapshot_digest, const emit::ManifestTimes& times,
                       const std::string& key_file);

}  // namespace buildable::app
