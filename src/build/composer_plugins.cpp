#include "build/composer_plugins.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "version/version.h"

namespace buildable::build {
namespace {

// Bounds on what is held against each other; beyond them nothing is said.
constexpr std::size_t max_wild_rules = 200;
constexpr std::size_t max_rule_length = 200;

// "*" stands for any text. Both in lower case.
bool matches_rule(std::string_view rule, std::string_view name) {
  std::size_t at = 0, in_name = 0;
  std::size_t after_star = std::string_view::npos, retry = 0;
  while (in_name < name.size()) {
    if (at < rule.size() && rule[at] == '*') {
      after_star = ++at;
      retry = in_name;
    } else if (at < rule.size() && rule[at] == name[in_name]) {
      ++at;
      ++in_name;
    } else if (after_star != std::string_view::npos) {
      at = after_star;
      in_name = ++retry;
    } else {
      return false;
    }
  }
  return rule.find_first_not_of('*', at) == std::string_view::npos;
}

// Whatever a rule says of a plugin, true or false, Composer goes on.
class PluginRules {
 public:
  explicit PluginRules(const std::vector<std::string>& rules) {
    for (const std::string& rule : rules) {
      if (rule.find('*') == std::string::npos) {
        plain_.insert(rule);
        continue;
      }
      wild_.push_back(rule);
      readable_ = readable_ && wild_.size() <= max_wild_rules && rule.size() <= max_rule_length;
    }
  }

  bool may_decide(const std::string& name) const {
    if (plain_.contains(name)) return true;
    if (!readable_ || name.size() > max_rule_length) return true;
    return std::any_of(wild_.begin(), wild_.end(),
                       [&](std::string_view rule) { return matches_rule(rule, name); });
  }

 private:
  std::set<std::string_view> plain_;
  std::vector<std::string_view> wild_;
  bool readable_ = true;
};

// The lock of a Composer that knew no allow-plugins: where there are no rules, Composer up to 2.9
// loads all plugins.
bool is_before_allow_plugins(const ComposerLock& lock) {
  if (!lock.plugin_api_version) return true;
  const auto locked = Version::parse(Scheme::composer, *lock.plugin_api_version);
  const auto first = Version::parse(Scheme::composer, "2.2.0");
  return !locked || !first || order(*locked, *first) < 0;
}

bool is_plugin(const ComposerPackage& package) {
  return package.type == "composer-plugin" || package.type == "composer-installer";
}

}  // namespace

const ComposerPackage* blocked_plugin(const ComposerJson& json, const ComposerLock& lock) {
  if (!json.named_plugins) return nullptr;
  if (json.named_plugins->empty() && is_before_allow_plugins(lock)) return nullptr;
  const PluginRules rules(*json.named_plugins);
  for (const ComposerPackage& package : lock.packages) {
    if (!is_plugin(package) || package.plugin_is_optional) continue;
    const std::string name = to_lower_ascii(package.name);
    // Composer itself knows that this one is better not loaded.
    if (name == "composer/package-versions-deprecated" || rules.may_decide(name)) continue;
    return &package;
  }
  return nullptr;
}

}  // namespace buildable::build
