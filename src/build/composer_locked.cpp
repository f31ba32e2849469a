#include "build/composer_locked.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/characters.h"
#include "base/text.h"
#include "build/php_platform.h"

namespace buildable::build {
namespace {

// "2.9.0" or "v2.9.0": no branch, no prerelease, no date, of which Composer thinks otherwise.
std::optional<Version> plain_release(std::string_view written) {
  std::string_view text = written;
  if (text.starts_with('v')) text.remove_prefix(1);
  const auto numbers = split(text, '.');
  if (numbers.front().size() > 5) return std::nullopt;
  if (!std::all_of(numbers.begin(), numbers.end(), is_digits)) return std::nullopt;
  auto version = Version::parse(Scheme::composer, text);
  if (!version) return std::nullopt;
  return std::move(*version);
}

class LockedPackages {
 public:
  LockedPackages(const ComposerJson& json, const ComposerLock& lock)
      : aliased_(lock.aliased.begin(), lock.aliased.end()) {
    for (const ComposerPackage& package : lock.packages) {
      const auto [at, added] =
          versions_.try_emplace(to_lower_ascii(package.name), &package.version);
      if (!added) at->second = nullptr;
      for (const ComposerLinks* links : {&package.provide, &package.replace}) stand_in(*links);
    }
    for (const ComposerLinks* links : {&json.provide, &json.replace}) stand_in(*links);
  }

  bool lacks(const std::string& name) const {
    return !versions_.contains(name) && !stood_in_.contains(name);
  }

  // The locked version that the constraint does not take; null: it takes it, or may do so.
  const std::string* excluded(const std::string& name, const std::string& constraint) const {
    const auto at = versions_.find(name);
    if (at == versions_.end() || !at->second || stood_in_.contains(name) || aliased_.contains(name))
      return nullptr;
    // An alias, or a commit.
    if (constraint.find(" as ") != std::string::npos || constraint.find('#') != std::string::npos)
      return nullptr;
    const auto set = composer_set(constraint);
    const auto release = plain_release(*at->second);
    return set && release && !set->contains(*release) ? at->second : nullptr;
  }

 private:
  void stand_in(const ComposerLinks& links) {
    for (const auto& [name, constraint] : links) stood_in_.insert(to_lower_ascii(name));
  }

  std::map<std::string, const std::string*> versions_;  // null: it is there more than once
  std::set<std::string> stood_in_;  // another package, or the root, provides or replaces it
  std::set<std::string> aliased_;
};

}  // namespace

std::optional<WrongRequirement> wrong_requirement(const ComposerJson& json,
                                                  const ComposerLock& lock) {
  const LockedPackages packages(json, lock);
  for (const auto& [written, constraint] : json.require) {
    if (written.find('/') == std::string::npos || constraint == "self.version") continue;
    const std::string name = to_lower_ascii(written);
    if (packages.lacks(name)) return WrongRequirement{written, constraint, {}};
    if (const std::string* version = packages.excluded(name, constraint))
      return WrongRequirement{written, constraint, *version};
  }
  return std::nullopt;
}

}  // namespace buildable::build
