// `verify`, for a tree that can be read in whatever way.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/context.h"

namespace buildable {

// How the files of a tree are come by.
struct TreeAccess {
  // Those of the paths that are there; fails where that cannot be told.
  std::function<Result<std::map<std::string, std::string>>(const std::vector<std::string>& paths)>
      read;
  // The paths of all files that are there; absent where a place cannot be asked for that.
  std::function<Result<std::vector<std::string>>()> list;
};

bool is_url(const std::string& place);

// Signature, expiry and revision first; only then the files. The exit code.
int verify_tree(const Context& context, const VerifyArguments& arguments, const TreeAccess& access);

}  // namespace buildable
