// What the releases of Heroku's builders and buildpacks say, from tests/data/heroku; the README
// there describes each table. Whatever is missing is an exception, and so a failed test. It shares
// no code with the program.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/paths.h"

namespace buildable::testing {

class HerokuFacts {
 public:
  using Json = nlohmann::json;

  // "python" -> python.json; "image_configs/24_0.21.7" -> that file.
  const Json& table(const std::string& name) {
    const auto known = tables_.find(name);
    if (known != tables_.end()) return known->second;
    const auto file = folder_ / (name + ".json");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return tables_.emplace(name, Json::parse(in)).first->second;
  }
  const Json& rows(const std::string& name) { return table(name).at("rows"); }

  // The row of one release; nullptr: there was no such release.
  const Json* release(const std::string& name, const std::string& version) {
    for (const Json& row : rows(name))
      if (row.at("version") == version) return &row;
    return nullptr;
  }

  const Json* builder(const std::string& tag) {
    for (const Json& row : rows("builders"))
      if (row.at("tag") == tag) return &row;
    return nullptr;
  }

  // The versions of the inventory in a release, for Linux on amd64, each as written there.
  std::vector<std::string> inventory(const std::string& name, const std::string& version) {
    std::vector<std::string> versions;
    for (const Json& row : rows(name)) {
      const Json removed = row.value("removed", Json::array());
      std::erase_if(versions, [&](const std::string& each) {
        return std::find(removed.begin(), removed.end(), each) != removed.end();
      });
      for (const Json& added : row.value("added", Json::array()))
        versions.push_back(added.get<std::string>());
      if (row.at("version") == version) return versions;
    }
    throw std::runtime_error(name + " has no release " + version);
  }

  // Every version of a buildpack that a deployed builder may hold.
  std::set<std::string> deployed(const std::string& buildpack) {
    std::set<std::string> versions;
    for (const Json& row : rows("builders"))
      if (row.at("possible").contains(buildpack))
        for (const Json& version : row["possible"][buildpack])
          versions.insert(version.get<std::string>());
    if (versions.empty()) throw std::runtime_error("no builder holds " + buildpack);
    return versions;
  }

 private:
  std::filesystem::path folder_ = source_dir() / "tests" / "data" / "heroku";
  std::map<std::string, Json> tables_;
};

}  // namespace buildable::testing
