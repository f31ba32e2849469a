// The inventories that are compiled into buildpacks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/snapshot.h"
#include "version/version.h"

namespace buildable::ingest {

struct InventoryEntry {
  std::string version;  // as written: "26.1.0", "go1.22rc1", "1.8.0_492"
  std::string os;
  std::string arch;      // "amd64", "arm64"
  bool released = true;  // false: in a channel that the buildpack does not offer ("staging")
};

// Reads every generation of the form:
//   [[releases]]   version channel arch="linux-x64" url etag            (after a top `name`)
//   [[artifacts]]  go_version semantic_version architecture="linux-amd64" sha_checksum
//   [[artifacts]]  version os arch url checksum, with metadata.distribution or, in its own table,
//                  [artifacts.metadata] distribution
// This is a strict subset of TOML, read line by line, one `key = "text"` each: that is how the
// generators write them, and it reads the same text where it lies inside a binary. A key of another
// name, an entry without a needed key, an entry that stands twice and a list without entries are
// errors.
Result<std::vector<InventoryEntry>> parse_inventory(std::string_view text);

// Whether some generation of the form has that key; metadata's begin with "metadata.".
bool is_inventory_key(std::string_view key);

// What the target can have, ascending and once each, in the scheme's own spelling. Fails where
// there is nothing for the target or a version does not parse.
Result<std::vector<std::string>> inventory_versions(const std::vector<InventoryEntry>& inventory,
                                                    Scheme scheme, const Target& target);

// Ascending, once each, in the scheme's own spelling; fails on a text that is not a version.
Result<std::vector<std::string>> sorted_versions(Scheme scheme,
                                                 const std::vector<std::string>& texts);

}  // namespace buildable::ingest
