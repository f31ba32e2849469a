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

bool is_json_true(const Node* node) {
  return node && node->is(Node::Kind::boolean) && node->boolean;
}

// "extra" may be anything.
bool is_optional_plugin(const Node& package) {
  const Node* extra = last_member(package, "extra");
  return extra && is_json_true(last_member(*extra, "plugin-optional"));
}

SerdeResult<ComposerPackage> package_of(const Node& node) {
  if (auto problem = misshapen_package(node)) return tl::unexpected(std::move(*problem));
  const auto name = serde_required(node, "name", Node::Kind::string);
  if (!name) return tl::unexpected(name.error());
  const auto version = serde_required(node, "version", Node::Kind::string);
  if (!version) return tl::unexpected(version.error());
  const Node* type = node.find("type");
  return ComposerPackage{.name = (*name)->text,
                         .version = (*version)->text,
                         .type = type ? to_lower_ascii(type->text) : std::string(),
                         .plugin_is_optional = is_optional_plugin(node),
                         .require = links_of(node.find("require")),
                         .provide = links_of(node.find("provide")),
                         .replace = links_of(node.find("replace")),
                         .conflict = links_of(node.find("conflict"))};
}

SerdeResult<std::vector<ComposerPackage>> packages_of(const Node& root, std::string_view name) {
  std::vector<ComposerPackage> packages;
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
  if (node && node->is(Node::Kind::array) && node->children.empty()) return ComposerLinks();
  const auto object = serde_required(root, name, Node::Kind::object);
  if (!object) return tl::unexpected(object.error());
  for (const Node& child : (*object)->children)
    if (!child.is(Node::Kind::string))
      return tl::unexpected(SerdeProblem{"`" + printable(child.key) + "` in `" + printable(name) +
                                             "` is " + describe(child) + ", not a string",
                                         child.line, "run \"composer update --lock\""});
  return links_of(*object);
}

// The buildpack does not read what "aliases" holds.
std::vector<std::string> aliased_in(const Node& root) {
  std::vector<std::string> names;
  const Node* aliases = last_member(root, "aliases");
  if (!aliases) return names;
  for (const Node& alias : aliases->children) {
    const Node* package = last_member(alias, "package");
    if (package) names.push_back(to_lower_ascii(package->text));
  }
  return names;
}

std::optional<std::vector<std::string>> named_plugins_in(const Node* config) {
  std::vector<std::string> names;
  const Node* allowed = config ? last_member(*config, "allow-plugins") : nullptr;
  if (!allowed) return names;
  if (!allowed->is(Node::Kind::object)) return std::nullopt;
  for (const Node& rule : allowed->children) names.push_back(to_lower_ascii(rule.key));
  return names;
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
  const Node* config = root->find("config");
  return ComposerJson{
      .has_require = require && !require->is(Node::Kind::null),
      .require = links_of(require),
      .provide = links_of(root->find("provide")),
      .replace = links_of(root->find("replace")),
      .conflict = links_of(root->find("conflict")),
      .allows_missing_requirements =
          config && is_json_true(last_member(*config, "allow-missing-requirements")),
      .named_plugins = named_plugins_in(config)};
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
  if (last_member(*root, "platform-dev"))
    if (const auto dev = platform_of(*root, "platform-dev"); !dev)
      return tl::unexpected(dev.error());
  const auto api = serde_optional(*root, "plugin-api-version", Node::Kind::string);
  if (!api) return tl::unexpected(api.error());
  if (*api) lock.plugin_api_version = (*api)->text;
  lock.packages = std::move(*packages);
  lock.packages_dev = std::move(*packages_dev);
  lock.platform = std::move(*platform);
  lock.platform_overrides = links_of(root->find("platform-overrides"));
  lock.aliased = aliased_in(*root);
  return lock;
}

}  // namespace buildable::build
