// Ranges of versions as Yarn 1 reads engines: node-semver 5 told to be loose. What it cannot read
// of a range it leaves out; where nothing is left, it takes no version.
#pragma once

#include <string_view>

#include "version/set.h"

namespace buildable::build {

// Every version that Yarn 1 may take for the range; more where it is not certain how it reads it.
VersionSet taken_by_yarn_at_most(std::string_view range);

// Whether it surely refuses this Node.js. A Node.js 24 counts as 0.10.24 to 0.13.24 as well.
bool yarn_refuses_node(std::string_view range, std::string_view node);

}  // namespace buildable::build
