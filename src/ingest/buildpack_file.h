// The file that describes a buildpack.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::ingest {

struct BuildpackTarget {
  std::string os;
  std::string arch;
  std::vector<std::string> distros;  // "ubuntu 24.04"; empty: any
};

// buildpack.toml (https://buildpacks.io/docs/reference/config/buildpack-config/), as far as it says
// what is built: of `metadata` the tool's versions and its default, where it has them.
struct BuildpackFile {
  std::string id;
  std::string version;
  std::vector<BuildpackTarget> targets;  // empty with old buildpacks, which name stacks instead
  std::vector<std::string> stacks;
  std::vector<std::string> tarballs;  // the keys of [metadata.tarballs], in order
  std::string default_tarball;        // metadata.default-version; one of them
};
Result<BuildpackFile> parse_buildpack_file(std::string_view toml);

}  // namespace buildable::ingest
