#include "pins/syntax_workflow.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

bool is_scalar(const Node& node) {
  return !node.is(Kind::array) && !node.is(Kind::object) && !node.is(Kind::null);
}

void add_scalars(const Node* node, std::vector<const Node*>& found) {
  if (!node) return;
  if (is_scalar(*node)) found.push_back(node);
  if (!node->is(Kind::array)) return;
  for (const Node& item : node->children)
    if (is_scalar(item)) found.push_back(&item);
}

// node.a.b, null where a step is missing.
const Node* at(const Node* node, std::initializer_list<std::string_view> steps) {
  for (const std::string_view step : steps) node = node ? node->find(step) : nullptr;
  return node;
}

// The rows of the matrix, and the cells that `include` adds.
std::vector<const Node*> in_matrix(std::string_view name, const NodePath& path) {
  std::vector<const Node*> found;
  for (auto node = path.rbegin(); node != path.rend() && found.empty(); ++node) {
    const Node* matrix = at(*node, {"strategy", "matrix"});
    if (!matrix) continue;
    add_scalars(matrix->find(name), found);
    const Node* include = matrix->find("include");
    if (!include) continue;
    for (const Node& cells : include->children) add_scalars(cells.find(name), found);
  }
  return found;
}

}  // namespace

const Node* variable_of(std::string_view name, const NodePath& path) {
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    const Node* variable = at(*node, {"variables", name});
    if (!variable) continue;
    if (const Node* value = variable->find("value")) variable = value;
    if (is_scalar(*variable)) return variable;
  }
  return nullptr;
}

std::vector<const Node*> meanings_of(std::string_view expression, const NodePath& path) {
  const std::size_t dot = expression.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view context = expression.substr(0, dot);
  const std::string_view name = expression.substr(dot + 1);
  if (context == "matrix") return in_matrix(name, path);
  std::vector<const Node*> found;
  if (context == "inputs") add_scalars(at(path.front(), {"inputs", name, "default"}), found);
  if (context == "env")
    for (auto node = path.rbegin(); node != path.rend() && found.empty(); ++node)
      add_scalars(at(*node, {"env", name}), found);
  return found;
}

}  // namespace buildable
