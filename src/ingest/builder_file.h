// The files from which builders and buildpacks are made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/snapshot.h"

namespace buildable {

// builder.toml (https://buildpacks.io/docs/reference/config/builder-config/). The parts of
// composite buildpacks are not in it: `candidate.buildpacks` are the members of its order, each
// once, in the order of first appearance. A key that pack does not document, a member without a
// version, two versions of one id, and a member or a listed buildpack that the other does not know
// of are errors.
struct BuilderFile {
  Candidate candidate;  // its evidence is the caller's to fill in
  std::string stack;    // "heroku-24"
};
Result<BuilderFile> parse_builder_file(std::string_view toml);

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

}  // namespace buildable
