// Whether the files of a tree are what schemas/ says, by the schemas themselves.
#pragma once

#include <map>
#include <string>

#include "base/result.h"

namespace buildable::publish {

// manifest.json, policy.json and snapshot.json; all that is wrong is told. A file that is not there
// is wrong too.
Result<void> check_schemas(const std::map<std::string, std::string>& tree);

}  // namespace buildable::publish
