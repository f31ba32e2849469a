// What Yarn refuses before it installs anything.
#include "base/text.h"
#include "build/node_install.h"
#include "build/node_yarnrc.h"
#include "build/yarn_engines.h"

namespace buildable::build {
namespace {

constexpr std::string_view yarn_lock = "yarn.lock";

bool is_surely_yarn_1(const Installation& it) {
  return releases_from("1.22.19", "2.0.0").includes(it.manager.versions);
}

// Any Yarn hands over to the one of yarnPath.
std::optional<Answer> refused_yarn_path(const Installation& it) {
  const auto path = yarn_path(it.files);
  // What lies in another folder may not have been looked at.
  if (!path || !path->starts_with(".yarn/releases/") || it.files.exists(*path)) return std::nullopt;
  if (!releases_from("1.22.19").includes(it.manager.versions)) return std::nullopt;
  return refused_by_manager(
      it, "yarnPath", {".yarnrc.yml"},
      "yarnPath in .yarnrc.yml names " + *path + ", which is not in the repository; Yarn needs it",
      "commit that file, or take yarnPath out");
}

// A lock file of Yarn 1 is written anew by any later Yarn.
std::optional<Answer> refused_yarn_lock(const Installation& it) {
  const SourceFile* file = it.files.find(yarn_lock);
  if (!file || !file->known || file->text.find("__metadata:") != std::string_view::npos)
    return std::nullopt;
  return refused_by_manager(it, "YN0028", {yarn_lock},
                            "yarn.lock is not one of Yarn 2 or newer, which the build uses: Yarn "
                            "would have to change it, and may not",
                            "run yarn install with that Yarn and commit yarn.lock");
}

// What packageManager asks for, as Yarn 1.22.22 compares it with itself.
std::optional<Answer> refused_package_manager(const Installation& it) {
  const auto& field = it.package.package_manager;
  if (!field || !releases_from("1.22.22").includes(it.manager.versions)) return std::nullopt;
  if (field->text.starts_with("yarn@0.") || field->text.starts_with("yarn@1.")) return std::nullopt;
  return refused_by_manager(
      it, "This project's package.json defines \"packageManager\"", {"package.json", field->line},
      "packageManager is " + in_quotes(field->text) +
          "; the build uses Yarn 1, which refuses a project that names another",
      "write a full version that the build can use, for example \"yarn@4.9.1\", or take "
      "packageManager out");
}

Answer refused_yarn_engine(const Installation& it, const std::string& engine,
                           const Written& written, const std::string& used,
                           const std::string& better) {
  return refused_by_manager(it, "The engine \"" + engine + "\" is incompatible with this module",
                            {"package.json", written.line},
                            "Yarn 1 refuses to install: engines." + engine + " is " +
                                in_quotes(written.text) + ", which does not take " + used +
                                " as Yarn reads it",
                            "write a range that takes it, for example " + in_quotes(better));
}

// "24.x".
std::string series_of_node(std::string_view node) {
  return std::string(node.substr(0, node.find('.'))) + ".x";
}

std::optional<Answer> refused_engines(const Installation& it) {
  if (may_mention(it.files, ".yarnrc", "ignore-engines") ||
      may_mention(it.files, ".npmrc", "ignore-engines"))
    return std::nullopt;
  const auto& node = it.package.node;
  if (node && !it.node.empty() && yarn_refuses_node(node->text, it.node))
    return refused_yarn_engine(it, "node", *node, "Node.js " + std::string(it.node),
                               series_of_node(it.node));
  const auto& yarn = it.package.yarn;
  if (yarn && !taken_by_yarn_at_most(yarn->text).intersects(it.manager.versions))
    return refused_yarn_engine(it, "yarn", *yarn, "this Yarn", "1.x");
  return std::nullopt;
}

}  // namespace

std::optional<Answer> refused_by_yarn(const Installation& it) {
  if (auto refused = refused_yarn_path(it)) return refused;
  if (releases_from("2.0.0").includes(it.manager.versions)) return refused_yarn_lock(it);
  // Another Yarn may be named there as well.
  if (!is_surely_yarn_1(it) || may_mention(it.files, ".yarnrc", "yarn-path")) return std::nullopt;
  if (auto refused = refused_package_manager(it)) return refused;
  return refused_engines(it);
}

}  // namespace buildable::build
