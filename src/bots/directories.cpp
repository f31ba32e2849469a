#include "bots/directories.h"

#include <algorithm>

#include "base/text.h"

namespace buildable::bots {
namespace {

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[]{}()!+@\\") != text.npos;
}

bool is_in_or_below(std::string_view folder, std::string_view parent) {
  if (parent.empty() || folder == parent) return true;
  return folder.starts_with(parent) && folder[parent.size()] == '/';
}

}  // namespace

UpdateDirectories::UpdateDirectories(const std::vector<std::string>& written) {
  std::vector<Named> named;
  for (const std::string& each : written) {
    Named one;
    for (const std::string_view part : split(each, '/')) {
      if (part.empty() || part == ".") continue;
      if (part == "..") return;
      if (has_wildcard(part)) {
        one.with_all_below = true;
        break;
      }
      one.folder += (one.folder.empty() ? "" : "/") + std::string(part);
    }
    named.push_back(std::move(one));
  }
  if (!named.empty()) named_ = std::move(named);
}

bool UpdateDirectories::hold(std::string_view folder, bool deep) const {
  return !named_ || std::any_of(named_->begin(), named_->end(), [&](const Named& one) {
    return deep || one.with_all_below ? is_in_or_below(folder, one.folder) : folder == one.folder;
  });
}

}  // namespace buildable::bots
