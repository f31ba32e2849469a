// The paths in git's index: what is committed, or is about to be
// (https://git-scm.com/docs/index-format). Pure: the text in, the paths out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::store {

class GitIndex {
 public:
  GitIndex() = default;
  // Versions 2 to 4, of repositories with SHA-1 or SHA-256. Fails on anything else, and on an index
  // that is split over two files. Takes time in proportion to the text.
  static Result<GitIndex> parse(std::string_view text);

  bool contains(std::string_view path) const;
  // Whether there is a path that begins with this: "folder/".
  bool contains_below(std::string_view folder) const;

 private:
  std::vector<std::string> paths_;  // ascending
};

}  // namespace buildable::store
