#include "build/composer_install.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "build/composer_locked.h"
#include "build/composer_plugins.h"
#include "build/php_extensions.h"

namespace buildable::build {
namespace {

using ComposerRefusal = std::optional<Answer>;

constexpr std::string_view composer_relock =
    "run \"composer update --lock\" and commit composer.lock";

Answer composer_refuses(Place place, std::string reason, std::string help) {
  return fails("php", "php-composer-install", "ComposerInstall", place, std::move(reason),
               std::move(help));
}

// --- Platform packages ---

Presence platform_fit(const VersionSet& allowed, const VersionSet& there, bool conflict) {
  if (!allowed.intersects(there)) return conflict ? Presence::yes : Presence::no;
  if (allowed.includes(there)) return conflict ? Presence::no : Presence::yes;
  return Presence::maybe;
}

// What Composer takes for installed: PHP, its extensions and itself, or what platform-overrides
// puts in their place. Repository/PlatformRepository.php.
class ComposerPlatform {
 public:
  explicit ComposerPlatform(const ComposerInstall& install) : install_(install) {
    for (const auto& [name, version] : install.lock.platform_overrides)
      overrides_.insert_or_assign(to_lower_ascii(name), version);
    stood_in_.insert(install.demands.provided.begin(), install.demands.provided.end());
    for (const ComposerLinks* links : {&install.json.provide, &install.json.replace})
      for (const auto& [name, constraint] : *links) stood_in_.insert(to_lower_ascii(name));
    for (const PlatformDemand& demand : install.demands.all)
      if (!demand.conflict) asked_.insert(demand.name);
  }

  // The version that stands in for the installed one; null: none does.
  const std::string* overriding(const std::string& name) const {
    auto at = overrides_.find(name);
    if (at == overrides_.end() && is_php(name)) at = overrides_.find("php");
    return at == overrides_.end() ? nullptr : &at->second;
  }

  Presence meets(const PlatformDemand& demand) const {
    if (stood_in_.contains(demand.name)) return Presence::maybe;
    const auto& set = demand.takes;
    if (!set) return Presence::maybe;
    if (const std::string* version = overriding(demand.name)) {
      const auto there = Version::parse(Scheme::composer, *version);
      if (!there || there->is_prerelease()) return Presence::maybe;
      return platform_fit(*set, VersionSet::of(*there), demand.conflict);
    }
    if (is_php(demand.name)) return platform_fit(*set, install_.php, demand.conflict);
    return demand.conflict ? Presence::maybe : has_other(demand.name, *set);
  }

 private:
  Presence has_other(std::string_view name, const VersionSet& set) const {
    if (name.starts_with("ext-"))
      return asked_.contains(name) ? Presence::maybe
                                   : unasked_extension(install_.context, name.substr(4), asked_);
    if (name.starts_with("composer"))
      return set.intersects(available_composers()) ? Presence::maybe : Presence::no;
    const bool never = name == "hhvm" || name == "php-zts" || name == "php-debug";
    return never ? Presence::no : Presence::maybe;
  }

  const ComposerInstall& install_;
  std::map<std::string, std::string> overrides_;
  std::set<std::string> stood_in_;  // a locked package or the root itself says that it is there
  ExtensionNames asked_;
};

// Since 2.7.7 Composer holds composer.json, too, against what is installed, and since 2.5 against
// the packages of the lock. An older one is installed where the lock or a package insists on it.
bool is_recent_composer(const PlatformDemands& demands) {
  if (demands.plugin_api == plugin_api_of_composer_2_2) return false;
  const auto recent = composer_set(">=2.8 <3"), recent_api = composer_set(">=2.6 <3");
  return std::none_of(demands.all.begin(), demands.all.end(), [&](const PlatformDemand& each) {
    const bool api = each.name == "composer-plugin-api";
    if (!api && each.name != "composer") return false;
    const auto& set = each.takes;
    return !set || platform_fit(*set, api ? *recent_api : *recent, each.conflict) == Presence::no;
  });
}

bool is_package_name(std::string_view name) { return name.find('/') != std::string_view::npos; }

// What Composer itself demands: as composer.json has it, then what only the lock's platform has,
// and of the locked packages, which have been asked when PHP was chosen, what overrides change.
class ComposerDemands {
 public:
  ComposerDemands(const ComposerInstall& install, const ComposerPlatform& platform) {
    if (is_recent_composer(install.demands)) add(install.json.require, "composer.json");
    for (const auto& [name, constraint] : install.json.conflict)
      if (is_php(to_lower_ascii(name))) add(name, constraint, "composer.json", true);
    for (const auto& [name, constraint] : install.lock.platform)
      if (!named_.contains(to_lower_ascii(name))) add(name, constraint, "composer.lock", false);
    if (install.lock.platform_overrides.empty()) return;
    for (const ComposerPackage& each : install.lock.packages) {
      const std::string by = each.name + " " + each.version;
      for (const bool conflict : {false, true})
        for (const auto& [name, constraint] : conflict ? each.conflict : each.require)
          if (!is_package_name(name) && platform.overriding(to_lower_ascii(name)))
            add(name, constraint, by, conflict);
    }
  }

