#include "bots/dependencies.h"

#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/document.h"
#include "base/ignore.h"
#include "base/text.h"
#include "version/range.h"

namespace buildable::bots {
namespace {

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_yaml(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

// Dockerfiles under whatever name, and manifests. Workflows name images too, but nobody moves them.
bool may_be_docker(std::string_view path) {
  constexpr std::array<std::string_view, 4> others{".json", ".container", ".image", ".volume"};
  return !path.starts_with(".github/workflows/") &&
         std::none_of(others.begin(), others.end(),
                      [path](std::string_view end) { return path.ends_with(end); });
}
bool may_be_compose(std::string_view path) {
  return is_yaml(path) && to_lower_ascii(name_of(path)).find("compose") != std::string::npos;
}
bool may_be_environment(std::string_view path) {
  return is_yaml(path) && name_of(path).starts_with("environment.");
}
bool is_global_json(std::string_view path) { return name_of(path) == "global.json"; }
bool is_properties(std::string_view path) { return name_of(path) == "build.properties"; }

// How an ecosystem names what it moves.
enum class Naming : std::uint8_t {
  image,    // as the image is called
  key,      // as the pin's key
  whole,    // the file names nothing else
  package,  // as a member of a table of dependencies: not a pin
};

// What Dependabot's ecosystems read (facts of dependabot-core: the file fetchers).
struct EcosystemFiles {
  std::string_view ecosystem;
  bool (*reads)(std::string_view path);
  Naming naming;
};
constexpr std::array<EcosystemFiles, 8> ecosystems{{
    {"docker", may_be_docker, Naming::image},
    {"docker-compose", may_be_compose, Naming::image},
    {"helm", is_yaml, Naming::image},
    {"conda", may_be_environment, Naming::key},
    {"dotnet-sdk", is_global_json, Naming::whole},
    {"sbt", is_properties, Naming::whole},
    {"npm", is_package_json, Naming::package},
    {"bun", is_package_json, Naming::package},
}};
constexpr std::array<std::string_view, 3> package_tables{"dependencies", "devDependencies",
                                                         "optionalDependencies"};

const EcosystemFiles* files_of(std::string_view ecosystem) {
  for (const EcosystemFiles& files : ecosystems)
    if (files.ecosystem == ecosystem) return &files;
  return nullptr;
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
// "21", "22-alpine"; not "8-nanoserver-1809", whose last number counts as a part of the version.
bool is_major_tag(const pins::Pin& pin) {
  if (pin.form != pins::PinForm::series || !is_digits(pin.version)) return false;
  if (!pin.value.starts_with(pin.version)) return false;
  const auto parts = split(std::string_view(pin.value).substr(pin.version.size()), '-');
  return std::none_of(parts.begin(), parts.end(), is_digits) && parts.front().empty();
}

// Nothing where there is no final release in it.
std::optional<Cut> lowest_of(const std::optional<VersionSet>& accepts) {
  if (!accepts || accepts->finals().empty()) return std::nullopt;
  return accepts->finals().front().low;
}

}  // namespace

DependencyCollector::DependencyCollector(const Rules& rules) {
  for (const RuntimeRules& runtime : rules.runtimes) by_id_.emplace(runtime.id, &runtime);
}

void DependencyCollector::add(const pins::Pin& pin) {
  const auto runtime = by_id_.find(pin.runtime);
  if (runtime == by_id_.end()) return;
  // A tag without a number is never moved.
  if (!pin.image.empty() && pin.form == pins::PinForm::moving && !has_digit(pin.version)) return;
  for (const DependabotNames& names : runtime->second->dependabot) add(pin, names);
}

void DependencyCollector::add(const pins::Pin& pin, const DependabotNames& names) {
  const EcosystemFiles* files = files_of(names.ecosystem);
  // What is not known to read other files may read any.
  const Naming naming = files ? files->naming : Naming::whole;
  if (naming == Naming::package || (files && !files->reads(pin.file))) return;
  if (naming == Naming::image && pin.image.empty()) return;
  const UpdatedDependency place{
      pin.runtime, naming == Naming::image ? pin.granularity : names.granularity,
      lowest_of(pin.accepts), naming == Naming::image && is_major_tag(pin)};
  if (naming == Naming::image)
    return add(names.ecosystem, std::string(dependency_of_image(pin.image)), place);
  for (const std::string& name : names.dependencies)
    if (naming == Naming::whole || name == pin.key) add(names.ecosystem, name, place);
}

bool DependencyCollector::mentions_package(std::string_view text) const {
  for (const auto& [id, runtime] : by_id_)
    for (const DependabotNames& names : runtime->dependabot) {
      const EcosystemFiles* files = files_of(names.ecosystem);
      if (!files || files->naming != Naming::package) continue;
      for (const std::string& name : names.dependencies)
        if (text.find('"' + name + '"') != text.npos) return true;
    }
  return false;
}

Result<void> DependencyCollector::add_package(const pins::RepositoryFile& file) {
  if (!mentions_package(file.text)) return {};
  JsonStrictness as_found = json5;
  as_found.repeated_keys = true;
  const auto root = parse_json(file.text, file.path, as_found);
  if (!root) return fail(root.error());
  for (const std::string_view table : package_tables)
    if (const Node* packages = root->find(table))
      for (const Node& package : packages->children) add_package(package);
  return {};
}

void DependencyCollector::add_package(const Node& package) {
  for (const auto& [id, runtime] : by_id_)
    for (const DependabotNames& names : runtime->dependabot) {
      const EcosystemFiles* files = files_of(names.ecosystem);
      if (!files || files->naming != Naming::package) continue;
      const auto& known = names.dependencies;
      if (std::find(known.begin(), known.end(), package.key) == known.end()) continue;
      const auto range = parse_range(Grammar::npm, runtime->scheme, package.text);
      const std::optional<VersionSet> accepts = range ? std::optional(*range) : std::nullopt;
      add(names.ecosystem, package.key, {id, names.granularity, lowest_of(accepts), false});
    }
}

void DependencyCollector::add(const std::string& ecosystem, const std::string& name,
                              const UpdatedDependency& place) {
  const auto [at, is_new] = found_[ecosystem].emplace(name, place);
  if (is_new) return;
  UpdatedDependency& known = at->second;
  known.majors_only = known.majors_only && place.majors_only;
  if (!place.lowest) known.lowest.reset();
  if (known.lowest && place.lowest->key() < known.lowest->key()) known.lowest = place.lowest;
}

bool is_package_json(std::string_view path) {
  return path == "package.json" || path.ends_with("/package.json");
}

std::string_view dependency_of_image(std::string_view image) {
  // What a variable stands for is not known: at most it is the registry.
  if (const std::size_t variable = image.rfind('$'); variable != image.npos) {
    const std::size_t slash = image.find('/', variable);
    return slash == image.npos ? image : image.substr(slash + 1);
  }
  const std::size_t slash = image.find('/');
  if (slash == image.npos) return image;
  const std::string_view host = image.substr(0, slash);
  const bool is_host = host == "localhost" || host.find_first_of(".:") != host.npos;
  return is_host ? image.substr(slash + 1) : image;
}

}  // namespace buildable::bots
