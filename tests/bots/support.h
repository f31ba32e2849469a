// A track of two runtimes for what bots are to leave.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bots/dependencies.h"
#include "model/policy.h"
#include "version/set.h"

namespace buildable::testing {

using namespace bots;

inline RuntimePolicy bounded(const std::string& id, const std::string& name, Scheme scheme,
                             int series_components, const std::string& set,
                             const std::vector<std::string>& known) {
  RuntimePolicy runtime;
  runtime.runtime = id;
  runtime.name = name;
  runtime.scheme = scheme;
  runtime.series_components = series_components;
  runtime.buildable = *parse_set(scheme, set);
  for (const std::string& version : known)
    runtime.known.push_back(*Version::parse(scheme, version));
  return runtime;
}

// Python 3.10 to 3.14.4, Node.js 22 and 24 up to a patch each.
inline TrackPolicy sample_track() {
  TrackPolicy track;
  track.track = "default";
  track.runtimes.push_back(bounded("node", "Node.js", Scheme::semver, 1,
                                   "[22.0.0, 22.22.0) | [24.0.0, 24.15.0)",
                                   {"22.21.1", "24.14.1"}));
  track.runtimes.push_back(
      bounded("java", "Java", Scheme::java, 1, "[21, 26.0.2)", {"21.0.8", "26.0.1"}));
  track.runtimes.push_back(
      bounded("python", "Python", Scheme::pep440, 2, "[3.10, 3.14.5)", {"3.13.9", "3.14.4"}));
  return track;
}

inline Rules sample_rules() {
  Rules rules;
  RuntimeRules node;
  node.id = "node";
  node.name = "Node.js";
  node.scheme = Scheme::semver;
  node.dependabot = {{"docker", {"node", "library/node"}, Granularity::version},
                     {"npm", {"node"}, Granularity::version}};
  RuntimeRules python;
  python.id = "python";
  python.name = "Python";
  python.scheme = Scheme::pep440;
  python.series_components = 2;
  python.dependabot = {{"docker", {"python"}, Granularity::version},
                       {"conda", {"python"}, Granularity::version}};
  node.renovate.matches = {
      {{"node-version"}, {}}, {{"docker", "npm"}, {}}, {{"github-tags"}, {"nodejs/node"}}};
  python.renovate.matches = {{{"docker"}, {}}};
  python.renovate.single_managers = {"pyenv"};
  RuntimeRules java;
  java.id = "java";
  java.name = "Java";
  java.scheme = Scheme::java;
  rules.runtimes = {node, python, java};
  return rules;
}

inline UpdatedDependency from(const std::string& runtime, Scheme scheme,
                              const std::string& lowest) {
  return {runtime, Granularity::version, Cut{*Version::parse(scheme, lowest), Cut::Side::before},
          0};
}

}  // namespace buildable::testing
