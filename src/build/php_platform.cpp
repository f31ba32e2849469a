#include "build/php_platform.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "base/characters.h"
#include "base/text.h"
#include "version/range.h"
#include "version/set_many.h"

namespace buildable::build {
namespace {

bool is_name_character(char c) { return is_lower(c) || is_digit(c); }

// "redis", "pdo_mysql", "zend-opcache": words with one "_", "." or "-" between them.
bool is_extension_name(std::string_view name) {
  bool word = false;
  for (const char c : name) {
    const bool separator = c == '_' || c == '.' || c == '-';
    if (!is_name_character(c) && (!separator || !word)) return false;
    word = !separator;
  }
  return word;
}

// What Composer calls a platform package, without those that the buildpack passes over.
bool is_platform_package(std::string_view written) {
  const std::string name = to_lower_ascii(written);
  constexpr std::array<std::string_view, 8> known{"php",      "php-64bit",          "php-ipv6",
                                                  "php-zts",  "php-debug",          "hhvm",
                                                  "composer", "composer-plugin-api"};
  if (std::find(known.begin(), known.end(), name) != known.end()) return true;
  return written.starts_with("ext-") && !name.ends_with(".native") &&
         is_extension_name(std::string_view(name).substr(4));
}

class Collector {
 public:
  explicit Collector(PlatformDemands& demands) : demands_(demands) {}

  void add(const ComposerLinks& links, const std::string& by, bool conflict) {
    for (const auto& [name, constraint] : links)
      if (is_platform_package(name)) add({to_lower_ascii(name), constraint, by, conflict});
  }
  void add(PlatformDemand demand) {
    const bool php = is_php(demand.name);
    if (!known_.emplace(php ? "php" : demand.name, demand.constraint, demand.conflict).second)
      return;
    php_constraints_ += php ? 1 : 0;
    demands_.too_many =
        php_constraints_ > max_php_constraints || known_.size() > max_platform_demands;
    if (demands_.too_many) return;
    if (auto set = composer_set(demand.constraint)) demand.takes = *std::move(set);
    demands_.all.push_back(std::move(demand));
  }

 private:
  PlatformDemands& demands_;
  std::set<std::tuple<std::string, std::string, bool>> known_;  // name, constraint, conflict
  std::size_t php_constraints_ = 0;
};

bool requires_php(const std::vector<ComposerPackage>& packages) {
  return std::any_of(packages.begin(), packages.end(), [](const ComposerPackage& each) {
    return link_named(each.require, "php") != nullptr;
  });
}

// The build makes this demand itself, in place of any that the root has.
bool is_composer_itself(std::string_view name) {
  return name == "composer" || name == "composer-plugin-api";
}

// The newest Composer of that major, but for the first ones of 2.
std::string plugin_api_for(const std::string& locked) {
  constexpr std::array<std::string_view, 3> confined{"2.0.0", "2.1.0", "2.2.0"};
  if (std::find(confined.begin(), confined.end(), locked) != confined.end())
    return std::string(plugin_api_of_composer_2_2);
  return "^" + locked.substr(0, locked.find('.'));
}

}  // namespace

bool is_php(std::string_view name) {
  return name == "php" || name == "php-64bit" || name == "php-ipv6";
}

PlatformDemands demands_of(const ComposerLock& lock) {
  PlatformDemands demands;
  Collector collector(demands);
  // The root's are carried over whatever they are called.
  for (const auto& [name, constraint] : lock.platform)
    if (!is_composer_itself(name))
      collector.add({to_lower_ascii(name), constraint, "composer.json", false});
  for (const ComposerPackage& package : lock.packages) {
    const std::string by = package.name + " " + package.version;
    collector.add(package.require, by, false);
    collector.add(package.conflict, by, true);
    for (const ComposerLinks* links : {&package.provide, &package.replace})
      for (const auto& [name, constraint] : *links)
        if (is_platform_package(name)) demands.provided.push_back(to_lower_ascii(name));
  }
  demands.names_php = link_named(lock.platform, "php") != nullptr || requires_php(lock.packages);
  demands.names_php_for_development = requires_php(lock.packages_dev);
  std::sort(demands.provided.begin(), demands.provided.end());
  if (lock.plugin_api_version) demands.plugin_api = plugin_api_for(*lock.plugin_api_version);
  return demands;
}

Result<VersionSet> composer_set(std::string_view constraint) {
  return parse_range(Grammar::composer, Scheme::composer, constraint);
}

tl::expected<VersionSet, PlatformDemand> accepted_php(const PlatformDemands& demands) {
  std::vector<VersionSet> taken, refused;
  for (const PlatformDemand& demand : demands.all) {
    if (!is_php(demand.name)) continue;
    if (!demand.takes) return tl::unexpected(demand);
    (demand.conflict ? refused : taken).push_back(*demand.takes);
  }
  return common_to_all(Scheme::composer, std::move(taken))
      .minus(all_together(Scheme::composer, std::move(refused)));
}

VersionSet available_composers() {
  const auto set = composer_set("^2.2");
  return set ? *set : VersionSet::none(Scheme::composer);
}

std::string in_words(const PlatformDemand& demand) {
  return printable(demand.by) + (demand.conflict ? " conflicts with " : " requires ") +
         printable(demand.name) + " " + in_quotes(demand.constraint);
}

Place place_of_text(const Files& files, std::string_view path, std::string_view text) {
  const SourceFile* file = files.find(path);
  return {path, file ? line_of(file->text, text) : 0};
}

Place place_of(const Files& files, const PlatformDemand& demand) {
  if (demand.by == "composer.json")
    return place_of_text(files, "composer.json", '"' + demand.name + '"');
  if (demand.by == "composer.lock") return place_of_text(files, "composer.lock", "\"platform\"");
  const std::string package = demand.by.substr(0, demand.by.find(' '));
  return place_of_text(files, "composer.lock", '"' + package + '"');
}

}  // namespace buildable::build
