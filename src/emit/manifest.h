// manifest.json: what belongs to the tree, in which revision. The only file with a time in it.
#pragma once

#include <string>
#include <string_view>

#include "emit/tree.h"

namespace buildable::emit {

struct ManifestTimes {
  Instant generated;
  Instant expires;
  Instant last_seen;  // when what is deployed was last looked up and found to be this
};

// Size and sha256 of each file, in the order of their paths. A file "manifest.json" in the tree is
// left out: it cannot describe itself.
std::string emit_manifest(const Tree& tree, std::string_view revision,
                          std::string_view snapshot_digest, const ManifestTimes& times);

}  // namespace buildable::emit
