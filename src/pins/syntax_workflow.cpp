#include "pins/syntax_workflow.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

bool is_scalar(const Node& node) {
  return !node.is(Kind::array) && !node.is(Kind::object) && !node.is(Kind::null);
}

constexpr std::size_t narrow = 16;         // below, looking at each is quicker than an index
constexpr std::size_t max_scalars = 1000;  // no file has more pins

void add_scalars(const Node* node, std::vector<const Node*>& found) {
  if (!node || found.size() >= max_scalars) return;
  if (is_scalar(*node)) found.push_back(node);
  if (!node->is(Kind::array)) return;
  for (const Node& item : node->children)
    if (is_scalar(item) && found.size() < max_scalars) found.push_back(&item);
}

}  // namespace

const Node* WorkflowVariables::child(const Node& node, std::string_view name) {
  if (node.children.size() <= narrow) return node.find(name);
  const auto [known, added] = children_.try_emplace(&node);
  if (added)
    for (const Node& each : node.children) known->second.emplace(each.key, &each);
  const auto found = known->second.find(name);
  return found == known->second.end() ? nullptr : found->second;
}

// node.a.b, null where a step is missing.
const Node* WorkflowVariables::at(const Node* node,
                                        std::initializer_list<std::string_view> steps) {
  for (const std::string_view step : steps) node = node ? child(*node, step) : nullptr;
  return node;
}

// A row of the matrix, and the cells that `include` adds.
const WorkflowVariables::Scalars& WorkflowVariables::in_matrix(const Node& matrix,
                                                               std::string_view name) {
  const auto [known, added] = matrices_.try_emplace({&matrix, std::string(name)});
  if (!added) return known->second;
  add_scalars(child(matrix, name), known->second);
  if (const Node* include = child(matrix, "include"))
    for (const Node& cells : include->children)
      add_scalars(child(cells, name), known->second);
  return known->second;
}

const Node* WorkflowVariables::variable_of(std::string_view name, const NodePath& path) {
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    const Node* variable = at(*node, {"variables", name});
    if (!variable) continue;
    if (const Node* value = child(*variable, "value")) variable = value;
    if (is_scalar(*variable)) return variable;
  }
  return nullptr;
}

std::vector<const Node*> WorkflowVariables::meanings_of(std::string_view expression,
                                                              const NodePath& path) {
  const std::size_t dot = expression.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view context = expression.substr(0, dot);
  const std::string_view name = expression.substr(dot + 1);
  std::vector<const Node*> found;
  if (context == "inputs") add_scalars(at(path.front(), {"inputs", name, "default"}), found);
  for (auto node = path.rbegin(); node != path.rend() && found.empty(); ++node) {
    if (context == "env") add_scalars(at(*node, {"env", name}), found);
    if (context != "matrix") continue;
    if (const Node* matrix = at(*node, {"strategy", "matrix"}))
      found = in_matrix(*matrix, name);
  }
  return found;
}

}  // namespace buildable
