// Whether a Renovate preset holds only what it may: a preset is code for a bot, and what it does
// beyond limiting versions it would do to everybody who extends it. Checked when a tree is
// published, whatever made the tree.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable::publish {

bool is_preset_path(std::string_view path);
// Keys by the file's kind; a rule without a matcher is refused too.
Result<void> check_preset(const std::string& path, const std::string& content);
Result<void> check_presets(const std::map<std::string, std::string>& tree);

}  // namespace buildable::publish
