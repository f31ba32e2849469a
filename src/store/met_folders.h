// The folders that hold files, of files that come one after the other by path.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace buildable::store {

class MetFolders {
 public:
  // Whether the file lies in a folder that was not met before. Cheap where it does not.
  bool is_new(std::string_view path) const {
    const std::string_view folder = path.substr(0, path.rfind('/') + 1);
    return !std::string_view(last_).starts_with(folder);
  }
  // Calls `use` with each folder on the way to the file that was not met before: "a/", "a/b/".
  template <class Use>
  void meet(std::string_view path, Use use) {
    const std::string_view folder = path.substr(0, path.rfind('/') + 1);
    if (std::string_view(last_).starts_with(folder)) return;
    const auto parted = std::mismatch(folder.begin(), folder.end(), last_.begin(), last_.end());
    std::size_t at = static_cast<std::size_t>(parted.first - folder.begin());
    for (at = folder.find('/', at); at != std::string_view::npos; at = folder.find('/', at + 1))
      use(folder.substr(0, at + 1));
    last_ = folder;
  }

 private:
  std::string last_;
};

}  // namespace buildable::store
