// Which folders of a repository an `updates` entry of Dependabot is about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace buildable::bots {

// As `directory` and `directories` say. Errs toward more folders: of a pattern all that lies below
// what comes before its first wildcard, of what is not understood all.
class UpdateDirectories {
 public:
  // All folders.
  UpdateDirectories() = default;
  explicit UpdateDirectories(const std::vector<std::string>& written);

  // Whether a file in that folder ("" for the root, "a/b") is read. `deep`: the ecosystem reads
  // folders below those that are named too.
  bool hold(std::string_view folder, bool deep) const;

 private:
  struct Named {
    std::string folder;
    bool with_all_below = false;
  };
  std::optional<std::vector<Named>> named_;  // nothing: all folders
};

}  // namespace buildable::bots
