#include <optional>
#include <utility>

#include "base/text.h"
#include "build/pyproject.h"
#include "version/range.h"

namespace buildable::build {
namespace {

constexpr std::string_view project_file = "pyproject.toml";
constexpr std::string_view any_python = "~2.7 || >=3.4";  // what "*" stands for

std::optional<VersionSet> read_poetry_range(std::string_view text) {
  auto range = parse_range(Grammar::poetry, Scheme::pep440, text);
  return range ? std::optional(*std::move(range)) : std::nullopt;
}

PythonDemand demand_of(const Node& node, VersionSet accepts) {
  return {std::move(accepts), node.text, project_file, node.line};
}

PythonRequirement no_constraint(const Node& node) {
  return refused(
      project_file, node.line, "ParseConstraintError",
      "pyproject.toml requires Python " + in_quotes(node.text) + ", which Poetry cannot read",
      "write a range, for example \">=3.12\"");
}

// tool.poetry.dependencies.python, in whatever case; of a list the last text. A table says nothing
// of Python to Poetry.
const Node* python_dependency(const Node& root) {
  const Node* dependencies = at_path(root, {"tool", "poetry", "dependencies"});
  const Node* found = nullptr;
  if (!dependencies) return nullptr;
  for (const Node& each : dependencies->children) {
    if (to_lower_ascii(each.key) != "python") continue;
    if (each.is(Node::Kind::string)) found = &each;
    for (const Node& item : each.children)
      if (each.is(Node::Kind::array) && item.is(Node::Kind::string)) found = &item;
  }
  return found;
}

PythonRequirement not_within(const Node& dependency, const Node& project) {
  return refused(project_file, dependency.line, "is not a subset of \"requires-python\"",
                 "tool.poetry.dependencies.python is " + in_quotes(dependency.text) +
                     ", which goes beyond requires-python " + in_quotes(project.text) +
                     "; Poetry refuses that",
                 "delete tool.poetry.dependencies.python, or write the same range in both");
}

}  // namespace

PythonRequirement poetry_requirement(const Files& files) {
  const SourceFile* file = files.find(project_file);
  if (!file)
    return refused("poetry.lock", 0, "Poetry could not find a pyproject.toml file",
                   "poetry.lock is there, but no pyproject.toml; Poetry installs nothing",
                   "add pyproject.toml, or write the dependencies to requirements.txt and delete "
                   "poetry.lock");
  const auto root = read_toml(*file, TomlReader::poetry);
  if (!root) return root.error();
  const Node* project = at_path(*root, {"project", "requires-python"});
  if (project && !project->is(Node::Kind::string))
    return refused(project_file, project->line, "The Poetry configuration is invalid",
                   "requires-python in pyproject.toml is not a text", "write a range in quotes");
  const Node* dependency = python_dependency(*root);
  std::optional<VersionSet> outer;
  if (project && !(outer = read_poetry_range(project->text))) return no_constraint(*project);
  if (!dependency && !project) return {};
  if (!dependency) return {.demands = {demand_of(*project, *std::move(outer))}};
  const bool any = trim(dependency->text) == "*";
  if (any && project && trim(project->text) != "*") return not_within(*dependency, *project);
  auto accepts = read_poetry_range(any ? any_python : std::string_view(dependency->text));
  if (!accepts) return no_constraint(*dependency);
  if (outer && !outer->finals_only().includes(accepts->finals_only()))
    return not_within(*dependency, *project);
  return {.demands = {demand_of(*dependency, *std::move(accepts))}};
}

}  // namespace buildable::build
