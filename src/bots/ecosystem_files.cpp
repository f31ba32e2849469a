#include "bots/ecosystem_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace buildable::bots {
namespace {

std::string small_name_of(std::string_view path) {
  return to_lower_ascii(path.substr(path.rfind('/') + 1));
}

bool has(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }

bool is_yaml(std::string_view name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }

bool is_dockerfile(std::string_view name) {
  return has(name, "dockerfile") || has(name, "containerfile");
}

// "values.yaml", "values-prod.yaml".
bool may_be_values(std::string_view name) { return is_yaml(name) && has(name, "values"); }

bool may_be_compose(std::string_view path) {
  const std::string name = small_name_of(path);
  return is_yaml(name) && has(name, "compose");
}

// Dockerfiles, manifests of Kubernetes and values of Helm. Other YAML (compose files, what CI runs)
// names images too, and is not read.
bool may_be_docker(std::string_view path) {
  const std::string name = small_name_of(path);
  if (is_dockerfile(name)) return true;
  return is_yaml(name) && !name.starts_with('.') && !may_be_compose(path) &&
         !path.starts_with(".circleci/") && !path.starts_with(".github/");
}

bool is_docker(std::string_view path, std::string_view text) {
  const std::string name = small_name_of(path);
  return is_dockerfile(name) || may_be_values(name) ||
         (has(text, "apiVersion") && has(text, "kind"));
}

bool may_be_helm(std::string_view path) {
  const std::string name = small_name_of(path);
  return name.ends_with("values.yml") || name.ends_with("values.yaml");
}

bool may_be_environment(std::string_view path) {
  const std::string name = small_name_of(path);
  return name == "environment.yml" || name == "environment.yaml";
}

bool is_global_json(std::string_view path) { return small_name_of(path) == "global.json"; }
bool is_properties(std::string_view path) { return small_name_of(path) == "build.properties"; }
bool always(std::string_view /*path*/, std::string_view /*text*/) { return true; }

constexpr std::array<EcosystemFiles, 8> ecosystems{{
    {"docker", may_be_docker, is_docker, Naming::image, false},
    {"docker-compose", may_be_compose, always, Naming::image, false},
    {"helm", may_be_helm, always, Naming::image, false},
    {"conda", may_be_environment, always, Naming::key, false},
    {"dotnet-sdk", is_global_json, always, Naming::whole, false},
    {"sbt", is_properties, always, Naming::whole, true},
    {"npm", is_package_json, always, Naming::package, true},
    {"bun", is_package_json, always, Naming::package, true},
}};

}  // namespace

const EcosystemFiles* files_of(std::string_view ecosystem) {
  for (const EcosystemFiles& files : ecosystems)
    if (files.ecosystem == ecosystem) return &files;
  return nullptr;
}

bool is_read_by_its_text(std::string_view path) { return may_be_docker(path); }

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

bool is_package_json(std::string_view path) {
  return path == "package.json" || path.ends_with("/package.json");
}

}  // namespace buildable::bots
