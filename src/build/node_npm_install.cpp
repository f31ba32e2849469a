// Whether "npm ci" finds package.json and package-lock.json in step. npm makes the tree of packages
// anew from both and compares it with what is locked (lib/commands/ci.js,
// lib/utils/validate-lockfile.js of npm/cli).
#include <array>
#include <map>

#include "base/text.h"
#include "build/node_install.h"
#include "build/npm_lock.h"
#include "build/serde_json.h"

namespace buildable::build {
namespace {

constexpr std::string_view package_lock = "package-lock.json";
constexpr std::size_t longest_range = 200;  // that is judged; people write shorter ones

// What package.json asks for under one name.
struct Request {
  const Node* node = nullptr;  // the last that counts
  bool optional = false;
  bool once = true;  // in one list alone
};
using Requests = std::map<std::string_view, Request>;

Requests requests_of(const PackageJson& package) {
  Requests all;
  constexpr std::array<std::string_view, 4> lists{"dependencies", "devDependencies",
                                                  "optionalDependencies", "peerDependencies"};
  for (const std::string_view list : lists) {
    const Node* members = last_member(package.root, list);
    if (!members || !members->is(Node::Kind::object)) continue;
    std::map<std::string_view, const Node*> in_list;
    for (const Node& each : members->children) in_list[each.key] = &each;
    for (const auto& [name, node] : in_list) {
      const auto [at, is_new] = all.try_emplace(name, Request{});
      if (!is_new) at->second.once = false;
      if (list == "peerDependencies") continue;  // npm may be told to pass these over
      at->second.node = node;
      at->second.optional = at->second.optional || list == "optionalDependencies";
    }
  }
  return all;
}

// What npm asks the registry for anew: a plain version that a plain range does not take.
bool is_outside(const std::string& version, const Node& request) {
  if (!request.is(Node::Kind::string) || request.text.size() > longest_range) return false;
  const auto locked = Version::parse(Scheme::semver, version);
  if (!locked || is_partial(*locked)) return false;
  const auto range = range_of_npm(request.text);
  return range && !range->contains(*locked);
}

Answer out_of_step(const Installation& it, const Node& request, std::string reason) {
  return refused_by_manager(it, "EUSAGE", {"package.json", request.line},
                            "npm ci refuses: " + std::move(reason),
                            "run npm install and commit package-lock.json");
}

std::optional<Answer> missing_in(const Installation& it, const NpmLock& lock,
                                 const std::string& name, const Request& request) {
  if (lock.packages.contains(name)) return std::nullopt;
  // It could not be had when the file was written, and need not be.
  if (request.optional && lock.optional_requests.contains(name)) return std::nullopt;
  return out_of_step(
      it, *request.node,
      "package.json asks for " + in_quotes(name) + ", which package-lock.json does not have");
}

std::optional<Answer> differing_in(const Installation& it, const NpmLock& lock,
                                   const std::string& name, const Request& request) {
  const auto locked = lock.packages.find(name);
  if (request.optional || !request.once || locked == lock.packages.end() ||
      !is_outside(locked->second, *request.node))
    return std::nullopt;
  return out_of_step(it, *request.node,
                     "package.json asks for " + in_quotes(name + "@" + request.node->text) +
                         ", and package-lock.json has " + locked->second);
}

std::optional<Answer> compared_with(const Installation& it, const NpmLock& lock) {
  const bool overrides = last_member(it.package.root, "overrides");
  for (const auto& [name, request] : requests_of(it.package)) {
    if (!request.node || !request.node->is(Node::Kind::string)) continue;
    const std::string text(name);
    if (auto missing = missing_in(it, lock, text, request)) return missing;
    if (overrides) continue;
    if (auto differing = differing_in(it, lock, text, request)) return differing;
  }
  return std::nullopt;
}

std::optional<Answer> refused_package_lock(const Installation& it) {
  const SourceFile* file = it.files.find(package_lock);
  // Before, npm did not compare.
  const bool compares = releases_from("8.6.0").includes(it.manager.versions);
  if (!file || !file->known || !compares || it.files.exists("npm-shrinkwrap.json"))
    return std::nullopt;
  const NpmLockReading reading = read_npm_lock(file->text);
  if (reading.lock) return compared_with(it, *reading.lock);
  if (reading.error.empty()) return std::nullopt;
  return refused_by_manager(it, "EUSAGE", {package_lock, reading.line},
                            "package-lock.json cannot be read: " + reading.error,
                            "run npm install and commit package-lock.json");
}

}  // namespace

std::optional<Answer> refused_by_npm(const Installation& it) {
  if (auto refused = refused_dev_engines(it)) return refused;
  return refused_package_lock(it);
}

}  // namespace buildable::build
