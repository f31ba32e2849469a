#include "build/python_requirement.h"

#include "rules/toml_codec.h"
#include "version/range.h"

namespace buildable::build {
namespace {

const Node* at(const Node& root, std::initializer_list<std::string_view> path) {
  const Node* node = &root;
  for (const std::string_view step : path)
    if (node) node = node->find(step);
  return node;
}

PythonRequirement read(const Node& node, Grammar grammar) {
  // Poetry takes a table with `version`, too.
  const Node* value = node.is(Node::Kind::object) ? node.find("version") : &node;
  if (!value || !value->is(Node::Kind::string)) return {};
  PythonRequirement requirement{.text = value->text, .line = value->line};
  if (auto range = parse_range(grammar, Scheme::pep440, value->text))
    requirement.accepts = std::move(*range);
  return requirement;
}

}  // namespace

PythonRequirement python_requirement(const SourceFile& project, std::string_view manager) {
  const auto root = parse_toml(project.text, project.path);
  if (!root)
    return {.line = root.error().diagnostics().front().line,
            .error = "TOML parse error",
            .reason = "pyproject.toml is not valid TOML: " + root.error().message()};
  if (const Node* node = at(*root, {"project", "requires-python"}))
    return read(*node, Grammar::pep440);
  if (manager == "poetry")
    if (const Node* node = at(*root, {"tool", "poetry", "dependencies", "python"}))
      return read(*node, Grammar::poetry);
  return {};
}

}  // namespace buildable::build
