// Reading the files of a published tree, wherever it is.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/settings.h"

namespace buildable::app {

// Those of the paths that are there; fails where that cannot be told.
using TreeReader =
    std::function<Result<std::map<std::string, std::string>>(const std::vector<std::string>&)>;

// "https://host/folder" (http where allow_local names the address), a directory, or
// "git+URL#BRANCH:FOLDER" for whatever git takes as URL; without a branch it is main, without a
// folder the root.
Result<TreeReader> tree_reader(const Settings& settings, const std::string& place);

}  // namespace buildable::app
