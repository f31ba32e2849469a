// Packages of conda: `dependencies` of environment.yml
// (https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html), and
// the tables of pixi (https://pixi.prefix.dev/latest/reference/pixi_manifest/).
#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/text.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

const Place* place_of(const Places& places, std::string_view package) {
  for (const Place* place : places)
    for (const std::string& name : place->rules->names)
      if (name == package) return place;
  return nullptr;
}

// A specification: "=3.12" and "3.12.*" name a series, "==3.12.1" and "3.12.1" a version; else it
// is a range. `span` is all of it, without the build string ("=3.12=h1").
void add_specification(FileReading& file, const Place& place, const std::string& package,
                       TextSpan span, int list) {
  FoundValue found;
  found.place = &place;
  found.key = package;
  found.where = "package " + package;
  found.list = list;
  found.value = found.version = span;
  const std::string_view written = file.slice(span);
  const std::size_t signs = std::min(written.find_first_not_of("= \t"), written.size());
  std::string_view plain = written.substr(signs);
  const bool is_plain = !plain.empty() && is_digit(plain[0]) &&
                        plain.find_first_of(",|<>!~ ") == std::string_view::npos;
  if (is_plain) {
    plain = plain.substr(0, plain.find('='));
    if (plain.ends_with("*")) plain.remove_suffix(1);
    if (plain.ends_with(".")) plain.remove_suffix(1);
    found.version = {span.begin + signs, span.begin + signs + plain.size()};
    found.names_only = true;
  } else if (written.empty() || written == "*") {
    found.version = {span.end, span.end};
    found.moves = "any version will do";
  }
  file.add(std::move(found));
}

// "conda-forge::python >=3.12,<3.13" and the like.
void find_in_requirement(FileReading& file, const Places& places, TextSpan span, int list) {
  span = trimmed(file.text(), span);
  const std::size_t channel = file.slice(span).rfind("::");
  if (channel != std::string_view::npos) span.begin += channel + 2;
  const std::string_view written = file.slice(span);
  const std::size_t end = std::min(written.find_first_of("=<>!~ \t["), written.size());
  const std::string package = to_lower_ascii(written.substr(0, end));
  const Place* place = place_of(places, package);
  if (!place || written.substr(end).starts_with("[")) return;
  add_specification(file, *place, package, trimmed(file.text(), {span.begin + end, span.end}),
                    list);
}

void find_in_environment(FileReading& file, const Places& places) {
  const auto is_named = [&file](const Place* place) {
    const auto& names = place->rules->names;
    return std::any_of(names.begin(), names.end(),
                       [&file](const std::string& name) { return file.holds(name); });
  };
  if (!file.holds("dependencies") || std::none_of(places.begin(), places.end(), is_named)) return;
  for (const Node& root : file.documents(PinSyntax::yaml)) {
    const Node* dependencies = root.find("dependencies");
    if (!dependencies || !dependencies->is(Kind::array)) continue;
    for (const Node& item : dependencies->children)
      for (const FoundValue& value : values_of(file.text(), item))
        if (!value.said) find_in_requirement(file, places, value.value, 0);
  }
}

void find_in_table(FileReading& file, const Places& places, const Node* table) {
  if (!table || !table->is(Kind::object)) return;
  for (const Node& package : table->children) {
    const std::string name = to_lower_ascii(package.key);
    const Place* place = place_of(places, name);
    if (!place) continue;
    const Node* version = package.is(Kind::object) ? package.find("version") : &package;
    if (!version) continue;
    for (const FoundValue& value : values_of(file.text(), *version))
      if (!value.said) add_specification(file, *place, name, value.value, 0);
  }
}

// The dependencies of a workspace or of one of its features, also those of one platform.
void find_in_section(FileReading& file, const Places& places, const Node& section) {
  constexpr std::array<std::string_view, 3> tables = {"dependencies", "host-dependencies",
                                                      "build-dependencies"};
  for (const std::string_view name : tables) find_in_table(file, places, section.find(name));
  const Node* targets = section.find("target");
  if (!targets) return;
  for (const Node& target : targets->children)
    for (const std::string_view name : tables) find_in_table(file, places, target.find(name));
}

void find_in_pixi(FileReading& file, const Places& places) {
  const bool in_pyproject = file.name() == "pyproject.toml";
  if (in_pyproject && !file.holds("pixi")) return;
  for (const Node& root : file.documents(PinSyntax::toml)) {
    const Node* tool = root.find("tool");
    const Node* pixi = !in_pyproject ? &root : tool ? tool->find("pixi") : nullptr;
    if (!pixi) continue;
    find_in_section(file, places, *pixi);
    if (const Node* features = pixi->find("feature"))
      for (const Node& feature : features->children) find_in_section(file, places, feature);
  }
}

}  // namespace

void find_packages(FileReading& file, const Places& places) {
  if (file.is_yaml()) return find_in_environment(file, places);
  find_in_pixi(file, places);
}

}  // namespace buildable::pins
