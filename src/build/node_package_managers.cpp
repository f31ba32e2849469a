#include "build/node_package_managers.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "build/node_install.h"
#include "build/node_semver.h"
#include "build/node_yarnrc.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::string_view package_json = "package.json";

// What somebody wrote of one package manager, and what the build makes of it.
struct Mention {
  std::string name;  // "pnpm"
  std::string key;   // "packageManager", "engines.pnpm"
  Written written;
  bool panics = false;
  bool readable = false;
  std::string version;  // where it is a full one
};

// "pnpm@9.15.9+sha512.abc", of packageManager.
std::optional<Mention> mention_of_field(const Written& field) {
  const std::size_t at = field.text.find('@');
  const std::string name = field.text.substr(0, at);
  if (!is_package_manager(name)) return std::nullopt;
  Mention mention{.name = name, .key = "packageManager", .written = field};
  if (at == std::string::npos) return mention;
  const std::string_view rest = std::string_view(field.text).substr(at + 1);
  const auto version = node_semver::parse_version(rust::trim(rest.substr(0, rest.find('+'))));
  mention.readable = version.has_value();
  if (version) mention.version = node_semver::to_string(*version);
  return mention;
}

Mention mention_of_engine(std::string name, const Written& written) {
  const auto read = node_semver::parse_requirement(written.text);
  Mention mention{.name = std::move(name), .written = written};
  mention.key = "engines." + mention.name;
  mention.panics = read.panics;
  mention.readable = read.range.has_value();
  if (const auto version = node_semver::parse_version(rust::trim(written.text)))
    mention.version = node_semver::to_string(*version);
  return mention;
}

// In the order in which the build looks.
std::vector<Mention> mentions(const PackageJson& package) {
  std::vector<Mention> all;
  if (package.package_manager)
    if (auto mention = mention_of_field(*package.package_manager))
      all.push_back(std::move(*mention));
  if (package.pnpm) all.push_back(mention_of_engine("pnpm", *package.pnpm));
  if (package.yarn) all.push_back(mention_of_engine("yarn", *package.yarn));
  if (package.npm) all.push_back(mention_of_engine("npm", *package.npm));
  return all;
}

// Who installs, in which versions, and what is said of it where nothing is refused.
struct Choice {
  UsedManager manager;
  Answer answer;
};

std::optional<Choice> vendored_yarn(const Files& files) {
  const auto path = yarn_path(files);
  if (!path || !files.exists(*path)) return std::nullopt;
  const Place place{".yarnrc.yml"};
  return Choice{{"yarn", versions_of_vendored_yarn(*path), place},
                builds("yarn", "node-package-manager", {}, place,
                       "the Yarn of the repository is used (yarnPath)")};
}

Choice named_manager(const Mention& mention) {
  const Place place{package_json, mention.written.line};
  return {{mention.name,
           mention.version.empty() ? versions_for_range(mention.name, mention.written.text)
                                   : versions_of_version(mention.version),
           place},
          builds(mention.name, "node-package-manager", mention.version, place,
                 mention.key + " is " + in_quotes(mention.written.text) +
                     "; it is installed from the npm registry")};
}

Answer passed_over(const Mention& mention, std::string_view instead) {
  const std::string what =
      mention.readable
          ? ", which the build ignores: " + std::string(instead) + " is used"
          : ", which the build cannot read and ignores; " + std::string(instead) + " is used";
  return builds(mention.name, "node-package-manager-passed-over", {},
                {package_json, mention.written.line},
                mention.key + " is " + in_quotes(mention.written.text) + what);
}

Answer crash(const Mention& mention) {
  return fails(
      mention.name, "node-package-manager", "panic in node_semver",
      {package_json, mention.written.line},
      mention.key + " is " + in_quotes(mention.written.text) + ", which makes the buildpack crash",
      "write a range such as \"10.x\"");
}

void add(std::vector<Answer>& answers, Answer answer) {
  const auto same = [&](const Answer& each) { return each.runtime == answer.runtime; };
  if (std::none_of(answers.begin(), answers.end(), same)) answers.push_back(std::move(answer));
}

Choice manager_without_mention(const Files& files, std::string_view node) {
  if (!files.exists("yarn.lock"))
    return {
        {"npm", versions_of_bundled_npm(node), {}},
        builds("npm", "node-package-manager", {}, {}, "npm is the one that comes with Node.js")};
  return {{"yarn", versions_of_default_yarn(), {"yarn.lock"}},
          builds("yarn", "node-package-manager", {}, {"yarn.lock"},
                 "yarn.lock is there: the newest Yarn 1.22 is installed")};
}

// Empty where it is not known, or the build ends there.
std::string installed_node(const std::vector<Answer>& answers) {
  const auto is_node = [](const Answer& each) { return each.runtime == "node"; };
  const auto node = std::find_if(answers.begin(), answers.end(), is_node);
  return node == answers.end() ? std::string() : node->version;
}

}  // namespace

bool is_package_manager(std::string_view name) {
  return name == "npm" || name == "pnpm" || name == "yarn";
}

void package_managers(const Context& context, const PackageJson& package,
                      std::vector<Answer>& answers) {
  const std::string node = installed_node(answers);
  const std::vector<Mention> all = mentions(package);
  std::optional<Choice> choice = vendored_yarn(context.files);
  for (const Mention& each : all) {
    if (choice) break;
    if (each.panics) return add(answers, crash(each));
    if (each.readable) choice = named_manager(each);
  }
  if (!choice) choice = manager_without_mention(context.files, node);
  std::vector<Answer> found;
  auto refused = refused_install({context.files, package, choice->manager, node});
  add(found, refused ? std::move(*refused) : choice->answer);
  for (const Mention& each : all) add(found, passed_over(each, choice->manager.name));
  for (Answer& each : found) add(answers, std::move(each));
}

Answer unrecorded_manager(std::string name, const std::optional<Written>& written) {
  const Place place = written ? Place{package_json, written->line} : Place{};
  std::string reason = "which versions of " + name + " this builder has is not recorded";
  return unknown(std::move(name), "node-package-manager", place, std::move(reason));
}

void package_managers_of_parts(const Context& context, const PackageJson& package,
                               std::vector<Answer>& answers) {
  const std::vector<Mention> all = mentions(package);
  const Mention* field = !all.empty() && all[0].key == "packageManager" ? &all[0] : nullptr;
  if (context.files.exists("pnpm-lock.yaml") && !(field && field->name == "pnpm"))
    return add(answers,
               fails("pnpm", "node-package-manager", "CorepackRequired", {"pnpm-lock.yaml"},
                     "pnpm-lock.yaml is there, but package.json does not name pnpm in "
                     "packageManager: this builder needs it",
                     "write \"packageManager\": \"pnpm@9.15.9\" or another full version"));
  const auto locks = lock_files_of(context.files);
  // npm installs only where no other lock file is, so its own check for several never fails.
  const bool installs_with_npm = locks.empty() ? package.has_dependencies
                                               : context.files.exists("package-lock.json") &&
                                                     !context.files.exists("yarn.lock");
  if (installs_with_npm && locks.empty())
    return add(answers, fails("npm", "node-lock-file", "MissingLockfile", {package_json},
                              "package.json has dependencies, but no lock file is there",
                              "run npm install and commit package-lock.json"));
  for (const Mention& each : all) add(answers, unrecorded_manager(each.name, each.written));
}

}  // namespace buildable::build
