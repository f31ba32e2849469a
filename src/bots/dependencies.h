// What of a repository's pins and packages Dependabot can move, by the names that it has for it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pins/find.h"

namespace buildable::bots {

// A runtime under one name of one ecosystem. Dependabot only ever moves up, from one of the places
// that name it.
struct UpdatedDependency {
  std::string runtime;  // id
  Granularity granularity = Granularity::version;
  // What all of its places accept lies above; nothing: that is not known of one of them.
  std::optional<Cut> lowest;
  // Every place is an image's tag that is one number ("21", "22-alpine"): it only ever becomes
  // another such number.
  bool majors_only = false;
};

// By ecosystem, as in `package-ecosystem`, then by dependency name.
using UpdatedDependencies = std::map<std::string, std::map<std::string, UpdatedDependency>>;

// Takes places one after the other; what each costs does not depend on the others.
class DependencyCollector {
 public:
  // The rules must outlive it.
  explicit DependencyCollector(const Rules& rules);

  void add(const pins::Pin& pin);
  // A package.json, which may name a runtime as a package. Fails on a text that mentions one and is
  // no JSON.
  Result<void> add_package(const pins::RepositoryFile& file);
  UpdatedDependencies take() { return std::move(found_); }

 private:
  bool mentions_package(std::string_view text) const;
  void add(const pins::Pin& pin, const DependabotNames& names);
  void add_package(const Node& package);
  void add(const std::string& ecosystem, const std::string& name, const UpdatedDependency& place);

  std::map<std::string, const RuntimeRules*> by_id_;
  UpdatedDependencies found_;
};

// Whether the file is one for add_package.
bool is_package_json(std::string_view path);

// "library/python" of "docker.io/library/python": the name that Dependabot has for an image.
std::string_view dependency_of_image(std::string_view image);

}  // namespace buildable::bots