  // None where there are more than are looked at.
  const std::vector<PlatformDemand>& all() const { return all_; }

 private:
  void add(const ComposerLinks& links, const std::string& by) {
    for (const auto& [name, constraint] : links) {
      if (is_package_name(name)) continue;
      named_.insert(to_lower_ascii(name));
      add(name, constraint, by, false);
    }
  }
  void add(const std::string& name, const std::string& constraint, const std::string& by,
           bool conflict) {
    PlatformDemand demand{to_lower_ascii(name), constraint, by, conflict};
    if (!known_.emplace(demand.name, constraint, conflict).second) return;
    if (known_.size() > max_platform_demands) return all_.clear();
    if (auto set = composer_set(constraint)) demand.takes = *std::move(set);
    all_.push_back(std::move(demand));
  }

  std::vector<PlatformDemand> all_;
  std::set<std::string> named_;                                 // by composer.json
  std::set<std::tuple<std::string, std::string, bool>> known_;  // name, constraint, conflict
};

Answer overridden_demand(const ComposerInstall& install, const PlatformDemand& demand,
                         const std::string& version) {
  return composer_refuses(
      place_of_text(install.context.files, "composer.lock", "\"platform-overrides\""),
      in_words(demand) + ", but platform-overrides in composer.lock tells Composer that " +
          demand.name + " is " + printable(version),
      "set config.platform in composer.json to what is installed, or take it out, and run "
      "\"composer update\"");
}

Answer unmet_demand(const ComposerInstall& install, const ComposerPlatform& platform,
                    const PlatformDemand& demand) {
  if (const std::string* version = platform.overriding(demand.name))
    return overridden_demand(install, demand, *version);
  const Place place = place_of(install.context.files, demand);
  if (demand.name.starts_with("composer"))
    return composer_refuses(place, in_words(demand) + ", but the build runs Composer 2",
                            "take the requirement out, or let it take Composer 2");
  if (!is_php(demand.name))
    return composer_refuses(place,
                            in_words(demand) +
                                ", which the build does not install, because composer.lock does "
                                "not ask for it",
                            std::string(composer_relock));
  const std::string& php = install.php_version;
  return composer_refuses(
      place,
      in_words(demand) + ", but the build installs " +
          (php.empty() ? std::string("another PHP, as composer.lock allows")
                       : "PHP " + php + ", the newest that composer.lock allows"),
      std::string(composer_relock));
}

ComposerRefusal platform_refusal(const ComposerInstall& install) {
  const ComposerPlatform platform(install);
  const ComposerDemands demands(install, platform);
  for (const PlatformDemand& demand : demands.all())
    if (!install.context.stopped() && platform.meets(demand) == Presence::no)
      return unmet_demand(install, platform, demand);
  return std::nullopt;
}

// Composer reads all of composer.json before anything else.
ComposerRefusal unreadable_php(const ComposerInstall& install) {
  for (const auto& [name, constraint] : install.json.require) {
    if (!is_php(to_lower_ascii(name)) || constraint == "self.version") continue;
    if (composer_set(constraint)) continue;
    const PlatformDemand demand{to_lower_ascii(name), constraint, "composer.json"};
    return composer_refuses(place_of(install.context.files, demand),
                            in_words(demand) + ", which Composer cannot read",
                            "write a constraint as Composer takes it, for example ^8.2");
  }
  return std::nullopt;
}

// --- Packages ---

// Package/Locker.php, getMissingRequirementInfo.
ComposerRefusal package_refusal(const ComposerInstall& install) {
  if (install.json.allows_missing_requirements || !is_recent_composer(install.demands))
    return std::nullopt;
  const auto wrong = wrong_requirement(install.json, install.lock);
  if (!wrong) return std::nullopt;
  const std::string name = printable(wrong->name);
  const std::string reason =
      wrong->locked.empty()
          ? "composer.json requires " + name + ", which is not in composer.lock"
          : "composer.json requires " + name + " " + in_quotes(wrong->constraint) +
                ", but composer.lock has " + printable(wrong->locked);
  return composer_refuses(
      place_of_text(install.context.files, "composer.json", '"' + wrong->name + '"'), reason,
      "run \"composer update " + name + "\" and commit composer.lock");
}

ComposerRefusal plugin_refusal(const ComposerInstall& install) {
  const ComposerPackage* plugin = blocked_plugin(install.json, install.lock);
  if (!plugin) return std::nullopt;
  const std::string name = printable(plugin->name);
  return composer_refuses(
      place_of_text(install.context.files, "composer.json", "\"allow-plugins\""),
      name + " " + printable(plugin->version) +
          " is a Composer plugin that config.allow-plugins in composer.json does not mention, so "
          "that Composer stops",
      "add it to config.allow-plugins: " + in_quotes(plugin->name) +
          ": true, or false where it need not run");
}

}  // namespace

std::optional<Answer> composer_refusal(const ComposerInstall& install) {
  for (const auto refusal : {unreadable_php, package_refusal, platform_refusal, plugin_refusal})
    if (auto refused = refusal(install)) return refused;
  return std::nullopt;
}

}  // namespace buildable::build
