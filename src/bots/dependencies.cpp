#include "bots/dependencies.h"

#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/document.h"
#include "base/text.h"
#include "version/range.h"

namespace buildable::bots {
namespace {

constexpr std::array<std::string_view, 3> package_tables{"dependencies", "devDependencies",
                                                         "optionalDependencies"};

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

// 1 for "21" and "22-alpine", 2 for "3.12-slim"; 0 for more numbers, and for "8-nanoserver-1809",
// whose last number counts as a part of the version.
int parts_of_tag(const pins::Pin& pin) {
  if (pin.form != pins::PinForm::series || !pin.value.starts_with(pin.version)) return 0;
  const auto numbers = split(pin.version, '.');
  if (numbers.size() > 2 || !std::all_of(numbers.begin(), numbers.end(), is_digits)) return 0;
  const auto parts = split(std::string_view(pin.value).substr(pin.version.size()), '-');
  const bool plain = std::none_of(parts.begin(), parts.end(), is_digits) && parts.front().empty();
  return plain ? static_cast<int>(numbers.size()) : 0;
}

// Where a place stands: its version, of a range the lowest that it accepts.
struct Written {
  bool names_version = false;
  std::optional<Cut> lowest;  // nothing: it is not known
};

Written written_in(Scheme scheme, std::string_view version,
                   const std::optional<VersionSet>& accepts) {
  if (const auto exact = Version::parse(scheme, version)) {
    // A prerelease stands where its final will.
    const auto release =
        exact->is_prerelease() ? Version::parse(scheme, join(exact->release(), ".")) : exact;
    if (release) return {true, Cut{*release, Cut::Side::before}};
  }
  if (!accepts || accepts->finals_only() == VersionSet::all(scheme).finals_only()) return {};
  const auto finals = accepts->finals();
  return {true, finals.empty() ? std::nullopt : finals.front().low};
}

// Of a Dockerfile only what a FROM itself says is moved: neither a version in an ARG nor an image
// that is copied from.
bool is_moved_in_dockerfile(const pins::Pin& pin, std::optional<std::string_view> text) {
  if (pin.place.starts_with("COPY")) return false;
  if (!text || pin.value_span.end > text->size() || !pin.place.starts_with("FROM")) return true;
  const bool is_default = text->substr(0, pin.value_span.begin).ends_with(":-");
  const auto column =
      std::min(static_cast<std::size_t>(std::max(pin.column, 1)) - 1, pin.value_span.begin);
  const std::string_view before = trim(text->substr(pin.value_span.begin - column, column));
  return !is_default && to_lower_ascii(before.substr(0, 4)) == "from";
}

void unite(const UpdatedDependency& place, UpdatedDependency& known) {
  if (known.tag_parts != place.tag_parts) known.tag_parts = 0;
  if (!place.lowest) known.lowest.reset();
  if (known.lowest && place.lowest->key() < known.lowest->key()) known.lowest = place.lowest;
}

void add_to(UpdatedByName& names, const std::string& name, const UpdatedDependency& place) {
  const auto [at, is_new] = names.emplace(name, place);
  if (!is_new) unite(place, at->second);
}

}  // namespace

DependencyCollector::DependencyCollector(const Rules& rules) {
  for (const RuntimeRules& runtime : rules.runtimes) by_id_.emplace(runtime.id, &runtime);
}

void DependencyCollector::add(const pins::Pin& pin, std::optional<std::string_view> text) {
  const auto runtime = by_id_.find(pin.runtime);
  if (runtime == by_id_.end()) return;
  // A tag without a number is never moved.
  if (!pin.image.empty() && pin.form == pins::PinForm::moving && !has_digit(pin.version)) return;
  for (const DependabotNames& names : runtime->second->dependabot) add(pin, names, text);
}

bool DependencyCollector::reads(const EcosystemFiles& files, const std::string& path,
                                std::string_view text) {
  Asked& asked = asked_[&files];
  if (asked.path != path) asked = {path, files.reads(path, text)};
  return asked.reads;
}

void DependencyCollector::add(const pins::Pin& pin, const DependabotNames& names,
                              std::optional<std::string_view> text) {
  const EcosystemFiles* files = files_of(names.ecosystem);
  // What is not known to read other files may read any.
  const Naming naming = files ? files->naming : Naming::whole;
  const bool is_read =
      !files || (files->may_read(pin.file) && (!text || reads(*files, pin.file, *text)));
  if (!is_read || naming == Naming::package) return;
  const bool image = naming == Naming::image;
  if (image && (pin.image.empty() || !is_moved_in_dockerfile(pin, text))) return;
  const Scheme scheme = by_id_.at(pin.runtime)->scheme;
  const Written written = written_in(scheme, pin.version, pin.accepts);
  if (!written.names_version && !image) return;
  const UpdatedDependency place{pin.runtime, image ? pin.granularity : names.granularity,
                                written.lowest, image ? parts_of_tag(pin) : 0};
  if (image)
    return add(names.ecosystem, pin.file, std::string(dependency_of_image(pin.image)), place);
  for (const std::string& name : names.dependencies)
    if (naming == Naming::whole || name == pin.key) add(names.ecosystem, pin.file, name, place);
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
      for (const Node& package : packages->children) add_package(package, file.path);
  return {};
}

void DependencyCollector::add_package(const Node& package, std::string_view path) {
  for (const auto& [id, runtime] : by_id_)
    for (const DependabotNames& names : runtime->dependabot) {
      const EcosystemFiles* files = files_of(names.ecosystem);
      if (!files || files->naming != Naming::package) continue;
      const auto& known = names.dependencies;
      if (std::find(known.begin(), known.end(), package.key) == known.end()) continue;
      const auto range = parse_range(Grammar::npm, runtime->scheme, package.text);
      // What is no range of versions is a tag, a place or another package's name: never moved.
      const Written written = range ? written_in(runtime->scheme, package.text, *range) : Written{};
      if (written.names_version)
        add(names.ecosystem, path, package.key, {id, names.granularity, written.lowest, 0});
    }
}

void DependencyCollector::add(const std::string& ecosystem, std::string_view path,
                              const std::string& name, const UpdatedDependency& place) {
  add_to(found_[ecosystem][std::string(folder_of(path))], name, place);
}

UpdatedByName DependencyCollector::in(const std::string& ecosystem,
                                      const UpdateDirectories& directories) const {
  UpdatedByName all;
  const EcosystemFiles* files = files_of(ecosystem);
  const auto found = found_.find(ecosystem);
  if (found == found_.end()) return all;
  for (const auto& [folder, names] : found->second)
    if (directories.hold(folder, !files || files->reads_below))
      for (const auto& [name, place] : names) add_to(all, name, place);
  return all;
}

UpdatedDependencies DependencyCollector::all() const {
  UpdatedDependencies all;
  for (const auto& [ecosystem, folders] : found_) all.emplace(ecosystem, in(ecosystem, {}));
  return all;
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
