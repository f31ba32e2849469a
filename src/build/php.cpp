// heroku/php. Sources: heroku/buildpacks-php, buildpacks/php/src/php_project.rs,
// package_manager/composer.rs and platform/generator.rs at the release tags.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "build/composer_install.h"
#include "build/model.h"
#include "build/php_extensions.h"
#include "build/php_platform.h"
#include "build/rust_text.h"

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
  if (!file && context.files.exists(lock_file))
    return refuse("php-composer-files", "ComposerLockRead", {lock_file},
                  "composer.lock is not a file", "run \"composer update\" in its place");
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

// --- Extensions and what else is asked for beside PHP ---

// Composer, and its plugin API as far as the lock's plugin-api-version leaves a choice.
Presence installable_composer(const PlatformDemands& demands, const PlatformDemand& demand) {
  const auto& set = demand.takes;
  if (!set) return Presence::maybe;
  VersionSet there = available_composers();
  const auto locked = composer_set(demands.plugin_api);
  if (locked && demand.name == "composer-plugin-api") there = there.intersect(*locked);
  return set->intersects(there) ? Presence::yes : Presence::no;
}

Presence installable(const Context& context, const PlatformDemands& demands,
                     const PlatformDemand& demand, const Version& php) {
  if (demand.conflict || is_php(demand.name)) return Presence::yes;
  const auto& provided = demands.provided;
  if (std::binary_search(provided.begin(), provided.end(), demand.name)) return Presence::yes;
  if (demand.name.starts_with("ext-")) return installable_extension(context, demand, php);
  if (!demand.name.starts_with("composer")) return Presence::no;
  return installable_composer(demands, demand);
}

// The first demand that this PHP does not meet, a certain one before an uncertain one.
struct Unmet {
  Presence there = Presence::yes;
  const PlatformDemand* demand = nullptr;
};
Unmet unmet(const Context& context, const PlatformDemands& demands, const Version& php) {
  Unmet worst;
  for (const PlatformDemand& demand : demands.all) {
    if (context.stopped()) return worst;
    const Presence answer = installable(context, demands, demand, php);
    if (answer == Presence::no) return {answer, &demand};
    if (answer == Presence::maybe && worst.there == Presence::yes) worst = {answer, &demand};
  }
  return worst;
}

// --- PHP ---

constexpr std::string_view not_resolvable = "not resolvable";

// The first with which nothing is left of what this builder has.
const PlatformDemand* culprit(const PlatformDemands& demands, const Alternative& facts) {
  std::vector<const Version*> left = facts.known;
  for (const PlatformDemand& demand : demands.all) {
    if (!is_php(demand.name)) continue;
    std::erase_if(left, [&](const Version* each) {
      return !demand.takes || demand.takes->contains(*each) == demand.conflict;
    });
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
  const Place place = demand ? place_of(context.files, *demand) : Place{lock_file};
  const std::string reason = demand ? in_words(*demand) : std::string("composer.lock requires PHP");
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
  const Place place = place_of(context.files, demand);
  const bool composer = demand.name.starts_with("composer");
  if (missing.there == Presence::no)
    return fails("php", composer ? "php-composer-lock" : "php-extensions",
                 std::string(not_resolvable), place,
                 in_words(demand) + ", which this builder does not have",
                 "take the requirement out, or replace the package that has it");
  return unknown("php", "php-extensions", place,
                 in_words(demand) + "; whether this builder has it is not known");
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
    if (here.there != Presence::yes) {
      if (!missing || (missing->there == Presence::no && here.there == Presence::maybe))
        missing = here;
      continue;
    }
    if (missing && missing->there == Presence::maybe) break;
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

// The lock's plugin-api-version decides which Composer the build asks for, whatever else it holds.
std::optional<Answer> refused_plugin_api(const Context& context, const PlatformDemands& demands) {
  if (demands.plugin_api.empty()) return std::nullopt;
  const auto set = composer_set(demands.plugin_api);
  if (set && set->intersects(available_composers())) return std::nullopt;
  const std::string why = set ? "this builder has only Composer 2" : "Composer cannot read that";
  return fails("php", "php-composer-lock",
               set ? std::string(not_resolvable) : "Composer: UnexpectedValueException",
               place_of_text(context.files, lock_file, "\"plugin-api-version\""),
               "because of plugin-api-version in composer.lock, the build asks for "
               "composer-plugin-api " +
                   in_quotes(demands.plugin_api) + "; " + why,
               "run \"composer update --lock\" with Composer 2");
}

Answer resolve(const Context& context, const PlatformDemands& demands) {
  if (demands.too_many)
    return unknown("php", "php-platform", {lock_file},
                   "composer.lock holds more different constraints on PHP and its extensions than "
                   "are looked at");
  const auto accepted = accepted_php(demands);
  if (!accepted)
    return fails("php", "php-platform", "Composer: UnexpectedValueException",
                 place_of(context.files, accepted.error()),
                 in_words(accepted.error()) + ", which Composer cannot read",
                 "write a constraint as Composer takes it, for example ^8.2");
  const Alternative* facts = context.state.runtime("php");
  if (!facts || facts->mechanism != Mechanism::repository || facts->known.empty())
    return unknown("php", "php-platform", {},
                   "what the repository of packages for this builder holds is not recorded");
  if (auto refused = refused_plugin_api(context, demands)) return std::move(*refused);
  return newest(context, demands, *facts, *accepted);
}

// The one that is installed; where that is not known, all that it may be.
VersionSet installed_php(const PlatformDemands& demands, const Answer& answer) {
  const auto version = Version::parse(Scheme::composer, answer.version);
  if (version) return VersionSet::of(*version);
  const auto accepted = accepted_php(demands);
  return accepted ? accepted->finals_only() : VersionSet::all(Scheme::composer);
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
  Answer answer = resolve(context, demands);
  if (answer.outcome != Outcome::builds) return answer;
  auto refused = composer_refusal(
      {context, *json, **lock, demands, installed_php(demands, answer), answer.version});
  return refused ? std::move(*refused) : std::move(answer);
}

void build(const Context& context, std::vector<Answer>& answers) {
  auto answer = decide(context);
  answers.push_back(answer ? std::move(*answer) : std::move(answer.error()));
}

}  // namespace

const Model php_model{"heroku/php", wants, detect, build};

}  // namespace buildable::build
