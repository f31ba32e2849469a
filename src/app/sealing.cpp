#include "app/sealing.h"

#include "publish/manifest_file.h"
#include "store/file_reader.h"

namespace buildable::app {

Result<publish::SigningKey> read_signing_key(const std::string& file) {
  const auto line = store::read_file(file);
  if (!line) return fail(line.error());
  return publish::SigningKey::parse(*line, file);
}

Seal seal_of(const emit::Tree& tree, const std::string& revision,
             const std::string& snapshot_digest, const emit::ManifestTimes& times,
             const std::optional<publish::SigningKey>& key) {
  Seal seal{emit::emit_manifest(tree, revision, snapshot_digest, times), {}};
  if (key) seal.signature = key->sign(seal.manifest);
  return seal;
}

Result<void> seal_tree(emit::Tree& tree, const std::string& revision,
                       const std::string& snapshot_digest, const emit::ManifestTimes& times,
                       const std::string& key_file) {
  std::optional<publish::SigningKey> key;
  if (!key_file.empty()) {
    auto read = read_signing_key(key_file);
    if (!read) return fail(std::move(read.error()));
    key = std::move(*read);
  }
  Seal seal = seal_of(tree, revision, snapshot_digest, times, key);
  if (key) tree[publish::signature_name] = std::move(seal.signature);
  tree[publish::manifest_name] = std::move(seal.manifest);
  return {};
}

}  // namespace buildable::app
