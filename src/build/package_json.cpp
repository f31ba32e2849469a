#include "build/package_json.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "build/node_semver.h"
#include "build/rust_text.h"
#include "build/serde_json.h"

namespace buildable::build {
namespace {

using Kind = Node::Kind;

std::optional<Written> text_of(const Node* node) {
  if (!node || !node->is(Kind::string)) return std::nullopt;
  return Written{node->text, node->line};
}

// What the types of before 5.0.0 say to a file; the first problem counts.
class Types {
 public:
  explicit Types(PackageJson& out) : out_(out) {}

  void check(const Node& root) {
    if (!root.is(Kind::object)) return refuse("", root.line, "package.json is not an object");
    repeated(root, {"name", "version", "engines", "scripts", "main", "dependencies",
                    "devDependencies", "packageManager"});
    for (const Node& each : root.children) member(each);
  }

 private:
  void member(const Node& node) {
    if (node.key == "name" || node.key == "main") return text(node, node.key);
    if (node.key == "version") return version(node);
    if (node.key == "engines") return engines(node);
    if (node.key == "scripts") return scripts(node);
    if (node.key == "dependencies" || node.key == "devDependencies") return dependencies(node);
    if (node.key == "packageManager") package_manager(node);
  }

  void refuse(std::string_view key, int line, std::string reason) {
    if (!out_.error.empty()) return;
    out_.error = "package.json parse" + (key.empty() ? std::string() : ' ' + std::string(key));
    out_.line = line;
    out_.reason = std::move(reason);
  }

  void repeated(const Node& object, std::initializer_list<std::string_view> known) {
    for (const std::string_view name : known) {
      const auto same = [&](const Node& each) { return each.key == name; };
      if (std::count_if(object.children.begin(), object.children.end(), same) > 1)
        refuse(name, object.line, "package.json has the key " + in_quotes(name) + " twice");
    }
  }

  void text(const Node& node, std::string_view key) {
    if (!node.is(Kind::null) && !node.is(Kind::string))
      refuse(key, node.line, std::string(key) + " in package.json is not a text");
  }

  void version(const Node& node) {
    text(node, "version");
    if (node.is(Kind::string) && !node_semver::parse_version(rust::trim(node.text)))
      refuse("version", node.line,
             "version in package.json is " + in_quotes(node.text) +
                 ", which is not a full version; this builder refuses the file for that");
  }

  void engines(const Node& node) {
    if (node.is(Kind::null)) return;
    if (!node.is(Kind::object))
      return refuse("engines", node.line, "engines in package.json is not an object");
    repeated(node, {"node", "npm", "pnpm", "yarn"});
    for (const Node& each : node.children)
      if (each.key == "node" || each.key == "npm" || each.key == "pnpm" || each.key == "yarn")
        engine(each);
  }

  void engine(const Node& node) {
    const std::string key = "engines." + node.key;
    text(node, key);
    if (!node.is(Kind::string)) return;
    const auto read = node_semver::parse_requirement(node.text);
    if (read.panics && out_.error.empty()) {
      out_.panics = true;
      out_.error = "panic " + key;
      out_.line = node.line;
      out_.reason = key + " is " + in_quotes(node.text) + ", which makes the buildpack crash";
    }
    if (!read.range)
      refuse(key, node.line,
             key + " is " + in_quotes(node.text) + ", which the build cannot read as a range");
  }

  void scripts(const Node& node) {
    if (node.is(Kind::null)) return;
    if (!node.is(Kind::object))
      return refuse("scripts", node.line, "scripts in package.json is not an object");
    constexpr std::array<std::string_view, 5> known{"start", "build", "heroku-prebuild",
                                                    "heroku-build", "heroku-postbuild"};
    for (const Node& each : node.children)
      if (std::find(known.begin(), known.end(), each.key) != known.end())
        text(each, "scripts." + each.key);
  }

  void dependencies(const Node& node) {
    if (node.is(Kind::null)) return;
    if (!node.is(Kind::object))
      return refuse(node.key, node.line, node.key + " in package.json is not an object");
    for (const Node& each : node.children)
      if (!each.is(Kind::string))
        refuse(node.key, each.line,
               node.key + " in package.json has " + in_quotes(each.key) + " without a text");
  }

  void package_manager(const Node& node) {
    if (!node.is(Kind::string))
      return refuse("packageManager", node.line, "packageManager in package.json is not a text");
    if (node.text.empty()) return;
    const auto parts = split(node.text, '@');
    if (parts[0].empty() || parts.size() < 2 || !node_semver::parse_version(rust::trim(parts[1])))
      refuse("packageManager", node.line,
             "packageManager is " + in_quotes(node.text) +
                 "; the build takes a name and a full version: pnpm@9.15.9");
  }

  PackageJson& out_;
};

bool has_members(const Node& root, std::string_view key) {
  const Node* node = last_member(root, key);
  return node && node->is(Kind::object) && !node->children.empty();
}

}  // namespace

PackageJson read_package_json(const SourceFile& file, bool typed) {
  PackageJson out;
  JsonReading json = read_serde_json(file);
  if (!json.root) {
    const bool unreadable = !typed && !is_valid_utf8(file.text);
    out.error = unreadable ? "package.json read" : "package.json parse";
    out.reason = "package.json cannot be read: " + json.error;
    out.line = json.line;
    return out;
  }
  const Node& root = *json.root;
  if (const Node* engines = last_member(root, "engines")) {
    out.node = text_of(last_member(*engines, "node"));
    out.npm = text_of(last_member(*engines, "npm"));
    out.pnpm = text_of(last_member(*engines, "pnpm"));
    out.yarn = text_of(last_member(*engines, "yarn"));
  }
  out.package_manager = text_of(last_member(root, "packageManager"));
  out.has_dependencies = has_members(root, "dependencies") || has_members(root, "devDependencies");
  if (typed) Types(out).check(root);
  out.root = std::move(*json.root);
  return out;
}

}  // namespace buildable::build
