#include "pins/syntax_workflow.h"

namespace buildable {
namespace {

using Kind = MarkedNode::Kind;

bool is_scalar(const MarkedNode& node) {
  return !node.is(Kind::array) && !node.is(Kind::object) && !node.is(Kind::null);
}

void add_scalars(const MarkedNode* node, std::vector<const MarkedNode*>& found) {
  if (!node) return;
  if (is_scalar(*node)) found.push_back(node);
  if (!node->is(Kind::array)) return;
  for (const MarkedNode& item : node->children)
    if (is_scalar(item)) found.push_back(&item);
}

// node.a.b, null where a step is missing.
const MarkedNode* at(const MarkedNode* node, std::initializer_list<std::string_view> steps) {
  for (const std::string_view step : steps) node = node ? node->find(step) : nullptr;
  return node;
}

// The rows of the matrix, and the cells that `include` adds.
std::vector<const MarkedNode*> in_matrix(std::string_view name, const NodePath& path) {
  std::vector<const MarkedNode*> found;
  for (auto node = path.rbegin(); node != path.rend() && found.empty(); ++node) {
    const MarkedNode* matrix = at(*node, {"strategy", "matrix"});
    if (!matrix) continue;
    add_scalars(matrix->find(name), found);
    const MarkedNode* include = matrix->find("include");
    if (!include) continue;
    for (const MarkedNode& cells : include->children) add_scalars(cells.find(name), found);
  }
  return found;
}

}  // namespace

const MarkedNode* variable_of(std::string_view name, const NodePath& path) {
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    const MarkedNode* variable = at(*node, {"variables", name});
    if (!variable) continue;
    if (const MarkedNode* value = variable->find("value")) variable = value;
    if (is_scalar(*variable)) return variable;
  }
  return nullptr;
}

std::vector<const MarkedNode*> meanings_of(std::string_view expression, const NodePath& path) {
  const std::size_t dot = expression.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view context = expression.substr(0, dot);
  const std::string_view name = expression.substr(dot + 1);
  if (context == "matrix") return in_matrix(name, path);
  std::vector<const MarkedNode*> found;
  if (context == "inputs") add_scalars(at(path.front(), {"inputs", name, "default"}), found);
  if (context == "env")
    for (auto node = path.rbegin(); node != path.rend() && found.empty(); ++node)
      add_scalars(at(*node, {"env", name}), found);
  return found;
}

}  // namespace buildable
