#include "build/composer_files.h"

#include <map>

#include "base/text.h"
#include "build/composer_shape.h"

namespace buildable::build {
namespace {

ComposerLinks links_of(const Node* object) {
  ComposerLinks links;
  std::map<std::string_view, std::size_t> places;
  if (!object) return links;
  for (const Node& child : object->children) {
    const auto [at, added] = places.try_emplace(child.key, links.size());
    if (added)
      links.emplace_back(child.key, child.text);
    else
      links[at->second].second = child.text;
  }
  return links;
}

SerdeResult<ComposerPackage> package_of(const Node& node) {
  if (auto problem = misshapen_package(node)) return tl::unexpected(std::move(*problem));
  const auto name = serde_required(node, "name", Node::Kind::string);
  if (!name) return tl::unexpected(name.error());
  const auto version = serde_required(node, "version", Node::Kind::string);
  if (!version) return tl::unexpected(version.error());
  return ComposerPackage{.name = (*name)->text,
                         .version = (*version)->text,
                         .require = links_of(node.find("require")),
                         .provide = links_of(node.find("provide")),
                         .replace = links_of(node.find("replace")),
                         .conflict = links_of(node.find("conflict"))};
}

SerdeResult<std::vector<ComposerPackage>> packages_of(const Node& root, std::string_view name) {
  std::vector<ComposerPackage> packages;
  const Node* list = last_member(root, name);
  if (!list) return packages;
  const auto array = serde_required(root, name, Node::Kind::array);
  if (!array) return tl::unexpected(array.error());
  packages.reserve((*array)->children.size());
  for (const Node& child : (*array)->children) {
    auto package = package_of(child);
    if (!package) return tl::unexpected(std::move(package.error()));
    packages.push_back(std::move(*package));
  }
  return packages;
}

// PHP writes an empty map as an empty list.
SerdeResult<ComposerLinks> platform_of(const Node& root, std::string_view name) {
  const Node* node = last_member(root, name);
  if (!node || (node->is(Node::Kind::array) && node->children.empty())) return ComposerLinks();
  const auto object = serde_required(root, name, Node::Kind::object);
  if (!object) return tl::unexpected(object.error());
  for (const Node& child : (*object)->children)
    if (!child.is(Node::Kind::string))
      return tl::unexpected(SerdeProblem{"`" + printable(child.key) + "` in `" + printable(name) +
                                             "` is " + describe(child) + ", not a string",
                                         child.line, "run \"composer update --lock\""});
  return links_of(*object);
}

}  // namespace

const std::string* link_named(const ComposerLinks& links, std::string_view name) {
  for (const auto& [each, constraint] : links)
    if (each == name) return &constraint;
  return nullptr;
}

SerdeResult<ComposerJson> read_composer_json(const SourceFile& file) {
  const auto root = read_document(file);
  if (!root) return tl::unexpected(root.error());
  if (auto problem = misshapen_root(*root)) return tl::unexpected(std::move(*problem));
  if (auto problem = misshapen_package(*root)) return tl::unexpected(std::move(*problem));
  const Node* require = root->find("require");
  return ComposerJson{.has_require = require && !require->is(Node::Kind::null),
                      .require = links_of(require)};
}

SerdeResult<ComposerLock> read_composer_lock(const SourceFile& file) {
  const auto root = read_document(file);
  if (!root) return tl::unexpected(root.error());
  if (!root->is(Node::Kind::object))
    return tl::unexpected(SerdeProblem{"it is " + describe(*root) + ", not an object", 1,
                                       "run \"composer update --lock\""});
  if (auto problem = misshapen_lock(*root)) return tl::unexpected(std::move(*problem));
  ComposerLock lock;
  auto packages = packages_of(*root, "packages");
  if (!packages) return tl::unexpected(std::move(packages.error()));
  auto packages_dev = packages_of(*root, "packages-dev");
  if (!packages_dev) return tl::unexpected(std::move(packages_dev.error()));
  auto platform = platform_of(*root, "platform");
  if (!platform) return tl::unexpected(std::move(platform.error()));
  if (const auto dev = platform_of(*root, "platform-dev"); !dev) return tl::unexpected(dev.error());
  const auto api = serde_optional(*root, "plugin-api-version", Node::Kind::string);
  if (!api) return tl::unexpected(api.error());
  if (*api) lock.plugin_api_version = (*api)->text;
  lock.packages = std::move(*packages);
  lock.packages_dev = std::move(*packages_dev);
  lock.platform = std::move(*platform);
  return lock;
}

}  // namespace buildable::build
