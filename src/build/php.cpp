// heroku/php. Sources: heroku/buildpacks-php, buildpacks/php/src/php_project.rs,
// package_manager/composer.rs and platform/generator.rs at the release tags. What its repository of
// packages holds is made by the recipes of heroku/heroku-buildpack-php, support/build.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "build/model.h"
#include "build/php_platform.h"
#include "build/rust_text.h"
#include "version/range.h"

namespace buildable::build {
namespace {

constexpr std::string_view json_file = "composer.json";
constexpr std::string_view lock_file = "composer.lock";

bool wants(std::string_view path) { return path == json_file || path == lock_file; }

Detection detect(const Context& context) { return {.passes = context.files.exists(json_file)}; }

template <class T>
using PhpResult = tl::expected<T, Answer>;

tl::unexpected<Answer> refuse(std::string rule, std::string error, Place place, std::string reason,
                              std::string help) {
  return tl::unexpected(
      fails("php", std::move(rule), std::move(error), place, std::move(reason), std::move(help)));
}

tl::unexpected<Answer> not_read(const SourceFile& file) {
  return tl::unexpected(
      unknown("php", "file-not-read", {file.path}, std::string(file.path) + " was not read"));
}

tl::unexpected<Answer> unreadable(const SourceFile& file, std::string error,
                                  const SerdeProblem& problem) {
  return refuse("php-composer-files", std::move(error), {file.path, problem.line},
                "the build cannot read " + std::string(file.path) + ": " + problem.message,
                problem.help);
}

PhpResult<ComposerJson> read_json(const Context& context) {
  const SourceFile* file = context.files.find(json_file);
  if (!file)
    return refuse("php-composer-files", "ComposerJsonRead", {json_file},
                  "composer.json is not a file", "write composer.json");
  if (!file->known) return not_read(*file);
  auto json = read_composer_json(*file);
  if (!json) return unreadable(*file, "ComposerJsonParse", json.error());
  return std::move(*json);
}

// Nothing where there is no lock and none is needed.
PhpResult<std::optional<ComposerLock>> read_lock(const Context& context, const ComposerJson& json) {
  const SourceFile* file = context.files.find(lock_file);
  if (!file && json.has_require)
    return refuse("php-composer-lock", "ComposerLockMissing", {json_file},
                  "composer.json has requirements, but there is no composer.lock",
                  "run \"composer update\" and commit composer.lock");
  if (!file) return std::nullopt;
  if (!file->known) return not_read(*file);
  auto lock = read_composer_lock(*file);
  if (!lock) return unreadable(*file, "ComposerLockParse", lock.error());
  const auto& api = lock->plugin_api_version;
  if (api && api->find('.') == std::string::npos)
    return refuse("php-composer-lock", "InvalidPlatformApiVersion",
                  {lock_file, line_of(file->text, "\"plugin-api-version\"")},
                  "composer.lock says plugin-api-version " + in_quotes(*api),
                  "run \"composer update --lock\"");
  return std::move(*lock);
}

Place place_of(const Context& context, const PlatformDemand& demand) {
  const bool root = demand.by == json_file;
  const std::string_view path = root ? json_file : lock_file;
  const SourceFile* file = context.files.find(path);
  const std::string wanted =
      '"' + (root ? demand.name : demand.by.substr(0, demand.by.find(' '))) + '"';
  return {path, file ? line_of(file->text, wanted) : 0};
}

// --- Extensions and what else is asked for beside PHP ---

enum class Has : std::uint8_t { yes, no, maybe };

bool is_among(std::string_view name, std::string_view list) {
  const auto names = rust::words(list);
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool takes(const PlatformDemand& demand, std::string_view version) {
  const auto set = parse_range(Grammar::composer, Scheme::composer, demand.constraint);
  const auto parsed = Version::parse(Scheme::composer, version);
  return set && parsed && set->contains(*parsed);
}

// "8.4" of 8.4.19 is not above "8.4".
bool is_above(const Version& php, std::string_view newest_series) {
  const auto floor = parse_named(Scheme::composer, newest_series);
  if (!floor || floor->series.empty()) return false;
  const VersionSet series = VersionSet::series(Scheme::composer, floor->series);
  return !series.contains(php) && order(php, series.finals().back().high->at) >= 0;
}

// "mongodb:1.21.5,2.2.1" or "phalcon:5.11.1:8.4": an extension that has packages of its own, their
// versions, and the newest series of PHP that they are made for.
Has has_package(std::string_view entry, const PlatformDemand& demand, const Version& php) {
  const auto pieces = split(entry, ':');
  if (pieces.size() > 2 && is_above(php, pieces[2])) return Has::no;
  const auto versions = split(pieces.size() > 1 ? pieces[1] : std::string_view(), ',');
  const bool fits = std::any_of(versions.begin(), versions.end(),
                                [&](std::string_view each) { return takes(demand, each); });
  return demand.constraint == "*" || fits ? Has::yes : Has::maybe;
}

Has has_extension(const Context& context, const PlatformDemand& demand, const Version& php) {
  const std::string_view name = std::string_view(demand.name).substr(4);
  if (is_among(name, context.value("bundled-extensions")))
    return demand.constraint == "*" || takes(demand, php.text()) ? Has::yes : Has::maybe;
  const std::string_view packages = context.value("packaged-extensions");
  if (packages.empty()) return Has::maybe;
  for (const std::string_view entry : rust::words(packages))
    if (entry.substr(0, entry.find(':')) == name) return has_package(entry, demand, php);
  return Has::no;
}

Has has(const Context& context, const PlatformDemands& demands, const PlatformDemand& demand,
        const Version& php) {
  if (demand.conflict || is_php(demand.name)) return Has::yes;
  const auto& provided = demands.provided;
  if (std::binary_search(provided.begin(), provided.end(), demand.name)) return Has::yes;
  if (demand.name.starts_with("ext-")) return has_extension(context, demand, php);
  if (!demand.name.starts_with("composer")) return Has::no;
  const auto set = parse_range(Grammar::composer, Scheme::composer, demand.constraint);
  const auto two = parse_range(Grammar::composer, Scheme::composer, "^2.2");
  return set && two && set->intersects(*two) ? Has::yes : Has::maybe;
}

// The first demand that this PHP does not meet, a certain one before an uncertain one.
struct Unmet {
  Has has = Has::yes;
  const PlatformDemand* demand = nullptr;
};
Unmet unmet(const Context& context, const PlatformDemands& demands, const Version& php) {
  Unmet worst;
  for (const PlatformDemand& demand : demands.all) {
    const Has answer = has(context, demands, demand, php);
    if (answer == Has::no) return {answer, &demand};
    if (answer == Has::maybe && worst.has == Has::yes) worst = {answer, &demand};
  }
  return worst;
}

// --- PHP ---

constexpr std::string_view not_resolvable = "not resolvable";

std::string says(const PlatformDemand& demand) {
  return demand.by + (demand.conflict ? " conflicts with " : " requires ") + demand.name + " " +
         in_quotes(demand.constraint);
}

// The first with which nothing is left of what this builder has.
const PlatformDemand* culprit(const PlatformDemands& demands, const Alternative& facts) {
  std::vector<const Version*> left = facts.known;
  for (const PlatformDemand& demand : demands.all) {
    if (!is_php(demand.name)) continue;
    const auto set = parse_range(Grammar::composer, Scheme::composer, demand.constraint);
    std::erase_if(
        left, [&](const Version* each) { return !set || set->contains(*each) == demand.conflict; });
    if (left.empty()) return &demand;
  }
  return nullptr;
}

std::string has_what(const Alternative& facts) {
  if (facts.series.empty()) return "PHP up to " + facts.known.back()->text();
  return "PHP " + facts.series.front() + " to " + facts.series.back();
}

Answer nothing_fits(const Context& context, const PlatformDemands& demands,
                    const Alternative& facts, const VersionSet& accepted) {
  const PlatformDemand* demand = culprit(demands, facts);
  const Place place = demand ? place_of(context, *demand) : Place{lock_file};
  const std::string reason = demand ? says(*demand) : std::string("composer.lock requires PHP");
  const bool certain = facts.unable && facts.unable->includes(accepted.finals_only());
  if (!certain)
    return unknown("php", "php-platform", place,
                   reason + "; whether this builder still has such a patch release is not known",
                   "ask for a series, for example ~8.4.0");
  return fails("php", "php-platform", std::string(not_resolvable), place,
               reason + "; no PHP of this builder fits all requirements: it has " + has_what(facts),
               "change the requirement, or lock an older release of that package, and run "
               "\"composer update\"");
}

Answer without(const Context& context, const Unmet& missing) {
  const PlatformDemand& demand = *missing.demand;
  const Place place = place_of(context, demand);
  if (missing.has == Has::no)
    return fails("php", "php-extensions", std::string(not_resolvable), place,
                 says(demand) + ", which this builder does not have",
                 "take the requirement out, or replace the package that has it");
  return unknown("php", "php-extensions", place,
                 says(demand) + "; whether this builder has it is not known");
}

// Whether the demands allow a patch release that is newer than this one, is not recorded, and may
// have stayed in the repository: one below a recorded release of its series.
bool may_be_newer(const Alternative& facts, const VersionSet& accepted, const Version& php) {
  std::string series;
  for (auto recorded = facts.known.rbegin(); recorded != facts.known.rend(); ++recorded) {
    const auto numbers = (*recorded)->release();
    if (numbers.size() != 3 || order(**recorded, php) <= 0) continue;
    const std::string before = std::exchange(series, numbers[0] + "." + numbers[1]);
    if (before == series) continue;
    const auto patches = rust::parse_unsigned(numbers[2], 1000);
    for (std::uint64_t patch = 1; patches && patch < *patches; ++patch) {
      const auto other = Version::parse(Scheme::composer, series + "." + std::to_string(patch));
      const auto is_it = [&](const Version* each) { return *each == *other; };
      if (other && order(*other, php) > 0 && accepted.contains(*other) &&
          std::none_of(facts.known.begin(), facts.known.end(), is_it))
        return true;
    }
  }
  return false;
}

// The newest that all demands allow.
Answer newest(const Context& context, const PlatformDemands& demands, const Alternative& facts,
              const VersionSet& accepted) {
  std::optional<Unmet> missing;
  for (std::size_t i = facts.known.size(); i-- > 0;) {
    const Version& php = *facts.known[i];
    if (!accepted.contains(php)) continue;
    const Unmet here = unmet(context, demands, php);
    if (here.has != Has::yes) {
      if (!missing || (missing->has == Has::no && here.has == Has::maybe)) missing = here;
      continue;
    }
    if (missing && missing->has == Has::maybe) break;
    const bool sure = missing || !may_be_newer(facts, accepted, php);
    const Place place = demands.all.empty() ? Place{} : Place{lock_file};
    return builds(
        "php", "php-platform", sure ? php.text() : std::string(), place,
        sure ? "the newest PHP that the root and every locked package allow is " + php.text()
             : "some PHP fits; which patch release is the newest is not known");
  }
  if (missing) return without(context, *missing);
  return nothing_fits(context, demands, facts, accepted);
}

Answer resolve(const Context& context, const PlatformDemands& demands) {
  if (demands.too_many)
    return unknown("php", "php-platform", {lock_file},
                   "composer.lock holds more different constraints on PHP than are looked at");
  const auto accepted = accepted_php(demands);
  if (!accepted)
    return fails("php", "php-platform", "Composer: UnexpectedValueException",
                 place_of(context, accepted.error()),
                 says(accepted.error()) + ", which Composer cannot read",
                 "write a constraint as Composer takes it, for example ^8.2");
  const Alternative* facts = context.state.runtime("php");
  if (!facts || facts->mechanism != Mechanism::repository || facts->known.empty())
    return unknown("php", "php-platform", {},
                   "what the repository of packages for this builder holds is not recorded");
  return newest(context, demands, *facts, *accepted);
}

// The first package of composer.json that is not in the lock: "composer install --no-dev" refuses
// such a lock. https://github.com/composer/composer, src/Composer/Installer.php, doInstall.
const std::string* not_locked(const ComposerJson& json, const ComposerLock& lock) {
  std::set<std::string> locked;
  for (const ComposerPackage& package : lock.packages) {
    locked.insert(to_lower_ascii(package.name));
    for (const ComposerLinks* links : {&package.provide, &package.replace})
      for (const auto& [name, constraint] : *links) locked.insert(to_lower_ascii(name));
  }
  for (const auto& [name, constraint] : json.require)
    if (name.find('/') != std::string::npos && !locked.contains(to_lower_ascii(name))) return &name;
  return nullptr;
}

// What Composer says to the lock once PHP is there.
Answer install(const Context& context, const ComposerJson& json, const ComposerLock& lock,
               Answer answer) {
  constexpr std::array<std::string_view, 3> confined{"2.0.0", "2.1.0", "2.2.0"};
  const auto& api = lock.plugin_api_version;
  const bool old = api && std::find(confined.begin(), confined.end(), *api) != confined.end();
  const std::string* missing = not_locked(json, lock);
  if (answer.outcome != Outcome::builds || !missing || old) return answer;
  const SourceFile* file = context.files.find(json_file);
  return fails("php", "php-composer-install", "ComposerInstall",
               {json_file, file ? line_of(file->text, '"' + *missing + '"') : 0},
               "composer.json requires " + *missing + ", which is not in composer.lock",
               "run \"composer update " + *missing + "\" and commit composer.lock");
}

PhpResult<Answer> decide(const Context& context) {
  const auto json = read_json(context);
  if (!json) return tl::unexpected(json.error());
  const auto lock = read_lock(context, *json);
  if (!lock) return tl::unexpected(lock.error());
  if (!*lock) return resolve(context, {});
  const PlatformDemands demands = demands_of(**lock);
  if (!demands.names_php && demands.names_php_for_development)
    return refuse("php-platform", "RuntimeRequirementInRequireDevButNotRequire", {lock_file},
                  "only packages for development require PHP; the build needs it from others",
                  "add \"php\" to \"require\" in composer.json and run \"composer update --lock\"");
  return install(context, *json, **lock, resolve(context, demands));
}

void build(const Context& context, std::vector<Answer>& answers) {
  auto answer = decide(context);
  answers.push_back(answer ? std::move(*answer) : std::move(answer.error()));
}

}  // namespace

const Model php_model{"heroku/php", wants, detect, build};

}  // namespace buildable::build
