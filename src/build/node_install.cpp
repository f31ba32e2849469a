#include "build/node_install.h"

#include <array>

#include "base/text.h"

namespace buildable::build {
namespace {

// In the order in which the buildpack looks.
constexpr std::array<std::string_view, 3> lock_files{"pnpm-lock.yaml", "yarn.lock",
                                                     "package-lock.json"};

// The lock file without which the command that the buildpack runs refuses to install; Yarn 1 goes
// on.
std::string_view needed_lock(const UsedManager& manager) {
  if (manager.name == "npm") return "package-lock.json";
  if (manager.name == "pnpm") return "pnpm-lock.yaml";
  return releases_from("2.0.0").includes(manager.versions) ? "yarn.lock" : "";
}

std::string error_of_missing_lock(const std::string& manager) {
  return manager == "yarn" ? "YN0028" : "package_manager/" + manager + "/install";
}

// A version of the one whose lock file this is, for packageManager.
std::string manager_of_lock(const Files& files, const std::string& lock) {
  if (lock == "yarn.lock")
    return may_mention(files, lock, "__metadata:") ? "yarn@4.9.1" : "yarn@1.22.22";
  return lock == "pnpm-lock.yaml" ? "pnpm@10.0.0" : "npm@10.9.0";
}

std::optional<Answer> without_its_lock(const Installation& it,
                                       const std::vector<std::string>& locks) {
  const std::string& manager = it.manager.name;
  const std::string_view needed = needed_lock(it.manager);
  if (needed.empty() || it.files.exists(needed)) return std::nullopt;
  if (manager == "npm" && it.files.exists("npm-shrinkwrap.json")) return std::nullopt;
  return fails(manager, "node-lock-file", error_of_missing_lock(manager), it.manager.place,
               "the build installs with " + manager + ", which needs " + std::string(needed) +
                   "; there is only " + join(locks, " and "),
               "name the package manager in package.json, for example \"packageManager\": \"" +
                   manager_of_lock(it.files, locks.front()) + "\", or commit " +
                   std::string(needed));
}

}  // namespace

std::vector<std::string> lock_files_of(const Files& files) {
  std::vector<std::string> found;
  for (const std::string_view each : lock_files)
    if (files.exists(each)) found.emplace_back(each);
  return found;
}

std::optional<Answer> refused_install(const Installation& it) {
  const std::vector<std::string> locks = lock_files_of(it.files);
  if (locks.empty()) return std::nullopt;
  if (auto missing = without_its_lock(it, locks)) return missing;
  if (it.manager.name == "npm") return refused_by_npm(it);
  return it.manager.name == "pnpm" ? refused_by_pnpm(it) : refused_by_yarn(it);
}

bool may_mention(const Files& files, std::string_view file, std::string_view word) {
  const SourceFile* found = files.find(file);
  return found && (!found->known || found->text.find(word) != std::string_view::npos);
}

Answer refused_by_manager(const Installation& it, std::string error, Place place,
                          std::string reason, std::string help) {
  return fails(it.manager.name, "node-install", std::move(error), place, std::move(reason),
               std::move(help));
}

}  // namespace buildable::build
