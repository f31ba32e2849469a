#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace buildable {

// Whether what the rules say of versions of the builder's distribution ("22.04") is meant for this
// one. Of none it is meant for all, and a builder whose version is not known may be any of them.
inline bool is_meant_for(const std::vector<std::string>& distro_versions,
                         std::string_view version) {
  return distro_versions.empty() || version.empty() ||
         std::find(distro_versions.begin(), distro_versions.end(), version) !=
             distro_versions.end();
}

}  // namespace buildable
