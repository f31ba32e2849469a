#include "cli/sealing.h"

#include "cli/generation.h"
#include "emit/manifest.h"
#include "publish/manifest_file.h"
#include "publish/signing.h"
#include "store/directory.h"

namespace buildable {

Result<void> seal_tree(Tree& tree, const std::string& revision, const std::string& snapshot_digest,
                       Instant now, const std::string& key_file) {
  std::string manifest = emit_manifest(tree, revision, snapshot_digest, now, now + shelf_life);
  if (!key_file.empty()) {
    const auto line = read_file(key_file);
    if (!line) return fail(line.error());
    const auto key = SigningKey::parse(*line, key_file);
    if (!key) return fail(key.error());
    tree[signature_name] = key->sign(manifest);
  }
  tree[manifest_name] = std::move(manifest);
  return {};
}

}  // namespace buildable
