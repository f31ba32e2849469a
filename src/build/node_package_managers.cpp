#include "build/node_package_managers.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/document.h"
#include "base/text.h"
#include "build/node_semver.h"
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

bool has_vendored_yarn(const Files& files) {
  const SourceFile* file = files.find(".yarnrc.yml");
  if (!file || !file->known) return false;
  const auto root = parse_yaml(file->text, file->path);
  const Node* path = root ? root->find("yarnPath") : nullptr;
  if (!path || !path->is(Node::Kind::string)) return false;
  std::string_view relative = path->text;
  while (relative.starts_with("./")) relative.remove_prefix(2);
  return files.exists(relative);
}

constexpr std::array<std::string_view, 3> lock_files{"pnpm-lock.yaml", "yarn.lock",
                                                     "package-lock.json"};

std::vector<std::string> locks_of(const Files& files) {
  std::vector<std::string> found;
  for (const std::string_view each : lock_files)
    if (files.exists(each)) found.emplace_back(each);
  return found;
}

// The lock file without which the command that the buildpack runs refuses to install.
std::string_view needed_lock(std::string_view manager) {
  if (manager == "npm") return "package-lock.json";
  return manager == "pnpm" ? "pnpm-lock.yaml" : "";
}

// "npm ci" and "pnpm install --frozen-lockfile" end without their own lock file. They run where any
// lock file is.
std::optional<Answer> missing_lock(const Context& context, const std::string& manager,
                                   Place place) {
  const std::string_view needed = needed_lock(manager);
  const auto locks = locks_of(context.files);
  if (needed.empty() || locks.empty() || context.files.exists(needed)) return std::nullopt;
  if (manager == "npm" && context.files.exists("npm-shrinkwrap.json")) return std::nullopt;
  const std::string other = locks.front() == "yarn.lock"        ? "yarn"
                            : locks.front() == "pnpm-lock.yaml" ? "pnpm"
                                                                : "npm";
  return fails(manager, "node-lock-file", "package_manager/" + manager + "/install", place,
               "the build installs with " + manager + ", which needs " + std::string(needed) +
                   "; there is only " + join(locks, " and "),
               "name the package manager in package.json, for example \"packageManager\": \"" +
                   other + "@" +
                   (other == "pnpm"   ? "10.0.0"
                    : other == "yarn" ? "4.9.1"
                                      : "10.9.0") +
                   "\"");
}

Answer chosen(const Context& context, const Mention& mention) {
  const Place place{package_json, mention.written.line};
  if (auto missing = missing_lock(context, mention.name, place)) return std::move(*missing);
  return builds(mention.name, "node-package-manager", mention.version, place,
                mention.key + " is " + in_quotes(mention.written.text) +
                    "; it is installed from the npm registry");
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

Answer without_mention(const Context& context) {
  if (context.files.exists("yarn.lock"))
    return builds("yarn", "node-package-manager", {}, {"yarn.lock"},
                  "yarn.lock is there: the newest Yarn 1.22 is installed");
  if (auto missing = missing_lock(context, "npm", {})) return std::move(*missing);
  return builds("npm", "node-package-manager", {}, {}, "npm is the one that comes with Node.js");
}

}  // namespace

bool is_package_manager(std::string_view name) {
  return name == "npm" || name == "pnpm" || name == "yarn";
}

void package_managers(const Context& context, const PackageJson& package,
                      std::vector<Answer>& answers) {
  const std::vector<Mention> all = mentions(package);
  std::vector<Answer> found;
  std::string used;
  if (has_vendored_yarn(context.files)) {
    add(found, builds("yarn", "node-package-manager", {}, {".yarnrc.yml"},
                      "the Yarn of the repository is used (yarnPath)"));
    used = "yarn";
  }
  for (const Mention& each : all) {
    if (!used.empty()) break;
    if (each.panics) return add(answers, crash(each));
    if (!each.readable) continue;
    add(found, chosen(context, each));
    used = each.name;
  }
  if (used.empty()) {
    add(found, without_mention(context));
    used = found.back().runtime;
  }
  for (const Mention& each : all) add(found, passed_over(each, used));
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
  const auto locks = locks_of(context.files);
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
