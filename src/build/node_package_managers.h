// Which of npm, pnpm and Yarn installs the packages, and in which version.
#pragma once

#include <string_view>
#include <vector>

#include "build/model.h"
#include "build/package_json.h"

namespace buildable::build {

bool is_package_manager(std::string_view name);

// Since 5.0.0: Yarn's yarnPath, packageManager, engines, yarn.lock, else the npm of Node.js.
void package_managers(const Context& context, const PackageJson& package,
                      std::vector<Answer>& answers);
// Before 5.0.0: groups of parts, each with an inventory of its own, which is not recorded.
void package_managers_of_parts(const Context& context, const PackageJson& package,
                               std::vector<Answer>& answers);
Answer unrecorded_manager(std::string name, const std::optional<Written>& written);

}  // namespace buildable::build
