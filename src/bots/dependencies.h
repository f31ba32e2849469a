// What of a repository's pins and packages Dependabot can move, by the names that it has for it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bots/directories.h"
#include "bots/ecosystem_files.h"
#include "pins/find.h"

namespace buildable::bots {

// A runtime under one name of one ecosystem. Dependabot only ever moves up, from one of the places
// that name it.
struct UpdatedDependency {
  std::string runtime;  // id
  Granularity granularity = Granularity::version;
  // What all of its places name lies above; nothing: that is not known of one of them.
  std::optional<Cut> lowest;
  // Every place is an image's tag of that many numbers, one ("21", "22-alpine") or two
  // ("3.12-slim"): it only ever becomes another of as many. 0: some have more, or differ.
  int tag_parts = 0;
};

using UpdatedByName = std::map<std::string, UpdatedDependency>;
// By ecosystem, as in `package-ecosystem`, then by dependency name.
using UpdatedDependencies = std::map<std::string, UpdatedByName>;

// Takes places one after the other; what each costs does not depend on the others.
class DependencyCollector {
 public:
  // The rules must outlive it.
  explicit DependencyCollector(const Rules& rules);

  // With the text of its file it is known whether Dependabot reads that, and that place of it.
  void add(const pins::Pin& pin, std::optional<std::string_view> text = std::nullopt);
  // A package.json, which may name a runtime as a package. Fails on a text that mentions one and is
  // no JSON.
  Result<void> add_package(const pins::RepositoryFile& file);
  // What an `updates` entry of these folders moves.
  UpdatedByName in(const std::string& ecosystem, const UpdateDirectories& directories) const;
  // The same of all folders, for all ecosystems.
  UpdatedDependencies all() const;

 private:
  bool mentions_package(std::string_view text) const;
  void add(const pins::Pin& pin, const DependabotNames& names,
           std::optional<std::string_view> text);
  void add_package(const Node& package, std::string_view path);
  void add(const std::string& ecosystem, std::string_view path, const std::string& name,
           const UpdatedDependency& place);

  // Asked once a file: pins come file by file.
  bool reads(const EcosystemFiles& files, const std::string& path, std::string_view text);

  struct Asked {
    std::string path;
    bool reads = false;
  };
  std::map<const EcosystemFiles*, Asked> asked_;
  std::map<std::string, const RuntimeRules*> by_id_;
  // By ecosystem and folder.
  std::map<std::string, std::map<std::string, UpdatedByName, std::less<>>> found_;
};

// "library/python" of "docker.io/library/python": the name that Dependabot has for an image.
std::string_view dependency_of_image(std::string_view image);

}  // namespace buildable::bots
